-- What is deleted when its time is over: how much of what and when, as proof; which responses went like that and were not
-- taken back; and whose turn it is to look, of several collectors.

ALTER TABLE withdrawn ADD COLUMN expired_minute BIGINT;

CREATE TABLE erasures (
    survey TEXT COLLATE "C" NOT NULL,
    minute BIGINT NOT NULL,
    what TEXT COLLATE "C" NOT NULL CHECK (what IN ('responses', 'texts', 'partials')),
    number BIGINT NOT NULL,
    PRIMARY KEY (survey, minute, what)
);

CREATE TABLE turns (
    name TEXT COLLATE "C" PRIMARY KEY,
    until_minute BIGINT NOT NULL
);

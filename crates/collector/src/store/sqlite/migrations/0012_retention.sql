-- What is deleted when its time is over: how much of what and when, as proof; which responses went like that and were not
-- taken back; and whose turn it is to look, of several collectors.

ALTER TABLE withdrawn ADD COLUMN expired_minute INTEGER;

CREATE TABLE erasures (
    survey TEXT NOT NULL,
    minute INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('responses', 'texts', 'partials')),
    number INTEGER NOT NULL,
    PRIMARY KEY (survey, minute, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE turns (
    name TEXT PRIMARY KEY,
    until_minute INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

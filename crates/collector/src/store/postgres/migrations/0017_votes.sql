-- Votes on matters that everybody sees: of each voter one on each, and the sums, with how often they changed.

-- `value` is 1 (agree), -1 (disagree), 0 (pass), or nothing where it was only shown. `voter` leads to nobody.
CREATE TABLE votes (
    survey TEXT COLLATE "C" NOT NULL,
    voter BYTEA NOT NULL,
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    value BIGINT CHECK (value IN (1, -1, 0)),
    place BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    flags TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (survey, voter, year, serial)
);

CREATE TABLE vote_tallies (
    survey TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    agree BIGINT NOT NULL,
    disagree BIGINT NOT NULL,
    pass BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    changes BIGINT NOT NULL,
    PRIMARY KEY (survey, year, serial)
);

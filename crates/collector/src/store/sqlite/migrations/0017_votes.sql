-- Votes on matters that everybody sees: of each voter one on each, and the sums, with how often they changed.

-- `value` is 1 (agree), -1 (disagree), 0 (pass), or nothing where it was only shown. `voter` leads to nobody.
CREATE TABLE votes (
    survey TEXT NOT NULL,
    voter BLOB NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    value INTEGER CHECK (value IN (1, -1, 0)),
    place INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    flags TEXT NOT NULL,
    PRIMARY KEY (survey, voter, year, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE vote_tallies (
    survey TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    agree INTEGER NOT NULL,
    disagree INTEGER NOT NULL,
    pass INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (survey, year, serial)
) STRICT, WITHOUT ROWID;

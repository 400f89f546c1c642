-- Paper ballots that were handed out, batch by batch, and how many came back unused.

CREATE TABLE ballots (
    survey TEXT NOT NULL,
    batch TEXT NOT NULL,
    issued INTEGER NOT NULL,
    unused INTEGER NOT NULL,
    who TEXT NOT NULL,
    minute INTEGER NOT NULL,
    PRIMARY KEY (survey, batch)
) STRICT, WITHOUT ROWID;

-- Paper ballots that were handed out, batch by batch, and how many came back unused.

CREATE TABLE ballots (
    survey TEXT NOT NULL,
    batch TEXT NOT NULL,
    issued BIGINT NOT NULL,
    unused BIGINT NOT NULL,
    who TEXT NOT NULL,
    minute BIGINT NOT NULL,
    PRIMARY KEY (survey, batch)
);

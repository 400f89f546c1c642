-- What is followed after a response was kept: how it stands, and everything that was done, which is only added to.

CREATE TABLE matters (
    survey TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    receipt_hash BYTEA NOT NULL,
    minute BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C",
    body TEXT COLLATE "C",
    responsible TEXT COLLATE "C",
    registered TEXT COLLATE "C",
    due TEXT COLLATE "C",
    control BIGINT NOT NULL CHECK (control IN (0, 1)),
    shown BIGINT NOT NULL CHECK (shown IN (0, 1, 2)),
    same_year BIGINT,
    same_serial BIGINT,
    revision BIGINT NOT NULL,
    PRIMARY KEY (survey, year, serial)
);

CREATE UNIQUE INDEX matters_by_receipt ON matters (receipt_hash);
CREATE INDEX matters_by_seq ON matters (seq);
CREATE INDEX matters_by_state ON matters (survey, state, shown, subject, body);
CREATE INDEX matters_by_subject ON matters (survey, shown, subject, year, serial);
CREATE INDEX matters_by_due ON matters (survey, due) WHERE due IS NOT NULL;
CREATE INDEX matters_that_say_the_same ON matters (survey, same_year, same_serial) WHERE same_serial IS NOT NULL;

CREATE TABLE matter_events (
    survey TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    said TEXT COLLATE "C" NOT NULL,
    public BIGINT NOT NULL CHECK (public IN (0, 1)),
    PRIMARY KEY (survey, year, serial, revision)
);

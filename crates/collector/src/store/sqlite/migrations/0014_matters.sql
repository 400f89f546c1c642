-- What is followed after a response was kept: how it stands, and everything that was done, which is only added to.

CREATE TABLE matters (
    survey TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    receipt_hash BLOB NOT NULL,
    minute INTEGER NOT NULL,
    state TEXT NOT NULL,
    subject TEXT,
    body TEXT,
    responsible TEXT,
    registered TEXT,
    due TEXT,
    control INTEGER NOT NULL CHECK (control IN (0, 1)),
    shown INTEGER NOT NULL CHECK (shown IN (0, 1, 2)),
    same_year INTEGER,
    same_serial INTEGER,
    revision INTEGER NOT NULL,
    PRIMARY KEY (survey, year, serial)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX matters_by_receipt ON matters (receipt_hash);
CREATE INDEX matters_by_seq ON matters (seq);
CREATE INDEX matters_by_state ON matters (survey, state, shown, subject, body);
CREATE INDEX matters_by_subject ON matters (survey, shown, subject, year, serial);
CREATE INDEX matters_by_due ON matters (survey, due) WHERE due IS NOT NULL;
CREATE INDEX matters_that_say_the_same ON matters (survey, same_year, same_serial) WHERE same_serial IS NOT NULL;

CREATE TABLE matter_events (
    survey TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    said TEXT NOT NULL,
    public INTEGER NOT NULL CHECK (public IN (0, 1)),
    PRIMARY KEY (survey, year, serial, revision)
) STRICT, WITHOUT ROWID;

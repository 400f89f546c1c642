-- People who work with responses: accounts, roles, sessions, the log of what they did; and until when a token opens.

-- `password` is a PHC string of argon2id.
CREATE TABLE people (
    name TEXT PRIMARY KEY,
    display TEXT NOT NULL,
    password TEXT NOT NULL,
    lang TEXT NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    created_minute INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An empty `survey` is every survey.
CREATE TABLE roles (
    person TEXT NOT NULL REFERENCES people (name),
    survey TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (person, survey)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people (name),
    created_minute INTEGER NOT NULL,
    seen_minute INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_person ON sessions (person, seen_minute);

-- Appended, and nothing else: it names people who are there no more.
CREATE TABLE deeds (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    minute INTEGER NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    survey TEXT,
    details TEXT NOT NULL
) STRICT;

CREATE TRIGGER deeds_stand BEFORE UPDATE ON deeds BEGIN SELECT raise(ABORT, 'the log is only added to'); END;
CREATE TRIGGER deeds_stay BEFORE DELETE ON deeds BEGIN SELECT raise(ABORT, 'the log is only added to'); END;

ALTER TABLE tokens ADD COLUMN expires_minute INTEGER;

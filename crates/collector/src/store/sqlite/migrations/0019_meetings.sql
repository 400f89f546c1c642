-- Meetings: who of those who registered has come, how many came without registering, and the minutes, as they are being
-- written and as they were published, which are only added to.

CREATE TABLE attendance (
    survey TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    mode INTEGER NOT NULL CHECK (mode IN (1, 2)),
    PRIMARY KEY (survey, year, serial)
) STRICT, WITHOUT ROWID;

CREATE INDEX attendance_by_mode ON attendance (survey, mode);

CREATE TABLE walk_ins (
    survey TEXT NOT NULL,
    mode INTEGER NOT NULL CHECK (mode IN (1, 2)),
    people INTEGER NOT NULL CHECK (people >= 0),
    PRIMARY KEY (survey, mode)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes_drafts (
    survey TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes (
    survey TEXT NOT NULL,
    number INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (survey, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER minutes_stand BEFORE UPDATE ON minutes BEGIN SELECT raise(ABORT, 'minutes are only added to'); END;
CREATE TRIGGER minutes_stay BEFORE DELETE ON minutes BEGIN SELECT raise(ABORT, 'minutes are only added to'); END;

-- What came of surveys: added to, and never changed. And the surveys that are archived.

CREATE TABLE outcomes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    survey TEXT NOT NULL,
    number INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL,
    UNIQUE (survey, number)
) STRICT;

CREATE TRIGGER outcomes_stand BEFORE UPDATE ON outcomes BEGIN SELECT raise(ABORT, 'outcomes are only added to'); END;
CREATE TRIGGER outcomes_stay BEFORE DELETE ON outcomes BEGIN SELECT raise(ABORT, 'outcomes are only added to'); END;

CREATE TABLE archived (
    survey TEXT NOT NULL PRIMARY KEY,
    minute INTEGER NOT NULL,
    who TEXT NOT NULL,
    reason TEXT
) STRICT, WITHOUT ROWID;

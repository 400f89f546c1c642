-- Surveys, their versions, the responses to them, and who may read these.

CREATE TABLE surveys (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    current_version TEXT NOT NULL,
    FOREIGN KEY (id, current_version) REFERENCES versions (survey, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
    seq INTEGER PRIMARY KEY,
    survey TEXT NOT NULL,
    version TEXT NOT NULL,
    definition TEXT NOT NULL,
    published_minute INTEGER NOT NULL,
    UNIQUE (survey, version)
) STRICT;

-- Rows are appended and overwritten, never deleted. AUTOINCREMENT all the same: a position must not be given twice, or
-- a reader that remembers it would never see the second.
CREATE TABLE responses (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    survey TEXT NOT NULL,
    version TEXT NOT NULL,
    minute INTEGER NOT NULL,
    lang TEXT NOT NULL,
    channel TEXT NOT NULL,
    answers TEXT NOT NULL,
    paradata TEXT NOT NULL,
    receipt_hash BLOB NOT NULL UNIQUE,
    body_hash BLOB NOT NULL,
    FOREIGN KEY (survey, version) REFERENCES versions (survey, version)
) STRICT;

CREATE INDEX responses_by_survey ON responses (survey, seq);

-- Which responses were taken back: their rows hold nothing any more but the id and the hash of the receipt, enough to
-- refuse a late repetition, and to answer a repeated withdrawal as the first one.
CREATE TABLE withdrawn (
    id TEXT PRIMARY KEY,
    receipt_hash BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- `surveys` is a JSON list of ids, or NULL for all.
CREATE TABLE tokens (
    hash BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    surveys TEXT,
    created_minute INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Opening times, quotas, media, and the classifier of places.

ALTER TABLE surveys ADD COLUMN opens_minute INTEGER;
ALTER TABLE surveys ADD COLUMN closes_minute INTEGER;

-- How many responses are kept of each group.
CREATE TABLE quotas (
    survey TEXT NOT NULL,
    quota TEXT NOT NULL,
    kept INTEGER NOT NULL CHECK (kept >= 0),
    PRIMARY KEY (survey, quota)
) STRICT, WITHOUT ROWID;

-- Which groups a response was counted in: a JSON list, overwritten like the response when that is taken back.
CREATE TABLE quota_members (
    seq INTEGER PRIMARY KEY,
    quotas TEXT NOT NULL
) STRICT;

-- The files of a version; `content` is the name under which the directory `media` has it.
CREATE TABLE media (
    survey TEXT NOT NULL,
    version TEXT NOT NULL,
    path TEXT NOT NULL,
    content TEXT NOT NULL,
    content_type TEXT NOT NULL,
    PRIMARY KEY (survey, version, path),
    FOREIGN KEY (survey, version) REFERENCES versions (survey, version)
) STRICT, WITHOUT ROWID;

-- The classifier of places: each code as it was from one day until another, or until now.
CREATE TABLE places (
    code INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    level INTEGER NOT NULL,
    within INTEGER,
    kk TEXT NOT NULL,
    ru TEXT NOT NULL,
    PRIMARY KEY (code, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE place_imports (
    as_of TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Opening times, quotas, media, and the classifier of places.

ALTER TABLE surveys ADD COLUMN opens_minute BIGINT;
ALTER TABLE surveys ADD COLUMN closes_minute BIGINT;

CREATE TABLE quotas (
    survey TEXT COLLATE "C" NOT NULL,
    quota TEXT COLLATE "C" NOT NULL,
    kept BIGINT NOT NULL CHECK (kept >= 0),
    PRIMARY KEY (survey, quota)
);

CREATE TABLE quota_members (
    seq BIGINT PRIMARY KEY,
    quotas TEXT NOT NULL
);

CREATE TABLE media (
    survey TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    content_type TEXT NOT NULL,
    PRIMARY KEY (survey, version, path),
    FOREIGN KEY (survey, version) REFERENCES versions (survey, version)
);

CREATE TABLE places (
    code BIGINT NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C",
    level BIGINT NOT NULL,
    within BIGINT,
    kk TEXT NOT NULL,
    ru TEXT NOT NULL,
    PRIMARY KEY (code, valid_from)
);

CREATE TABLE place_imports (
    as_of TEXT COLLATE "C" PRIMARY KEY
);

-- What is in the files of media, in parts, for every collector on this database. SQLite's are files beside it. They are
-- compressed already.
CREATE TABLE contents (
    content TEXT COLLATE "C" NOT NULL,
    part BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (content, part)
);

ALTER TABLE contents ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Margins by which responses are weighted, version after version.

CREATE TABLE weightings (
    survey TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    who TEXT NOT NULL,
    minute BIGINT NOT NULL,
    margins TEXT NOT NULL,
    PRIMARY KEY (survey, name, version)
);

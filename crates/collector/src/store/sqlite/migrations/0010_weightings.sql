-- Margins by which responses are weighted, version after version.

CREATE TABLE weightings (
    survey TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    who TEXT NOT NULL,
    minute INTEGER NOT NULL,
    margins TEXT NOT NULL,
    PRIMARY KEY (survey, name, version)
) STRICT, WITHOUT ROWID;

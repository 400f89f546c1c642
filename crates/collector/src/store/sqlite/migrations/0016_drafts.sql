-- The drafts that consultations are about, version after version.

CREATE TABLE drafts (
    survey TEXT NOT NULL,
    version TEXT NOT NULL,
    serial INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (survey, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX drafts_in_order ON drafts (survey, serial);

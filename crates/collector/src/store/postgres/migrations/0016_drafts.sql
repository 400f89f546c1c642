-- The drafts that consultations are about, version after version.

CREATE TABLE drafts (
    survey TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    serial BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (survey, version)
);

CREATE UNIQUE INDEX drafts_in_order ON drafts (survey, serial);

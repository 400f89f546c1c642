-- Invitations: the batches that were issued, which codes there are (by a keyed hash), and which of these nobody has used.

CREATE TABLE invitation_batches (
    survey TEXT COLLATE "C" NOT NULL,
    batch TEXT COLLATE "C" NOT NULL,
    made_minute BIGINT NOT NULL,
    expires_minute BIGINT,
    revoked BIGINT NOT NULL CHECK (revoked IN (0, 1)),
    PRIMARY KEY (survey, batch)
);

CREATE TABLE invitations (
    survey TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    batch TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (survey, hash)
);

CREATE INDEX invitations_by_batch ON invitations (survey, batch);

-- A row goes in the transaction that keeps its response. Nothing that stays was written together with one.
CREATE TABLE invitations_left (
    survey TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (survey, hash)
);

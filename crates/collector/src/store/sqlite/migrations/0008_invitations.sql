-- Invitations: the batches that were issued, which codes there are (by a keyed hash), and which of these nobody has used.

CREATE TABLE invitation_batches (
    survey TEXT NOT NULL,
    batch TEXT NOT NULL,
    made_minute INTEGER NOT NULL,
    expires_minute INTEGER,
    revoked INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    PRIMARY KEY (survey, batch)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    survey TEXT NOT NULL,
    hash BLOB NOT NULL,
    batch TEXT NOT NULL,
    PRIMARY KEY (survey, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX invitations_by_batch ON invitations (survey, batch);

-- A row goes in the transaction that keeps its response. Nothing that stays was written together with one.
CREATE TABLE invitations_left (
    survey TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (survey, hash)
) STRICT, WITHOUT ROWID;

-- Challenges to work that a response was sent with, by hashes, until they expire: one challenge is good for one response.

CREATE TABLE spent_work (
    hash BLOB NOT NULL PRIMARY KEY,
    response_hash BLOB NOT NULL,
    expires_minute INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX spent_work_by_expiry ON spent_work (expires_minute);

-- Challenges to work that a response was sent with, by hashes, until they expire: one challenge is good for one response.

CREATE TABLE spent_work (
    hash BYTEA NOT NULL PRIMARY KEY,
    response_hash BYTEA NOT NULL,
    expires_minute BIGINT NOT NULL
);

CREATE INDEX spent_work_by_expiry ON spent_work (expires_minute);

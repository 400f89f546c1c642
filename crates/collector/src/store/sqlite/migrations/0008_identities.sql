-- Whom a provider of the agency's own (OpenID Connect) knows by which name, and how a session began.

CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES people (name),
    linked_minute INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_by_person ON identities (person);

ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'password';

-- Whom a provider of the agency's own (OpenID Connect) knows by which name, and how a session began.

CREATE TABLE identities (
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL REFERENCES people (name),
    linked_minute BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX identities_by_person ON identities (person);

ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'password';

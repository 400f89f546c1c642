-- Meetings: who of those who registered has come, how many came without registering, and the minutes, as they are being
-- written and as they were published, which are only added to.

CREATE TABLE attendance (
    survey TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    mode BIGINT NOT NULL CHECK (mode IN (1, 2)),
    PRIMARY KEY (survey, year, serial)
);

CREATE INDEX attendance_by_mode ON attendance (survey, mode);

CREATE TABLE walk_ins (
    survey TEXT COLLATE "C" NOT NULL,
    mode BIGINT NOT NULL CHECK (mode IN (1, 2)),
    people BIGINT NOT NULL CHECK (people >= 0),
    PRIMARY KEY (survey, mode)
);

CREATE TABLE minutes_drafts (
    survey TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL
);

CREATE TABLE minutes (
    survey TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (survey, number)
);

CREATE FUNCTION minutes_stand() RETURNS TRIGGER LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'minutes are only added to'; END $$;
CREATE TRIGGER minutes_stand BEFORE UPDATE OR DELETE ON minutes FOR EACH ROW EXECUTE FUNCTION minutes_stand();

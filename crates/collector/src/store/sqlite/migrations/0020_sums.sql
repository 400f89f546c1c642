-- How many matters there are of each sort, kept up by triggers in whatever transaction changes a matter: a page about a
-- hundred thousand of them counts none.

-- What the author of a matter's response says of its subject, and for whom: codes of answers.
ALTER TABLE matters ADD COLUMN stance INTEGER;
ALTER TABLE matters ADD COLUMN speaker INTEGER;

-- Where nothing is said, '' and 0. The rows follow from `matters`.
CREATE TABLE matter_sums (
    survey TEXT NOT NULL,
    state TEXT NOT NULL,
    shown INTEGER NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    stance INTEGER NOT NULL,
    speaker INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (survey, state, shown, subject, body, stance, speaker)
) STRICT, WITHOUT ROWID;

INSERT INTO matter_sums
    SELECT survey, state, shown, coalesce(subject, ''), coalesce(body, ''), 0, 0, count(*) FROM matters
    GROUP BY survey, state, shown, coalesce(subject, ''), coalesce(body, '');

CREATE TRIGGER matters_opened AFTER INSERT ON matters BEGIN
    INSERT INTO matter_sums VALUES (NEW.survey, NEW.state, NEW.shown, coalesce(NEW.subject, ''),
            coalesce(NEW.body, ''), coalesce(NEW.stance, 0), coalesce(NEW.speaker, 0), 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER matters_changed AFTER UPDATE ON matters
WHEN (OLD.survey, OLD.state, OLD.shown, OLD.subject, OLD.body, OLD.stance, OLD.speaker)
    IS NOT (NEW.survey, NEW.state, NEW.shown, NEW.subject, NEW.body, NEW.stance, NEW.speaker)
BEGIN
    UPDATE matter_sums SET number = number - 1
        WHERE survey = OLD.survey AND state = OLD.state AND shown = OLD.shown
            AND subject = coalesce(OLD.subject, '') AND body = coalesce(OLD.body, '')
            AND stance = coalesce(OLD.stance, 0) AND speaker = coalesce(OLD.speaker, 0);
    INSERT INTO matter_sums VALUES (NEW.survey, NEW.state, NEW.shown, coalesce(NEW.subject, ''),
            coalesce(NEW.body, ''), coalesce(NEW.stance, 0), coalesce(NEW.speaker, 0), 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER matters_gone AFTER DELETE ON matters BEGIN
    UPDATE matter_sums SET number = number - 1
        WHERE survey = OLD.survey AND state = OLD.state AND shown = OLD.shown
            AND subject = coalesce(OLD.subject, '') AND body = coalesce(OLD.body, '')
            AND stance = coalesce(OLD.stance, 0) AND speaker = coalesce(OLD.speaker, 0);
END;

-- What waits or is shown, page by page, and votes whose time is over.
CREATE INDEX matters_by_shown ON matters (survey, shown, year, serial);
CREATE INDEX votes_by_minute ON votes (survey, minute);

-- Votes are deleted when their time is over, and counted as everything else that is.
CREATE TABLE erasures_of_all (
    survey TEXT NOT NULL,
    minute INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('responses', 'texts', 'partials', 'votes')),
    number INTEGER NOT NULL,
    PRIMARY KEY (survey, minute, what)
) STRICT, WITHOUT ROWID;
INSERT INTO erasures_of_all SELECT survey, minute, what, number FROM erasures;
DROP TABLE erasures;
ALTER TABLE erasures_of_all RENAME TO erasures;

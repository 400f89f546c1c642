-- How many matters there are of each sort, kept up by triggers in whatever transaction changes a matter: a page about a
-- hundred thousand of them counts none.

-- What the author of a matter's response says of its subject, and for whom: codes of answers.
ALTER TABLE matters ADD COLUMN stance BIGINT;
ALTER TABLE matters ADD COLUMN speaker BIGINT;

-- Where nothing is said, '' and 0. The rows follow from `matters`.
CREATE TABLE matter_sums (
    survey TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    shown BIGINT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    stance BIGINT NOT NULL,
    speaker BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (survey, state, shown, subject, body, stance, speaker)
);

INSERT INTO matter_sums
    SELECT survey, state, shown, coalesce(subject, ''), coalesce(body, ''), 0, 0, count(*) FROM matters
    GROUP BY survey, state, shown, coalesce(subject, ''), coalesce(body, '');

-- Once for each statement, whatever rows it has, and in the order of the key: two collectors do not wait for each other
-- crosswise.
CREATE FUNCTION matters_summed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO matter_sums AS sums
        SELECT survey, state, shown, coalesce(subject, '') AS about, coalesce(body, '') AS at,
            coalesce(stance, 0) AS stands, coalesce(speaker, 0) AS speaks, count(*) AS more
        FROM opened GROUP BY survey, state, shown, about, at, stands, speaks
        ORDER BY survey, state, shown, about, at, stands, speaks
        ON CONFLICT (survey, state, shown, subject, body, stance, speaker)
            DO UPDATE SET number = sums.number + excluded.number;
    RETURN NULL;
END $$;

CREATE FUNCTION matters_summed_anew() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO matter_sums AS sums
        SELECT survey, state, shown, coalesce(subject, '') AS about, coalesce(body, '') AS at,
            coalesce(stance, 0) AS stands, coalesce(speaker, 0) AS speaks, sum(change)::BIGINT AS more
        FROM (
            SELECT survey, state, shown, subject, body, stance, speaker, 1 AS change FROM changed_to
            UNION ALL SELECT survey, state, shown, subject, body, stance, speaker, -1 FROM changed_from
        ) AS changed
        GROUP BY survey, state, shown, about, at, stands, speaks HAVING sum(change) <> 0
        ORDER BY survey, state, shown, about, at, stands, speaks
        ON CONFLICT (survey, state, shown, subject, body, stance, speaker)
            DO UPDATE SET number = sums.number + excluded.number;
    RETURN NULL;
END $$;

CREATE FUNCTION matters_not_summed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO matter_sums AS sums
        SELECT survey, state, shown, coalesce(subject, '') AS about, coalesce(body, '') AS at,
            coalesce(stance, 0) AS stands, coalesce(speaker, 0) AS speaks, -count(*) AS less
        FROM gone GROUP BY survey, state, shown, about, at, stands, speaks
        ORDER BY survey, state, shown, about, at, stands, speaks
        ON CONFLICT (survey, state, shown, subject, body, stance, speaker)
            DO UPDATE SET number = sums.number + excluded.number;
    RETURN NULL;
END $$;

CREATE TRIGGER matters_opened AFTER INSERT ON matters
    REFERENCING NEW TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION matters_summed();
CREATE TRIGGER matters_changed AFTER UPDATE ON matters
    REFERENCING OLD TABLE AS changed_from NEW TABLE AS changed_to
    FOR EACH STATEMENT EXECUTE FUNCTION matters_summed_anew();
CREATE TRIGGER matters_gone AFTER DELETE ON matters
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION matters_not_summed();

-- What waits or is shown, page by page, and votes whose time is over.
CREATE INDEX matters_by_shown ON matters (survey, shown, year, serial);
CREATE INDEX votes_by_minute ON votes (survey, minute);

-- Votes are deleted when their time is over, and counted as everything else that is.
ALTER TABLE erasures DROP CONSTRAINT erasures_what_check;
ALTER TABLE erasures ADD CONSTRAINT erasures_what_check CHECK (what IN ('responses', 'texts', 'partials', 'votes'));

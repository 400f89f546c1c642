-- Parts of responses: what was answered so far of those that are not sent yet, and which of them were taken back.

-- `state` is 1 for what was answered, 2 for what was taken back, and 0 for a row that holds nothing. Like responses:
-- overwritten, never deleted; a row that holds nothing is used again. `turn` has ten digits and `content` is filled up
-- with spaces, so that a row that changes keeps its length and its place.
CREATE TABLE partials (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    survey TEXT NOT NULL,
    version TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
    minute INTEGER NOT NULL,
    turn TEXT NOT NULL,
    content TEXT NOT NULL,
    FOREIGN KEY (survey, version) REFERENCES versions (survey, version)
) STRICT;

CREATE INDEX partials_by_survey ON partials (survey, state, seq);
CREATE INDEX partials_free ON partials (survey, version, octet_length(content)) WHERE state = 0;

-- What people made of texts: code frames, the codes given to each text by each coder; and how many visits there were.

-- `codes` is JSON that the store does not look into. Whoever changes a frame says which version they saw.
CREATE TABLE code_frames (
    survey TEXT NOT NULL,
    question TEXT NOT NULL,
    version INTEGER NOT NULL,
    codes TEXT NOT NULL,
    PRIMARY KEY (survey, question)
) STRICT, WITHOUT ROWID;

-- The decision on a text has an empty `coder`. Like responses: overwritten where they stand, never deleted. `codes` are
-- numbers, filled up with spaces to one length, and nothing but spaces once the response is taken back.
CREATE TABLE tags (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    survey TEXT NOT NULL,
    question TEXT NOT NULL,
    response INTEGER NOT NULL,
    coder TEXT NOT NULL,
    day TEXT NOT NULL,
    codes TEXT NOT NULL,
    UNIQUE (survey, response, question, coder)
) STRICT;

CREATE INDEX tags_by_response ON tags (response);

-- Sums, by day in Kazakhstan. `what` is `opened`, `started`, `completed`, or the page that was come to: `page:2`.
CREATE TABLE visits (
    survey TEXT NOT NULL,
    day TEXT NOT NULL,
    lang TEXT NOT NULL,
    channel TEXT NOT NULL,
    what TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (survey, day, lang, channel, what)
) STRICT, WITHOUT ROWID;

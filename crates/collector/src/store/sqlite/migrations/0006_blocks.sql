-- What figures are made of: responses of a survey from one position to another, column by column. Like responses, blocks
-- are overwritten where they stand and never deleted; `live` is 0 once something in them was taken back, and may become 1
-- again when the block is made anew in as many bytes. The contents stand last: what is read of a row before them leaves
-- their pages alone.

CREATE TABLE blocks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    survey TEXT NOT NULL,
    after_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    live INTEGER NOT NULL CHECK (live IN (0, 1)),
    dictionary BLOB NOT NULL,
    cells BLOB NOT NULL
) STRICT;

CREATE INDEX blocks_by_survey ON blocks (survey, after_seq);

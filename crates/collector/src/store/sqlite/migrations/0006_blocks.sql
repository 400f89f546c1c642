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

-- The results of a survey as everybody sees them, small numbers hidden, until so many more have answered that the next ones
-- tell nothing about a few. `withdrawn` of the responses up to `last_seq` had been taken back by then.
CREATE TABLE results (
    survey TEXT PRIMARY KEY,
    last_seq INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    least INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

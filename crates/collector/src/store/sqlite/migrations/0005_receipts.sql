-- Responses without an index that takes them in a random order. Rows are never deleted, so that the next position is
-- always a new one. The table is made anew, because SQLite drops no UNIQUE of a column.
CREATE TABLE responses_by_position (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    survey TEXT NOT NULL,
    version TEXT NOT NULL,
    minute INTEGER NOT NULL,
    lang TEXT NOT NULL,
    channel TEXT NOT NULL,
    answers TEXT NOT NULL,
    paradata TEXT NOT NULL,
    receipt_hash BLOB NOT NULL,
    body_hash BLOB NOT NULL,
    FOREIGN KEY (survey, version) REFERENCES versions (survey, version)
) STRICT;

INSERT INTO responses_by_position
    (seq, id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
SELECT seq, id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash
FROM responses ORDER BY seq;

DROP TABLE responses;
ALTER TABLE responses_by_position RENAME TO responses;
CREATE INDEX responses_by_survey ON responses (survey, seq);

-- Where the response with a receipt stands, by the first eight bytes of the receipt's hash: of all responses up to a
-- position. Those after it the writer knows from memory, and brings in here in the order of this table.
CREATE TABLE receipts (
    head BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (head, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipts_upto (
    seq INTEGER NOT NULL
) STRICT;

INSERT INTO receipts (head, seq) SELECT substr(receipt_hash, 1, 8), seq FROM responses ORDER BY 1, 2;
INSERT INTO receipts_upto (seq) SELECT coalesce(max(seq), 0) FROM responses;

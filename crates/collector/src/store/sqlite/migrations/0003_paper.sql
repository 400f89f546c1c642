-- Paper: batches, sheets, and the entries of those that are not kept yet; and what a token is for.

ALTER TABLE tokens ADD COLUMN scope TEXT NOT NULL DEFAULT 'read' CHECK (scope IN ('read', 'clerk'));

CREATE TABLE paper_batches (
    survey TEXT NOT NULL,
    batch TEXT NOT NULL,
    version TEXT NOT NULL,
    checking TEXT NOT NULL,
    PRIMARY KEY (survey, batch),
    FOREIGN KEY (survey, version) REFERENCES versions (survey, version)
) STRICT, WITHOUT ROWID;

-- `entries` of a sheet that is not kept; `kept` is after how many entries it was, or 0. Of two clerks who change a sheet
-- at the same moment, one finds another number than she saw.
CREATE TABLE paper_sheets (
    survey TEXT NOT NULL,
    batch TEXT NOT NULL,
    sheet INTEGER NOT NULL,
    entries INTEGER NOT NULL CHECK (entries BETWEEN 0 AND 2),
    kept INTEGER NOT NULL CHECK (kept BETWEEN 0 AND 2),
    compared INTEGER NOT NULL,
    differing INTEGER NOT NULL,
    PRIMARY KEY (survey, batch, sheet),
    FOREIGN KEY (survey, batch) REFERENCES paper_batches (survey, batch)
) STRICT, WITHOUT ROWID;

-- Like responses: appended and overwritten, never deleted. `live` is 0 once the sheet is kept or the entry is discarded.
CREATE TABLE paper_entries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    survey TEXT NOT NULL,
    batch TEXT NOT NULL,
    sheet INTEGER NOT NULL,
    live INTEGER NOT NULL,
    entered_by TEXT NOT NULL,
    entry TEXT NOT NULL,
    FOREIGN KEY (survey, batch, sheet) REFERENCES paper_sheets (survey, batch, sheet)
) STRICT;

CREATE INDEX paper_entries_by_sheet ON paper_entries (survey, batch, sheet, seq);

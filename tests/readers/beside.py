"""The table of `cargo xtask bench export` as an analyst would make it with DuckDB or pandas out of the rows of the store:
`beside.py duckdb|pandas csv|parquet DATABASE TABLE`.

Rows are read with Python's own SQLite, their JSON is decoded, and what was not answered is -4. It is less than Qulaq does:
no pseudonym in the place of the id, no question who was asked, no reasons, nothing but this one survey."""

import datetime
import json
import sqlite3
import sys

import duckdb
import pandas
import pyarrow
import pyarrow.parquet

BATCH = 50_000
BLANK = -4
NO_BATCH = "-2"
# Of Kazakhstan, which has one time zone.
HOURS = 5

READ = "SELECT id, version, minute, lang, channel, answers, paradata FROM responses ORDER BY seq"
CODES = [f"single_{n}" for n in range(8)] + [f"scale_{n}" for n in range(3)]
SEVERAL = [(f"several_{n}", code) for n in range(2) for code in range(1, 7)]
ROWS = ["1", "2", "3", "4"]
LAST = ["helped", "number", "day", "line", "words", "page"]
NAMES = (
    ["response_id", "response_day", "response_version", "response_language", "response_channel", "response_assisted"]
    + ["response_batch"]
    + CODES
    + [f"{name}_{code}" for name, code in SEVERAL]
    + [f"grid_{row}" for row in ROWS]
    + LAST
)
TEXTS = {*NAMES[:7], "day", "line", "words", "page"}


def batches(database):
    """Rows of the store, some at a time."""
    # DuckDB asks for them from a thread of its own.
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, check_same_thread=False) as db:
        cursor = db.execute(READ)
        while rows := cursor.fetchmany(BATCH):
            yield rows


def row(stored):
    """The cells of one response."""
    ident, version, minute, lang, channel, answers, paradata = stored
    answers, paradata = json.loads(answers), json.loads(paradata)
    day = datetime.datetime.fromtimestamp((minute + HOURS * 60) * 60, datetime.UTC).date().isoformat()
    cells = [ident, day, version, lang, channel, paradata.get("assisted", ""), NO_BATCH]
    cells += [answers.get(name, BLANK) for name in CODES]
    cells += [int(code in answers[name]) if name in answers else BLANK for name, code in SEVERAL]
    grid = answers.get("grid", {})
    cells += [grid.get(name, BLANK) for name in ROWS]
    return cells + [answers.get(name, str(BLANK) if name in TEXTS else BLANK) for name in LAST]


def by_pandas(form, database, table):
    """Table by table, so that they need not be in memory at once."""
    writer = None
    for number, rows in enumerate(batches(database)):
        frame = pandas.DataFrame([row(stored) for stored in rows], columns=NAMES)
        if form == "csv":
            frame.to_csv(table, mode="a", header=number == 0, index=False, lineterminator="\r\n")
        else:
            read = pyarrow.Table.from_pandas(frame, preserve_index=False)
            writer = writer or pyarrow.parquet.ParquetWriter(table, read.schema, compression="snappy")
            writer.write_table(read)
    if writer:
        writer.close()


def by_duckdb(form, database, table):
    """DuckDB decodes the JSON and writes, on all cores; it is handed rows as Arrow has them."""
    columns = ["id", "version", "minute", "lang", "channel", "answers", "paradata"]
    schema = pyarrow.schema([(name, pyarrow.int64() if name == "minute" else pyarrow.string()) for name in columns])

    def arrow():
        for rows in batches(database):
            yield pyarrow.RecordBatch.from_arrays(
                [pyarrow.array(list(cells), kind.type) for cells, kind in zip(zip(*rows), schema)], schema=schema
            )

    read = pyarrow.RecordBatchReader.from_batches(schema, arrow())
    shape = {name: "BIGINT" for name in [*CODES, "helped", "number"]}
    shape |= {name: ["BIGINT"] for name, _ in SEVERAL}
    shape |= {"grid": {name: "BIGINT" for name in ROWS}}
    shape |= {name: "VARCHAR" for name in LAST if name in TEXTS}
    cells = ["id AS response_id", f"(make_timestamp((minute + {HOURS * 60}) * 60000000))::DATE AS response_day"]
    cells += ["version AS response_version", "lang AS response_language", "channel AS response_channel"]
    cells += ["paradata ->> '$.assisted' AS response_assisted", f"'{NO_BATCH}' AS response_batch"]
    cells += [f"coalesce(a.{name}, {BLANK}) AS {name}" for name in CODES]
    cells += [
        f"coalesce(list_contains(a.{name}, {code})::BIGINT, {BLANK}) AS {name}_{code}" for name, code in SEVERAL
    ]
    cells += [f"""coalesce(a.grid."{name}", {BLANK}) AS grid_{name}""" for name in ROWS]
    cells += [f"coalesce(a.{name}, '{BLANK}') AS {name}" if name in TEXTS else f"coalesce(a.{name}, {BLANK}) AS {name}"
              for name in LAST]
    options = "HEADER, FORMAT csv" if form == "csv" else "FORMAT parquet, COMPRESSION snappy"
    duckdb.sql("SET memory_limit = '1GB'")
    query = f"SELECT {', '.join(cells)} FROM (SELECT *, from_json(answers, '{json.dumps(shape)}') AS a FROM read)"
    duckdb.sql(f"COPY ({query}) TO '{table}' ({options})")


if __name__ == "__main__":
    by, form, database, table = sys.argv[1:]
    {"pandas": by_pandas, "duckdb": by_duckdb}[by](form, database, table)

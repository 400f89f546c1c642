"""Every format of an export, read back by other people's software: cell by cell what was answered.

The table in CSV, which a test in Rust compares with what was sent, is the measure for the others; texts and codes that
were posted are compared with it first."""

import csv
import datetime
import decimal
import json
import shutil
import subprocess
import unittest
import zipfile
from collections import Counter

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import pyreadstat

import collector

REASONS = {str(-code) for code in range(1, 9)}
SPSS_EPOCH = datetime.datetime(1582, 10, 14)


def setUpModule():
    global filled, directory, table, names
    filled, directory = collector.filled()
    with open(filled.export("csv"), encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, strict=True))
    names = list(table[0])


def tearDownModule():
    directory.cleanup()


def plain(value):
    """A value as CSV writes it."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, decimal.Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return str(value)


def without_reasons(rows, words, kept):
    """The table for programs whose words have no missing values. A text that was sent and looks like a reason stays."""
    sent = {number: text for number, text in enumerate(collector.HOSTILE) if text in REASONS}
    expected = [{name: kept(value) if name in words else value for name, value in row.items()} for row in table]
    for number, row in enumerate(expected):
        for name in words:
            if row[name] in REASONS and not (name in ("improve", "used_other") and number in sent):
                row[name] = ""
        if number in sent:
            # A complete response has the text in both, a short one in the first alone.
            row["used_other"] = sent[number] if table[number]["used_1"] == "1" else ""
    return expected


class Cells(unittest.TestCase):
    """Compares tables."""

    def assert_cells(self, rows, expected=None):
        expected = table if expected is None else expected
        self.assertEqual(len(rows), len(expected))
        for number, (row, wanted) in enumerate(zip(rows, expected)):
            self.assertEqual(row.keys(), wanted.keys())
            for name, value in row.items():
                self.assertEqual(value, wanted[name], f"row {number}, {name}")


class Csv(Cells):
    def test_texts_are_those_that_citizens_sent(self):
        texts = collector.HOSTILE + list(collector.CLEANED.values())
        sent = [text if number < len(texts) - 1 else "-7" for number, text in enumerate(texts)]
        self.assertEqual([row["improve"] for row in table], sent)

    def test_every_reason_that_there_can_be_is_in_the_table(self):
        found = Counter(value for row in table for value in row.values() if value in REASONS)
        self.assertEqual(sorted(found), ["-1", "-2", "-4", "-5", "-7"])

    def test_codes_are_those_that_citizens_sent(self):
        for row, body in zip(table, collector.responses()):
            self.assertEqual(row["overall"], str(body["overall"]))
            if "trust" in body:
                self.assertEqual((row["trust"], row["recommend"]), (str(body["trust"]), str(body["recommend"])))
                self.assertEqual((row["first_1"], row["first_2"], row["first_3"]), ("3", "1", "-2"))
                self.assertEqual((row["used_1"], row["used_2"], row["used_96"]), ("1", "0", "1"))
                self.assertEqual((row["visited"], row["moved_in"]), ("2024-02-29", "1999-12"))

    def test_the_same_data_gives_the_same_bytes_in_every_format(self):
        for form in ("csv", "csv-excel", "xlsx", "sav", "dta", "parquet", "jsonl"):
            self.assertEqual(filled.export(form).read_bytes(), filled.export(form).read_bytes(), form)


class Excel(Cells):
    def test_csv_for_excel_guards_formulas_and_nothing_else(self):
        read = pandas.read_csv(
            filled.export("csv-excel"), sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
        guarded = []
        for row in read.to_dict("records"):
            for name, value in row.items():
                if value.startswith("'"):
                    guarded.append(value[1:])
                    row[name] = value[1:]
        self.assertEqual(set(guarded), {text for text in collector.HOSTILE if text[0] in "=@"})
        rows = [
            {name: value[1:] if value.startswith("'") else value for name, value in row.items()}
            for row in read.to_dict("records")
        ]
        self.assert_cells(rows)

    def test_a_workbook_has_typed_cells_in_openpyxl(self):
        sheet = openpyxl.load_workbook(filled.export("xlsx"))["data"]
        header, *rows = sheet.iter_rows(values_only=True)
        self.assertEqual(list(header), names)
        self.assertEqual((sheet.freeze_panes, sheet.auto_filter.ref), ("A2", sheet.dimensions))
        read = [{name: value for name, value in zip(header, row)} for row in rows]
        self.assertEqual(type(read[0]["overall"]), int)
        self.assertEqual(type(read[1]["improve"]), str)
        self.assertEqual(read[0]["visited"], datetime.datetime(2024, 2, 29))
        self.assertEqual(read[0]["bus_at"], datetime.time(8, 15))
        for row in read:
            if isinstance(row["moved_in"], datetime.datetime):
                row["moved_in"] = row["moved_in"].strftime("%Y-%m")
        # What looks like an escaped character is escaped, as Excel itself does; openpyxl leaves it so.
        rows = [{name: plain(value).replace("_x005F_", "_") for name, value in row.items()} for row in read]
        self.assert_cells(rows)

    def test_nothing_in_a_workbook_is_a_formula(self):
        with zipfile.ZipFile(filled.export("xlsx")) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/"):
                    self.assertNotRegex(book.read(name), rb"<f[ >]", name)

    def test_the_codebook_is_the_second_sheet(self):
        book = openpyxl.load_workbook(filled.export("xlsx", "--lang", "en"))
        self.assertEqual(book.sheetnames, ["data", "codebook"])
        rows = list(book["codebook"].iter_rows(values_only=True))
        self.assertIn(("used_1", "Which services did you use? – Ambulance", "nominal", None, None),
                      [(row[0], row[1], row[2], row[3], row[4]) for row in rows])

    def test_pandas_reads_a_workbook(self):
        read = pandas.read_excel(filled.export("xlsx"))
        self.assertEqual(read.shape, (len(table), len(names)))
        self.assertEqual([str(value) for value in read["overall"]], [row["overall"] for row in table])


class Spss(Cells):
    """What SPSS cannot hold: reasons for missing words, and spaces at the end of words."""

    def test_pyreadstat_reads_what_was_answered(self):
        read, meta = pyreadstat.read_sav(filled.export("sav"), user_missing=True, disable_datetime_conversion=True)
        self.assertEqual(meta.column_names, names)
        words = {name for name, kind in meta.readstat_variable_types.items() if kind == "string"}
        rows = read.to_dict("records")
        for row in rows:
            for name, value in row.items():
                if name in words:
                    row[name] = value
                elif value < 0 or not meta.original_variable_types[name].startswith(("SDATE", "MOYR", "TIME")):
                    row[name] = plain(value)
                elif meta.original_variable_types[name].startswith("TIME"):
                    row[name] = (SPSS_EPOCH + datetime.timedelta(seconds=value)).strftime("%H:%M")
                else:
                    day = (SPSS_EPOCH + datetime.timedelta(seconds=value)).date().isoformat()
                    row[name] = day[:7] if meta.original_variable_types[name].startswith("MOYR") else day
        self.assert_cells(rows, without_reasons(rows, words, lambda text: text.rstrip(" ")))

    def test_labels_measures_missing_ranges_and_sets_are_told(self):
        _, meta = pyreadstat.read_sav(filled.export("sav", "--lang", "ru"), user_missing=True)
        self.assertEqual(meta.file_encoding, "UTF-8")
        self.assertEqual(meta.missing_ranges["overall"], [{"lo": -8.0, "hi": -1.0}])
        self.assertEqual(meta.variable_measure["overall"], "ordinal")
        self.assertEqual(meta.variable_measure["waited"], "scale")
        self.assertEqual(meta.variable_value_labels["overall"][-4.0], "Оставили без ответа")
        self.assertEqual(meta.column_names_to_labels["used_1"], "К каким службам вы обращались? – Скорая помощь")
        self.assertEqual(meta.mr_sets["used"]["counted_value"], 1)
        ticks = [name for name in names if name.startswith("used_") and name.split("_")[1].isdigit()]
        self.assertEqual(meta.mr_sets["used"]["variable_list"], ticks)
        self.assertEqual(set(meta.mr_sets), {"used", "projects", "ways_1", "ways_2"})

    def test_missing_values_are_missing_where_nobody_asks_for_them(self):
        read, _ = pyreadstat.read_sav(filled.export("sav"))
        valid = [row["overall"] for row in table if row["overall"] not in REASONS]
        self.assertEqual(read["overall"].count(), len(valid))

    def test_gnu_pspp_reads_the_dictionary_and_the_cases(self):
        self.assertTrue(shutil.which("pspp-convert"), "GNU PSPP is missing: on Debian, apt-get install pspp")
        source, target = filled.export("sav"), filled.directory / "pspp.csv"
        said = subprocess.run(["pspp-convert", "-O", "csv", str(source), str(target)], capture_output=True, text=True)
        self.assertEqual((said.returncode, said.stdout + said.stderr), (0, ""))
        with open(target, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), names)
        self.assertEqual([row["improve"].replace("\r\n", "\n") for row in rows][:13],
                         [row["improve"].rstrip(" ") for row in table][:13])
        self.assertEqual([row["home"] for row in rows if row["home"].strip(" .-").isdigit() and row["home"][0] != "-"],
                         [row["home"] for row in table if row["home"] not in REASONS])
        shown = subprocess.run(["pspp", "-O", "format=csv"], input=f"GET FILE='{source}'.\nMRSETS /DISPLAY NAME=ALL.\n",
                               capture_output=True, text=True)
        self.assertNotIn("warning", (shown.stdout + shown.stderr).lower())
        self.assertIn("$used", shown.stdout)


class Stata(Cells):
    def test_pyreadstat_reads_what_was_answered_with_reasons_as_letters(self):
        read, meta = pyreadstat.read_dta(filled.export("dta"), user_missing=True, disable_datetime_conversion=True)
        self.assertEqual(meta.column_names, names)
        words = {name for name, kind in meta.readstat_variable_types.items() if kind == "string"}
        letters = {letter: str(-code) for code, letter in enumerate("abcdefgh", start=1)}
        rows = read.to_dict("records")
        for row in rows:
            for name, value in row.items():
                if name in words or value in letters:
                    row[name] = letters.get(value, value) if name not in words else value
                    continue
                form = meta.original_variable_types[name]
                day = datetime.date(1960, 1, 1)
                if form == "%td":
                    row[name] = (day + datetime.timedelta(days=value)).isoformat()
                elif form == "%tm":
                    row[name] = f"{1960 + int(value) // 12}-{int(value) % 12 + 1:02}"
                elif form.startswith("%tc"):
                    row[name] = f"{int(value) // 3600000:02}:{int(value) // 60000 % 60:02}"
                else:
                    row[name] = plain(float(value))
        self.assert_cells(rows, without_reasons(rows, words, lambda text: text))

    def test_pandas_reads_it_with_labels_and_long_texts(self):
        read = pandas.read_stata(filled.export("dta"), convert_categoricals=False, convert_missing=False)
        self.assertEqual(list(read.columns), names)
        sent = ["" if row["improve"] == "-7" else row["improve"] for row in table]
        self.assertEqual(list(read["improve"]), sent)
        with pandas.read_stata(filled.export("dta", "--lang", "en"), iterator=True) as reader:
            self.assertEqual(reader.variable_labels()["overall"][:8], "Are you ")
            self.assertEqual(reader.value_labels()["overall"][2147483621 + 4], "Left blank")


class Parquet(Cells):
    def rows(self, read):
        """Cells as CSV has them, with reasons out of the columns beside."""
        for row in read:
            for name in [name for name in row if name.endswith("__missing")]:
                reason = row.pop(name)
                of = name.removesuffix("__missing")
                self.assertEqual(row[of] is None, reason is not None, of)
                row[of] = plain(row[of] if reason is None else reason)
        return [{name: plain(value) for name, value in row.items()} for row in read]

    def test_pyarrow_reads_what_was_answered(self):
        read = pyarrow.parquet.read_table(filled.export("parquet"))
        self.assertEqual(str(read.schema.field("visited").type), "date32[day]")
        self.assertEqual(str(read.schema.field("bus_at").type), "time32[ms]")
        self.assertEqual(str(read.schema.field("overall").type), "int32")
        self.assert_cells(self.rows(read.to_pylist()))
        about = json.loads(read.schema.metadata[b"qulaq.columns"])
        self.assertEqual(set(about), set(names))
        self.assertEqual(about["overall"]["missing"]["-4"], "Жауапсыз қалдырды")

    def test_duckdb_reads_what_was_answered(self):
        file = filled.export("parquet")
        read = duckdb.sql(f"SELECT * FROM read_parquet('{file}')")
        self.assert_cells(self.rows([dict(zip(read.columns, row)) for row in read.fetchall()]))
        valid = [int(row["overall"]) for row in table if row["overall"] not in REASONS]
        mean = duckdb.sql(f"SELECT avg(overall) FROM read_parquet('{file}')").fetchall()[0][0]
        self.assertAlmostEqual(mean, sum(valid) / len(valid))

    def test_pandas_reads_it_without_reasons(self):
        read = pandas.read_parquet(filled.export("parquet", "--missing", "empty"))
        self.assertEqual(list(read.columns), names)


class JsonLines(Cells):
    def test_every_line_is_an_object_with_reasons_in_words(self):
        words = ["not_asked", "not_applicable", "not_reached", "blank", "do_not_know", "prefer_not_to_say", "invalid",
                 "masked"]
        codes = {word: str(-code) for code, word in enumerate(words, start=1)}
        with open(filled.export("jsonl"), encoding="utf-8", newline="\n") as file:
            read = [json.loads(line, parse_float=decimal.Decimal) for line in file]
        rows = [
            {name: codes[value["missing"]] if isinstance(value, dict) else plain(value) for name, value in row.items()}
            for row in read
        ]
        self.assert_cells(rows)

    def test_duckdb_and_pandas_read_it(self):
        file = filled.export("jsonl", "--missing", "empty")
        valid = [row for row in table if row["overall"] not in REASONS]
        self.assertEqual(duckdb.sql(f"SELECT count(overall) FROM read_json('{file}')").fetchall()[0][0], len(valid))
        self.assertEqual(pandas.read_json(file, lines=True, dtype=False).shape, (len(table), len(names)))


if __name__ == "__main__":
    unittest.main()

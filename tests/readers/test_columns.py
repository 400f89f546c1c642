"""The columns that an export adds when it is asked for them (flags of quality and of the guard, weights, codes of texts), read
out of every format by other people's readers, cell by cell as the CSV has them, with their labels."""

import json
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet
import pyreadstat

from collector import PROGRAM
from test_cuts import definition, made, send

ASKED = ("--quality", "--guard", "--codes", "--weighting", "census")
FLAGS = ["quality_speeder", "quality_straight_line", "quality_same_text", "quality_left_blank"]
GUARD = ["guard_trap", "guard_fast", "guard_burst", "guard_network", "guard_work"]
CODES = ["why_code_1", "why_code_2"]
ADDED = [*CODES, *FLAGS, "weight", *GUARD]
DAY = "2026-11-23"


def coded(db):
    """A frame of two codes, and two coders: they agree, differ, or have not come so far."""
    frame = [{"number": number, "label": [["ru", f"Код {number}"]], "about": "", "retired": False} for number in (1, 2)]
    db.execute("INSERT INTO code_frames VALUES ('cuts', 'why', 1, ?)", (json.dumps(frame, ensure_ascii=False),))
    for (seq,) in db.execute("SELECT seq FROM responses ORDER BY seq").fetchall():
        given = [[("a", "1"), ("b", "1")], [("a", "1"), ("b", "2")], [("a", "1 2")], []][seq % 4]
        for coder, codes in given:
            db.execute("INSERT INTO tags (survey, question, response, coder, day, codes) VALUES ('cuts', 'why', ?, ?, ?, ?)",
                       (seq, coder, DAY, codes.ljust(160)))


class Columns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.directory.name)
        cls.data = str(cls.folder / "data")
        file = cls.folder / "definition.json"
        file.write_text(json.dumps(definition()), encoding="utf-8")
        subprocess.run([PROGRAM, "publish", str(file), "--data", cls.data], check=True, capture_output=True)
        send(cls.data, made(np.random.default_rng(1))[:120])
        shares = {"sex": {1: 52.0, 2: 48.0}}
        kept = [{"column": name, "shares": of, "source": "made up", "date": "2026-01-01", "collapse": {}, "keeps_missing": True}
                for name, of in shares.items()]
        with sqlite3.connect(next(pathlib.Path(cls.data).glob("*.db"))) as db:
            db.execute("INSERT INTO weightings VALUES ('cuts', 'census', 1, 'somebody', 0, ?)", (json.dumps(kept),))
            coded(db)
        db.close()
        cls.table = pd.read_csv(cls.export("csv"), dtype={"why": str}, keep_default_na=False)

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    @classmethod
    def export(cls, form, *options):
        file = cls.folder / f"table.{form}"
        command = [PROGRAM, "export", "cuts", "--format", form, "--data", cls.data, "--output", str(file), *ASKED, *options]
        subprocess.run(command, check=True, capture_output=True)
        return file

    def assert_same(self, read):
        for name in ADDED:
            np.testing.assert_allclose(read[name].astype(float), self.table[name].astype(float), atol=1e-9, err_msg=name)

    def test_the_table_has_them_after_all_others_with_everything_that_there_can_be(self):
        self.assertEqual(list(self.table.columns)[-len(ADDED):], ADDED)
        for name in FLAGS:
            self.assertLessEqual(set(self.table[name]), {0, 1, -2}, name)
            self.assertIn(1, set(self.table[name]), name)
        self.assertEqual(set(self.table["why_code_1"]), {1, -3, -4, -7})
        self.assertEqual(set(self.table["why_code_2"]), {0, 1, -3, -4, -7})
        self.assertAlmostEqual(self.table["weight"].mean(), 1.0, places=5)
        self.assertEqual({value for name in GUARD for value in self.table[name]} - {0, 1, 2, 3, 4, 5}, set())

    def test_spss_has_them_with_labels_and_missing_values(self):
        file = self.export("sav", "--lang", "ru")
        read, about = pyreadstat.read_sav(file, user_missing=True)
        self.assert_same(read)
        labels = about.column_names_to_labels
        self.assertIn("Отвечали слишком быстро", labels["quality_speeder"])
        self.assertIn("Код 2", labels["why_code_2"])
        self.assertEqual(about.variable_value_labels["quality_speeder"][1], "Да")
        for name in [*FLAGS, *CODES]:
            self.assertEqual(about.missing_ranges[name], [{"lo": -8.0, "hi": -1.0}], name)
        self.assertEqual({about.variable_measure[name] for name in [*FLAGS, *CODES, *GUARD]}, {"nominal"})
        self.assertEqual(about.variable_measure["weight"], "scale")
        plain, _ = pyreadstat.read_sav(file)
        self.assertEqual(plain["quality_speeder"].isna().sum(), (self.table["quality_speeder"] < 0).sum())

    def test_pspp_weighs_by_the_column(self):
        file = self.export("sav")
        syntax = f"GET FILE='{file}'.\nWEIGHT BY weight.\nFREQUENCIES VARIABLES=sex /FORMAT=AVALUE.\n"
        ran = subprocess.run(["pspp", "-O", "format=csv"], input=syntax, capture_output=True, text=True, check=True)
        shares = [float(line.split(",")[-2].rstrip("%")) for line in ran.stdout.splitlines() if ",Option " in f",{line}" and "%" in line]
        np.testing.assert_allclose(shares, [52.0, 48.0], atol=0.1, err_msg=ran.stdout)

    def test_stata_has_them_with_letters_for_what_is_missing(self):
        read, about = pyreadstat.read_dta(self.export("dta", "--lang", "ru"), user_missing=True)
        letters = {letter: -code for code, letter in enumerate("abcdefgh", start=1)}
        self.assert_same(read[ADDED].map(lambda value: letters.get(value, value)))
        self.assertIn("Код 1", about.column_names_to_labels["why_code_1"])
        self.assertEqual(about.variable_value_labels["quality_straight_line"][1], "Да")

    def test_parquet_has_them_typed_with_reasons_beside(self):
        file = self.export("parquet")
        read = pyarrow.parquet.read_table(file).to_pandas()
        for name in [*FLAGS, *CODES]:
            self.assertTrue((read[name].isna() == read[f"{name}__missing"].notna()).all(), name)
            read[name] = read[name].fillna(read[f"{name}__missing"])
        self.assert_same(read)
        counted = duckdb.sql(f"SELECT sum(quality_speeder), sum(why_code_2), avg(weight)::DOUBLE FROM read_parquet('{file}')").fetchall()[0]
        sums = [self.table[name][self.table[name] > 0].sum() for name in ("quality_speeder", "why_code_2")]
        self.assertEqual([int(counted[0]), int(counted[1])], sums)
        self.assertAlmostEqual(counted[2], self.table["weight"].mean(), places=9)

    def test_a_workbook_has_them_and_its_codebook_says_what_they_are(self):
        file = self.export("xlsx", "--lang", "ru")
        self.assert_same(pd.read_excel(file, sheet_name="data", keep_default_na=False))
        book = openpyxl.load_workbook(file)
        told = {str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row}
        self.assertLessEqual(set(ADDED), told)


if __name__ == "__main__":
    unittest.main()

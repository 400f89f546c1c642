"""R reads SPSS and Stata files with `haven`, and its `survey` package rakes the same responses to the same margins."""

import csv
import io
import json
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

import numpy as np
import pandas as pd

import collector
from collector import PROGRAM
from test_cuts import definition, made, send

# What can be compared as it is: codes, numbers and ticks, with every reason for a missing value.
COMPARED = ["overall", "used_1", "used_96", "purpose", "solved", "trust", "recommend", "quality_1", "quality_2", "ways_1_1",
            "waited", "budget_1", "home"]
SEX, AGE = {1: 52.0, 2: 48.0}, {1: 30.0, 2: 30.0, 3: 25.0, 4: 15.0}


def r(script):
    """What a script of R prints, which is a table as CSV."""
    said = subprocess.run(["Rscript", "--vanilla", "-"], input=script, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    return list(csv.DictReader(io.StringIO(said.stdout)))


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.collector, cls.directory = collector.filled()
        with open(cls.collector.export("csv"), newline="", encoding="utf-8") as file:
            cls.table = list(csv.DictReader(file))

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def assert_same(self, rows):
        self.assertEqual(len(rows), len(self.table))
        for read, sent in zip(rows, self.table):
            for name in COMPARED:
                self.assertEqual(float(read[name]), float(sent[name]), name)

    def test_haven_reads_spss_with_reasons_and_labels(self):
        file = self.collector.export("sav", "--lang", "kk")
        names = ", ".join(f"'{name}'" for name in COMPARED)
        rows = r(f"""
            table <- haven::read_sav('{file}', user_na = TRUE)
            stopifnot(identical(attr(table$overall, 'na_range'), c(-8, -1)), is.na(table$overall[4]))
            stopifnot(names(which(attr(table$overall, 'labels') == 3)) == 'Қанағаттанамын')
            numbers <- lapply(table[c({names})], function(column) {{ attributes(column) <- NULL; column }})
            write.csv(numbers, row.names = FALSE)
        """)
        self.assert_same(rows)

    def test_haven_reads_stata_with_a_letter_for_each_reason(self):
        file = self.collector.export("dta", "--lang", "ru")
        names = ", ".join(f"'{name}'" for name in COMPARED)
        rows = r(f"""
            table <- haven::read_dta('{file}')
            stopifnot(startsWith(attr(table$overall, 'label'), 'Вы'))
            numbers <- lapply(table[c({names})], function(column) {{
                tag <- haven::na_tag(column)
                attributes(column) <- NULL
                ifelse(is.na(tag), column, -match(tag, letters))
            }})
            write.csv(numbers, row.names = FALSE)
        """)
        self.assert_same(rows)


class Weights(unittest.TestCase):
    def test_weights_are_those_of_the_survey_package(self):
        with tempfile.TemporaryDirectory() as folder:
            data, file = f"{folder}/data", pathlib.Path(folder) / "definition.json"
            file.write_text(json.dumps(definition()), encoding="utf-8")
            subprocess.run([PROGRAM, "publish", str(file), "--data", data], check=True, capture_output=True)
            send(data, [one for one in made(np.random.default_rng(7)) if "sex" in one[0]])
            kept = [{"column": name, "shares": shares, "source": "made up", "date": "2026-01-01", "collapse": {}, "keeps_missing": False}
                    for name, shares in (("sex", SEX), ("age", AGE))]
            with sqlite3.connect(next(pathlib.Path(data).glob("*.db"))) as db:
                db.execute("INSERT INTO weightings VALUES ('cuts', 'census', 1, 'somebody', 0, ?)", (json.dumps(kept),))
            db.close()
            table = f"{folder}/table.csv"
            command = [PROGRAM, "export", "cuts", "--format", "csv", "--data", data, "--weighting", "census", "--columns", "sex,age"]
            subprocess.run([*command, "--output", table], check=True, capture_output=True)
            ours = pd.read_csv(table)["weight"]
            rows = r(f"""
                suppressPackageStartupMessages(library(survey))
                table <- read.csv('{table}')
                plain <- svydesign(ids = ~1, weights = rep(1, nrow(table)), data = table)
                share <- function(codes, percent) data.frame(codes, Freq = nrow(table) * percent / 100)
                raked <- rake(plain, list(~sex, ~age), list(
                    setNames(share(1:2, c(52, 48)), c('sex', 'Freq')),
                    setNames(share(1:4, c(30, 30, 25, 15)), c('age', 'Freq'))), control = list(epsilon = 1e-9, maxit = 200))
                write.csv(data.frame(weight = weights(raked)), row.names = FALSE)
            """)
        theirs = np.array([float(row["weight"]) for row in rows])
        self.assertGreater(len(theirs), 300)
        np.testing.assert_allclose(ours, theirs / theirs.mean(), atol=2e-5)


if __name__ == "__main__":
    unittest.main()

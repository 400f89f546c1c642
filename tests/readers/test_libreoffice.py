"""What LibreOffice makes of the tables for Excel and of the workbook: every cell as it was answered, every Kazakh letter whole,
and nothing a formula."""

import csv
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import openpyxl

import collector
from test_readers import plain

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі ₸ «Әкімдік»"
# Semicolons, double quotes, UTF-8, from the first line; quoted fields are words, numbers are looked for in no other way.
READ_SEMICOLONS = "Text - txt - csv (StarCalc):59,34,76,1,,0,true,false,false"


def setUpModule():
    global filled, directory, table
    filled, directory = collector.filled()
    with open(filled.export("csv"), encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, strict=True))


def tearDownModule():
    directory.cleanup()


def opened(source, *options):
    """What LibreOffice has read of a file, as a workbook that it wrote itself. LibreOffice has a profile of its own, so that nobody's settings matter."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *options, "--convert-to", "xlsx"]
        into = filled.directory / "libreoffice"
        done = subprocess.run([*command, "--outdir", str(into), str(source)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    made = [file for file in pathlib.Path(into).iterdir() if file.stem.startswith(source.stem)]
    assert len(made) == 1, (made, done.stdout, done.stderr)
    return openpyxl.load_workbook(made[0])


class LibreOffice(unittest.TestCase):
    def setUp(self):
        self.assertTrue(shutil.which("soffice"), "on Debian, apt-get install libreoffice-calc-nogui")
        shutil.rmtree(filled.directory / "libreoffice", ignore_errors=True)

    def test_csv_for_excel_opens_with_every_kazakh_letter_and_nothing_is_a_formula(self):
        header, *rows = opened(filled.export("csv-excel"), f"--infilter={READ_SEMICOLONS}").active.iter_rows()
        names = [cell.value for cell in header]
        self.assertEqual(names, list(table[0]))
        self.assertEqual(len(rows), len(table))
        texts = [row[names.index("improve")] for row in rows]
        for cell, answered in zip(texts, (row["improve"] for row in table)):
            self.assertNotEqual(cell.data_type, "f", answered)
            # Words that are a number, such as 007, are a number to every program that opens CSV by a double click.
            as_typed = (answered, "'" + answered) if cell.data_type == "s" else (float(answered),)
            self.assertIn(cell.value, as_typed, answered)
        self.assertIn(KAZAKH, [cell.value for cell in texts])

    def test_a_workbook_has_what_was_answered_in_every_cell(self):
        header, *rows = opened(filled.export("xlsx"))["data"].iter_rows()
        self.assertEqual([cell.value for cell in header], list(table[0]))
        self.assertEqual(len(rows), len(table))
        for number, (row, answered) in enumerate(zip(rows, table)):
            for head, cell in zip(header, row):
                value = cell.value.strftime("%Y-%m") if head.value == "moved_in" and cell.is_date else plain(cell.value)
                self.assertEqual(value.replace("_x005F_", "_"), answered[head.value], f"row {number}, {head.value}")


if __name__ == "__main__":
    unittest.main()

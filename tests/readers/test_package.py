"""The data package in the hands of other people's software: every sum, the scripts, and each description read by a reader
of its standard and compared with the table, cell by cell."""

import csv
import hashlib
import json
import pathlib
import runpy
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile

import frictionless
import pyreadstat
import triple_s
from csvw import CSVW
from lxml import etree

import collector

HERE = pathlib.Path(__file__).parent
REASONS = {str(-code) for code in range(1, 9)}
DDI = "{ddi:codebook:2_5}"


def told(*command):
    """What a program says. Poppler prints the titles of headings as UTF-16 in the midst of UTF-8."""
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", errors="replace").stdout


def squeezed(text):
    """Without spaces: where lines are broken is no matter."""
    return "".join(text.split())


def table_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.collector, cls.directory = collector.filled()
        cls.file = cls.collector.export("package")
        cls.unpacked = cls.unpack(cls.file)
        cls.table = table_of(cls.unpacked / "data/every-kind.csv")
        cls.names = list(cls.table[0])

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    @classmethod
    def unpack(cls, file):
        directory = pathlib.Path(tempfile.mkdtemp(dir=cls.directory.name))
        with zipfile.ZipFile(file) as archive:
            archive.extractall(directory)
        return directory

    def test_every_file_has_the_length_and_the_sum_that_the_manifest_says(self):
        manifest = json.loads((self.unpacked / "manifest.json").read_text(encoding="utf-8"))
        listed = {file["name"] for file in manifest["files"]}
        found = {path.relative_to(self.unpacked).as_posix() for path in self.unpacked.rglob("*") if path.is_file()}
        self.assertEqual(listed, found - {"manifest.json"})
        for file in manifest["files"]:
            content = (self.unpacked / file["name"]).read_bytes()
            self.assertEqual(len(content), file["bytes"], file["name"])
            self.assertEqual(hashlib.sha256(content).hexdigest(), file["sha256"], file["name"])
        self.assertEqual(manifest["responses"], len(self.table))
        self.assertEqual(manifest["columns"], len(self.names))
        self.assertEqual(len(manifest["versions"]), 2)
        rows = {file["name"]: file["rows"] for file in manifest["files"] if "rows" in file}
        self.assertEqual(set(rows.values()), {len(self.table)}, rows)

    def test_the_same_data_give_the_same_bytes(self):
        self.assertEqual(self.file.read_bytes(), self.collector.export("package").read_bytes())

    def test_archivers_find_nothing_wrong(self):
        with zipfile.ZipFile(self.file) as archive:
            self.assertIsNone(archive.testzip())
            dates = {entry.date_time for entry in archive.infolist()}
        self.assertEqual(dates, {(1980, 1, 1, 0, 0, 0)})
        subprocess.run(["unzip", "-tq", str(self.file)], check=True, capture_output=True)

    def test_the_questionnaires_are_those_that_were_published(self):
        versions = {row["response_version"] for row in self.table}
        found = {path.stem for path in (self.unpacked / "questionnaire").iterdir()}
        self.assertEqual(found, versions)

    def test_the_script_for_python_runs_where_it_was_unpacked_and_gives_the_same_table(self):
        said = subprocess.run([sys.executable, "every-kind.py"], cwd=self.unpacked, check=True, capture_output=True)
        self.assertIn(f"{len(self.table)} responses, {len(self.names)} columns", said.stdout.decode())
        script = runpy.run_path(str(self.unpacked / "every-kind.py"))
        rows = script["read"](self.unpacked / "data/every-kind.csv")
        self.assertEqual(list(rows.columns), self.names)
        for name in self.names:
            for read, sent in zip(rows[name], self.table):
                same = float(read) == float(sent[name]) if script["VARIABLES"][name]["type"] in ("whole", "decimal") \
                    else read == sent[name]
                self.assertTrue(same, (name, read, sent[name]))
        answered = script["answered"](rows)
        gaps = sum(row["overall"] in REASONS for row in self.table)
        self.assertEqual(answered["overall"].isna().sum(), gaps)
        labelled = script["labelled"](rows, "en")
        words = {"3": "Satisfied", "2": "Partly", "1": "Dissatisfied"}
        for read, sent in zip(labelled["overall"], self.table):
            self.assertEqual(read if isinstance(read, str) else None, words.get(sent["overall"]))

    def test_frictionless_finds_the_table_valid(self):
        report = frictionless.validate(str(self.unpacked / "datapackage.json"))
        self.assertTrue(report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5])
        rows = frictionless.Package(str(self.unpacked / "datapackage.json")).resources[0].read_rows()
        for read, sent in zip(rows, self.table, strict=True):
            self.assertEqual(read["overall"], None if sent["overall"] in REASONS else int(sent["overall"]))

    def test_csv_on_the_web_reads_the_table_with_its_types(self):
        metadata = CSVW(str(self.unpacked / "data/every-kind.csv-metadata.json"), validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.assertTrue(metadata.is_valid)
        rows = list(metadata.t)
        self.assertEqual(len(rows), len(self.table))
        for read, sent in zip(rows, self.table):
            for name in ("overall", "recommend", "used_1"):
                self.assertEqual(read[name], None if sent[name] in REASONS else int(sent[name]), name)
            visited = None if sent["visited"] in REASONS else sent["visited"]
            self.assertEqual(read["visited"].isoformat()[:10] if read["visited"] else None, visited)

    def test_a_survey_program_reads_triple_s(self):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            datamap = triple_s.read_datamap(str(self.unpacked / "data/every-kind.sss"))
        # This reader measures texts by positions, which in a CSV are numbers of fields and not of characters.
        found = [line for warning in told for line in str(warning.message).splitlines() if line[:1].isdigit()]
        self.assertEqual([line for line in found if "value/size" not in line], [])
        datamap.load_data(str(self.unpacked / "data/every-kind-triple-s.csv"))
        rows = datamap.to_polars().to_dicts()
        self.assertEqual(len(rows), len(self.table))
        for read, sent in zip(rows, self.table):
            code = int(sent["overall"])
            self.assertEqual(read["overall"], code if code > 0 else 990 - code)
            options = [int(name.split("_")[1]) for name in ("used_1", "used_2", "used_3", "used_4", "used_96", "used_97")
                       if sent[name] == "1"]
            if not any(sent[f"used_{code}"] in ("0", "1") for code in (1, 2, 3, 4, 96, 97)):
                options = [990 - int(sent["used_1"])]
            self.assertEqual(read["used"], options)

    def test_an_archive_finds_its_codebook_in_order(self):
        document = etree.parse(str(self.unpacked / "codebook/every-kind-ddi.xml"))
        schema = etree.RelaxNG(etree.parse(str(HERE / "ddi-codebook.rng")))
        self.assertTrue(schema.validate(document), schema.error_log)
        variables = document.findall(f".//{DDI}var")
        self.assertEqual([variable.get("name") for variable in variables], self.names)
        for variable in variables:
            for category in variable.findall(f"{DDI}catgry"):
                code = category.find(f"{DDI}catValu").text
                count = sum(row[variable.get("name")] == code for row in self.table)
                if variable.get("representationType") == "code":
                    self.assertEqual(int(category.find(f"{DDI}catStat").text), count, (variable.get("name"), code))

    def test_the_page_for_people_has_a_table_for_every_question_in_every_language(self):
        for lang in ("kk", "ru", "en"):
            page = etree.parse(str(self.unpacked / f"codebook/every-kind-codebook-{lang}.html"), etree.HTMLParser())
            self.assertEqual(page.getroot().get("lang"), lang)
            named = {code.text for code in page.findall(".//tbody//th/code")}
            self.assertEqual(named, set(self.names))

    def test_the_pdf_for_people_says_what_the_page_says_and_is_tagged_in_every_language(self):
        for lang in ("kk", "ru", "en"):
            file = str(self.unpacked / f"codebook/every-kind-codebook-{lang}.pdf")
            subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)
            about = dict(line.split(":", 1) for line in told("pdfinfo", file).splitlines() if ":" in line)
            page = etree.parse(file.removesuffix("pdf") + "html", etree.HTMLParser())
            self.assertEqual(about["Title"].strip(), page.find(".//title").text)
            self.assertEqual((about["Tagged"].strip(), about["JavaScript"].strip()), ("yes", "no"))
            with open(file, "rb") as content:
                bytes_of = content.read()
            self.assertIn(f"/Lang({lang})".encode(), bytes_of.replace(b" ", b""))
            self.assertIn(b"<pdfuaid:part>1</pdfuaid:part>", bytes_of)
            # What is read aloud, in its order, is the text of the page; the eye finds the same letters.
            words = [text for part in (page.find(".//header"), page.find(".//main")) for text in part.itertext()]
            tree = told("pdfinfo", "-struct-text", file)
            spoken = "".join(line.strip()[1:-1] for line in tree.split("\n") if line.strip().startswith('"'))
            self.assertEqual(squeezed(spoken), squeezed("".join(words)), lang)
            kinds = [line.split()[0].rstrip(":") for line in tree.split("\n") if line.strip() and not line.strip().startswith('"')]
            for kind, tag in (("H1", "h1"), ("H2", "h2"), ("H3", "h3"), ("Table", "table"), ("TR", "tr"), ("TD", "td"),
                              ("TH", "th"), ("Caption", "caption"), ("LI", "dt")):
                self.assertEqual(kinds.count(kind), len(page.findall(f".//{tag}")), (lang, kind))
            seen = squeezed(told("pdftotext", "-enc", "UTF-8", file, "-"))
            for question in page.findall(".//section/section/h3"):
                self.assertIn(squeezed(question.text)[:40], seen)

    def test_pspp_opens_the_table_by_its_syntax(self):
        # A line break in a text is the end of a row for SPSS: the texts stay out, as the syntax says.
        columns = ("response_id", "overall", "used_1", "used_2", "trust", "waited", "visited", "quality")
        directory = self.unpack(self.collector.export("package", "--columns", ",".join(columns)))
        syntax = directory / "every-kind.sps"
        with open(syntax, "a", encoding="utf-8") as file:
            file.write("SAVE OUTFILE='out.sav'.\n")
        ran = subprocess.run(["pspp", syntax.name], cwd=directory, capture_output=True, text=True)
        self.assertNotIn("error", (ran.stdout + ran.stderr).lower())
        rows, about = pyreadstat.read_sav(str(directory / "out.sav"), user_missing=True)
        self.assertEqual(len(rows), len(self.table))
        for name in ("overall", "used_1", "trust"):
            self.assertEqual([int(value) for value in rows[name]], [int(row[name]) for row in self.table], name)
        self.assertEqual(about.variable_value_labels["overall"][3], "Қанағаттанамын")
        self.assertEqual(about.missing_ranges["overall"], [{"lo": -8.0, "hi": -1.0}])

    def test_r_opens_the_table_by_its_script(self):
        ask = "source('every-kind.R', encoding = 'UTF-8'); cat(nrow(responses), ncol(responses), " \
              "sum(is.na(responses$overall)), levels(responses$overall)[1])"
        said = subprocess.run(["Rscript", "-e", ask], cwd=self.unpacked, check=True, capture_output=True, text=True)
        gaps = sum(row["overall"] in REASONS for row in self.table)
        self.assertEqual(said.stdout, f"{len(self.table)} {len(self.names)} {gaps} Қанағаттанамын")


if __name__ == "__main__":
    unittest.main()

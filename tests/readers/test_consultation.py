"""The completion report of a consultation, opened by LibreOffice and read back: every letter, every decision, in Kazakh and
Russian."""

import csv
import io
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse
import urllib.request

from collector import address

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("QULAQ_BIN", str(ROOT / "target/release/qulaq"))
SURVEY = "reception-rules"
HOSTILE = "=1+1 <b>&amp; ӘәҒғҚқҢңӨөҰұҮүҺһІі ₸ «Әкімдік» +7 балл"
LETTER = "Қабылдауды кешкі сағат сегізге дейін өткізуді сұраймыз, өйткені күндіз жұмыс істейміз"


def qulaq(place, *words):
    return subprocess.run([PROGRAM, *words, "--data", str(place / "data")], cwd=place, check=True, capture_output=True).stdout


def comment(origin, number, **fields):
    fields = {"_id": f"{number:032x}", "_lang": "kk", "speaker": "1", "publish": "2"} | fields
    data = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(f"{origin}/s/{SURVEY}/comment?lang=kk", data)
    with urllib.request.urlopen(request) as reply:
        assert reply.status == 200


def setUpModule():
    global place, directory, anchor
    directory = tempfile.TemporaryDirectory()
    place = pathlib.Path(directory.name)
    shutil.copytree(ROOT / "examples/surveys/drafts", place / "drafts")
    shutil.copy(ROOT / f"examples/surveys/{SURVEY}.json", place / "survey.json")
    qulaq(place, "publish", "survey.json")
    words = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", str(place / "data")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            origin = address(server)
            with urllib.request.urlopen(f"{origin}/s/{SURVEY}?lang=kk") as reply:
                page = reply.read().decode()
            anchor = next(part.split('"')[0] for part in page.split('id="p-')[1:] if "Қабылдау жұмыс күндері" in part[:200])
            about = {"paragraph": f"p-{anchor}"}
            comment(origin, 1, stance="2", comment=HOSTILE, **about)
            for number in range(2, 7):
                comment(origin, number, comment=LETTER + "!" * number, **about)
            comment(origin, 7, comment="Ұйым пікірі", speaker="2", organisation="«Тең қоғам»", publish="1", **about)
        finally:
            server.terminate()
    # The next version of the draft says something else there.
    for file in (place / "drafts").iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("17:00", "20:00"), encoding="utf-8")
    qulaq(place, "publish", "survey.json")


def tearDownModule():
    directory.cleanup()


def as_text(file):
    """What LibreOffice has read of a document, as text that it wrote itself."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
        done = subprocess.run([*command, "--outdir", str(place), str(file)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return file.with_suffix(".txt").read_text(encoding="utf-8-sig")


class Report(unittest.TestCase):
    def test_a_document_is_read_by_libreoffice_word_for_word_in_both_languages(self):
        self.assertTrue(shutil.which("soffice"), "on Debian, apt-get install libreoffice-writer-nogui")
        for lang, title, persons, organisations in (
            ("kk", "Қоғамдық талқылаудың қорытынды есебі", "Азаматтардан келген пікірлер: 6", "Ұйымдардан келген пікірлер: 1"),
            ("ru", "Отчёт о завершении общественного обсуждения", "Замечаний от граждан: 6", "Замечаний от организаций: 1"),
        ):
            file = place / f"report-{lang}.docx"
            qulaq(place, "consultation", SURVEY, "--lang", lang, "--output", str(file))
            text = as_text(file)
            for words in (title, persons, organisations, HOSTILE, LETTER, "«Тең қоғам»", "20:00"):
                self.assertIn(words, text)

    def test_a_table_has_a_campaign_once_with_how_many_said_it(self):
        table = qulaq(place, "consultation", SURVEY, "--format", "csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(table), strict=True))
        self.assertEqual([row["Бірдей пікірлер"] for row in rows], ["1", "5", "1"])
        self.assertEqual(rows[0]["Пікір"], "'" + HOSTILE)

    def test_a_page_marks_what_changed(self):
        page = qulaq(place, "consultation", SURVEY, "--format", "html", "--lang", "ru").decode()
        self.assertIn("<del>", page)
        self.assertIn("<ins>", page)
        self.assertNotIn("<b>&amp;", page)


if __name__ == "__main__":
    unittest.main()

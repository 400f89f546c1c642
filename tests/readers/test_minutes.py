"""The minutes of a meeting, written and published at the console, opened by LibreOffice and read back in Kazakh and Russian."""

import csv
import http.cookiejar
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse
import urllib.request

from collector import address

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("QULAQ_BIN", str(ROOT / "target/release/qulaq"))
CONSOLE = "/console/surveys/meeting"
PASSWORD = "алма пісті, жер иіскеді"
HOSTILE = "=1+1 <b>&amp; ӘәҒғҚқҢңӨөҰұҮүҺһІі ₸ «Әкімдік» +7 балл"
DECIDED = {"kk": "Есеп қабылдансын", "ru": "Принять отчёт", "en": "The report is accepted"}


def qulaq(*words, **more):
    return subprocess.run([PROGRAM, *words, "--data", str(place / "data")], cwd=place, check=True, capture_output=True, **more)


class Official:
    """Somebody with a browser who signs in."""

    def __init__(self, origin):
        self.origin = origin
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.post("/console/sign-in", name="aigul", password=PASSWORD)

    def get(self, path):
        with self.opener.open(self.origin + path) as reply:
            return reply.read().decode()

    def post(self, path, **fields):
        data = urllib.parse.urlencode(fields).encode()
        with self.opener.open(urllib.request.Request(self.origin + path, data)) as reply:
            return reply.read().decode()

    def send(self, path, fields):
        proof = re.search(r'name="proof" value="([^"]+)"', self.get("/console/account")).group(1)
        return self.post(path, **{"proof": proof} | fields)


def register(origin, number, **answers):
    with urllib.request.urlopen(f"{origin}/api/v1/surveys/meeting") as reply:
        version = json.load(reply)["version"]
    body = {"id": f"{number:032x}", "survey": "meeting", "version": version, "lang": "kk", "channel": "embed", "answers": answers, "paradata": {"path": "wasm"}}
    request = urllib.request.Request(f"{origin}/api/v1/surveys/meeting/responses", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)["number"]


def write(origin):
    official = Official(origin)
    numbers = [register(origin, number, attends=1 + number % 2, person="Гүлнар Әлиева") for number in range(60)]
    asked = register(origin, 99, attends=1, question=HOSTILE, topic=2)
    for at, number in enumerate(numbers):
        official.send(f"{CONSOLE}/attendance", {"do": "check", "number": number, "mode": ["room", "online"][at % 2]})
    official.send(f"{CONSOLE}/attendance", {"do": "walk-ins", "mode": "room", "before": "0", "people": "40"})
    official.send(f"{CONSOLE}/moderation", {"do": "decide", "number": asked, f"decision-{asked}": "show", f"revision-{asked}": "0"})
    fields = {"do": "save", "revision": "0", "minutes-number": "12"}
    for lang, decided in DECIDED.items():
        fields |= {f"chair-{lang}": "Б. Сейітов", f"secretary-{lang}": "А. Қасымова"}
        fields |= {f"said-report-{lang}": HOSTILE, f"decided-report-{lang}": decided}
    official.send(f"{CONSOLE}/minutes", fields)
    official.send(f"{CONSOLE}/minutes", {"do": "publish", "revision": "1", "version": "1"})
    for lang in DECIDED:
        with urllib.request.urlopen(f"{origin}/s/meeting/minutes.docx?lang={lang}") as reply:
            (place_of(lang)).write_bytes(reply.read())
    (place / "minutes.csv").write_text(official.get(f"{CONSOLE}/minutes/file?of=kk&as=csv"), encoding="utf-8")


def place_of(lang):
    return place / f"minutes-{lang}.docx"


def setUpModule():
    global place, directory
    directory = tempfile.TemporaryDirectory()
    place = pathlib.Path(directory.name)
    for survey in ("meeting", "meeting-vote"):
        qulaq("publish", str(ROOT / f"examples/surveys/{survey}.json"))
    qulaq("user", "add", "aigul", "--role", "owner", input=f"{PASSWORD}\n".encode())
    words = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", str(place / "data")]
    # To a file: a pipe that nobody reads would be full after some hundred requests.
    with open(place / "log", "w", encoding="utf-8") as log, subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True) as server:
        try:
            write(address(server))
        finally:
            server.terminate()


def tearDownModule():
    directory.cleanup()


def as_text(file):
    """What LibreOffice has read of a document, as text that it wrote itself."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
        done = subprocess.run([*command, "--outdir", str(place), str(file)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return file.with_suffix(".txt").read_text(encoding="utf-8-sig")


class Minutes(unittest.TestCase):
    def test_a_document_is_read_by_libreoffice_word_for_word_in_every_language(self):
        self.assertTrue(shutil.which("soffice"), "on Debian, apt-get install libreoffice-writer-nogui")
        for lang, words in (
            ("kk", ("№ 12 хаттама", "Төраға: Б. Сейітов", "Залда: 70", "Онлайн: 30", "Кворум бар.", "Күн тәртібі", "Тыңдалды", "Шешім қабылданды", "2026 жылғы 10 желтоқсан, 18:00")),
            ("ru", ("Протокол № 12", "Председатель: Б. Сейітов", "В зале: 70", "Кворум имеется.", "Повестка дня", "Слушали", "Постановили", "10 декабря 2026 года, 18:00")),
            ("en", ("Minutes No. 12", "Chair: Б. Сейітов", "In the room: 70", "There is a quorum.", "10 December 2026, 18:00")),
        ):
            text = as_text(place_of(lang))
            for word in (*words, HOSTILE, DECIDED[lang]):
                self.assertIn(word, text)
            self.assertNotIn("Гүлнар", text)

    def test_a_table_has_what_was_decided_and_every_question(self):
        table = (place / "minutes.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(table), delimiter=";", strict=True))
        self.assertEqual(rows[0]["Шешім немесе жауап"], DECIDED["kk"])
        self.assertEqual(rows[-1]["Мәселе"], "'" + HOSTILE)


if __name__ == "__main__":
    unittest.main()

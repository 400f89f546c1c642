"""A collector with responses to every kind of question, in two versions, with every reason for a missing value and texts
that break what was not built for them. The program is the one that QULAQ_BIN names."""

import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("QULAQ_BIN", str(ROOT / "target/release/qulaq"))
SURVEY = "every-kind"

# Texts that a citizen may send, each of which some exporter has spoilt.
HOSTILE = [
    "=HYPERLINK(\"http://example.com\";\"x\")",
    "=1+1",
    "+7 701",
    "-5",
    "@SUM(A1:A9)",
    "ӘәҒғҚқҢңӨөҰұҮүҺһІі ₸ «Әкімдік»",
    "<img src=x onerror=alert(1)>",
    "\u202eRTL \u05e9\u05dc\u05d5\u05dd\u202c",
    "👩‍👩‍👧‍👦 \U0001F1F0\U0001F1FF",
    "a;b,c\td\"e\"\nf",
    "_x0041_ &amp; ]]>",
    "NA",
    "007",
    "  both sides  ",
    "Қ" * 1250,
    "😀" * 1250,
    "-4",
]

# Control characters go before anything is kept.
CLEANED = {"NUL\u0000 inside": "NUL inside"}


def answers(number, text):
    """A complete response; what it leaves out differs from one to the next."""
    every = {
        "consent": [1],
        "service": "Ә-1",
        "overall": [3, 2, 1, -5][number % 4],
        "used": [1, 96],
        "used_other": text[:500],
        "purpose": 1 + number % 5,
        "body": 1,
        "solved": [1, 0, -5][number % 3],
        "projects": [2],
        "plain": [1, -2][number % 2],
        "comfort": 2,
        "trust": [0, 10, -5][number % 3],
        "recommend": number % 11,
        "quality": {"1": 3, "2": -5},
        "ways": {"1": [1, 2], "2": [97]},
        "ideas": {"1": 1},
        "first": [2, 4, 1],
        "budget": {"1": 50, "2": 30, "3": 20},
        "improve": text,
        "request": "KZ-12/34",
        "waited": number,
        "visited": "2024-02-29",
        "moved_in": "1999-12",
        "bus_at": "08:15",
        "visits": [{"what": 1, "times": 3}],
        "home": 113200000,
        "reply_to": "a@example.kz",
        "call_back": "+7 701 000 00 00",
    }
    if number % 5 == 3:
        every = {name: every[name] for name in ("consent", "overall", "improve")}
    return every


def responses():
    texts = HOSTILE + list(CLEANED)
    return [answers(number, text) for number, text in enumerate(texts)]


def older(definition):
    """The version before: without a number, and with one question more than the present one has."""
    definition = json.loads(json.dumps(definition))
    for page in definition["pages"]:
        page["questions"] = [one for one in page["questions"] if one["name"] != "waited"]
        for question in page["questions"]:
            if question["name"] == "request":
                question["name"] = "reference"
    return definition


class Collector:
    """A store that was filled through the program itself."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.data = str(self.directory / "data")

    def qulaq(self, *words, **options):
        command = [PROGRAM, *words, "--data", self.data]
        return subprocess.run(command, check=True, capture_output=True, **options)

    def publish(self, definition):
        file = self.directory / "definition.json"
        file.write_text(json.dumps(definition, ensure_ascii=False), encoding="utf-8")
        self.qulaq("publish", str(file))

    def send(self, bodies):
        """Posts responses, as browsers do, to a server that is there for as long."""
        words = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", self.data]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
            try:
                origin = address(server)
                with urllib.request.urlopen(f"{origin}/api/v1/surveys/{SURVEY}") as reply:
                    version = json.load(reply)["version"]
                for number, body in bodies:
                    post(origin, number, version, body)
            finally:
                server.terminate()

    def fill(self):
        definition = json.loads((ROOT / f"examples/surveys/{SURVEY}.json").read_text(encoding="utf-8"))
        every = list(enumerate(responses(), start=1))
        self.publish(older(definition))
        self.send([(number, without(body, "waited", "request")) for number, body in every[:4]])
        self.publish(definition)
        self.send(every[4:])
        self.spoil()

    def spoil(self):
        """Marks answers of the last response invalid, as a clerk's keying of a sheet of paper does."""
        with sqlite3.connect(next(pathlib.Path(self.data).glob("*.db"))) as db:
            last = "UPDATE responses SET paradata = json_set(paradata, '$.invalid', json('[\"waited\",\"improve\"]')) " \
                   "WHERE seq = (SELECT max(seq) FROM responses)"
            db.execute(last)
        db.close()

    def export(self, form, *options):
        file = self.directory / f"table-{len(list(self.directory.iterdir()))}.{form}"
        self.qulaq("export", SURVEY, "--format", form, "--output", str(file), *options)
        return file


def address(server):
    for line in server.stdout if server.stdout else []:
        for word in line.replace('"', " ").split():
            if word.startswith("http://"):
                return word.rstrip("/.,")
    raise AssertionError(server.stderr.read())


def post(origin, number, version, body):
    response = {"id": f"{number:032x}", "survey": SURVEY, "version": version, "lang": "kk", "channel": "embed"}
    response |= {"answers": body, "paradata": {"seed": number, "assisted": "none"}}
    data = json.dumps(response).encode()
    url = f"{origin}/api/v1/surveys/{SURVEY}/responses"
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as reply:
            assert reply.status == 201, reply.status
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()) from None


def without(body, *names):
    return {name: answer for name, answer in body.items() if name not in names}


def filled():
    """A filled collector, and the directory that goes with it."""
    directory = tempfile.TemporaryDirectory()
    collector = Collector(directory.name)
    collector.fill()
    return collector, directory

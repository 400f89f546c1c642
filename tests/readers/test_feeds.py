"""What came of surveys, followed by somebody else's reader of feeds."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import urllib.request
import xml.etree.ElementTree

import feedparser

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("QULAQ_BIN", str(ROOT / "target/release/qulaq"))

HEARD = "Ә <img src=x onerror=alert(1)> ]]> & «тыныс» \u0007+7 балл\n\nЕкінші абзац"


class Feeds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        place = pathlib.Path(cls.place.name)
        texts = {lang: {"heard": f"{HEARD} ({lang})", "did": f"Did {lang}"} for lang in ("kk", "ru", "en")}
        (place / "outcome.json").write_text(json.dumps({"texts": texts}))
        for survey in ("page-useful", "service-done"):
            cls.qulaq("publish", str(ROOT / f"examples/surveys/{survey}.json"))
            cls.qulaq("outcome", survey, str(place / "outcome.json"))
        cls.server = subprocess.Popen(
            [PROGRAM, "serve", "--data", cls.place.name, "--listen", "127.0.0.1:0", "--log", "error"],
            stdout=subprocess.PIPE, text=True)
        line = next(line for line in cls.server.stdout if line.startswith("collector"))
        cls.collector = line.split()[1]

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()
        cls.server.stdout.close()
        cls.place.cleanup()

    @classmethod
    def qulaq(cls, *arguments):
        subprocess.run([PROGRAM, *arguments, "--data", cls.place.name], check=True, capture_output=True)

    def fetch(self, path):
        with urllib.request.urlopen(self.collector + path) as reply:
            return reply.read()

    def test_the_feed_of_all_is_sound_atom_in_every_language(self):
        for lang, heading in (("kk", "Не естідік"), ("ru", "Что мы услышали"), ("en", "What we heard")):
            feed = feedparser.parse(self.fetch(f"/outcomes.atom?lang={lang}"))
            self.assertFalse(feed.bozo, feed.get("bozo_exception"))
            self.assertEqual((feed.version, feed.feed.language), ("atom10", lang))
            self.assertEqual([entry.id.split("/s/")[1] for entry in feed.entries],
                             ["service-done/outcome#outcome-1", "page-useful/outcome#outcome-1"])
            for entry in feed.entries:
                content = entry.content[0].value
                self.assertIn(heading, content)
                self.assertIn(f"({lang})", content)
                self.assertNotIn("<img", content)
                self.assertIsNotNone(entry.updated_parsed)
                self.assertTrue(entry.author and entry.link.startswith(self.collector))

    def test_the_feed_of_one_survey_has_its_own_and_the_same_ids(self):
        one = feedparser.parse(self.fetch("/s/page-useful/outcome.atom?lang=ru"))
        self.assertFalse(one.bozo, one.get("bozo_exception"))
        self.assertEqual(len(one.entries), 1)
        items = json.loads(self.fetch("/outcomes.json?lang=ru"))["items"]
        self.assertIn(one.entries[0].id, [item["id"] for item in items])

    def test_every_element_that_atom_requires_is_there_once(self):
        atom = "{http://www.w3.org/2005/Atom}"
        feed = xml.etree.ElementTree.fromstring(self.fetch("/outcomes.atom?lang=kk"))
        for element in [feed, *feed.iter(f"{atom}entry")]:
            for name in ("id", "title", "updated"):
                self.assertEqual(len(element.findall(atom + name)), 1, name)
            self.assertEqual(len(element.findall(f"{atom}author/{atom}name")), 1)


if __name__ == "__main__":
    unittest.main()

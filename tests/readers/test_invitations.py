"""The marks on the cards of invitations, read by somebody else's reader, are the links of the table beside them."""

import csv
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import numpy
import zxingcpp

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("QULAQ_BIN", str(ROOT / "target/release/qulaq"))

# Pixels of a module.
SCALE = 6


def picture(svg):
    """The mark as a camera would have it: light, with each square of its one path dark."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))
    image = numpy.full((side * SCALE, side * SCALE), 255, dtype=numpy.uint8)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        left, top = int(x) * SCALE, int(y) * SCALE
        image[top : top + SCALE, left : left + SCALE] = 0
    return image


class Cards(unittest.TestCase):
    def test_the_mark_on_each_card_is_the_link_of_its_code(self):
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            definition = json.loads((ROOT / "examples/surveys/page-useful.json").read_text())
            definition["tier"] = "invited"
            (place / "survey.json").write_text(json.dumps(definition))

            def qulaq(*arguments):
                environment = {name: value for name, value in os.environ.items() if not name.startswith("QULAQ_")}
                subprocess.run([PROGRAM, *arguments], cwd=place, env=environment, check=True, capture_output=True)

            qulaq("publish", "survey.json")
            qulaq("invite", "page-useful", "--count", "12", "--public-url", "https://qulaq.example", "--expires", "2099-12-31",
                  "-o", "links.csv", "--sheet", "cards.html")
            with open(place / "links.csv", newline="") as table:
                links = {row["code"]: row["link"] for row in csv.DictReader(table)}
            cards = (place / "cards.html").read_text().split("<article>")[1:]
            self.assertEqual(len(cards), len(links))
            for card in cards:
                code = re.search(r'class="code">([^<]+)<', card).group(1)
                marks = zxingcpp.read_barcodes(picture(re.search(r"<svg.*?</svg>", card, re.S).group(0)))
                self.assertEqual([mark.text for mark in marks], [links[code]])
                self.assertTrue(links[code].startswith("https://qulaq.example/s/page-useful#code="))
                self.assertIn("2099", card)


if __name__ == "__main__":
    unittest.main()

"""Weights and flags of quality in an export, on random answers, against NumPy and pandas. The program is the one that QULAQ_BIN
names; CUTS_SEED gives other data."""

import io
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest
import urllib.request

import numpy as np
import pandas as pd

from collector import PROGRAM, address

SEED = int(os.environ.get("CUTS_SEED", "20261123"))
PEOPLE = 400
TEXTS = ["The bus does not come in the evening", "THE BUS  does not come in the evening", "short", "A road of my own, number {}"]


def listed(name, codes):
    options = [{"code": code, "text": f"Option {code}"} for code in codes]
    return {"name": name, "type": "single", "text": f"{name}?", "options": options}


def definition():
    rows = [{"code": row, "text": f"Row {row}"} for row in range(1, 6)]
    grid = {**listed("grid", [1, 2, 3]), "type": "grid", "rows": rows}
    questions = [listed("sex", [1, 2]), listed("age", [1, 2, 3, 4]), grid, {"name": "why", "type": "text", "text": "why?"}]
    return {"format": 1, "id": "cuts", "languages": ["ru"], "title": "Cuts", "pages": [{"id": "p", "questions": questions}]}


def made(random):
    """Answers and active times of everybody: some blank, some in a straight line, some copied."""
    everybody = []
    for number in range(PEOPLE):
        answers = {"sex": int(random.integers(1, 3)), "age": int(random.choice([1, 2, 3, 4], p=[0.4, 0.3, 0.2, 0.1]))}
        grid = {str(row): int(random.integers(1, 4)) for row in range(1, 6) if random.random() < 0.8}
        if random.random() < 0.2:
            grid = dict.fromkeys(grid, 2)
        answers["grid"] = grid
        text = random.choice([*TEXTS, ""], p=[0.1, 0.1, 0.2, 0.4, 0.2])
        if text:
            answers["why"] = str(text).format(number)
        if random.random() < 0.15:
            answers = {}
        everybody.append((answers, int(random.lognormal(10, 0.8)) if random.random() < 0.9 else None))
    return everybody


def send(data, everybody):
    words = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", data]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            url = f"{address(server)}/api/v1/surveys/cuts"
            with urllib.request.urlopen(url) as reply:
                version = json.load(reply)["version"]
            for number, (answers, time) in enumerate(everybody):
                response = {"id": f"{number:032x}", "survey": "cuts", "version": version, "lang": "ru", "channel": "embed"}
                response |= {"answers": answers, "paradata": {} if time is None else {"active_ms": time}}
                request = urllib.request.Request(f"{url}/responses", json.dumps(response).encode(), {"Content-Type": "application/json"})
                with urllib.request.urlopen(request) as reply:
                    assert reply.status == 201
        finally:
            server.terminate()


def raked(table, margins):
    """Iterative proportional fitting from equal weights; who has no category keeps the weight of the margin."""
    weights = np.ones(len(table))
    for _ in range(200):
        for name, shares in margins.items():
            known = table[name].to_numpy() > 0
            total = weights[known].sum()
            for code, share in shares.items():
                own = table[name].to_numpy() == code
                weights[own] *= share / sum(shares.values()) * total / weights[own].sum()
        weights /= weights.mean()
    return weights


class Cuts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.data = str(pathlib.Path(cls.directory.name) / "data")
        file = pathlib.Path(cls.directory.name) / "definition.json"
        file.write_text(json.dumps(definition()), encoding="utf-8")
        subprocess.run([PROGRAM, "publish", str(file), "--data", cls.data], check=True, capture_output=True)
        cls.everybody = made(np.random.default_rng(SEED))
        send(cls.data, cls.everybody)

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def export(self, *options):
        command = [PROGRAM, "export", "cuts", "--format", "csv", "--data", self.data, *options]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return pd.read_csv(io.StringIO(told), dtype={"why": str}, keep_default_na=False)

    def test_weights_are_those_of_raking_done_again(self):
        margins = {"sex": {1: 52.0, 2: 48.0}, "age": {1: 30.0, 2: 30.0, 3: 25.0, 4: 15.0}}
        kept = [{"column": name, "shares": shares, "source": "made up", "date": "2026-01-01", "collapse": {}, "keeps_missing": True} for name, shares in margins.items()]
        with sqlite3.connect(next(pathlib.Path(self.data).glob("*.db"))) as db:
            db.execute("INSERT INTO weightings VALUES ('cuts', 'census', 1, 'somebody', 0, ?)", (json.dumps(kept),))
        db.close()
        table = self.export("--weighting", "census")
        known = raked(table, margins)
        assert known.min() > 0.3 and known.max() < 3, "nothing of this is trimmed"
        np.testing.assert_allclose(table["weight"], known, atol=2e-5)
        part = self.export("--weighting", "census", "--where", "sex == 1", "--columns", "sex")
        np.testing.assert_array_equal(part["weight"], table.loc[table["sex"] == 1, "weight"])

    def test_flags_are_those_of_their_rules(self):
        table = self.export("--quality")
        assert len(table) == PEOPLE
        times = pd.Series([time for _, time in self.everybody], dtype="float")
        fast = np.where(times.isna(), -2, times < times.median() / 2)
        np.testing.assert_array_equal(table["quality_speeder"], fast)
        grid = table[[f"grid_{row}" for row in range(1, 6)]].where(lambda codes: codes > 0)
        straight = np.where(grid.notna().sum(axis=1) < 4, -2, grid.nunique(axis=1) == 1)
        np.testing.assert_array_equal(table["quality_straight_line"], straight)
        folded = table["why"].str.lower().str.split().str.join(" ")
        judged = (folded.str.len() >= 20)
        same = np.where(judged, folded.map(folded[judged].value_counts()).fillna(0) > 1, -2)
        np.testing.assert_array_equal(table["quality_same_text"], same)
        answers = table[["sex", "age", *grid.columns]].eq(-4)
        blank = pd.concat([answers, table["why"].eq("-4")], axis=1).mean(axis=1) > 0.5
        np.testing.assert_array_equal(table["quality_left_blank"], blank)
        assert all((table[name] == 1).any() for name in table.columns if name.startswith("quality_"))

    def test_a_filter_by_flags_is_the_same_rows(self):
        table = self.export("--quality")
        flags = [name for name in table.columns if name.startswith("quality_")]
        none = table[~table[flags].eq(1).any(axis=1)]
        assert self.export("--flags", "none")["response_id"].tolist() == none["response_id"].tolist()
        fast = table[table["quality_speeder"] == 1]
        assert self.export("--flags", "speeder")["response_id"].tolist() == fast["response_id"].tolist()


if __name__ == "__main__":
    unittest.main()

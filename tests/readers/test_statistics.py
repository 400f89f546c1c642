"""The statistics of the crate `analysis` on random data, against NumPy, SciPy, statsmodels and krippendorff; and what
hides small numbers, against linear programs over all that is published.

The program is an example of the crate, which is built here unless STATISTICS_BIN names it. STATISTICS_SEED gives other
data."""

import json
import os
import pathlib
import subprocess
import unittest

import krippendorff
import numpy as np
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.inter_rater import cohens_kappa

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ["--quiet", "--package", "qulaq-analysis", "--example", "statistics"]
PROGRAM = [os.environ["STATISTICS_BIN"]] if "STATISTICS_BIN" in os.environ else ["cargo", "run", *EXAMPLE]
SEED = int(os.environ.get("STATISTICS_SEED", "20261123"))
ROUNDS = 20
TOLERANCE = 1e-9
LEAST = 7


def near(told, known, what, tolerance=TOLERANCE):
    assert told is not None, f"{what}: nothing told, {known} known"
    assert abs(told - known) <= tolerance * max(1.0, abs(known)), f"{what}: {told} told, {known} known"


def margin(column, codes, shares):
    return {
        "column": column,
        "shares": {str(code): share for code, share in zip(codes, shares)},
        "total": 1.0,
        "source": "made up",
        "date": "2026-01-01",
        "collapse": {},
        "missing": "refuse",
    }


def made(random):
    people = int(random.integers(400, 2000))
    codes = random.choice([*range(11), -4, -5], size=people)
    exponent = random.integers(1, 6)
    numbers = random.integers(-(10**exponent), 10**exponent, size=people) * 10**5
    first = random.integers(1, 5, size=people)
    second = np.where(random.random(people) < 0.3, first, random.integers(1, 4, size=people))
    raked = [random.integers(1, 4, size=people), random.integers(1, 3, size=people), random.integers(1, 5, size=people)]
    margins = []
    for column, values in enumerate(raked):
        kinds, counts = np.unique(values, return_counts=True)
        shares = counts * random.uniform(0.8, 1.25, size=len(kinds))
        margins.append(margin(column, kinds.tolist(), (shares / shares.sum()).tolist()))
    coder = random.integers(0, 3, size=200)
    other = np.where(random.random(200) < 0.7, coder, random.integers(0, 3, size=200))
    units = [random.integers(0, 4, size=random.integers(1, 5)).tolist() for _ in range(80)]
    return {
        "codes": codes.tolist(),
        "millionths": numbers.tolist(),
        "crossed": [first.tolist(), second.tolist()],
        "raked": [values.tolist() for values in raked],
        "margins": margins,
        "pairs": np.stack([coder, other], axis=1).tolist(),
        "units": units,
        "tails": [[float(random.exponential(scale)), int(random.integers(1, 2 * scale + 1))] for scale in (1, 5, 50, 500) for _ in range(10)],
        "lines": [random.poisson(random.choice([2, 8, 20], size=random.integers(2, 15))).tolist() for _ in range(100)],
        "tables": [random.poisson(random.choice([3, 10, 40], size=random.integers(2, 8, size=2))).tolist() for _ in range(40)],
        "least": LEAST,
    }


def check_spread(told, values, what):
    near(told["base"], len(values), f"{what}: base")
    near(told["mean"], np.mean(values), f"{what}: mean")
    near(told["deviation"], np.std(values, ddof=1), f"{what}: deviation")
    for name, part in {"min": 0, "lower": 0.25, "median": 0.5, "upper": 0.75, "max": 1}.items():
        near(told[name], np.quantile(values, part, method="linear"), f"{what}: {name}")


def check_summaries(given, told):
    codes = np.array(given["codes"])
    codes = codes[codes >= 0]
    nps, scale, number = told
    near(nps["score"], 100 * (np.mean(codes >= 9) - np.mean(codes <= 6)), "NPS")
    check_spread(scale["spread"], codes, "scale")
    near(scale["top_two"]["share"], np.mean(codes >= 9), "top two boxes")
    assert [share["count"] for share in scale["shares"]] == np.bincount(codes, minlength=11).tolist()
    numbers = np.array(given["millionths"]) / 1e6
    if number["number"]["spread"]["exact"]:
        check_spread(number["number"]["spread"], numbers, "number")
    bins = number["number"]["bins"]
    edges = [bin["from"] for bin in bins] + [bins[-1]["to"]]
    # In whole millionths, where nothing is rounded; the last class of NumPy has its upper edge as well.
    whole = np.append(np.round(np.array(edges) * 1e6).astype(np.int64), np.iinfo(np.int64).max)
    assert [bin["count"] for bin in bins] == np.histogram(given["millionths"], whole)[0].tolist()[:-1]


def check_crosstab(given, told, figures):
    first, second = (np.array(values) for values in given["crossed"])
    counts = np.array([[np.sum((first == a) & (second == b)) for b in told["columns"]] for a in told["rows"]])
    assert counts.tolist() == told["counts"]
    known = stats.chi2_contingency(counts, correction=False)
    chi = told["chi"]["Ok"]
    near(chi["statistic"], known.statistic, "chi-square")
    assert chi["freedom"] == known.dof
    near(chi["p"], known.pvalue, "p")
    near(chi["v"], stats.contingency.association(counts, method="cramer"), "Cramér's V")
    table = Table(counts, shift_zeros=False)
    for cell, expected, residual in zip(figures, table.fittedvalues.ravel(), table.standardized_resids.ravel()):
        near(cell["expected"], expected, "expected")
        near(cell["residual"], residual, "adjusted residual")
    for cell, row, column in zip(figures, (counts / counts.sum(1, keepdims=True)).ravel(), (counts / counts.sum(0)).ravel()):
        near(cell["of_row"], 100 * row, "row percentage")
        near(cell["of_column"], 100 * column, "column percentage")


def raked(columns, targets):
    """Raking done again, one margin after the other."""
    weights = np.ones(len(columns[0]))
    while True:
        for column, target in zip(columns, targets):
            sums = np.array([weights[column == code].sum() for code in target])
            factors = dict(zip(target, np.array(list(target.values())) * weights.sum() / sums))
            weights = weights * np.array([factors[code] for code in column])
        weights = weights / weights.mean()
        error = max(abs(weights[column == code].sum() / weights.sum() - share) for column, target in zip(columns, targets) for code, share in target.items())
        if error < 1e-6:
            return weights


def check_weights(given, told):
    columns = [np.array(values) for values in given["raked"]]
    targets = [{int(code): share for code, share in margin["shares"].items()} for margin in given["margins"]]
    weights = np.array(told["weights"])
    assert told["trimmed"] == 0, "the margins are near enough to the sample for no weight to be trimmed"
    np.testing.assert_allclose(weights, raked(columns, targets), rtol=TOLERANCE)
    # And by another way: raking is the exponential tilting that meets the margins.
    design = np.column_stack([np.ones(len(weights))] + [column == code for column, target in zip(columns, targets) for code in list(target)[1:]]).astype(float)
    totals = np.array([1.0] + [share for target in targets for share in list(target.values())[1:]]) * len(weights)
    found = optimize.root(lambda x: design.T @ np.exp(design @ x) - totals, np.zeros(design.shape[1]), jac=lambda x: (design.T * np.exp(design @ x)) @ design, tol=1e-13)
    np.testing.assert_allclose(weights, np.exp(design @ found.x), rtol=1e-4)
    near(told["cost"]["effective"], weights.sum() ** 2 / (weights**2).sum(), "effective n")
    near(told["cost"]["design_effect"], 1 + np.var(weights) / np.mean(weights) ** 2, "design effect")


def check_agreement(given, told):
    pairs = np.array(given["pairs"])
    counts = np.zeros((3, 3))
    np.add.at(counts, (pairs[:, 0], pairs[:, 1]), 1)
    near(told["agreement"]["share"], np.mean(pairs[:, 0] == pairs[:, 1]), "agreement")
    near(told["agreement"]["kappa"], cohens_kappa(counts).kappa, "kappa")
    near(told["agreement"]["alpha"], krippendorff.alpha(pairs.T, level_of_measurement="nominal"), "alpha of two")
    units = np.full((4, len(given["units"])), np.nan)
    for place, values in enumerate(given["units"]):
        units[: len(values), place] = values
    near(told["alpha"], krippendorff.alpha(units, level_of_measurement="nominal"), "alpha")


def most(table, row, column):
    """The most that a hidden cell can hold, of all tables with the published numbers."""
    cells = np.array(table["cells"], dtype=float)
    height, width = cells.shape
    sums = np.zeros((height + width, height * width))
    for place in range(height * width):
        sums[place // width, place] = 1
        sums[height + place % width, place] = 1
    bounds = [(1, None) if np.isnan(value) else (value, value) for value in cells.ravel()]
    wanted = np.zeros(height * width)
    wanted[row * width + column] = -1
    found = optimize.linprog(wanted, A_eq=sums, b_eq=[*table["row_totals"], *table["column_totals"]], bounds=bounds)
    assert found.status == 0, found.message
    return -found.fun


def check_disclosure(given, told):
    attacked = 0
    for counts, cells in zip(given["lines"], told["lines"]):
        hidden = [count for count, cell in zip(counts, cells) if cell is None]
        assert all(cell is None or cell == 0 or cell >= LEAST for cell in cells)
        if hidden and any(cell is not None for cell in cells):
            assert sum(hidden) - (len(hidden) - 1) >= LEAST, (counts, cells)
    for counts, table in zip(given["tables"], told["tables"]):
        if table is None:
            continue
        counts = np.array(counts)
        for row, rows in enumerate(table["rows"]):
            for column, columns in enumerate(table["columns"]):
                count = counts[np.ix_(rows, columns)].sum()
                if 0 < count < LEAST:
                    assert table["cells"][row][column] is None
                    assert most(table, row, column) >= LEAST - 1e-6, (counts, table)
                    attacked += 1
    return attacked


def setUpModule():
    global rounds
    given = [made(np.random.default_rng([SEED, number])) for number in range(ROUNDS)]
    rounds = [(data, told(data)) for data in given]


def told(given):
    done = subprocess.run(PROGRAM, cwd=ROOT, input=json.dumps(given), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Statistics(unittest.TestCase):
    def test_summaries_are_those_of_numpy(self):
        for given, told in rounds:
            check_summaries(given, told["summaries"])

    def test_crossed_tables_are_those_of_scipy_and_statsmodels(self):
        for given, told in rounds:
            check_crosstab(given, told["crosstab"], told["figures"])

    def test_weights_are_those_of_raking_done_again_and_of_exponential_tilting(self):
        for given, told in rounds:
            check_weights(given, told["raked"])

    def test_agreement_is_that_of_statsmodels_and_krippendorff(self):
        for given, told in rounds:
            check_agreement(given, told)

    def test_tails_of_chi_square_are_those_of_scipy(self):
        for given, told in rounds:
            for (x, freedom), tail in zip(given["tails"], told["tails"]):
                near(tail, stats.chi2.sf(x, freedom), f"tail of {x} with {freedom}")

    def test_no_linear_program_finds_a_hidden_count_to_be_small(self):
        attacked = sum(check_disclosure(given, told) for given, told in rounds)
        self.assertGreater(attacked, 500)


if __name__ == "__main__":
    unittest.main()

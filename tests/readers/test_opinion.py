"""Opinion groups of the crate `analysis` on made-up camps, against NumPy and scikit-learn.

The program is an example of the crate, which is built here unless OPINION_BIN names it. STATISTICS_SEED gives other
data."""

import json
import os
import pathlib
import subprocess
import unittest

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, silhouette_score
from statsmodels.stats.proportion import proportions_ztest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ["--quiet", "--release", "--package", "qulaq-analysis", "--example", "opinion"]
PROGRAM = [os.environ["OPINION_BIN"]] if "OPINION_BIN" in os.environ else ["cargo", "run", *EXAMPLE]
SEED = int(os.environ.get("STATISTICS_SEED", "20261123"))
LEAST = 10
SIDES = {"agree": 1, "disagree": -1}


def camps(random, sizes, statements):
    """Each camp with a mind of its own on each statement; one vote in ten is another, a third was not cast."""
    minds = random.choice([1, -1], size=(len(sizes), statements), p=[0.5, 0.5])
    minds[:, -1] = 1
    truth = np.repeat(np.arange(len(sizes)), sizes)
    votes = minds[truth].astype(float)
    strays = random.random(votes.shape) < 0.1
    votes[strays] = random.choice([-1, 0, 1], size=strays.sum())
    votes[random.random(votes.shape) < 0.33] = np.nan
    order = random.permutation(len(truth))
    return votes[order], truth[order]


def told(votes):
    rows = [[None if np.isnan(vote) else int(vote) for vote in row] for row in votes]
    given = json.dumps({"votes": rows, "least": LEAST})
    done = subprocess.run(PROGRAM, input=given, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def imputed(votes):
    return np.where(np.isnan(votes), np.nanmean(votes, axis=0), votes)


class Opinions(unittest.TestCase):
    def cases(self):
        random = np.random.default_rng(SEED)
        for sizes, statements in [([90, 60], 20), ([150, 100, 80], 40), ([200, 200], 60), ([70, 70, 70], 30), ([400, 300, 200], 100)]:
            votes, truth = camps(random, sizes, statements)
            enough = np.sum(~np.isnan(votes), axis=1) >= 7
            yield votes[enough], truth[enough], told(votes)

    def test_the_groups_are_the_camps(self):
        for votes, truth, opinion in self.cases():
            groups = opinion["groups"]
            self.assertEqual(len(groups["sizes"]), len(set(truth)))
            self.assertGreaterEqual(adjusted_rand_score(truth, groups["of_voter"]), 0.95)

    def test_the_components_are_those_of_scikit_learn_up_to_sign(self):
        for votes, _, opinion in self.cases():
            known = PCA(n_components=2, svd_solver="full").fit(imputed(votes))
            np.testing.assert_allclose(opinion["components"]["means"], known.mean_, atol=1e-12)
            np.testing.assert_allclose(opinion["components"]["variances"], known.explained_variance_, rtol=1e-9)
            for ours, theirs in zip(opinion["components"]["directions"], known.components_):
                sign = np.sign(np.dot(ours, theirs))
                np.testing.assert_allclose(ours, sign * theirs, atol=1e-8)

    def test_voters_stand_where_the_method_puts_them(self):
        for votes, _, opinion in self.cases():
            directions = np.array(opinion["components"]["directions"])
            spread = np.sqrt(votes.shape[1] / np.sum(~np.isnan(votes), axis=1))
            known = (imputed(votes) - np.nanmean(votes, axis=0)) @ directions.T * spread[:, None]
            np.testing.assert_allclose(opinion["points"], known, atol=1e-9)

    def test_groups_and_silhouettes_are_those_of_scikit_learn(self):
        for votes, _, opinion in self.cases():
            points, groups = np.array(opinion["points"]), opinion["groups"]
            self.assertAlmostEqual(groups["silhouette"], silhouette_score(points, groups["of_voter"]), places=9)
            known = KMeans(n_clusters=len(groups["sizes"]), n_init=20, random_state=1).fit(points)
            self.assertGreaterEqual(adjusted_rand_score(known.labels_, groups["of_voter"]), 0.99)
            best = max(
                silhouette_score(points, KMeans(n_clusters=count, n_init=20, random_state=1).fit_predict(points))
                for count in range(2, 6)
            )
            self.assertGreaterEqual(groups["silhouette"], best - 1e-3)

    def test_what_a_group_is_known_by_is_a_test_of_two_proportions(self):
        for votes, _, opinion in self.cases():
            group = np.array(opinion["groups"]["of_voter"])
            for number, known in enumerate(opinion["known_by"]):
                self.assertTrue(known)
                for one in known:
                    cast = votes[:, one["statement"]]
                    own, others = cast[group == number], cast[group != number]
                    own, others = own[~np.isnan(own)], others[~np.isnan(others)]
                    side = SIDES[one["side"]]
                    z, _ = proportions_ztest([np.sum(own == side), np.sum(others == side)], [len(own), len(others)])
                    self.assertAlmostEqual(one["z"], z, places=9)

    def test_what_unites_is_the_least_share_of_any_group(self):
        for votes, _, opinion in self.cases():
            group = np.array(opinion["groups"]["of_voter"])
            for one in opinion["uniting"]:
                shares = []
                for number in sorted(set(group)):
                    cast = votes[group == number, one["statement"]]
                    cast = cast[~np.isnan(cast)]
                    shares.append((np.sum(cast == SIDES[one["side"]]) + 1) / (len(cast) + 2))
                self.assertAlmostEqual(one["least"], min(shares), places=12)


if __name__ == "__main__":
    unittest.main()

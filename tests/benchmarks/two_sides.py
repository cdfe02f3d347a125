"""What the matching finds in the synthetic district: `python -m tests.benchmarks.two_sides [--organisations 1000]`.

Ranking by one side's score against both sides' by the same score, exposure with and without prices, variety, and the
verdicts against who is truly eligible.
All by seed; 1,000 organisations take 40 s of one core and 0.45 GB, and both grow with the square.
"""

from __future__ import annotations

import argparse

import numpy as np
from madang_matching import evaluation, lists
from madang_matching.evaluation import mean_known
from madang_matching.partners import default_partner_weights
from madang_matching.partners.suggestions import BOTH
from madang_matching.sparse import Floats, Ints
from madang_matching.text import UniversalEncoder

from tests.two_sides import (
    Planted,
    fitted_combination,
    log_odds,
    ndcg,
    one_sided_scorer,
    own_evidence,
    planted,
    pools,
    popularity_ranking,
    ranking,
    verdicts,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    given = planted(chosen.organisations, chosen.seed, UniversalEncoder())
    mutual = sum(map(len, given.district.mutual.values()))
    print(f"{given.count} organisations, seed {chosen.seed}: {mutual / given.count:.2f} mutual partners each, of whom")
    print(f"{given.to_meet.nnz / given.count:.2f} without history are to be found\n")
    print(
        "| ranking | NDCG@10 of mutual pairs | precision@5 | recall@10 | recall@20 | MRR | coverage@10 | both by one |"
    )
    print("|---|---|---|---|---|---|---|---|")
    tell(given, "random", random_ranking(given))
    tell(given, "popularity", popularity_ranking(given))
    defaults = default_partner_weights()
    served = log_odds(given, defaults)
    tell(given, "default weights, as served", ranking(pools(given, BOTH.log_odds(served, served.T))))
    tell_both(given, "default weights", served)
    tell_both(given, "default weights, own evidence", log_odds(given, own_evidence(defaults)))
    fitted = log_odds(given, one_sided_scorer(given, chosen.seed))
    both = tell_both(given, "fitted on who asked whom", fitted)
    combination = fitted_combination(given, fitted)
    scale = f"slope {combination.slope:.2f}, shift {combination.shift:+.2f}"
    print(f"\nChosen on held-out answers: {combination.method} ({scale})")
    tell_exposure(given, "one side", fitted, given.choices)
    tell_exposure(given, "both sides", both, given.to_meet)
    tell_variety(given, both)
    tell_verdicts(given)


def random_ranking(given: Planted) -> Ints:
    return ranking(pools(given, np.random.default_rng(0).random((given.count, given.count))))


def tell(given: Planted, name: str, ranked: Ints, gain: str = "") -> None:
    right = given.to_meet
    values = (
        ndcg(ranked, right),
        evaluation.precision(ranked, right, 5),
        evaluation.recall(ranked, right, 10),
        evaluation.recall(ranked, right, 20),
        evaluation.reciprocal_rank(ranked, right),
    )
    figures = " | ".join(f"{mean_known(each):.3f}" for each in values)
    print(f"| {name} | {figures} | {evaluation.coverage(ranked, given.count, 10):.2f} | {gain} |")


def tell_both(given: Planted, name: str, scores: Floats) -> Floats:
    """Tell of one side's ranking and of the combinations of both sides' by the same score; return the soft one."""
    one = ranking(pools(given, scores))
    before = ndcg(one, given.to_meet)
    tell(given, f"{name}, one side", one)
    for method in lists.METHODS:
        ranked = ranking(pools(given, lists.Combination(method).log_odds(scores, scores.T)))
        gain = evaluation.paired_interval(ndcg(ranked, given.to_meet), before)
        times = gain.mean / mean_known(before) + 1
        tell(given, f"{name}, both: {method}", ranked, f"{times:.2f} x ({gain.low:+.3f} to {gain.high:+.3f})")
    return lists.Combination("soft").log_odds(scores, scores.T)


def tell_exposure(given: Planted, name: str, scores: Floats, relevant: object) -> None:
    made = pools(given, scores)
    base = mean_known(ndcg(ranking(made), relevant))
    print(f"\nExposure, {name}: strength | Gini | change | top supplier share | NDCG@10 | change | kept")
    _, within = lists.fit_prices_within(made, given.count)
    for strength in sorted({0.1, 0.2, 0.4, 0.8, within.strength}):
        prices = lists.fit_prices(made, given.count, lists.Evenness(strength))
        report = lists.exposure_report(made, prices)
        value = mean_known(ndcg(ranking(made, prices), relevant))
        print(
            f"  {strength}{' (chosen by the loss)' if strength == within.strength else ''} | "
            f"{report.gini_before:.3f} → {report.gini_after:.3f} | {report.gini_after / report.gini_before - 1:+.1%} | "
            f"{report.top_before:.4f} → {report.top_after:.4f} | {base:.4f} → {value:.4f} | {value / base - 1:+.1%} | "
            f"{report.kept:.3f}"
        )


def tell_variety(given: Planted, scores: Floats) -> None:
    made = pools(given, scores)
    vectors = lists.variety_vectors(given.profiles.kinds, given.profiles.uses_unit)
    print("\nVariety, both sides: trade | mean distance within a list | NDCG@10")
    for trade in (0.0, 0.2, 0.4, 0.8):
        ranked = made.at(lists.varied_order(made, 10, vectors, trade))
        apart = mean_known(evaluation.list_distances(ranked, vectors, 10))
        print(f"  {trade} | {apart:.3f} | {mean_known(ndcg(ranked, given.to_meet)):.4f}")


def tell_verdicts(given: Planted) -> None:
    found = verdicts(given)
    print(f"\nVerdicts over {found.eligible + found.barred + found.check:,} pairs of member and call:")
    print(f"  eligible: {found.eligible:,}, precision {found.eligible_right / found.eligible:.4f}, recall of who may")
    print(f"  truly apply and says all that is asked {found.truly_found / found.truly:.4f}")
    print(f"  not eligible: {found.barred:,}, precision {found.barred_right / found.barred:.4f}")
    print(f"  to check: {found.check:,}, of which the profile says all that is asked: {found.check_needless}")


if __name__ == "__main__":
    main()

"""On the synthetic district: both sides beat one, stars give way, verdicts are never wrong."""

from __future__ import annotations

import numpy as np
import pytest
from madang_matching import evaluation, lists
from madang_matching.evaluation import mean_known
from madang_matching.text import UniversalEncoder

from tests.two_sides import (
    Planted,
    fitted_combination,
    log_odds,
    ndcg,
    one_sided_scorer,
    planted,
    pools,
    popularity_ranking,
    ranking,
    verdicts,
)


@pytest.fixture(scope="module")
def given(encoder: UniversalEncoder) -> Planted:
    return planted(300, 1, encoder)


@pytest.fixture(scope="module")
def one_side(given: Planted) -> np.ndarray:
    return log_odds(given, one_sided_scorer(given))


def test_ranking_by_both_sides_finds_mutual_pairs_better_than_by_one(given: Planted, one_side: np.ndarray) -> None:
    both = lists.Combination("soft").log_odds(one_side, one_side.T)
    before, after = (ndcg(ranking(pools(given, each)), given.to_meet) for each in (one_side, both))
    assert mean_known(after) > 1.10 * mean_known(before)
    assert evaluation.paired_interval(after, before).low > 0
    assert mean_known(before) > 2 * mean_known(ndcg(popularity_ranking(given), given.to_meet))


def test_one_side_alone_knows_best_whom_it_would_choose(given: Planted, one_side: np.ndarray) -> None:
    theirs = mean_known(ndcg(ranking(pools(given, one_side.T)), given.choices))
    assert mean_known(ndcg(ranking(pools(given, one_side)), given.choices)) > 2 * theirs


def test_the_combination_learns_from_answers_that_both_sides_count(given: Planted, one_side: np.ndarray) -> None:
    found = fitted_combination(given, one_side)
    chance = found.probability(np.array([2.0, 2.0, -3.0]), np.array([2.0, -3.0, 2.0]))
    assert chance[0] > 1.5 * max(chance[1:])


def test_prices_even_out_exposure_at_little_loss(given: Planted, one_side: np.ndarray) -> None:
    made = pools(given, lists.Combination("soft").log_odds(one_side, one_side.T))
    prices, _ = lists.fit_prices_within(made, given.count, most_lost=0.02)
    report = lists.exposure_report(made, prices)
    assert report.gini_after < 0.8 * report.gini_before
    assert report.top_after < 0.8 * report.top_before
    before, after = (mean_known(ndcg(ranking(made, each), given.to_meet)) for each in (None, prices))
    assert after > 0.98 * before


def test_verdicts_are_right_or_ask_for_what_is_missing(given: Planted) -> None:
    found = verdicts(given)
    assert found.eligible == found.eligible_right > 1_000
    assert found.barred == found.barred_right > 1_000
    assert found.truly == found.truly_found
    assert found.check > 100
    assert found.check_needless == 0

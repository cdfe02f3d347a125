"""The metrics say what their definitions say: values worked out by hand, and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching import evaluation
from madang_matching.sparse import from_entries
from scipy.sparse import csr_array

RANKED = np.array([[2, 0, 1, 3], [3, 1, -1, -1], [-1, -1, -1, -1], [0, 1, 2, 3]])
RELEVANT = csr_array(np.array([[1, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]))


def test_ndcg_is_gain_over_that_of_the_ideal_list() -> None:
    ideal = 1 + 1 / math.log2(3)
    first = (1 / math.log2(3) + 1 / math.log2(5)) / ideal
    assert evaluation.ndcg(RANKED, RELEVANT, 10) == pytest.approx([first, 1 / math.log2(3), 0, math.nan], nan_ok=True)
    assert evaluation.ndcg(RANKED, RELEVANT, 2)[0] == pytest.approx(1 / math.log2(3) / ideal)


def test_the_ideal_list_is_no_longer_than_what_is_read() -> None:
    assert evaluation.ndcg(np.array([[0]]), csr_array(np.ones((1, 5))), 1).tolist() == [1.0]


def test_recall_precision_and_reciprocal_rank_count_right_places() -> None:
    def near(*values: float) -> object:
        return pytest.approx(values, nan_ok=True)

    assert evaluation.recall(RANKED, RELEVANT, 2) == near(0.5, 1, 0, math.nan)
    assert evaluation.precision(RANKED, RELEVANT, 4) == near(0.5, 0.25, 0, math.nan)
    assert evaluation.reciprocal_rank(RANKED, RELEVANT) == near(0.5, 0.5, 0, math.nan)
    assert evaluation.reciprocal_rank(RANKED, RELEVANT, 1) == near(0, 0, 0, math.nan)
    assert evaluation.mean_known(evaluation.recall(RANKED, RELEVANT, 2)) == 0.5


def test_macro_recall_counts_every_candidate_once() -> None:
    # candidate 0: found for query 0, not for query 2; candidate 1 found; candidate 3 not among two
    assert evaluation.macro_recall(RANKED, RELEVANT, 2) == pytest.approx((0.5 + 1 + 0) / 3)


def test_a_stored_zero_is_not_right() -> None:
    relevant = from_entries([0, 0], [0, 1], [1.0, 0.0], (1, 2))
    assert evaluation.ndcg(np.array([[1, 0]]), relevant)[0] == pytest.approx(1 / math.log2(3))
    assert relevant.nnz == 2, "what is given is left as it is"


def test_rankings_that_cannot_be_are_refused() -> None:
    for ranked in (RANKED[:2], np.full((4, 1), 4), np.full((4, 1), -2), np.zeros((4, 2), int)):
        with pytest.raises(ValueError, match="ranked"):
            evaluation.ndcg(ranked, RELEVANT)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_ndcg_lies_between_its_bounds_and_the_best_order_gives_one(seed: int) -> None:
    chance = np.random.default_rng(seed)
    wanted = (chance.random((3, 12)) < 0.3).astype(int)
    wanted[:, 0] = 1
    shuffled = chance.permuted(np.tile(np.arange(12), (3, 1)), axis=1)
    values = evaluation.ndcg(shuffled, csr_array(wanted))
    assert ((values >= 0) & (values <= 1)).all()
    best = np.argsort(-wanted, axis=1, kind="stable")
    assert evaluation.ndcg(best, csr_array(wanted)) == pytest.approx(np.ones(3))


def test_coverage_hub_share_and_top_share_count_places() -> None:
    assert evaluation.exposures(RANKED, 5, 2).tolist() == [2, 2, 1, 1, 0]
    assert evaluation.coverage(RANKED, 5, 1) == pytest.approx(3 / 5)
    assert evaluation.hub_share(RANKED, np.array([5, 9, 9, 0]), 2) == pytest.approx(2 / 6), "column 1 is the hub"
    assert evaluation.hub_share(np.full((1, 3), -1), np.ones(4), 3) == 0
    assert evaluation.top_share(np.array([3, 1, 0])) == 0.75
    assert evaluation.top_share(np.zeros(3)) == 0


def test_gini_is_half_the_mean_difference_over_the_mean() -> None:
    assert evaluation.gini(np.array([4, 4, 4])) == 0
    assert evaluation.gini(np.zeros(3)) == 0
    assert evaluation.gini(np.array([0, 0, 0, 8])) == pytest.approx(3 / 4)
    values = np.random.default_rng(3).integers(0, 50, 40)
    apart = np.abs(values[:, None] - values[None, :]).mean()
    assert evaluation.gini(values) == pytest.approx(apart / (2 * values.mean()))


def test_novelty_is_the_information_of_what_is_shown() -> None:
    popularity = np.array([0, 7, 1, 1])
    values = evaluation.novelties(np.array([[0, 1], [1, -1], [-1, -1]]), popularity, 7, 2)
    assert values == pytest.approx([(4 - math.log2(7.5 / 8)) / 2, -math.log2(7.5 / 8), math.nan], nan_ok=True)
    assert evaluation.novelty(np.array([[0]]), popularity, 7, 1) == 4


@pytest.mark.parametrize("make", [np.asarray, csr_array])
def test_distances_are_the_mean_over_pairs(make: object) -> None:
    vectors = np.array([[1.0, 0], [1, 0], [0, 1], [0, 0], [0.6, 0.8]])
    ranked = np.array([[0, 1, -1], [0, 2, 4], [0, 3, -1], [4, -1, -1]])
    values = evaluation.list_distances(ranked, make(vectors), 3)  # type: ignore[operator]
    assert values == pytest.approx([0, (1 + 0.4 + 0.2) / 3, 1, math.nan], nan_ok=True)


def test_a_calibrated_score_has_a_small_error_and_an_overconfident_one_a_large() -> None:
    chance = np.random.default_rng(0)
    true = chance.uniform(0, 1, 40_000)
    came = (chance.random(40_000) < true).astype(int)
    assert evaluation.calibration_error(true, came) < 0.012
    assert evaluation.calibration_error(np.sqrt(true), came) == pytest.approx(2 / 3 - 1 / 2, abs=0.01)


def test_bins_hold_equal_mass_and_equal_probabilities_stay_together() -> None:
    said = np.array([0.1] * 5 + [0.2] * 5 + [0.9] * 10)
    came = np.array([0] * 10 + [1] * 9 + [0])
    table = evaluation.reliability_table(said, came, 4)
    assert [(each.low, each.mass) for each in table] == [(0.1, 0.25), (0.2, 0.25), (0.9, 0.5)]
    assert evaluation.calibration_error(said, came, 4) == pytest.approx(0.25 * 0.1 + 0.25 * 0.2)
    order = np.random.default_rng(1).permutation(20)
    assert np.allclose(evaluation.reliability_table(said[order], came[order], 4), table)


def test_a_weight_counts_as_that_many_cases() -> None:
    said, came = np.array([0.3, 0.3, 0.8]), np.array([0, 1, 1])
    assert evaluation.calibration_error(said, came, 5, [3, 1, 2]) == pytest.approx(
        evaluation.calibration_error([0.3] * 4 + [0.8] * 2, [0, 0, 0, 1, 1, 1], 5)
    )


def test_each_group_has_its_own_error() -> None:
    errors = evaluation.calibration_errors_by_group([0.5, 0.5, 0.9, 0.2], [0, 1, 0, 0], ["a", "a", "b", "c"], least=1)
    assert errors == {"a": (0, 2), "b": (pytest.approx(0.9), 1), "c": (pytest.approx(0.2), 1)}
    assert set(evaluation.calibration_errors_by_group([0.5] * 3, [0, 1, 0], ["a", "a", "b"], least=2)) == {"a"}


@pytest.mark.parametrize(
    ("said", "came", "weights"),
    [([], [], None), ([0.1], [0, 1], None), ([math.nan], [0], None), ([1.2], [0], None), ([0.2], [2], None),
     ([0.2], [0], [0.0])],
)  # fmt: skip
def test_probabilities_that_cannot_be_are_refused(said: list[float], came: list[int], weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"must|Shapes"):
        evaluation.calibration_error(said, came, weights=weights)


def test_the_interval_is_near_that_of_the_normal_law_and_the_same_each_time() -> None:
    values = np.random.default_rng(5).normal(0.3, 1.0, 400)
    found = evaluation.mean_interval(values)
    spread = 1.96 * values.std() / 20
    assert (found.low, found.high) == pytest.approx((values.mean() - spread, values.mean() + spread), abs=0.01)
    assert found == evaluation.mean_interval(values)
    assert found != evaluation.mean_interval(values, seed=1)
    assert found.excludes_zero


def test_a_paired_interval_is_over_queries_that_both_know() -> None:
    found = evaluation.paired_interval([0.5, math.nan, 0.7, 0.2], [0.4, 0.1, 0.6, math.nan])
    assert (found.mean, found.low, found.high, found.cases) == pytest.approx((0.1, 0.1, 0.1, 2))
    with pytest.raises(ValueError, match="differ"):
        evaluation.paired_interval([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="known"):
        evaluation.paired_interval([math.nan], [1.0])


def test_reasons_add_up_or_do_not() -> None:
    contributions = np.array([[1.0, 2.0], [0.0, 0.0], [1.0, 1.0], [30.0, 30.0]])
    shown = 1 / (1 + np.exp(3 - np.array([3.0, 0.0, 2.001, 60.0])))
    assert evaluation.add_up(-3, contributions, shown).tolist() == [True, True, False, False]


def test_the_other_reason_is_one_that_counts_and_not_the_top_one() -> None:
    contributions = np.tile([0.0, 1.0, 2.0, 0.5, 0.0], (200, 1))
    contributions[0] = [0, 0, 3, 0, 0]
    top, other = evaluation.top_and_other(contributions)
    assert (top[0], other[0]) == (-1, -1)
    assert set(top[1:].tolist()) == {2}
    assert set(other[1:].tolist()) == {1, 3}


def test_removals_are_counted_where_both_are_known() -> None:
    counted = evaluation.count_removals([1, 1, 1, 1], [0, 1, 0.5, math.nan], [0.5, 0.5, 0.2, math.nan])
    assert counted == (3, 2, 1)

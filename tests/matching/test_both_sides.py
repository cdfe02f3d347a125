"""Two directions in one score: what the methods mean, that reasons add up, and that the fit finds the right one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from madang_matching import lists
from madang_matching.evaluation import calibration_error

P, Q = np.array([0.1, 0.5, 0.9, 0.99]), np.array([0.2, 0.5, 0.3, 0.999])
MEANS = {
    "harmonic": 2 * P * Q / (P + Q),
    "geometric": np.sqrt(P * Q),
    "minimum": np.minimum(P, Q),
    "product": P * Q,
}
VALUES = st.floats(0, 6, allow_subnormal=False)


def _log_odds(probability: np.ndarray) -> np.ndarray:
    return np.log(probability) - np.log1p(-probability)


@pytest.mark.parametrize("method", MEANS)
def test_a_method_combines_probabilities_as_its_name_says(method: lists.Method) -> None:
    assert lists.Combination(method).probability(_log_odds(P), _log_odds(Q)) == pytest.approx(MEANS[method])


def test_mean_odds_are_in_the_middle_of_the_log_odds() -> None:
    assert lists.Combination("odds").log_odds(np.array([1.0]), np.array([-4.0])) == pytest.approx(-1.5)


def test_the_soft_mean_lies_between_that_of_the_log_odds_and_the_harmonic_one() -> None:
    u, v = np.array([2.0, -3.0, 1.0]), np.array([-4.0, -2.0, 1.0])
    soft, odds, harmonic = (lists.Combination(each).log_odds(u, v) for each in ("soft", "odds", "harmonic"))
    assert soft[0] == pytest.approx(np.log(np.mean(np.exp(-0.3 * np.array([2.0, -4.0]))) ** (-1 / 0.3)))
    assert (harmonic[:2] < soft[:2]).all()
    assert (soft[:2] < odds[:2]).all()
    assert soft[2] == pytest.approx(1)


@pytest.mark.parametrize("method", lists.METHODS)
def test_extreme_log_odds_stay_finite(method: lists.Method) -> None:
    far = np.array([-1e4, -50.0, 0.0, 50.0, 1e4])
    u, v = (each.ravel() for each in np.meshgrid(far, far))
    combined = lists.Combination(method).log_odds(u, v)
    assert np.isfinite(combined).all()
    assert combined == pytest.approx(lists.Combination(method).log_odds(v, u))


@pytest.mark.parametrize("method", lists.METHODS)
@settings(deadline=None)
@given(mine=arrays(float, (5, 3), elements=VALUES), theirs=arrays(float, (5, 2), elements=VALUES))
def test_what_each_side_adds_adds_up_and_is_never_below_zero(
    method: lists.Method, mine: np.ndarray, theirs: np.ndarray
) -> None:
    combination = lists.Combination(method, slope=1.3, shift=-0.4)
    found = combination.combine(lists.Side(-3.0, mine), lists.Side(-2.0, theirs))
    total = found.intercept + found.mine.sum(axis=1) + found.theirs.sum(axis=1)
    assert total == pytest.approx(found.log_odds, abs=1e-9)
    assert found.log_odds == pytest.approx(combination.log_odds(mine.sum(axis=1) - 3, theirs.sum(axis=1) - 2))
    assert (found.mine >= -1e-12).all()
    assert (found.theirs >= -1e-12).all()
    assert (found.mine[mine == 0] == 0).all()


@pytest.mark.parametrize("method", lists.METHODS)
@settings(deadline=None)
@given(mine=arrays(float, (4, 3), elements=VALUES), theirs=arrays(float, (4, 2), elements=VALUES))
def test_more_evidence_on_either_side_never_lowers_the_score(
    method: lists.Method, mine: np.ndarray, theirs: np.ndarray
) -> None:
    combination = lists.Combination(method)
    before = combination.combine(lists.Side(-3.0, mine), lists.Side(-2.0, theirs)).log_odds
    more = mine.copy()
    more[:, 1] += 0.5
    assert (combination.combine(lists.Side(-3.0, more), lists.Side(-2.0, theirs)).log_odds >= before - 1e-12).all()


def test_evidence_below_zero_adds_up_too() -> None:
    mine, theirs = np.array([[2.0, -0.5], [0.5, -0.5], [0.0, -1.0]]), np.array([[1.0], [0.0], [3.0]])
    found = lists.Combination("harmonic").combine(lists.Side(-3.0, mine), lists.Side(-2.0, theirs))
    assert found.intercept + found.mine.sum(axis=1) + found.theirs.sum(axis=1) == pytest.approx(found.log_odds)
    assert found.mine[2, 1] < 0


def test_equal_sides_share_equally_and_fold_into_one_table() -> None:
    side = lists.Side(-2.0, np.array([[1.0, 0.5], [0.0, 2.0]]))
    found = lists.Combination("harmonic").combine(side, side)
    assert found.mine == pytest.approx(found.theirs)
    assert found.log_odds == pytest.approx(side.log_odds), "the mean of two equal probabilities"
    folded = found.folded([1, 0])
    assert folded == pytest.approx(found.mine + found.mine[:, ::-1])
    assert found.intercept + folded.sum(axis=1) == pytest.approx(found.log_odds)


@pytest.mark.parametrize("method", ["product", "minimum", "odds"])
def test_the_fit_finds_how_outcomes_came_about_and_is_calibrated(method: lists.Method) -> None:
    chance = np.random.default_rng(0)
    u, v = chance.normal(-1, 2.5, (2, 40_000))
    true = lists.Combination(method, 0.8, 0.3)
    agreed = (chance.random(40_000) < true.probability(u, v)).astype(int)
    found = lists.fit_combination(u[:20_000], v[:20_000], agreed[:20_000])
    assert found.method == method
    assert (found.slope, found.shift) == pytest.approx((0.8, 0.3), abs=0.1)
    assert calibration_error(found.probability(u[20_000:], v[20_000:]), agreed[20_000:]) < 0.012


def test_the_slope_stays_above_zero_where_outcomes_contradict_the_score() -> None:
    u = np.linspace(-3, 3, 50)
    found = lists.fit_combination(u, u, (u < 0).astype(int))
    assert found.slope > 0


def test_outcomes_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="both 0 and 1"):
        lists.fit_combination(np.zeros(3), np.zeros(3), np.ones(3))
    with pytest.raises(ValueError, match="Shapes"):
        lists.fit_combination(np.zeros(3), np.zeros(2), np.array([0, 1, 1]))

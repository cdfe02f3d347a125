"""Lists: orders that do not depend on who else asks, prices that even exposure out, variety, refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching import lists
from madang_matching.evaluation import exposures, gini, list_distances
from madang_matching.sparse import csr, unit_rows

EVEN = lists.Evenness(strength=0.6, places=5)


def _pools(seed: int, count: int = 200, candidates: int = 120, depth: int = 60, stars: float = 0.6) -> lists.Pools:
    """Pools in which a few candidates are good for everyone."""
    chance = np.random.default_rng(seed)
    general = stars * chance.exponential(1.0, candidates)
    scores = general + chance.normal(0, 1.0, (count, candidates)) - 3
    best = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
    return lists.Pools(best, np.take_along_axis(scores, best, axis=1))


def test_an_order_is_by_score_and_ties_go_to_the_lesser_candidate() -> None:
    pools = lists.Pools(np.array([[7, 3, 5, -1], [4, -1, -1, -1]]), np.array([[1.0, 2, 2 + 1e-12, 0], [0, 0, 0, 0]]))
    assert pools.at(lists.order(pools, 3)).tolist() == [[3, 5, 7], [4, -1, -1]]
    prices = np.zeros(8)
    prices[3] = 1.5
    assert pools.at(lists.order(pools, 2, prices)).tolist() == [[5, 7], [4, -1]]


def test_pools_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="Shapes"):
        lists.Pools(np.zeros((2, 3), int), np.zeros((3, 2)))
    with pytest.raises(ValueError, match="finite"):
        lists.Pools(np.array([[0, -1]]), np.array([[math.nan, 0.0]]))
    lists.Pools(np.array([[0, -1]]), np.array([[0.0, math.nan]]))


def test_prices_even_out_who_is_shown() -> None:
    pools = _pools(1)
    before = exposures(pools.at(lists.order(pools, 5)), 120, 5)
    last = before
    for strength in (0.2, 0.5, 1.0):
        prices = lists.fit_prices(pools, 120, lists.Evenness(strength, 5))
        after = exposures(pools.at(lists.order(pools, 5, prices)), 120, 5)
        assert after.sum() == before.sum()
        assert gini(after) < gini(last)
        assert after.max() < last.max()
        assert (prices >= 0).all()
        last = after


def test_a_price_is_that_of_the_crowd_which_it_leaves() -> None:
    pools = _pools(1)
    prices = lists.fit_prices(pools, 120, EVEN)
    after = exposures(pools.at(lists.order(pools, 5, prices)), 120, 5)
    expected = EVEN.strength * np.log1p(after / after.mean())
    assert np.abs(prices - expected).max() < 0.12
    longer = lists.fit_prices(pools, 120, lists.Evenness(EVEN.strength, 5, rounds=600))
    assert np.abs(prices - longer).max() < 0.08


def test_prices_do_not_depend_on_the_order_of_the_lists() -> None:
    pools = _pools(2)
    turn = np.random.default_rng(0).permutation(200)
    turned = lists.Pools(pools.candidates[turn], pools.log_odds[turn])
    assert lists.fit_prices(pools, 120, EVEN) == pytest.approx(lists.fit_prices(turned, 120, EVEN), abs=1e-12)


def test_twice_the_lists_of_the_same_kind_have_the_same_prices() -> None:
    pools = _pools(3)
    twice = lists.Pools(np.tile(pools.candidates, (2, 1)), np.tile(pools.log_odds, (2, 1)))
    assert lists.fit_prices(pools, 120, EVEN) == pytest.approx(lists.fit_prices(twice, 120, EVEN))


def test_without_strength_or_lists_nothing_costs() -> None:
    assert not lists.fit_prices(_pools(3), 120, lists.Evenness(0.0)).any()
    nobody = lists.Pools(np.full((3, 4), -1), np.zeros((3, 4)))
    assert not lists.fit_prices(nobody, 5).any()
    assert lists.exposure_report(nobody, np.zeros(5)).kept == 1
    assert lists.fit_prices(lists.Pools(np.zeros((0, 4), int), np.zeros((0, 4))), 0).shape == (0,)


def test_equal_candidates_share_the_price() -> None:
    pools = lists.Pools(np.tile(np.arange(4), (40, 1)), np.zeros((40, 4)))
    prices = lists.fit_prices(pools, 4, lists.Evenness(0.5, places=1))
    assert prices == pytest.approx(np.full(4, 0.5 * np.log(2)))


def test_one_list_alone_is_as_it_is_among_others() -> None:
    pools = _pools(4)
    prices = lists.fit_prices(pools, 120, EVEN)
    vectors = np.random.default_rng(0).random((120, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    whole = lists.varied_order(pools, 5, vectors, 0.4, prices)
    for row in (0, 77, 199):
        alone = lists.Pools(pools.candidates[[row]], pools.log_odds[[row]])
        assert (lists.varied_order(alone, 5, vectors, 0.4, prices) == whole[[row]]).all()


def test_the_report_tells_what_prices_did() -> None:
    pools = _pools(1)
    report = lists.exposure_report(pools, lists.fit_prices(pools, 120, EVEN), 5)
    assert report.gini_after < report.gini_before
    assert report.top_after < report.top_before
    assert 0.6 < report.kept < 1
    free = lists.exposure_report(pools, np.zeros(120), 5)
    assert (free.gini_after, free.top_after, free.kept) == (free.gini_before, free.top_before, 1.0)


def test_prices_are_as_strong_as_the_loss_allows() -> None:
    pools = _pools(1)
    strengths = []
    for most_lost in (-1.0, 0.01, 0.05, 0.2):
        prices, evenness = lists.fit_prices_within(pools, 120, most_lost, 5)
        assert lists.exposure_report(pools, prices, 5).kept >= 1 - max(most_lost, 0)
        strengths.append(evenness.strength)
    assert strengths[0] == 0
    assert strengths == sorted(strengths)
    assert strengths[-1] > strengths[1]


def test_without_a_trade_a_varied_list_is_the_plain_one() -> None:
    pools = _pools(5)
    assert (lists.varied_order(pools, 8, np.eye(120), 0.0) == lists.order(pools, 8)).all()


@pytest.mark.parametrize("sparse", [False, True])
def test_like_candidates_give_way_to_one_nearly_as_good(sparse: bool) -> None:
    vectors = np.array([[1.0, 0], [1, 0], [1, 0], [0, 1], [0, 1]])
    pools = lists.Pools(np.array([[0, 1, 2, 3, -1]]), np.array([[2.0, 1.9, 1.8, 1.7, 0]]))
    given_vectors = csr(vectors) if sparse else vectors
    assert lists.varied_order(pools, 5, given_vectors, 0.3).tolist() == [[0, 3, 1, 2, -1]]
    assert lists.varied_order(pools, 5, given_vectors, 0.1).tolist() == [[0, 1, 2, 3, -1]]


def test_more_trade_gives_more_varied_lists_and_the_best_stays_first() -> None:
    pools = _pools(6)
    chance = np.random.default_rng(1)
    kinds = chance.choice(["startup", "sme", "research", ""], 120)
    technologies = unit_rows(csr((chance.random((120, 12)) < 0.15).astype(float)))
    vectors = lists.variety_vectors(kinds, technologies)
    distances = []
    for trade in (0.0, 0.5, 2.0):
        places = lists.varied_order(pools, 10, vectors, trade)
        assert (places[:, 0] == lists.order(pools, 1)[:, 0]).all()
        assert all(len(set(row)) == 10 for row in places.tolist())
        distances.append(np.nanmean(list_distances(pools.at(places), vectors, 10)))
    assert distances[0] < distances[1] < distances[2]


def test_likeness_is_kind_and_technologies() -> None:
    technologies = unit_rows(csr(np.array([[1.0, 0], [1, 1], [0, 1], [0, 0]])))
    vectors = lists.variety_vectors(np.array(["sme", "sme", "", ""]), technologies, 0.4)
    alike = vectors @ vectors.T
    assert alike[0, 1] == pytest.approx(0.4 + 0.6 / math.sqrt(2))
    assert alike[1, 2] == pytest.approx(0.6 / math.sqrt(2))
    assert alike[2, 3] == 0, "two unknown kinds are not the same kind"


def _traits() -> lists.Traits:
    return lists.Traits(
        technologies=unit_rows(csr(np.array([[1.0, 0], [0, 1], [0, 1], [1, 1], [0, 0]]))),
        places=np.array([[127.0, 37.5], [127.1, 37.5], [127.1, 37.5], [127.01, 37.5], [math.nan, math.nan]]),
        employees=np.array([5.0, 20, 49, 50, math.nan]),
        industries=np.array(["C29", "J62", "J62", "J62", ""]),
    )


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("wrong_field", [0, 0.5, 0.5, 0.5 / math.sqrt(2), 0]),
        ("wrong_size", [0, 0.5, 0.5, 0, 0]),
        ("too_far", [0, 0.25, 0.25, 0, 0]),
        ("competitor", [0, 0.5, 0.5, 0.5, 0]),
        ("known_already", [0] * 5),
        ("bad_timing", [0] * 5),
        ("other", [0] * 5),
        ("from a later version", [0] * 5),
    ],
)
def test_a_reason_lowers_those_that_share_its_trait(reason: str, expected: list[float]) -> None:
    found = lists.refusal_penalties(_traits(), 0, [(1, reason)])
    assert found.values == pytest.approx([math.expm1(-each) for each in expected])
    assert found.causes.tolist() == [0 if each else -1 for each in expected]


def test_many_refusals_never_take_more_than_the_bound() -> None:
    many = [(1, "wrong_field")] * 30
    found = lists.refusal_penalties(_traits(), 0, many)
    assert found.values.min() == pytest.approx(-1)
    assert (found.values >= -1).all()
    one, two = (lists.refusal_penalties(_traits(), 0, many[:count]).values[1] for count in (1, 2))
    assert two < one < 0
    assert two - one > one, "the second weighs less than the first"


def test_the_cause_is_the_refusal_that_takes_most() -> None:
    found = lists.refusal_penalties(_traits(), 0, [(1, "too_far"), (1, "wrong_field"), (2, "wrong_field")])
    assert found.causes.tolist() == [-1, 1, 1, 1, -1]
    assert not lists.refusal_penalties(_traits(), 0, []).values.any()


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_prices_hold_their_promise_on_any_pools(seed: int) -> None:
    chance = np.random.default_rng(seed)
    pools = _pools(seed, count=int(chance.integers(1, 40)), candidates=30, depth=int(chance.integers(1, 30)))
    places = int(chance.integers(1, 8))
    prices = lists.fit_prices(pools, 30, lists.Evenness(float(chance.uniform(0, 2)), places))
    assert ((prices >= 0) & np.isfinite(prices)).all()
    shown = exposures(pools.at(lists.order(pools, places, prices)), 30, places)
    assert shown.sum() == exposures(pools.at(lists.order(pools, places)), 30, places).sum()
    assert (prices[np.setdiff1d(np.arange(30), pools.candidates)] == 0).all()

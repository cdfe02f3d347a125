"""Reasons share a score out among them: whole points that add up to what is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from madang_graph.subjects.suggestions import with_points


def points(weights: list[float], score: float) -> list[int]:
    return [one["points"] for one in with_points([{"weight": weight} for weight in weights], score)]


def test_points_are_shares_by_weight() -> None:
    assert points([3.0, 1.0], 0.8) == [60, 20]
    assert points([1.0, 1.0, 1.0], 0.5) == [17, 17, 16]


def test_what_adds_nothing_has_no_points() -> None:
    assert points([2.0, 0.0, -1.0], 0.9) == [90, 0, 0]
    assert points([0.0, 0.0], 0.05) == [0, 0]
    assert points([], 0.5) == []


@given(st.lists(st.floats(0.001, 5), min_size=1, max_size=12), st.floats(0, 1))
def test_points_add_up_to_the_rounded_score(weights: list[float], score: float) -> None:
    found = points(weights, score)
    assert sum(found) == round(score * 100)
    assert min(found) >= 0

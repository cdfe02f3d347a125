"""The stage of the cluster graph: squares, lines, names in their room, and who bridges yards."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from madang_frontend.stage import Stage, stage_of
from madang_frontend.stage_room import Room, width_of, wrapped
from madang_frontend.stage_time import period_of


def community(number: int, size: int, inner: int, outer: int, **more: Any) -> dict[str, Any]:
    place = {"x": -1.0 + number, "y": 0.5 - number / 2}
    name = {"name": f"마당{number}"}
    return {"number": number, "size": size, "innerEdges": inner, "outerEdges": outer, **name, **place, **more}


def bridge(position: int, home: int, betweenness: float) -> dict[str, Any]:
    organisation = {"id": f"org_{position}", "name": f"조직{position}", "kind": "STARTUP"}
    return {"position": position, "community": home, "betweenness": betweenness, "organisation": organisation}


def graph(**more: Any) -> dict[str, Any]:
    return {
        "communities": [
            community(0, 40, 90, 10),
            community(1, 10, 20, 9),
            community(2, 2, 1, 1, x=None, y=None),
            community(3, 7, 0, 0, x=None, y=None, name="아직 연결 없음"),
        ],
        "communityTies": [{"source": 0, "target": 1, "count": 9}, {"source": 0, "target": 2, "count": 1}],
        "crossings": [
            {"position": 4, "community": 1, "ties": 8},
            {"position": 4, "community": 2, "ties": 1},
            {"position": 9, "community": 0, "ties": 2},
        ],
        "bridges": [bridge(4, 0, 0.5), bridge(7, 0, 0.4), bridge(9, 1, 0.1)],
        **more,
    }


def stage(asked: str = "", **more: Any) -> Stage:
    return stage_of(graph(**more), asked, "마당 %(number)s")


def test_a_side_grows_with_the_root_of_the_size_and_a_gate_with_the_share_outwards() -> None:
    shown = stage()
    sides = {yard.number: yard.side for yard in shown.yards}
    assert sides == {0: 68, 1: 46, 2: 0}
    assert [(yard.number, round(yard.share, 2), yard.closed) for yard in shown.yards] == [
        (0, 0.1, False), (1, 0.31, False), (2, 0.5, False),
    ]  # fmt: skip
    gates = [2 * float(yard.walls.rpartition("H")[2]) / yard.side for yard in shown.drawn]
    assert gates == pytest.approx([0.12, 0.31], abs=0.01)
    assert stage(communities=[community(0, 5, 4, 0)]).yards[0].walls.endswith("Z")


def test_those_without_ties_are_no_yard_and_undrawn_yards_stand_in_the_table() -> None:
    shown = stage()
    assert shown.untied == 7
    assert [yard.number for yard in shown.drawn] == [0, 1]
    assert len(shown.yards) == 3
    assert [(line.count, line.width) for line in shown.lines] == [(9, "8.0")]


def test_a_bridge_says_why() -> None:
    first, last = stage().bridges
    assert (first.id, first.reached, first.cut, first.foremost, first.ties, first.all_ties) == (
        "org_4", 2, 1, "마당1", 8, 9,
    )  # fmt: skip
    assert (last.id, last.reached, last.cut, last.ties, last.all_ties) == ("org_9", 1, 0, 2, 9)


def test_a_chosen_yard_has_its_own_bridges_and_neighbours() -> None:
    shown = stage("2")
    assert shown.chosen is not None
    assert shown.chosen.number == 2
    assert [each.id for each in shown.bridges] == ["org_4"]
    assert shown.bridges[0].foremost == "마당2"
    assert [(yard.number, count) for yard, count in stage("0").neighbours] == [(1, 9), (2, 1)]


@pytest.mark.parametrize("asked", ["", "3", "99", "-1", "x", "١", "0' OR 1"])
def test_a_yard_that_is_not_there_is_not_chosen(asked: str) -> None:
    assert stage(asked).chosen is None


def test_nothing_and_nobody() -> None:
    shown = stage(communities=[], communityTies=[], crossings=[], bridges=[])
    assert (shown.yards, shown.lines, shown.bridges, shown.closed, shown.crossing) == ((), (), (), 0, 0)
    only = stage(communities=[community(0, 2, 1, 0, x=0.0, y=0.0, name=None)], communityTies=[], crossings=[])
    assert [(yard.name, yard.drawn, yard.closed) for yard in only.yards] == [("마당 1", True, True)]


@given(st.text(max_size=200))
def test_a_name_fits_in_two_lines(text: str) -> None:
    lines = wrapped(text)
    assert 1 <= len(lines) <= 2
    assert all(width_of(line) <= 9 for line in lines)


def test_names_break_where_words_do() -> None:
    assert wrapped("정밀 가공·금형") == ("정밀 가공·금형",)
    assert wrapped("Warehouse management and fulfilment") == ("Warehouse", "management…")
    assert len(wrapped("가" * 200)) == 2


def test_a_post_stands_where_its_name_covers_nothing_and_bare_where_all_is_taken() -> None:
    room = Room([(100, 90, 200, 110)])
    (x, _), leftwards, label = room.post_on((0, 100), (400, 100), "모루")
    assert label == "모루"
    assert x < 100 or x > 200 or leftwards
    full = Room([(-500, -500, 1500, 1500)])
    assert full.post_on((0, 100), (400, 100), "모루")[2] == ""


def start(year: int, quarter: int, count: int, source: int = 0, target: int = 1) -> dict[str, int]:
    return {"source": source, "target": target, "year": year, "quarter": quarter, "count": count}


def test_a_period_counts_what_began_in_it() -> None:
    starts = [start(2024, 2, 3), start(2024, 4, 2, 0, 0), start(2025, 1, 5)]
    period = period_of(starts, "", "")
    assert period is not None
    assert (period.first, period.last, period.whole, period.count) == (2024 * 4, 2025 * 4, True, 10)
    assert [(bar.year, bar.quarter, bar.count) for bar in period.bars] == [
        (2024, 1, 0), (2024, 2, 3), (2024, 3, 0), (2024, 4, 2), (2025, 1, 5),
    ]  # fmt: skip
    later = period_of(starts, str(2025 * 4), str(2024 * 4 + 3))
    assert later is not None
    assert (dict(later.ties), later.count) == ({(0, 0): 2, (0, 1): 5}, 7)
    assert [bar.inside for bar in later.bars] == [False, False, False, True, True]
    assert [line.count for line in stage_of(graph(), "", "", later).lines] == [5]


@pytest.mark.parametrize("odd", ["x", "-1", "0", "99999999999999", "1e3"])
def test_a_period_that_is_not_there_is_all(odd: str) -> None:
    period = period_of([start(2024, 2, 3), start(2025, 1, 5)], odd, odd)
    assert period is not None
    assert period.whole


def test_one_quarter_makes_no_track_and_an_old_one_no_long_one() -> None:
    assert period_of([], "", "") is None
    assert period_of([start(2024, 2, 3)], "", "") is None
    long = period_of([start(1901, 1, 3), start(2025, 1, 5)], "", "")
    assert long is not None
    assert (len(long.bars), long.count) == (80, 8)

"""Maps: boundaries are compact and wound for a sphere, classes have round limits, the stage keeps its room."""

from __future__ import annotations

import pytest
from madang_frontend.maps import map_facts, steps_of

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[127.0, 37.5], [127.1, 37.5], [127.1, 37.6], [127.0, 37.6], [127.0, 37.5]]],
}
ISLANDS = {
    "type": "MultiPolygon",
    "coordinates": [SQUARE["coordinates"], [[[127.2, 37.5], [127.3, 37.5], [127.2, 37.6]]]],
}

SEOUL = [124, 73, 70, 63, 56, 47, 44, 43, 42, 42, 41, 19, 14, 14, 13, 11, 10, 9, 9, 7, 7, 6, 5, 4, 3]


@pytest.mark.parametrize(
    ("values", "lows"),
    [
        ([], []),
        ([0, 0], []),
        ([3], [3]),
        ([1, 1, 1], [1]),
        (
            [124, 73, 70, 63, 56, 47, 44, 43, 42, 42, 41, 19, 14, 14, 13, 11, 10, 9, 9, 7, 7, 6, 5, 4, 3],
            [50, 40, 12, 6, 3],
        ),
        ([120, 4000, 33000], [30000, 4000, 120]),
    ],
)
def test_classes_have_round_limits_and_the_highest_comes_first(values: list[int], lows: list[int]) -> None:
    steps = steps_of(values)
    assert [step.low for step in steps] == lows
    assert [step.number for step in steps] == [5, 4, 3, 2, 1][: len(steps)]
    assert [step.high for step in steps] == [None, *(low - 1 for low in lows)][: len(steps)]
    assert all(value == 0 or any(step.low <= value for step in steps) for value in values)


def test_every_value_is_in_the_class_of_its_shade() -> None:
    facts = map_facts([{"name": f"{value}", "boundary": SQUARE, "value": value} for value in (0, 1, 5, 9, 40, 41)])
    lows = {step.number: step.low for step in facts.steps}
    for area in facts.content["areas"]:
        assert area["step"] == max((number for number, low in lows.items() if low <= area["value"]), default=0)
    assert facts.empty


def test_an_area_without_a_boundary_is_left_out() -> None:
    facts = map_facts(
        [{"name": "경계 없음", "boundary": None, "value": 4}, {"name": "강남구", "boundary": SQUARE, "value": 2}]
    )
    assert [area["name"] for area in facts.content["areas"]] == ["강남구"]
    assert [step.low for step in facts.steps] == [2]
    nothing = map_facts([{"name": "점", "boundary": {"type": "Point", "coordinates": [127.0, 37.5]}, "value": 9}])
    assert (nothing.content["areas"], nothing.steps) == ([], ())
    assert nothing.height > 0


def test_rings_are_whole_steps_from_the_north_west_corner_and_repeated_places_are_dropped() -> None:
    fine = {"type": "Polygon", "coordinates": [[[127.0, 37.5], [127.0, 37.6], [127.1, 37.6], [127.100001, 37.600002]]]}
    ((ring,),) = map_facts([{"name": "a", "boundary": fine}]).content["areas"][0]["shape"]
    assert ring[:4] == [0, 500, 0, -500]
    # A degree of longitude is shorter than one of latitude, so that shapes look as they are.
    assert ring[4:] == [396, 0]


def test_the_stage_has_the_ratio_of_what_is_looked_at() -> None:
    wide = map_facts([{"name": "a", "boundary": ISLANDS}, {"name": "b", "boundary": SQUARE, "chosen": True}])
    near = map_facts(
        [{"name": "a", "boundary": ISLANDS}, {"name": "b", "boundary": SQUARE, "chosen": True}], close=True
    )
    assert wide.height < near.height
    assert near.content["close"] is True


def test_points_without_a_place_are_left_out() -> None:
    points = [
        {"name": "가", "longitude": None, "latitude": None},
        {"name": "나", "longitude": 127.00001, "latitude": 37.5},
    ]
    assert map_facts([], points).content["points"] == [{"name": "나", "at": [635000, -187500]}]

"""What a map needs besides its words: compact boundaries, five classes of a value, and the shape of the stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Ring = Sequence[Sequence[float]]

STAGE_WIDTH = 1000
_PLACES = 4
"""Decimals of a degree that are kept: 11 m."""
_NICE = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
_FLATTEST, _TALLEST = 0.55, 1.3
_SUFFIX = "-gu"


@dataclass(frozen=True, slots=True)
class Step:
    """One class of a choropleth; 5 is the darkest."""

    number: int
    low: int
    high: int | None
    """Highest value of the class; None: no upper end."""


@dataclass(frozen=True, slots=True)
class MapFacts:
    """A map as the part `parts/map.html` takes it."""

    width: int
    height: int
    """Stage of the drawing: only the ratio counts, so that the page keeps the room."""
    steps: tuple[Step, ...]
    """Classes of the values, highest first; empty for a map without values."""
    empty: bool
    """True: an area has the value 0."""
    content: Mapping[str, Any]
    """What the script draws."""


def map_facts(
    areas: Iterable[Mapping[str, Any]],
    points: Iterable[Mapping[str, Any]] = (),
    *,
    close: bool = False,
    more: str = "",
) -> MapFacts:
    """Return a map of the areas that have a boundary.

    Args:
        areas: each {name, href, boundary, text, value, chosen, quiet}; all but name and boundary may be missing.
            value: shades the area. text: the value in words, for the tooltip. chosen: stands out. quiet: no label.
        points: each {name, href, longitude, latitude, text, mark}; those without a place are left out.
            mark: a letter or number to be shown in the square; points without one that would cover each other join.
        close: fill the stage with the chosen areas, their neighbours around them.
        more: where several points that stand in one place lead together.
    """
    drawn = [area for area in areas if area.get("boundary")]
    values = [area["value"] for area in drawn if area.get("value") is not None]
    steps = steps_of(values)
    shapes = [_shape(area["boundary"]) for area in drawn]
    seen = [shape for area, shape in zip(drawn, shapes, strict=True) if area.get("chosen")] if close else []
    height = round(STAGE_WIDTH * _ratio(seen or shapes))
    content = {
        "close": bool(seen),
        "more": more,
        "areas": [_area(area, shape, steps) for area, shape in zip(drawn, shapes, strict=True)],
        "points": [_point(each) for each in points if each.get("longitude") is not None],
    }
    return MapFacts(STAGE_WIDTH, height, steps, 0 in values, content)


def steps_of(values: Sequence[int]) -> tuple[Step, ...]:
    """Return at most five classes with round limits that hold about equally many of the values above 0 each.

    Highest first. Fewer different values make fewer classes; none, or only zeros, make none.
    """
    ranked = sorted(value for value in values if value > 0)
    if not ranked:
        return ()
    kept = sorted({_round_down(ranked[len(ranked) * part // 5]) for part in range(5)})
    numbers = range(6 - len(kept), 6)
    ends = [*(low - 1 for low in kept[1:]), None]
    made = [Step(number, low, high) for number, low, high in zip(numbers, kept, ends, strict=True)]
    return tuple(reversed(made))


def _round_down(value: int) -> int:
    scale = 1
    while value >= 100 * scale:
        scale *= 10
    return max(nice * scale for nice in _NICE if nice * scale <= value)


def _step(value: int | None, steps: Iterable[Step]) -> int | None:
    if value is None:
        return None
    return next((step.number for step in steps if value >= step.low), 0)


def _area(area: Mapping[str, Any], shape: Mapping[str, Any], steps: Iterable[Step]) -> dict[str, Any]:
    name = str(area["name"])
    made = {
        "name": name,
        "label": None if area.get("quiet") else name.removesuffix(_SUFFIX),
        "href": area.get("href") or None,
        "text": str(area["text"]) if area.get("text") else None,
        "value": area.get("value"),
        "step": _step(area.get("value"), steps),
        "chosen": bool(area.get("chosen")),
        "shape": shape,
    }
    return {key: value for key, value in made.items() if value is not None and value is not False}


def _point(point: Mapping[str, Any]) -> dict[str, Any]:
    made = {
        "name": str(point["name"]),
        "href": point.get("href") or None,
        "text": str(point["text"]) if point.get("text") else None,
        "mark": str(point["mark"]) if point.get("mark") else None,
        "at": [round(point["longitude"], _PLACES), round(point["latitude"], _PLACES)],
    }
    return {key: value for key, value in made.items() if value is not None}


def _shape(boundary: Mapping[str, Any]) -> dict[str, Any]:
    """Return the geometry rounded, without repeated places, outer rings clockwise: on a sphere that is their inside."""
    kind = boundary["type"]
    coordinates = boundary["coordinates"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": _polygon(coordinates)}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [_polygon(each) for each in coordinates]}
    return {"type": "MultiPolygon", "coordinates": []}


def _polygon(rings: Sequence[Ring]) -> list[list[list[float]]]:
    return [_wound(_rounded(ring), clockwise=number == 0) for number, ring in enumerate(rings)]


def _rounded(ring: Ring) -> list[list[float]]:
    made: list[list[float]] = []
    for place in ring:
        rounded = [round(place[0], _PLACES), round(place[1], _PLACES)]
        if not made or made[-1] != rounded:
            made.append(rounded)
    return made


def _wound(ring: list[list[float]], *, clockwise: bool) -> list[list[float]]:
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    return ring if (twice_area < 0) == clockwise else ring[::-1]


def _ratio(shapes: Sequence[Mapping[str, Any]]) -> float:
    places = [place for shape in shapes for place in _places(shape["coordinates"])]
    if not places:
        return _FLATTEST
    east, north = [place[0] for place in places], [place[1] for place in places]
    wide = (max(east) - min(east)) * cos(radians((max(north) + min(north)) / 2))
    tall = max(north) - min(north)
    return min(_TALLEST, max(_FLATTEST, tall / wide)) if wide else 1.0


def _places(coordinates: Any) -> Iterator[Sequence[float]]:
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield coordinates
        return
    for each in coordinates:
        yield from _places(each)

"""What a map needs besides its words: compact boundaries, five classes of a value, and the shape of the stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Ring = Sequence[Sequence[float]]
Line = list[list[int]]

STAGE_WIDTH = 1000
_UNITS = 5_000
"""Units of the drawing in a degree of latitude: 22 m each, about a pixel where a gu fills the stage."""
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
    drawn = [area for area in areas if (area.get("boundary") or {}).get("type") in ("Polygon", "MultiPolygon")]
    steps = steps_of([area["value"] for area in drawn if area.get("value") is not None])
    grid = Grid.over(area["boundary"] for area in drawn)
    shapes = [_polygons(area["boundary"], grid) for area in drawn]
    seen = [shape for area, shape in zip(drawn, shapes, strict=True) if area.get("chosen")] if close else []
    height = round(STAGE_WIDTH * _ratio(seen or shapes))
    content = {
        "close": bool(seen),
        "more": more,
        "areas": [_area(area, shape, steps) for area, shape in zip(drawn, shapes, strict=True)],
        "points": [_point(each, grid) for each in points if each.get("longitude") is not None],
    }
    return MapFacts(STAGE_WIDTH, height, steps, any(area.get("value") == 0 for area in drawn), content)


@dataclass(frozen=True, slots=True)
class Grid:
    """A plane of whole numbers over a small part of the world: east from its west end, south from its north end."""

    west: float
    north: float
    shrink: float
    """Length of a degree of longitude in degrees of latitude."""

    @classmethod
    def over(cls, boundaries: Iterable[Mapping[str, Any]]) -> Grid:
        """Return the grid whose corner is the north-west one of all boundaries."""
        places = [place for boundary in boundaries for place in _places(boundary["coordinates"])]
        if not places:
            return cls(0, 0, 1)
        north, south = max(place[1] for place in places), min(place[1] for place in places)
        return cls(min(place[0] for place in places), north, cos(radians((north + south) / 2)))

    def at(self, longitude: float, latitude: float) -> list[int]:
        """Return where a place of the world stands."""
        return [round((longitude - self.west) * self.shrink * _UNITS), round((self.north - latitude) * _UNITS)]


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


def _area(area: Mapping[str, Any], polygons: list[list[Line]], steps: Iterable[Step]) -> dict[str, Any]:
    name = str(area["name"])
    made = {
        "name": name,
        "label": None if area.get("quiet") else name.removesuffix(_SUFFIX),
        "href": area.get("href") or None,
        "text": str(area["text"]) if area.get("text") else None,
        "value": area.get("value"),
        "step": _step(area.get("value"), steps),
        "chosen": bool(area.get("chosen")),
        "shape": [[_steps_of_line(line) for line in rings] for rings in polygons],
    }
    return {key: value for key, value in made.items() if value is not None and value is not False}


def _point(point: Mapping[str, Any], grid: Grid) -> dict[str, Any]:
    made = {
        "name": str(point["name"]),
        "href": point.get("href") or None,
        "text": str(point["text"]) if point.get("text") else None,
        "mark": str(point["mark"]) if point.get("mark") else None,
        "at": grid.at(point["longitude"], point["latitude"]),
    }
    return {key: value for key, value in made.items() if value is not None}


def _polygons(boundary: Mapping[str, Any], grid: Grid) -> list[list[Line]]:
    """Return the rings of each polygon on the grid, without repeated places."""
    found = {"Polygon": [boundary["coordinates"]], "MultiPolygon": boundary["coordinates"]}
    return [[_line(ring, grid) for ring in polygon] for polygon in found[boundary["type"]]]


def _line(ring: Ring, grid: Grid) -> Line:
    made: Line = []
    for place in ring:
        spot = grid.at(place[0], place[1])
        if not made or made[-1] != spot:
            made.append(spot)
    return made


def _steps_of_line(line: Line) -> list[int]:
    """Return the first place and then each step from place to place, flat: small numbers travel light."""
    before = [[0, 0], *line]
    return [number for a, b in zip(before, line, strict=False) for number in (b[0] - a[0], b[1] - a[1])]


def _ratio(shapes: Sequence[list[list[Line]]]) -> float:
    places = [place for polygons in shapes for rings in polygons for line in rings for place in line]
    if not places:
        return _FLATTEST
    wide = max(place[0] for place in places) - min(place[0] for place in places)
    tall = max(place[1] for place in places) - min(place[1] for place in places)
    return min(_TALLEST, max(_FLATTEST, tall / wide)) if wide else 1.0


def _places(coordinates: Any) -> Iterator[Sequence[float]]:
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield coordinates
        return
    for each in coordinates:
        yield from _places(each)

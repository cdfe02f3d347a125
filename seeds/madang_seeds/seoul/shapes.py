"""Points inside polygons, for places that are known only by their gu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Any

Ring = Sequence[Sequence[float]]
Polygons = Sequence[Sequence[Ring]]
"""Polygons, each an outer ring and its holes; a ring is a closed list of (longitude, latitude)."""


def polygons_of(geometry: Mapping[str, Any]) -> Polygons:
    """Return the polygons of a GeoJSON Polygon or MultiPolygon."""
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else coordinates


def contains(polygons: Polygons, longitude: float, latitude: float) -> bool:
    """Say whether the point is inside: in an outer ring and in none of its holes."""
    for outer, *holes in polygons:
        if _in_ring(outer, longitude, latitude):
            return not any(_in_ring(hole, longitude, latitude) for hole in holes)
    return False


def _in_ring(ring: Ring, longitude: float, latitude: float) -> bool:
    """Even-odd rule: a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def point_inside(polygons: Polygons, random: Random) -> tuple[float, float]:
    """Return a random point inside, (longitude, latitude), to five digits (about a metre)."""
    ring = max((polygon[0] for polygon in polygons), key=len)
    xs, ys = [point[0] for point in ring], [point[1] for point in ring]
    while True:
        longitude = round(random.uniform(min(xs), max(xs)), 5)
        latitude = round(random.uniform(min(ys), max(ys)), 5)
        if contains(polygons, longitude, latitude):
            return longitude, latitude

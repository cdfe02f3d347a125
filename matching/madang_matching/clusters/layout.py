"""Where each member is drawn: every community a disc, tied communities near each other."""

from __future__ import annotations

import math

import numpy as np

from madang_matching.clusters.inside import spread
from madang_matching.sparse import Floats, Ints, Sparse, row_counts, submatrix

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
GAP = 1.6
"""Free way between discs, in distances of neighbouring members."""

PACKED = 80
"""So many discs, the largest, are packed by their ties; the rest stand on rings around them."""

ANGLES = 48
"""Directions tried for each disc."""


def layout(communities: Ints, bonds: Floats, ties: Sparse) -> Floats:
    """Return places, shape (n, 2), -1 to 1.

    Args:
        communities: shape (n,), numbers from 0.
        bonds: shape (k, k), summed ties between communities.
        ties: shape (n, n), symmetric; within a disc those tied to each other lie near each other.

    The same input gives the same places; no two members share one.
    """
    count, degrees = bonds.shape[0], row_counts(ties)
    sizes = np.bincount(communities, minlength=count)
    centres = _pack(np.sqrt(sizes) + GAP / 2, bonds)
    places = np.zeros((len(communities), 2))
    for number in range(count):
        members = np.flatnonzero(communities == number)
        members = members[np.lexsort((members, -degrees[members]))]
        start = _sunflower(len(members))
        places[members] = centres[number] + spread(submatrix(ties, members), start)
    if not len(places):
        return places
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    return (places - middle) / max(float(np.abs(places - middle).max()), 1.0)


def _sunflower(count: int) -> Floats:
    """Return points of a disc at even density, the first in its middle.

    Source: H. Vogel, A better way to construct the sunflower head, Mathematical Biosciences 44, 1979.
    """
    index = np.arange(count)
    radius, angle = np.sqrt(index), index * GOLDEN_ANGLE
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _pack(radii: Floats, bonds: Floats) -> Floats:
    """Return disc centres without overlap: one after the other, each where it is nearest to those it is tied to."""
    centres = np.zeros((len(radii), 2))
    angles = np.linspace(0, 2 * math.pi, ANGLES, endpoint=False)
    directions = np.column_stack((np.cos(angles), np.sin(angles)))
    for number in range(1, min(len(radii), PACKED)):
        placed, reach = centres[:number], radii[:number] + radii[number]
        spots = (placed[:, None, :] + reach[:, None, None] * directions).reshape(-1, 2)
        apart = np.linalg.norm(spots[:, None, :] - placed, axis=2)
        pull: Floats = apart @ bonds[number, :number] + 0.1 * np.linalg.norm(spots, axis=1)
        pull[(apart < reach - 1e-9).any(axis=1)] = np.inf
        steps = np.rint(pull * 1e9)  # beyond nine digits, sums differ by the order of adding
        centres[number] = spots[int(np.argmin(steps))]
    centres[PACKED:] = _rings(radii[PACKED:], _extent(centres[:PACKED], radii[:PACKED]))
    return centres


def _extent(centres: Floats, radii: Floats) -> float:
    return float((np.linalg.norm(centres, axis=1) + radii).max(initial=0.0))


def _rings(radii: Floats, inner: float) -> Floats:
    """Return centres on rings around the rest, for the many small discs of a district in pieces."""
    centres = np.zeros((len(radii), 2))
    if not len(radii):
        return centres
    widest = float(radii.max())
    ring, angle = inner + widest, 0.0
    for number in range(len(radii)):
        step = 2 * math.asin(min(1.0, widest / ring))
        if angle + step > 2 * math.pi:
            ring, angle = ring + 2 * widest, 0.0
        centres[number] = ring * math.cos(angle), ring * math.sin(angle)
        angle += step
    return centres

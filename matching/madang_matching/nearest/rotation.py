"""Vectors turned so that the first coordinates hold most of their length, and how much the rest can still add."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from madang_matching.nearest.exact import Vectors, unit_of
from madang_matching.sparse import Floats

_SAMPLE = 20_000
_AT_ONCE = 8_192
_ABOVE = 1 + 2.0**-20
"""Lengths are rounded up by this factor, which is more than float32 can take away."""


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """One query, as given and turned."""

    vector: Vectors
    """Shape (d,), as given."""
    scaled: Vectors
    """Shape (d,), divided by `unit`: its products with the vectors lie between -1 and 1."""
    turned: Vectors
    """Shape (d,), turned and scaled to a length of at most 1."""
    rests: Vectors
    """Length of what follows each depth, never too small."""
    unit: float
    """What a scaled score is to be multiplied with."""


@dataclass(frozen=True, slots=True, eq=False)
class Rotated:
    """n vectors of d coordinates, turned, scaled to lengths of at most 1, one coordinate after the other in memory.

    For x and q turned alike, the inner product is that of the first coordinates plus something between
    -|rest of q| |rest of x| and +|rest of q| |rest of x| (Cauchy-Schwarz).
    """

    turn: Floats
    """Shape (d, d), orthogonal: the eigenvectors of the second moment, those of the greatest eigenvalues first."""
    unit: float
    """A power of two; the vectors were divided by it."""
    coordinates: Vectors
    """Shape (d, n)."""
    depths: tuple[int, ...]
    """Ascending numbers of coordinates at which a search may look how much the rest can add; the last one is d."""
    rests: Vectors
    """Shape (len(depths) - 1, n): length of what follows each depth, never too small."""

    def query(self, vector: Vectors) -> Query:
        """Return a query of shape (d,) as the search needs it."""
        unit = unit_of(vector[None, :])
        turned = (vector.astype(np.float64) / unit) @ self.turn
        rests = [float(np.linalg.norm(turned[depth:])) * _ABOVE for depth in self.depths[:-1]]
        scaled = (vector.astype(np.float64) / (unit * self.unit)).astype(np.float32)
        return Query(vector, scaled, turned.astype(np.float32), np.array(rests, dtype=np.float32), unit * self.unit)


def rotate(vectors: Vectors, depths: tuple[int, ...]) -> Rotated:
    """Return the vectors turned.

    Args:
        vectors: shape (n, d), finite.
        depths: ascending, the last one d.
    """
    count, dimensions = vectors.shape
    unit = unit_of(vectors)
    turn = _principal_axes(vectors, unit)
    coordinates = np.empty((dimensions, count), dtype=np.float32)
    rests = np.empty((len(depths) - 1, count), dtype=np.float32)
    for start in range(0, count, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        turned = (vectors[part].astype(np.float64) / unit) @ turn
        coordinates[:, part] = turned.T
        for index, depth in enumerate(depths[:-1]):
            rests[index, part] = np.linalg.norm(turned[:, depth:], axis=1) * _ABOVE
    return Rotated(turn, unit, coordinates, depths, rests)


def _principal_axes(vectors: Vectors, unit: float) -> Floats:
    """Return the axes of evenly spaced rows. Any orthogonal turn is correct; this one leaves the shortest rests."""
    sample = vectors[:: max(1, len(vectors) // _SAMPLE)].astype(np.float64) / unit
    axes = np.linalg.eigh(sample.T @ sample)[1]
    return np.ascontiguousarray(axes[:, ::-1], dtype=np.float64)

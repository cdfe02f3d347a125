"""Distances on the globe."""

from __future__ import annotations

import numpy as np

from madang_matching.sparse import Floats

EARTH_RADIUS_KM = 6371.0088


def distance_km(places: Floats, others: Floats) -> Floats:
    """Return the great-circle distance of each place from the other at its side, shape (m,), km; NaN where unknown.

    Args:   places, others: shape (m, 2), longitude and latitude in degrees.
    Source: haversine formula, R. W. Sinnott, Sky and Telescope 68, 1984.
    """
    (from_longitude, from_latitude), (longitude, latitude) = np.radians(places).T, np.radians(others).T
    half = np.sin((latitude - from_latitude) / 2) ** 2
    half += np.cos(latitude) * np.cos(from_latitude) * np.sin((longitude - from_longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))

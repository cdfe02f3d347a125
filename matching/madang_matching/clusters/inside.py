"""Where members stand inside their community: as far from each other as there are steps between them."""

from __future__ import annotations

import numpy as np

from madang_matching.sparse import Floats, Sparse, times_matrix

LARGEST = 300
"""Larger communities keep the even disc: distances between all pairs would take too long."""

ROUNDS = 120


def spread(links: Sparse, start: Floats) -> Floats:
    """Return places of the members of one community, shape (n, 2), around 0, none farther than the farthest of `start`.

    Args:
        links: shape (n, n), symmetric, ties inside.
        start: shape (n, 2), distinct places to begin from.
    Source: E. R. Gansner et al., Graph drawing by stress majorization, 2004; all weights 1.
    """
    size = links.shape[0]
    reach = float(np.linalg.norm(start, axis=1).max(initial=0.0))
    if size < 4 or size > LARGEST or not reach:
        return start
    wanted = _steps(links)
    places = start * (wanted.mean() / reach)
    for _ in range(ROUNDS):
        apart = np.linalg.norm(places[:, None] - places, axis=2)
        pull = np.divide(wanted, apart, out=np.zeros_like(apart), where=apart > 1e-9)
        places = (places * pull.sum(axis=1)[:, None] - pull @ places) / size
    places = _loosened(places - places.mean(axis=0))
    return places * (reach / max(float(np.linalg.norm(places, axis=1).max()), 1e-9))


def _steps(links: Sparse) -> Floats:
    """Return the number of steps between each two, shape (n, n); between parts that do not hang together one more."""
    size = links.shape[0]
    near = links.copy()
    near.data = np.ones(len(near.data))
    steps = np.full((size, size), np.inf)
    front: Floats = np.eye(size)
    depth = 0
    while front.any():
        steps[(front > 0) & np.isinf(steps)] = depth
        front = np.where(np.isinf(steps), times_matrix(near, front), 0.0)
        depth += 1
    steps[np.isinf(steps)] = depth
    return steps


def _loosened(places: Floats) -> Floats:
    """Push apart those that stand nearer than the even distance between neighbours, so that names find room."""
    size = len(places)
    least = 1.3 * float(np.linalg.norm(places, axis=1).max()) / np.sqrt(size)
    for _ in range(80):
        gaps = places[:, None] - places
        apart = np.linalg.norm(gaps, axis=2)
        np.fill_diagonal(apart, np.inf)
        close = apart < least
        if not close.any():
            break
        angle = np.arange(size) * 2.4
        apart_way = np.where(
            apart[..., None] > 1e-6,
            gaps / np.maximum(apart, 1e-6)[..., None],
            np.column_stack((np.cos(angle), np.sin(angle)))[:, None],
        )
        places = places + (apart_way * (np.where(close, least - apart, 0.0) / 2)[..., None]).sum(axis=1)
    return places

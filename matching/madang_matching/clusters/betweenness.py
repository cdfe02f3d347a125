"""Betweenness: who stands on the shortest paths between others."""

from __future__ import annotations

import numpy as np

from madang_matching.sparse import Floats, Ints, Sparse, times_matrix

EXACT_UP_TO = 2_000
"""Larger graphs are measured from so many start points, chosen by the seed."""

BLOCK = 128
"""Start points handled at once; memory is about 40 bytes per node and start point."""


def betweenness_of(ties: Sparse, seed: int = 0) -> Floats:
    """Return the share of shortest paths between two others that pass each node, shape (n,), 0 to 1.

    Every tie has length 1. Exact up to 2,000 nodes, else estimated from 2,000 start points.

    Source: U. Brandes, A faster algorithm for betweenness centrality, J. Mathematical Sociology 25, 2001; start points:
        U. Brandes and C. Pich, Centrality estimation in large networks, 2007.
    """
    size: int = ties.shape[0]
    if size < 3:
        return np.zeros(size)
    links = ties.copy()
    links.data = np.ones(len(links.data))
    starts = _start_points(size, seed)
    total = np.zeros(size)
    for begin in range(0, len(starts), BLOCK):
        total += _dependencies(links, starts[begin : begin + BLOCK])
    return total * (size / len(starts)) / ((size - 1) * (size - 2))


def _start_points(size: int, seed: int) -> Ints:
    if size <= EXACT_UP_TO:
        return np.arange(size, dtype=np.int64)
    drawn: Ints = np.random.default_rng(seed).permutation(size)[:EXACT_UP_TO].astype(np.int64)
    drawn.sort()
    return drawn


def _dependencies(links: Sparse, starts: Ints) -> Floats:
    """Return the summed dependencies of these start points on each node, shape (n,)."""
    paths = np.zeros((links.shape[0], len(starts)))
    paths[starts, np.arange(len(starts))] = 1.0
    level = np.where(paths > 0, 0, -1)
    front, depth = paths.copy(), 0
    while front.any():
        depth += 1
        front = times_matrix(links, front) * (level < 0)
        level[front > 0] = depth
        paths += front
    through = np.zeros_like(paths)
    for step in range(depth, 0, -1):
        share = np.divide(1.0 + through, paths, out=np.zeros_like(paths), where=level == step)
        through += times_matrix(links, share) * paths * (level == step - 1)
    through[starts, np.arange(len(starts))] = 0.0
    return through.sum(axis=1)

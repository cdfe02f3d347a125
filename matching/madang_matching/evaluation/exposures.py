"""Who is shown how often: coverage, hub share, Gini index, top share, novelty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from madang_matching.evaluation.rankings import Ranking, mean_known
from madang_matching.sparse import Floats, Ints


def exposures(ranked: Ranking, candidates: int, k: int) -> Ints:
    """Return in how many lists each candidate stands among the first k, shape (candidates,)."""
    shown = ranked[:, :k]
    return np.bincount(shown[shown >= 0], minlength=candidates).astype(np.int64)


def coverage(ranked: Ranking, candidates: int, k: int) -> float:
    """Return the share of candidates that at least one list shows among its first k, 0 to 1.

    Args: candidates: how many could be shown at all; at least 1.
    """
    shown = ranked[:, :k]
    return len(np.unique(shown[shown >= 0])) / candidates


def hub_share(ranked: Ranking, popularity: NDArray[np.generic], k: int, share: float = 0.01) -> float:
    """Return the share of filled places among the first k that the most popular candidates take, 0 to 1.

    Args:
        popularity: shape (n,), for example past partners; ties go to the lesser column.
        share: which part of the candidates counts as hubs, rounded up.

    Returns: 0 where no place is filled.
    """
    hubs = np.argsort(-np.asarray(popularity, np.float64), kind="stable")[: int(np.ceil(len(popularity) * share))]
    shown = ranked[:, :k]
    slots = shown[shown >= 0]
    return float(np.isin(slots, hubs).mean()) if len(slots) else 0.0


def gini(values: NDArray[np.generic]) -> float:
    """Return the Gini index: 0 all alike, towards 1 one has all; 0 where all are zero.

    Args: values: shape (n,), zero or more: exposures of all candidates, those never shown included.
    Source: P. Dixon et al., Bootstrapping the Gini coefficient of inequality, Ecology 68(5), 1987, equation 2.
    """
    ordered = np.sort(np.asarray(values, np.float64))
    count, total = len(ordered), float(ordered.sum())
    if total <= 0:
        return 0.0
    return float((2 * np.arange(1, count + 1) - count - 1) @ ordered / (count * total))


def top_share(values: NDArray[np.generic]) -> float:
    """Return which share of all exposure the most exposed candidate has, 0 to 1; 0 where there is none."""
    total = float(np.sum(values, dtype=np.float64))
    return float(np.max(values)) / total if total > 0 else 0.0


def novelties(ranked: Ranking, popularity: NDArray[np.generic], people: int, k: int) -> Floats:
    """Return how little known what each list shows is, shape (q,), bits; NaN for an empty list.

    Mean self-information -log2 p over its first k places; p = (popularity + 1/2) / (people + 1), the smoothed share of
    people who know the candidate already.

    Args:
        popularity: shape (n,), how many people know each candidate, at most `people`.

    Source: P. Castells, N. Hurley, S. Vargas, Novelty and diversity in recommender systems, 2015, 26.3.
    """
    share = (np.asarray(popularity, np.float64) + 0.5) / (people + 1)
    surprise = np.append(-np.log2(share), 0.0)
    shown = ranked[:, :k]
    counts = (shown >= 0).sum(axis=1)
    sums = surprise[shown].sum(axis=1)
    return np.divide(sums, counts, out=np.full(len(shown), np.nan), where=counts > 0)


def novelty(ranked: Ranking, popularity: NDArray[np.generic], people: int, k: int) -> float:
    """Return the mean of `novelties` over lists that are not empty, bits."""
    return mean_known(novelties(ranked, popularity, people, k))

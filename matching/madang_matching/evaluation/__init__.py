"""Evaluation: what rankings, probabilities and reasons are worth, as pure functions of arrays.

A ranking is an int array of shape (q, k): row i holds the candidate columns shown to query i, best first, -1 where
there are no more. What was right is a sparse matrix of shape (q, n), not zero where candidate j is right for query i.
"""

from madang_matching.evaluation.calibrations import (
    Bin,
    calibration_error,
    calibration_errors_by_group,
    reliability_table,
)
from madang_matching.evaluation.explanations import Removals, add_up, count_removals, top_and_other
from madang_matching.evaluation.exposures import (
    coverage,
    exposures,
    gini,
    hub_share,
    novelties,
    novelty,
    top_share,
)
from madang_matching.evaluation.intervals import Interval, mean_interval, paired_interval
from madang_matching.evaluation.rankings import hits, macro_recall, mean_known, ndcg, precision, recall, reciprocal_rank
from madang_matching.evaluation.varieties import list_distances

__all__ = [
    "Bin",
    "Interval",
    "Removals",
    "add_up",
    "calibration_error",
    "calibration_errors_by_group",
    "count_removals",
    "coverage",
    "exposures",
    "gini",
    "hits",
    "hub_share",
    "list_distances",
    "macro_recall",
    "mean_interval",
    "mean_known",
    "ndcg",
    "novelties",
    "novelty",
    "paired_interval",
    "precision",
    "recall",
    "reciprocal_rank",
    "reliability_table",
    "top_and_other",
    "top_share",
]

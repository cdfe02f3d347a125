"""Scoring: features of a pair, weights that add up, reasons in words."""

from madang_matching.scoring.ports import Reasons, Scorer
from madang_matching.scoring.weights import Weights

__all__ = ["Reasons", "Scorer", "Weights"]

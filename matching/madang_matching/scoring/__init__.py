"""Scoring: features of a pair, weights that add up, reasons in words."""

from madang_matching.scoring.ports import Reasons, Scorer
from madang_matching.scoring.weights import Loaded, Weights, load_weights, run_version, save_weights

__all__ = ["Loaded", "Reasons", "Scorer", "Weights", "load_weights", "run_version", "save_weights"]

"""History of programmes: who joined which, and what that says for others."""

from madang_matching.fits.history.evidence import FEATURES, HistoryEvidence
from madang_matching.fits.history.ranking import (
    ProgrammeHistory,
    features_of,
    fit_history,
    history_features,
    rank_programmes,
)
from madang_matching.fits.history.subjects import Texts, encoded_texts, profiled_texts

__all__ = [
    "FEATURES",
    "HistoryEvidence",
    "ProgrammeHistory",
    "Texts",
    "encoded_texts",
    "features_of",
    "fit_history",
    "history_features",
    "profiled_texts",
    "rank_programmes",
]

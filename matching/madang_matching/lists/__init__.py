"""Making of lists from scores: both sides, exposure, variety, refusals. Nothing is scored here.

log-odds of both directions ── both_sides ──► one score, reasons add up
refusals ── barred, refusal_penalties ──► who is left out, what is lowered
pools of many lists ── fit_prices ──► prices ── varied_order ──► lists
"""

from madang_matching.lists.both_side_fits import fit_combination
from madang_matching.lists.both_sides import METHODS, Combination, Combined, Method, Side
from madang_matching.lists.exposure import Evenness, ExposureReport, exposure_report, fit_prices, fit_prices_within
from madang_matching.lists.pools import Pools, order
from madang_matching.lists.refusals import TRAITS, Penalties, Traits, refusal_penalties
from madang_matching.lists.variety import varied_order, variety_vectors

__all__ = [
    "METHODS",
    "TRAITS",
    "Combination",
    "Combined",
    "Evenness",
    "ExposureReport",
    "Method",
    "Penalties",
    "Pools",
    "Side",
    "Traits",
    "exposure_report",
    "fit_combination",
    "fit_prices",
    "fit_prices_within",
    "order",
    "refusal_penalties",
    "varied_order",
    "variety_vectors",
]

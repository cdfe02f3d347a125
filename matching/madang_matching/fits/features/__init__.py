"""The table of fit features. A new one is one module here and one row below."""

from __future__ import annotations

from madang_matching.fits.applicant import Applicant
from madang_matching.fits.features.members import ALIKE_MEMBERS, COMMON_MEMBERS
from madang_matching.fits.features.purposes import PURPOSES
from madang_matching.fits.features.rules import INDUSTRY, PLACE, PROVEN
from madang_matching.fits.features.technologies import TECHNOLOGIES
from madang_matching.fits.features.texts import NEED, SUMMARY
from madang_matching.fits.features.timing import TIMING
from madang_matching.scoring.features import Feature

FIT_FEATURES: tuple[Feature[Applicant], ...] = (
    TECHNOLOGIES,
    NEED,
    SUMMARY,
    PROVEN,
    PLACE,
    PURPOSES,
    INDUSTRY,
    TIMING,
    ALIKE_MEMBERS,
    COMMON_MEMBERS,
)

RULES_ONLY = frozenset(("rules", "place", "industry", "timing"))
"""What counts for organisations that opted out of profiling: rules and dates."""

INTERCEPT = -2.5
"""Log-odds of a call without any evidence: a score of 0.08."""

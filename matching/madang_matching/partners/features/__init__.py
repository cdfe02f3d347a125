"""The table of partner features. A new one is one module here and one row below."""

from __future__ import annotations

from madang_matching.partners.features.activity import ACTIVITY, CITY, COUNTRY, PARTNERS_COUNTRY, SUBJECTS
from madang_matching.partners.features.circles import CIRCLES, CIRCLES_STRENGTH
from madang_matching.partners.features.graph import (
    CLOSE_PARTNERS,
    COMMON_PARTNERS,
    COMMON_PEERS,
    FEW_PARTNERS,
    RECENT_PARTNERS,
)
from madang_matching.partners.features.industries import INDUSTRIES
from madang_matching.partners.features.kinds import KINDS
from madang_matching.partners.features.needs import NEED_ANSWERED, OFFER_WANTED
from madang_matching.partners.features.place import PLACE
from madang_matching.partners.features.sizes import SIZES, STAGE
from madang_matching.partners.features.summaries import SUMMARIES
from madang_matching.partners.features.technologies import TECHNOLOGY_SHARED, TECHNOLOGY_SOUGHT, TECHNOLOGY_WANTED
from madang_matching.partners.pairs import Pairs
from madang_matching.scoring.features import Feature

PARTNER_FEATURES: tuple[Feature[Pairs], ...] = (
    NEED_ANSWERED,
    OFFER_WANTED,
    TECHNOLOGY_SOUGHT,
    TECHNOLOGY_WANTED,
    COMMON_PARTNERS,
    FEW_PARTNERS,
    CLOSE_PARTNERS,
    RECENT_PARTNERS,
    COMMON_PEERS,
    CIRCLES,
    CIRCLES_STRENGTH,
    SUBJECTS,
    ACTIVITY,
    TECHNOLOGY_SHARED,
    PLACE,
    COUNTRY,
    PARTNERS_COUNTRY,
    CITY,
    SUMMARIES,
    INDUSTRIES,
    KINDS,
    SIZES,
    STAGE,
)

INTERCEPT = -3.0
"""Log-odds of a candidate without any evidence: a score of 0.05."""

"""Partners: who fits whom, complement before likeness, with reasons that add up."""

from madang_matching.partners.batches import partner_batches
from madang_matching.partners.search import Asked, PartnerSearch
from madang_matching.partners.suggestions import default_partner_weights, partner_suggestions

__all__ = [
    "Asked",
    "PartnerSearch",
    "default_partner_weights",
    "partner_batches",
    "partner_suggestions",
]

"""Partners: who fits whom, complement before likeness, with reasons that add up."""

from madang_matching.partners.batches import partner_batches
from madang_matching.partners.fitting import fit_partner_weights
from madang_matching.partners.search import explain_search_hit, search_partners
from madang_matching.partners.suggestions import default_partner_weights, partner_suggestions

__all__ = [
    "default_partner_weights",
    "explain_search_hit",
    "fit_partner_weights",
    "partner_batches",
    "partner_suggestions",
    "search_partners",
]

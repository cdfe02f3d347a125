"""What a scorer looks at, in the order of how much each can add."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from madang_matching.fits.features import FIT_FEATURES
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.scoring import Weights

from madang_server.matches.model_words import EVIDENCE, Words

_FEATURES = {"partners": PARTNER_FEATURES, "fits": FIT_FEATURES}


class Evidence(NamedTuple):
    """One kind of reason."""

    name: str
    """Kind of the reason, as in the lists."""
    weight: float
    """Most that it adds to a score, log-odds."""
    words: Words


def evidence(scorer: Weights) -> list[Evidence]:
    """Return the kinds of reasons that a scorer can give, heaviest first; those that add nothing are left out."""
    most = scorer.contributions(np.ones((1, len(scorer.features))))[0]
    weights: dict[str, float] = {}
    for feature, weight in zip(_FEATURES[scorer.subject], most, strict=True):
        weights[feature.reason] = weights.get(feature.reason, 0.0) + float(weight)
    words = EVIDENCE[scorer.subject]
    found = [Evidence(name, weight, words[name]) for name, weight in weights.items() if weight > 0 and name in words]
    return sorted(found, key=lambda each: (-each.weight, each.name))

"""Fitting the partner score on history."""

from __future__ import annotations

import numpy as np

from madang_matching.partners.candidates import Mask
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.suggestions import default_partner_weights
from madang_matching.partners.training import Cases, replay, windows
from madang_matching.profiles.arrays import Profiles
from madang_matching.scoring.weights import Weights

LEAST_PAIRS, ENOUGH_PAIRS = 200, 2_000
"""Fewer new pairs than the first leave the defaults as they are; windows are added until there are the second."""

WINDOWS = 6
"""At most so many windows, so that what is learned is not older than four years."""


def fit_partner_weights(profiles: Profiles, seed: int = 0) -> Weights:
    """Return weights fitted on the joint projects of the profiles; the defaults where history is thin.

    Deterministic for the same profiles and seed. Needs and offers keep at least their default weights: they are newer
    than the projects, so history cannot speak against them. Likeness has a ceiling: joint projects of the past favour
    the like, and a suggestion shall bring what one lacks.
    """
    defaults = default_partner_weights()
    cases = training_cases(profiles, profiles.profiled, profiles.profiled, seed)
    if sum(float(each.labels.sum()) for each in cases) < LEAST_PAIRS:
        return defaults
    from madang_matching.scoring.additive import AdditiveScorer  # scikit-learn is slow to import and only needed here

    scorer = AdditiveScorer(defaults, [(each.floor, each.ceiling) for each in PARTNER_FEATURES])
    features, labels, weights = (
        np.concatenate([getattr(each, name) for each in cases]) for name in ("features", "labels", "weights")
    )
    return scorer.fit(features, labels, weights).weights_


def training_cases(profiles: Profiles, among: Mask, seekers_among: Mask, seed: int) -> list[Cases]:
    """Return the latest windows, as many as give enough new pairs."""
    found: list[Cases] = []
    for window in windows(profiles, WINDOWS):
        cases = replay(profiles, window, among, seekers_among, seed)
        if cases is not None:
            found.append(cases)
        if sum(float(each.labels.sum()) for each in found) >= ENOUGH_PAIRS:
            break
    return found

"""Fitting the score of programmes on memberships: weights from the years before the latest, calibrated on others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from madang_matching.fits.features import FIT_FEATURES
from madang_matching.fits.lists import default_fit_weights
from madang_matching.fits.training import FitCases, joinings, replay_joining
from madang_matching.lists.both_sides import Combination
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Membership
from madang_matching.scoring.weights import Weights
from madang_matching.sparse import Floats

LEAST_JOINED = 60
"""Fewer programmes joined in the windows leave the defaults as they are."""

WINDOWS = 3
"""Years that are learnt from, the latest ones."""

FOLDS = 3
"""Parts of the organisations: each is calibrated on by what was learnt from the others."""


def fit_programme_weights(profiles: Profiles, memberships: Sequence[Membership], seed: int = 0) -> Weights:
    """Return what memberships teach; the defaults where they are few, or not dated.

    Deterministic for the same profiles, memberships and seed.
    """
    return fit_on(joining_cases(profiles, memberships, seed))


def joining_cases(profiles: Profiles, memberships: Sequence[Membership], seed: int) -> list[FitCases]:
    """Return the latest windows."""
    found = (replay_joining(profiles, memberships, each, seed) for each in joinings(profiles, memberships, WINDOWS))
    return [each for each in found if each is not None]


def fit_on(cases: Sequence[FitCases]) -> Weights:
    """Return the weights learnt from replayed windows, with the slope and shift that make the score a chance.

    What is calibrated on was not learnt from: the organisations are parted, and each part is scored by the weights of
    the others. Needs keep their default weight: they are newer than the memberships. So does the time of applying:
    whether a call of the past was open is not known.
    """
    if sum(float(each.labels.sum()) for each in cases) < LEAST_JOINED:
        return default_fit_weights()
    together = _joined(cases)
    rows = np.unique(together.seekers)
    unseen = np.zeros(len(together.labels))
    for part in range(FOLDS):
        held = rows[part::FOLDS]
        weights = _fitted(together.among(np.setdiff1d(rows, held)))
        here = np.isin(together.seekers, held)
        unseen[here] = weights.intercept + weights.contributions(together.features[here]).sum(axis=1)
    return _calibrated(_fitted(together), unseen, together)


def _fitted(cases: FitCases) -> Weights:
    from madang_matching.scoring.additive import AdditiveScorer  # slow to import, and only needed here

    scorer = AdditiveScorer(default_fit_weights(), [(each.floor, each.ceiling) for each in FIT_FEATURES])
    return scorer.fit(cases.features, cases.labels, cases.weights).weights_


def _calibrated(weights: Weights, unseen: Floats, cases: FitCases) -> Weights:
    from madang_matching.lists.both_side_fits import calibrated  # slow to import, and only needed here

    # A pair of two equal sides is one side.
    found = calibrated(Combination("geometric"), unseen, unseen, cases.labels, cases.weights)
    return replace(
        weights,
        intercept=found.shift + found.slope * weights.intercept,
        coefficients=tuple(found.slope * each for each in weights.coefficients),
    )


def _joined(cases: Sequence[FitCases]) -> FitCases:
    names = ("seekers", "calls", "features", "labels", "weights")
    return FitCases(*(np.concatenate([getattr(each, name) for each in cases]) for name in names))

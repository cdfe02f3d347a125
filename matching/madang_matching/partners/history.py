"""Fitting partner weights on history: pairs that later worked together against plausible ones that did not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.pair import Side
from madang_matching.partners.suggestions import default_partner_weights, partner_features
from madang_matching.profiles.arrays import Profiles
from madang_matching.profiles.ties import ties_of
from madang_matching.records import Project
from madang_matching.scoring.weights import Weights
from madang_matching.sparse import Floats, Ints, Sparse, row

LEAST_PAIRS = 200
"""Fewer new pairs than this leave the defaults as they are."""

HISTORY_SHARE = 0.7
"""Share of the dated projects, oldest first, that count as known; partners first met in the rest are to be found."""

NEGATIVES = 5
"""Plausible pairs without a joint project per pair with one. The score is calibrated to this mixture."""

LARGEST = 20
"""Larger projects say little of who chose whom."""

ANCHORS = 400
"""At most so many organisations are looked at, chosen by the seed."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Training pairs: shape (n, f), (n,), (n,)."""

    features: Floats
    labels: Floats
    weights: Floats


def fit_partner_weights(profiles: Profiles, seed: int = 0) -> Weights:
    """Return weights fitted on the joint projects of the profiles; the defaults where history is thin.

    Deterministic for the same profiles and seed. Needs and offers keep at least their default weights: they are newer
    than the projects, so history cannot speak against them. Likeness has a ceiling: joint projects of the past favour
    the like, and a suggestion shall bring what one lacks.
    """
    defaults = default_partner_weights()
    cases = history_cases(profiles, seed)
    if cases is None:
        return defaults
    from madang_matching.scoring.additive import AdditiveScorer  # scikit-learn is slow to import and only needed here

    scorer = AdditiveScorer(defaults, [(each.floor, each.ceiling) for each in PARTNER_FEATURES])
    return scorer.fit(cases.features, cases.labels, cases.weights).weights_


def history_cases(profiles: Profiles, seed: int) -> Cases | None:
    """Return the training pairs; None when there are fewer than 200 new ones.

    Features see only ties of the earlier projects, as a ranking of that time would have.
    """
    known, later = _split(profiles.projects)
    before = replace(profiles, ties=_ties(profiles, known))
    after = _ties(profiles, [each for each in later if len(set(each.members)) <= LARGEST], 1.0)
    generator = np.random.default_rng(seed)
    anchors = [index for index in range(len(profiles.organisations)) if len(row(after, index)[0])]
    if len(anchors) > ANCHORS:
        anchors = sorted(generator.choice(anchors, ANCHORS, replace=False).tolist())
    parts = [part for anchor in anchors if (part := _of_anchor(before, after, anchor, generator))]
    if not parts or sum(int(part.labels.sum()) for part in parts) < LEAST_PAIRS:
        return None
    return Cases(
        np.vstack([part.features for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def _split(projects: Iterable[Project]) -> tuple[list[Project], list[Project]]:
    dated = sorted((each for each in projects if each.started_on), key=lambda each: (each.started_on or "", each.id))
    cut = int(len(dated) * HISTORY_SHARE)
    while 0 < cut < len(dated) and dated[cut].started_on == dated[cut - 1].started_on:
        cut -= 1
    return dated[:cut], dated[cut:]


def _ties(profiles: Profiles, projects: list[Project], power: float = 0.5) -> Sparse:
    hidden = frozenset(np.flatnonzero(~profiles.profiled).tolist())
    return ties_of(projects, profiles.rows, power, hidden)


def _of_anchor(before: Profiles, after: Sparse, anchor: int, generator: np.random.Generator) -> Cases | None:
    side = Side(before, anchor)
    partners, strength = row(after, anchor)
    new = ~np.isin(partners, row(before.ties, anchor)[0])
    partners, strength = partners[new], strength[new]
    if not len(partners):
        return None
    features = partner_features(side)
    others = _plausible(before, features, anchor, partners)
    if not len(others):
        return None
    drawn = generator.choice(others, min(len(others), NEGATIVES * len(partners)), replace=False)
    share = float(strength.sum()) * NEGATIVES / len(drawn)
    return Cases(
        features[np.concatenate((partners, drawn))],
        np.concatenate((np.ones(len(partners)), np.zeros(len(drawn)))),
        np.concatenate((strength, np.full(len(drawn), share))),
    )


def _plausible(before: Profiles, features: Floats, anchor: int, partners: Ints) -> Ints:
    """Rows with any evidence that are neither partners before nor after."""
    plausible = before.profiled & (features.sum(axis=1) > 0)
    plausible[anchor] = False
    plausible[partners] = False
    plausible[row(before.ties, anchor)[0]] = False
    return np.flatnonzero(plausible).astype(np.int64)

"""How good the partner score is: learnt on the earlier history, measured on partners first met in the latest year.

The pairs that are judged are those that would have come into question at the start of that year, with the evidence of
that time. Needs, offers and summaries are those of today, so figures lean towards the friendly side; the card says so.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from madang_matching import evaluation
from madang_matching.partners.fitting import PartnerModel, fit_on, training_cases
from madang_matching.partners.suggestions import partner_features, ranked
from madang_matching.partners.training import Cases, before, lists_of, replay, windows
from madang_matching.profiles import Profiles
from madang_matching.sparse import Floats

from madang_server.matches.models import Metric

NAMES = ("ndcg", "recall", "first_place", "coverage", "hub_share", "calibration")
"""Quality of the first ten, share found among them, reciprocal place of the first right one, share of organisations
shown to anyone, share of places that the most popular hundredth takes, calibration error."""
PLACES = 10
DEEP = 100
LEAST_SEEKERS = 30
"""Fewer organisations with new partners than this give no figure that could be told from chance."""


def measure_partners(profiles: Profiles, seed: int) -> tuple[Metric, ...]:
    """Return the figures of `NAMES`; all without a value where the history is too thin."""
    for window in windows(profiles, 1):
        cases = replay(profiles, window, profiles.profiled, profiles.profiled, seed)
        if cases is not None and len(np.unique(cases.pairs.seekers[cases.labels > 0])) >= LEAST_SEEKERS:
            earlier = before(profiles, window)
            model = fit_on(training_cases(earlier, earlier.profiled, earlier.profiled, seed))
            probabilities = _probabilities(cases, model)
            return (*_of_lists(cases, probabilities, seed), _of_probabilities(cases, probabilities))
    return not_measured("partners")


def not_measured(subject: str) -> tuple[Metric, ...]:
    """Return the figures of a subject without values."""
    return tuple(Metric(subject, name, None) for name in NAMES)


def _probabilities(cases: Cases, model: PartnerModel) -> Floats:
    """Return the score of both sides, as lists show it; shape (m,)."""
    weights, other = model.weights, partner_features(cases.pairs.turned())
    mine, theirs = (weights.intercept + weights.contributions(each).sum(axis=1) for each in (cases.features, other))
    return model.both.probability(mine, theirs)


def _of_lists(cases: Cases, probabilities: Floats, seed: int) -> Iterator[Metric]:
    lists, relevant = lists_of(cases, probabilities, DEEP)
    by_seeker = {
        "ndcg": evaluation.ndcg(lists, relevant, PLACES),
        "recall": evaluation.recall(lists, relevant, PLACES),
        "first_place": evaluation.reciprocal_rank(lists, relevant, DEEP),
    }
    for name, values in by_seeker.items():
        mean = evaluation.mean_interval(values, seed=seed)
        yield Metric("partners", name, _short(mean.mean), _short(mean.low), _short(mean.high), mean.cases)
    popularity = cases.pairs.profiles.network.partners
    shown = evaluation.coverage(lists, len(popularity), PLACES), evaluation.hub_share(lists, popularity, PLACES)
    yield Metric("partners", "coverage", _short(shown[0]), cases=len(lists))
    yield Metric("partners", "hub_share", _short(shown[1]), cases=len(lists))


def _of_probabilities(cases: Cases, probabilities: Floats) -> Metric:
    """The calibration error of what lists would show: the first ten of every seeker, of those too who found nobody."""
    seekers = cases.pairs.seekers
    lists = [np.flatnonzero(seekers == each) for each in np.unique(seekers)]
    shown = np.concatenate([own[ranked(probabilities[own], PLACES)] for own in lists])
    error = evaluation.calibration_error(probabilities[shown], cases.labels[shown], weights=cases.weights[shown])
    return Metric("partners", "calibration", _short(error), cases=len(shown))


def _short(value: float) -> float:
    """Four digits: what lies beyond them differs between machines."""
    return round(float(value), 4)

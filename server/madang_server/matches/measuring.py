"""How good the scores are: learnt on the earlier history, measured on the latest year of it.

The pairs that are judged are those that would have come into question at the start of that year, with the evidence of
that time. Needs, offers, summaries and calls are those of today, so figures lean towards the friendly side; the card
says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from madang_matching import evaluation
from madang_matching.fits.fitting import fit_on as fit_joining
from madang_matching.fits.fitting import joining_cases
from madang_matching.fits.training import joinings, lists_of_cases, replay_joining
from madang_matching.partners.fitting import PartnerModel, fit_on, training_cases
from madang_matching.partners.suggestions import partner_features, ranked
from madang_matching.partners.training import Cases, before, lists_of, replay, windows
from madang_matching.profiles import Profiles
from madang_matching.profiles.network import first_day
from madang_matching.records import Membership
from madang_matching.sparse import Floats, Ints, Sparse

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
            lists, relevant = lists_of(cases, probabilities, DEEP)
            popularity = cases.pairs.profiles.network.partners
            shown = _of_shown("partners", cases.pairs.seekers, probabilities, cases.labels, cases.weights)
            return (*_of_lists("partners", lists, relevant, popularity, seed), shown)
    return not_measured("partners")


def measure_programmes(profiles: Profiles, memberships: Sequence[Membership], seed: int) -> tuple[Metric, ...]:
    """Return the same for programmes that organisations joined; all without a value where few did, or none is dated."""
    for window in joinings(profiles, memberships, 1):
        cases = replay_joining(profiles, memberships, window, seed)
        if cases is not None and len(np.unique(cases.seekers[cases.labels > 0])) >= LEAST_SEEKERS:
            earlier = tuple(each for each in memberships if (day := first_day(each.since)) and day < window.start)
            scores = fit_joining(joining_cases(profiles, earlier, seed)).probability(cases.features)
            lists, relevant, calls = lists_of_cases(cases, scores, DEEP)
            members = Counter(each.programme for each in earlier)
            popularity = np.array([members[profiles.calls[row].programme] for row in calls.tolist()], np.float64)
            shown = _of_shown("programmes", cases.seekers, scores, cases.labels, cases.weights)
            return (*_of_lists("programmes", lists, relevant, popularity, seed), shown)
    return not_measured("programmes")


def not_measured(subject: str) -> tuple[Metric, ...]:
    """Return the figures of a subject without values."""
    return tuple(Metric(subject, name, None) for name in NAMES)


def _probabilities(cases: Cases, model: PartnerModel) -> Floats:
    """Return the score of both sides, as lists show it; shape (m,)."""
    weights, other = model.weights, partner_features(cases.pairs.turned())
    mine, theirs = (weights.intercept + weights.contributions(each).sum(axis=1) for each in (cases.features, other))
    return model.both.probability(mine, theirs)


def _of_lists(subject: str, lists: Ints, relevant: Sparse, popularity: Floats, seed: int) -> Iterator[Metric]:
    by_seeker = {
        "ndcg": evaluation.ndcg(lists, relevant, PLACES),
        "recall": evaluation.recall(lists, relevant, PLACES),
        "first_place": evaluation.reciprocal_rank(lists, relevant, DEEP),
    }
    for name, values in by_seeker.items():
        mean = evaluation.mean_interval(values, seed=seed)
        yield Metric(subject, name, _short(mean.mean), _short(mean.low), _short(mean.high), mean.cases)
    shown = evaluation.coverage(lists, len(popularity), PLACES), evaluation.hub_share(lists, popularity, PLACES)
    yield Metric(subject, "coverage", _short(shown[0]), cases=len(lists))
    yield Metric(subject, "hub_share", _short(shown[1]), cases=len(lists))


def _of_shown(subject: str, seekers: Ints, probabilities: Floats, labels: Floats, weights: Floats) -> Metric:
    """The calibration error of what lists would show: the first ten of every seeker, of those too who found nobody."""
    lists = [np.flatnonzero(seekers == each) for each in np.unique(seekers)]
    shown = np.concatenate([own[ranked(probabilities[own], PLACES)] for own in lists])
    error = evaluation.calibration_error(probabilities[shown], labels[shown], weights=weights[shown])
    return Metric(subject, "calibration", _short(error), cases=len(shown))


def _short(value: float) -> float:
    """Four digits: what lies beyond them differs between machines."""
    return round(float(value), 4)

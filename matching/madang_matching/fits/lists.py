"""Programme fits: for each organisation the calls it may apply for first, best first, with reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

import numpy as np

from madang_matching.eligibility import Rule, evaluate, read_rules
from madang_matching.eligibility.applicant import Applicant as Person
from madang_matching.eligibility.dates import SEOUL
from madang_matching.eligibility.verdicts import standing
from madang_matching.errors import UnknownOrganisationError
from madang_matching.fits.applicant import Applicant, state_of
from madang_matching.fits.facts import neutral_facts
from madang_matching.fits.features import FIT_FEATURES, INTERCEPT, RULES_ONLY
from madang_matching.fits.history import ProgrammeHistory
from madang_matching.fits.past import past_of
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Fit
from madang_matching.scoring.ports import Scorer
from madang_matching.scoring.reasons import FeatureReasons
from madang_matching.scoring.weights import Weights, default_weights
from madang_matching.sparse import Floats

_REASONS: FeatureReasons[Applicant] = FeatureReasons(FIT_FEATURES, neutral_facts)

_USED_WITHOUT_PROFILE = np.array([feature.name in RULES_ONLY for feature in FIT_FEATURES])


def default_fit_weights() -> Weights:
    """Return the weights that serve until history says more."""
    return default_weights("fits", FIT_FEATURES, INTERCEPT)


def programme_fits(
    profiles: Profiles,
    organisation_ids: Iterable[str] | None = None,
    limit: int = 60,
    scorer: Scorer | None = None,
    history: ProgrammeHistory | None = None,
    silent: Collection[str] = (),
) -> dict[str, list[Fit]]:
    """Return the calls of each organisation: eligible ones first, then those to check, then not eligible ones.

    Left out: closed calls (by the time of the snapshot) and dismissed ones. An organisation that opted out of
    profiling gets scores and reasons from rules and dates only.

    Args:
        organisation_ids: for whom; None: all.
        scorer: default weights where missing.
        history: of `fit_history`; None: who joined which programme plays no part.
        silent: organisations that count as members, and that no reason names; nor does it those who opted out.

    Returns:
        Lists by organisation id, by verdict, then score, then earlier closing, then id. The weights of a fit's reasons
        and the scorer's intercept add up to the log-odds of its score.

    Raises:
        UnknownOrganisationError: an id that the profiles do not hold.
    """
    scorer = scorer or default_fit_weights()
    wanted = [each.id for each in profiles.organisations] if organisation_ids is None else list(organisation_ids)
    rules = {row: read_rules(profiles.calls[row].rules) for row in _current(profiles)}
    unnamed = {*silent, *(each.id for each in profiles.organisations if not each.profiling)}
    lists: dict[str, list[Fit]] = {}
    for organisation_id in wanted:
        applicant = applicant_of(profiles, organisation_id, rules)
        if history is not None and applicant.organisation.profiling:
            applicant = replace(applicant, past=past_of(history, profiles, organisation_id, unnamed))
        lists[organisation_id] = _fits(applicant, limit, scorer)
    return lists


def fit_features(applicant: Applicant) -> Floats:
    """Return the feature values of every call, shape (c, f), 0 to 1, columns as in `FIT_FEATURES`."""
    values = np.column_stack([feature.values(applicant) for feature in FIT_FEATURES])
    return values if applicant.organisation.profiling else values * _USED_WITHOUT_PROFILE


def applicant_of(profiles: Profiles, organisation_id: str, rules: dict[int, Rule]) -> Applicant:
    """Return the organisation beside the calls it has not dismissed, with the verdict of each.

    Raises: UnknownOrganisationError: an id that the profiles do not hold.
    """
    row = profiles.rows.get(organisation_id)
    if row is None:
        raise UnknownOrganisationError(organisation_id)
    organisation, today = profiles.organisations[row], _today(profiles)
    shown = [each for each in rules if (organisation_id, profiles.calls[each].id) not in profiles.dismissed]
    person = Person(organisation)
    answers = [evaluate(rules[each], person, profiles.calls[each], today) for each in shown]
    return Applicant(
        profiles,
        row,
        np.array(shown, dtype=np.int64),
        tuple(verdict for verdict, _ in answers),
        tuple(conditions for _, conditions in answers),
    )


def _fits(applicant: Applicant, limit: int, scorer: Scorer) -> list[Fit]:
    if not len(applicant.call_rows):
        return []
    features = fit_features(applicant)
    contributions, scores = scorer.contributions(features), scorer.probability(features)
    fits: list[Fit] = []
    for rank, candidate in enumerate(_ordered(applicant, scores)[:limit], start=1):
        fits.append(
            Fit(
                applicant.call(candidate).id,
                rank,
                float(scores[candidate]),
                applicant.verdicts[candidate],
                applicant.conditions[candidate],
                _REASONS(applicant, candidate, contributions[candidate]),
            )
        )
    return fits


def _ordered(applicant: Applicant, scores: Floats) -> list[int]:
    calls = applicant.calls
    return sorted(
        range(len(scores)),
        key=lambda each: (
            standing(applicant.verdicts[each]),
            -round(float(scores[each]), 9),
            calls[each].closes_at or "9999",
            calls[each].id,
        ),
    )


def _current(profiles: Profiles) -> list[int]:
    now = profiles.taken_at
    return [row for row, call in enumerate(profiles.calls) if state_of(call, now) != "closed"]


def _today(profiles: Profiles) -> date:
    return profiles.taken_at.astimezone(SEOUL).date()

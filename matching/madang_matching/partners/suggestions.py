"""Partner suggestions: for each organisation the others that fit best, with reasons."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from madang_matching.errors import UnknownOrganisationError
from madang_matching.partners.facts import neutral_facts
from madang_matching.partners.features import INTERCEPT, PARTNER_FEATURES
from madang_matching.partners.pair import Side
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Partner
from madang_matching.scoring.ports import Scorer
from madang_matching.scoring.reasons import FeatureReasons
from madang_matching.scoring.weights import Weights, default_weights
from madang_matching.sparse import Floats, dense_row


def default_partner_weights() -> Weights:
    """Return the weights that serve until history says more."""
    return default_weights("partners", PARTNER_FEATURES, INTERCEPT)


def partner_suggestions(
    profiles: Profiles,
    organisation_ids: Iterable[str] | None = None,
    limit: int = 20,
    scorer: Scorer | None = None,
) -> dict[str, list[Partner]]:
    """Return the best partners of each organisation, best first.

    Left out: itself, dismissed ones, those it already has a joint project with, and all who opted out of profiling;
    who opted out has an empty list.

    Args:
        organisation_ids: for whom; None: all.
        scorer: default weights where missing.

    Returns:
        Lists by organisation id. Ties in the score go to the lesser id. The weights of a partner's reasons and the
        scorer's intercept add up to the log-odds of its score.

    Raises:
        UnknownOrganisationError: an id that the profiles do not hold.
    """
    scorer = scorer or default_partner_weights()
    wanted = [each.id for each in profiles.organisations] if organisation_ids is None else list(organisation_ids)
    return {organisation_id: _suggest(profiles, organisation_id, limit, scorer) for organisation_id in wanted}


def partner_features(side: Side) -> Floats:
    """Return the feature values of every candidate, shape (n, f), 0 to 1, columns as in `PARTNER_FEATURES`."""
    return np.column_stack([feature.values(side) for feature in PARTNER_FEATURES])


def _suggest(profiles: Profiles, organisation_id: str, limit: int, scorer: Scorer) -> list[Partner]:
    row = profiles.rows.get(organisation_id)
    if row is None:
        raise UnknownOrganisationError(organisation_id)
    if not profiles.profiled[row]:
        return []
    side = Side(profiles, row)
    contributions = scorer.contributions(partner_features(side))
    log_odds = scorer.intercept_ + contributions.sum(axis=1)
    allowed = _candidates(side)
    steps = np.rint(log_odds[allowed] * 1e9)  # beyond nine digits, sums differ by the order of adding
    order = allowed[np.argsort(-steps, kind="stable")[:limit]]
    scores = 0.5 * (1.0 + np.tanh(0.5 * log_odds[order]))
    return [
        Partner(
            profiles.organisations[int(candidate)].id,
            rank,
            float(score),
            _REASONS(side, int(candidate), contributions[candidate]),
        )
        for rank, (candidate, score) in enumerate(zip(order, scores, strict=True), start=1)
    ]


def _candidates(side: Side) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the rows that may be suggested, in order of id."""
    profiles = side.profiles
    allowed = profiles.profiled & (dense_row(profiles.ties, side.row) == 0)
    allowed[side.row] = False
    for owner, subject in profiles.dismissed:
        if owner == side.organisation.id and subject in profiles.rows:
            allowed[profiles.rows[subject]] = False
    return np.flatnonzero(allowed).astype(np.int64)


_REASONS: FeatureReasons[Side] = FeatureReasons(PARTNER_FEATURES, neutral_facts)

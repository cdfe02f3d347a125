"""Partner suggestions: for each organisation the others that fit best, with reasons."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from madang_matching.errors import UnknownOrganisationError
from madang_matching.partners.candidates import Candidates
from madang_matching.partners.facts import neutral_facts
from madang_matching.partners.features import INTERCEPT, PARTNER_FEATURES
from madang_matching.partners.pairs import Pairs
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Partner
from madang_matching.scoring.ports import Scorer
from madang_matching.scoring.reasons import FeatureReasons
from madang_matching.scoring.weights import Weights, default_weights, logistic
from madang_matching.sparse import Floats, Ints


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
    unknown = next((each for each in wanted if each not in profiles.rows), None)
    if unknown is not None:
        raise UnknownOrganisationError(unknown)
    lists: dict[str, list[Partner]] = {each: [] for each in wanted}
    rows = [profiles.rows[each] for each in wanted if profiles.profiled[profiles.rows[each]]]
    for row, candidates in Candidates(profiles, profiles.profiled).blocks(rows):
        name = profiles.organisations[row].id
        lists[name] = _suggest(profiles, row, _not_dismissed(profiles, name, candidates), limit, scorer)
    return lists


def partner_features(pairs: Pairs) -> Floats:
    """Return the feature values of every pair, shape (m, f), 0 to 1, columns as in `PARTNER_FEATURES`."""
    return np.column_stack([feature.values(pairs) for feature in PARTNER_FEATURES])


def ranked(log_odds: Floats, limit: int) -> Ints:
    """Return where the greatest log-odds stand, best first; equal to nine digits, the earlier one."""
    steps = np.rint(log_odds * 1e9)  # beyond nine digits, sums differ by the order of adding
    return np.argsort(-steps, kind="stable")[:limit].astype(np.int64)


def _suggest(profiles: Profiles, row: int, candidates: Ints, limit: int, scorer: Scorer) -> list[Partner]:
    pairs = Pairs(profiles, np.full(len(candidates), row), candidates)
    contributions = scorer.contributions(partner_features(pairs))
    log_odds = scorer.intercept_ + contributions.sum(axis=1)
    return [
        Partner(
            profiles.organisations[int(candidates[index])].id,
            rank,
            float(logistic(log_odds[[index]])[0]),
            _REASONS(pairs, index, contributions[index]),
        )
        for rank, index in enumerate(ranked(log_odds, limit).tolist(), start=1)
    ]


def _not_dismissed(profiles: Profiles, name: str, candidates: Ints) -> Ints:
    out = [profiles.rows[other] for owner, other in profiles.dismissed if owner == name and other in profiles.rows]
    return candidates[~np.isin(candidates, out)]


_REASONS: FeatureReasons[Pairs] = FeatureReasons(PARTNER_FEATURES, neutral_facts)

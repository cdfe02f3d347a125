"""Partner suggestions: for each organisation the others that fit best, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from madang_matching.errors import UnknownOrganisationError
from madang_matching.korean import with_particle
from madang_matching.lists.both_sides import Combination, Side
from madang_matching.lists.pools import Pools
from madang_matching.lists.refusals import Penalties, refusal_penalties
from madang_matching.lists.variety import varied_order
from madang_matching.nearest.threads import one_thread
from madang_matching.partners.candidates import Candidates
from madang_matching.partners.facts import neutral_facts
from madang_matching.partners.features import INTERCEPT, PARTNER_FEATURES
from madang_matching.partners.pairs import Pairs, organisation_names
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Partner, Reason
from madang_matching.scoring.ports import Scorer
from madang_matching.scoring.reasons import FeatureReasons
from madang_matching.scoring.weights import Weights, default_weights, logistic
from madang_matching.sparse import Floats, Ints

BOTH = Combination("geometric")
"""The geometric mean of what both sides may expect: high only where both gain. On the synthetic district it finds the
most mutual partners (`tests/benchmarks/two_sides.py`)."""


DEPTH, VARIETY = 3, 0.1
"""Lists are chosen from so many times their length; log-odds that one equal in kind and technologies to one above it
loses. On the synthetic district .2 costs 1.3 % of NDCG@10 for 3 % more distance (`tests/benchmarks/two_sides.py`)."""


def default_partner_weights() -> Weights:
    """Return the weights that serve until history says more."""
    return default_weights("partners", PARTNER_FEATURES, INTERCEPT)


def partner_suggestions(
    profiles: Profiles,
    organisation_ids: Iterable[str] | None = None,
    limit: int = 20,
    scorer: Scorer | None = None,
    both: Combination = BOTH,
    prices: Mapping[str, float] | None = None,
) -> dict[str, list[Partner]]:
    """Return the best partners of each organisation, best first.

    Left out: itself, dismissed ones, those it already has a joint project with, and all who opted out of profiling;
    who opted out has an empty list.

    Args:
        organisation_ids: for whom; None: all.
        scorer: of one side; default weights where missing.
        both: how the scores of the two sides become one.
        prices: log-odds by organisation id: lists are ordered by the score less the price, so that a few do not stand
            on every list, and with a little variety; the score that is shown stays what it is.

    Returns:
        Lists by organisation id. Ties go to the lesser id. The weights of a partner's reasons and `start_of(scorer,
        both)` add up to the log-odds of its score.

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
    # With more threads a sum of the same numbers may end in another digit, and equals in another order.
    with one_thread():
        for row, candidates in Candidates(profiles, profiles.profiled).blocks(rows):
            name = profiles.organisations[row].id
            scored = score_pairs(profiles, row, _not_dismissed(profiles, name, candidates), scorer, both)
            lists[name] = _listed(scored, limit, prices or {})
    return lists


def start_of(scorer: Scorer, both: Combination = BOTH) -> float:
    """Return the log-odds of a pair of which nothing is known."""
    start = np.array([scorer.intercept_])
    return float(both.log_odds(start, start)[0])


def partner_features(pairs: Pairs) -> Floats:
    """Return the feature values of every pair, shape (m, f), 0 to 1, columns as in `PARTNER_FEATURES`."""
    return np.column_stack([feature.values(pairs) for feature in PARTNER_FEATURES])


def ranked(log_odds: Floats, limit: int) -> Ints:
    """Return where the greatest log-odds stand, best first; equal to nine digits, the earlier one."""
    steps = np.rint(log_odds * 1e9)  # beyond nine digits, sums differ by the order of adding
    return np.argsort(-steps, kind="stable")[:limit].astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """The candidates of one seeker with their scores; m candidates, f features."""

    pairs: Pairs
    contributions: Floats
    """Shape (m, f), log-odds."""
    penalties: Penalties
    """Of all organisations."""
    log_odds: Floats
    """Shape (m,), penalties included."""


def score_pairs(profiles: Profiles, row: int, candidates: Ints, scorer: Scorer, both: Combination) -> Scored:
    """Return the scores of a seeker's candidates: what each side may expect of the other, less what refusals take."""
    pairs = Pairs(profiles, np.full(len(candidates), row), candidates)
    mine, theirs = (
        Side(scorer.intercept_, scorer.contributions(partner_features(each))) for each in (pairs, pairs.turned())
    )
    combined = both.combine(mine, theirs)
    penalties = refusal_penalties(profiles.traits, row, profiles.refusals.get(row, ()))
    return Scored(pairs, combined.folded(MIRROR), penalties, combined.log_odds + penalties.values[candidates])


def _listed(scored: Scored, limit: int, prices: Mapping[str, float]) -> list[Partner]:
    organisations = scored.pairs.profiles.organisations
    names: list[str] = [organisations[int(other)].id for other in scored.pairs.others]
    less = np.array([prices.get(name, 0.0) for name in names])
    order: list[int] = _varied(scored, scored.log_odds - less, limit).tolist()
    return [partner_at(scored, index, rank) for rank, index in enumerate(order, start=1)]


def partner_at(scored: Scored, index: int, rank: int) -> Partner:
    """Return the candidate at a place of `scored` with its chance and reasons."""
    return Partner(
        scored.pairs.profiles.organisations[int(scored.pairs.others[index])].id,
        rank,
        float(logistic(scored.log_odds[[index]])[0]),
        (*_REASONS(scored.pairs, index, scored.contributions[index]), *_refused(scored, index)),
    )


def _varied(scored: Scored, priced: Floats, limit: int) -> Ints:
    """Return the places of a list, best first, in which one much like another above it stands lower."""
    best = ranked(priced, DEPTH * limit)
    pool = Pools(scored.pairs.others[best][None, :], priced[best][None, :])
    places = varied_order(pool, limit, scored.pairs.profiles.variety, VARIETY)[0]
    return best[places[places >= 0]]


def _refused(scored: Scored, index: int) -> Iterator[Reason]:
    """Yield what an earlier refusal takes from a candidate, as the last reason."""
    row, other = scored.pairs.at(index)
    weight, cause = float(scored.penalties.values[other]), int(scored.penalties.causes[other])
    if weight < 0:
        profiles = scored.pairs.profiles
        refused = profiles.refusals[row][cause][0]
        ko, en = "곳", "one"
        if profiles.nameable[refused]:
            ko, en = organisation_names(profiles.organisations[refused])
        yield Reason(
            "refused_alike",
            weight,
            f"맞지 않는다고 하신 {with_particle(ko, '와/과')} 비슷한 점이 있습니다.",
            f"They resemble {en}, which you found not relevant.",
            profiles.organisations[refused].id if profiles.nameable[refused] else profiles.refusals[row][cause][1],
        )


def _not_dismissed(profiles: Profiles, name: str, candidates: Ints) -> Ints:
    out = [profiles.rows[other] for owner, other in profiles.dismissed if owner == name and other in profiles.rows]
    return candidates[~np.isin(candidates, out)]


_NAMES = [feature.name for feature in PARTNER_FEATURES]
_OTHER_END = {
    "need_answered": "offer_wanted",
    "offer_wanted": "need_answered",
    "technology_sought": "technology_wanted",
    "technology_wanted": "technology_sought",
}
MIRROR = [_NAMES.index(_OTHER_END.get(name, name)) for name in _NAMES]
"""Where the fact that a feature of the turned pair tells stands among those of the pair itself."""

_REASONS: FeatureReasons[Pairs] = FeatureReasons(PARTNER_FEATURES, neutral_facts)

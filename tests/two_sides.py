"""Measures the matching on the synthetic district, where it is known who suits whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from madang_matching import evaluation, lists
from madang_matching.eligibility import evaluate
from madang_matching.eligibility.tree import read_rules
from madang_matching.partners import default_partner_weights
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.pairs import Pairs
from madang_matching.partners.suggestions import partner_features
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.records import Snapshot
from madang_matching.scoring.additive import AdditiveScorer
from madang_matching.scoring.ports import Scorer
from madang_matching.scoring.weights import Weights
from madang_matching.sparse import Floats, Ints, Sparse, from_entries
from madang_matching.text import UniversalEncoder
from madang_seeds.synthetic import Synthetic, plant
from madang_seeds.synthetic.calls import decides_on

from tests.synthetic_snapshot import snapshot_of

DAY = date(2026, 11, 24)
DEPTH = 100
"""Candidates per pool: what list-making chooses from."""
_ROWS = 32
_NOT_ASKED = 20
"""Candidates not asked that a scorer learns from beside each asked one."""

OTHER_SIDES = {"offer_wanted": "need_answered", "technology_wanted": "technology_sought"}
"""Features that are others seen from the other side, and which."""


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """A synthetic district of n members as the matching sees it, with its truth."""

    district: Synthetic
    snapshot: Snapshot
    profiles: Profiles
    features: Floats
    """Shape (n, n, f), float32: of each member as seeker beside all."""
    history: np.ndarray
    """Shape (n, n), True for itself, past partners, and pairs with a request: not suggested."""
    to_meet: Sparse
    """Shape (n, n), 1 for mutual pairs without history."""
    choices: Sparse
    """Shape (n, n), 1 for whom the row would choose, without history."""

    @property
    def count(self) -> int:
        return len(self.history)


def planted(organisations: int, seed: int, encoder: UniversalEncoder) -> Planted:
    """Plant a district and compute the features of all its pairs; rows are member numbers."""
    district = plant(organisations, seed, DAY)
    snapshot = snapshot_of(district)
    profiles = build_profiles(snapshot, encoder)
    features = np.empty((organisations, organisations, len(PARTNER_FEATURES)), np.float32)
    everybody = np.arange(organisations)
    for start in range(0, organisations, _ROWS):
        rows = everybody[start : start + _ROWS]
        pairs = Pairs(profiles, np.repeat(rows, organisations), np.tile(everybody, len(rows)))
        features[rows] = partner_features(pairs).reshape(len(rows), organisations, -1)
    history = _history(district)
    return Planted(
        district,
        snapshot,
        profiles,
        features,
        history,
        _relevant(district.to_meet, history),
        _relevant(district.choices, history),
    )


def own_evidence(weights: Weights) -> Weights:
    """Return the weights for a side that looks at its own gain only: what told of the other's gain, which comes back
    with the other's score, is given to the same fact seen from this side."""
    values = dict(zip(weights.features, weights.coefficients, strict=True))
    for other, own in OTHER_SIDES.items():
        values[own] += values[other]
        values[other] = 0.0
    return replace(weights, coefficients=tuple(values[name] for name in weights.features))


def one_sided_scorer(given: Planted, seed: int = 0) -> Weights:
    """Fit the partner score on what one side did: whom every other member asked, beside others drawn at random.

    Only at random: it asked few of those it likes, and the ones that rank high would mostly be liked and not asked.
    What tells of the other side's gain is left out, as in `own_evidence`.
    """
    chance = np.random.default_rng(seed)
    features, labels = [], []
    for each in given.district.requests:
        if each.asker % 2:
            continue
        free = np.flatnonzero(~given.history[each.asker])
        rows = [each.asked, *chance.choice(free, _NOT_ASKED)]
        features.append(given.features[each.asker, rows].astype(np.float64))
        labels.append([1] + [0] * _NOT_ASKED)
    defaults = own_evidence(default_partner_weights())
    bounds = [(0.0, 0.0 if each.name in OTHER_SIDES else 8.0) for each in PARTNER_FEATURES]
    scorer = AdditiveScorer(defaults, bounds, strength=2.0).fit(np.concatenate(features), np.concatenate(labels))
    return scorer.weights_


def log_odds(given: Planted, scorer: Scorer) -> Floats:
    """Return the score of every member for every seeker, shape (n, n)."""
    return np.stack(
        [scorer.intercept_ + scorer.contributions(own.astype(np.float64)).sum(axis=1) for own in given.features]
    )


def fitted_combination(given: Planted, scores: Floats) -> lists.Combination:
    """Choose how the two directions are combined on requests of members that the scorer was not fitted on."""
    held = [each for each in given.district.requests if each.asker % 2]
    askers, asked = (np.array([getattr(each, name) for each in held]) for name in ("asker", "asked"))
    outcomes = np.array([each.accepted for each in held], np.int64)
    return lists.fit_combination(scores[askers, asked], scores[asked, askers], outcomes)


def pools(given: Planted, scores: Floats) -> lists.Pools:
    """Return the best candidates of each member that may be suggested."""
    open_ = np.where(given.history, -np.inf, scores)
    best = np.argsort(-open_, axis=1, kind="stable")[:, : min(DEPTH, given.count)]
    values = np.take_along_axis(open_, best, axis=1)
    return lists.Pools(np.where(np.isfinite(values), best, -1), np.where(np.isfinite(values), values, 0.0))


def ranking(made: lists.Pools, prices: Floats | None = None, limit: int = 20) -> Ints:
    """Return the lists of all members."""
    return made.at(lists.order(made, limit, prices))


def popularity_ranking(given: Planted, limit: int = 20) -> Ints:
    """Return for everybody who had most projects."""
    counts = np.zeros(given.count)
    for each in given.district.projects:
        counts[list(each.members)] += 1
    return ranking(pools(given, np.tile(np.log1p(counts), (given.count, 1))), None, limit)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the engine said of every member and call, beside what is true."""

    eligible: int
    eligible_right: int
    barred: int
    barred_right: int
    check: int
    check_needless: int
    """Of these: pairs where the profile says all that the rules ask."""
    truly: int
    """Pairs that may truly apply and whose profile says all that the rules ask."""
    truly_found: int


def verdicts(given: Planted) -> Verdicts:
    """Compare the verdicts with the true eligible sets."""
    counts = dict.fromkeys(Verdicts.__dataclass_fields__, 0)
    for planted_call, call in zip(given.district.calls, given.snapshot.calls, strict=True):
        rules, deciding = read_rules(call.rules), decides_on(planted_call)
        for member, organisation in zip(given.district.members, given.snapshot.organisations, strict=True):
            verdict, _ = evaluate(rules, organisation, call, DAY)
            true = member.number in given.district.eligible[planted_call.number]
            said = not deciding & member.unsaid
            counts["eligible"] += verdict == "eligible"
            counts["eligible_right"] += verdict == "eligible" and true
            counts["barred"] += verdict == "not_eligible"
            counts["barred_right"] += verdict == "not_eligible" and not true
            counts["check"] += verdict == "check"
            counts["check_needless"] += verdict == "check" and said
            counts["truly"] += true and said
            counts["truly_found"] += true and said and verdict == "eligible"
    return Verdicts(**counts)


def ndcg(ranked: Ints, relevant: Sparse) -> Floats:
    return evaluation.ndcg(ranked, relevant, 10)


def _history(district: Synthetic) -> np.ndarray:
    met = np.eye(len(district.members), dtype=bool)
    for each in district.projects:
        met[np.ix_(each.members, each.members)] = True
    for each in district.requests:
        met[[each.asker, each.asked], [each.asked, each.asker]] = True
    return met


def _relevant(right: Mapping[int, Collection[int]], history: np.ndarray) -> Sparse:
    pairs = [(row, other) for row, others in right.items() for other in sorted(others) if not history[row, other]]
    rows, columns = zip(*pairs, strict=True)
    return from_entries(rows, columns, [1.0] * len(pairs), history.shape)

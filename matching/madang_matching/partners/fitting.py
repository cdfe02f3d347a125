"""Fitting the partner score on history: weights of the evidence, how both sides are joined, prices against stars."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from madang_matching.evaluation import mean_known, ndcg
from madang_matching.lists.both_sides import Combination
from madang_matching.lists.exposure import fit_prices_within
from madang_matching.lists.pools import Pools
from madang_matching.partners.candidates import Candidates, Mask
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.suggestions import (
    BOTH,
    default_partner_weights,
    partner_features,
    ranked,
    score_pairs,
)
from madang_matching.partners.training import Cases, Judged, judged, lists_of, replay, windows
from madang_matching.profiles.arrays import Profiles
from madang_matching.scoring.ports import Scorer
from madang_matching.scoring.weights import Weights
from madang_matching.sparse import Floats

LEAST_PAIRS, ENOUGH_PAIRS = 200, 4_000
"""Fewer new pairs than the first leave the defaults as they are; windows are added until there are the second."""

LEAST_SAID, JUDGEMENT = 10, 3.0
"""Judgements of each kind, for and against, below which none is learnt from; pairs of history that one counts as."""

WINDOWS = 6
"""At most so many windows, so that what is learned is not older than four years."""

CANDIDATES_LEARNT = 250
"""Candidates of a seeker beside its new partners that are learnt from; of more, drawn ones stand for the others."""

OWN_SHARES = (0.5, 0.75)
"""Shares of the seeker's own side that are tried; the earlier one wins a tie. Both sides always count."""

PRICED_SEEKERS, POOL, MOST_LOST = 500, 50, 0.01
"""Lists that prices are learned from, chosen by the seed where there are more; candidates of each; share of what the
model expects of its lists that prices may cost."""


@dataclass(frozen=True, slots=True)
class PartnerModel:
    """Everything that partner lists are made with."""

    weights: Weights = field(default_factory=default_partner_weights)
    """Of one side's evidence."""
    both: Combination = BOTH
    prices: Mapping[str, float] = field(default_factory=dict[str, float])
    """By organisation id, above zero, log-odds."""

    def without(self, organisation_ids: Collection[str]) -> PartnerModel:
        """Return the model without the prices of some organisations: of those who opted out nothing is kept."""
        return replace(self, prices={name: each for name, each in self.prices.items() if name not in organisation_ids})


def fit_partner_model(profiles: Profiles, seed: int = 0) -> PartnerModel:
    """Return what history teaches; the defaults where it is thin, with prices all the same.

    Deterministic for the same profiles and seed.
    """
    everybody = profiles.profiled
    model = fit_on(training_cases(profiles, everybody, everybody, seed), judged(profiles))
    return PartnerModel(model.weights, model.both, fit_partner_prices(profiles, model.weights, model.both, seed))


def fit_on(cases: list[Cases], said: Judged | None = None) -> PartnerModel:
    """Return weights and combination learned from replayed windows and from judgements, without prices.

    Judgements move the weights, each as much as `JUDGEMENT` pairs of history; slope, shift and share of the sides are
    those of history, as judged pairs are chosen ones.

    Needs and offers keep at least their default weights: they are newer than the projects, so history cannot speak
    against them. Likeness has a ceiling: joint projects of the past favour the like, and a suggestion shall bring what
    one lacks. All weights are zero or more, so that a fact can only speak for a pair and its loss only against it.
    """
    if sum(float(each.labels.sum()) for each in cases) < LEAST_PAIRS:
        cases = []
    enough_said = said is not None and min(said.labels.sum(), (1 - said.labels).sum()) >= LEAST_SAID
    if not cases and not enough_said:
        return PartnerModel()
    fitted = _fitted(cases, said if enough_said else None)
    if not cases:
        return PartnerModel(fitted)
    from madang_matching.lists.both_side_fits import calibrated  # slow to import, and only needed here

    labels, weights = _joined(cases, "labels"), _joined(cases, "weights")
    turned = [partner_features(each.pairs.turned()) for each in cases]
    mine, theirs = (
        [fitted.intercept + fitted.contributions(each).sum(axis=1) for each in values]
        for values in ([each.features for each in cases], turned)
    )
    both = _best_share(cases, mine, theirs)
    return PartnerModel(fitted, calibrated(both, np.concatenate(mine), np.concatenate(theirs), labels, weights))


def _fitted(cases: list[Cases], said: Judged | None) -> Weights:
    from madang_matching.scoring.additive import AdditiveScorer  # slow to import, and only needed here

    parts = [(each.features, each.labels, each.weights) for each in cases]
    if said is not None:
        parts.append((said.features, said.labels, np.full(len(said.labels), JUDGEMENT)))
    features, labels, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    scorer = AdditiveScorer(default_partner_weights(), [(each.floor, each.ceiling) for each in PARTNER_FEATURES])
    return scorer.fit(features, labels, weights).weights_


def _best_share(cases: list[Cases], mine: list[Floats], theirs: list[Floats]) -> Combination:
    """Return how much the seeker's own side counts: what would have shown the new partners first; equal at best."""

    def worth(share: float) -> float:
        both = replace(BOTH, own=share)
        gains = [
            mean_known(ndcg(*lists_of(each, both.log_odds(one, other), 10)))
            for each, one, other in zip(cases, mine, theirs, strict=True)
        ]
        return float(np.mean(gains))

    return replace(BOTH, own=max(OWN_SHARES, key=worth))


def training_cases(profiles: Profiles, among: Mask, seekers_among: Mask, seed: int) -> list[Cases]:
    """Return the latest windows, as many as give enough new pairs."""
    found: list[Cases] = []
    for window in windows(profiles, WINDOWS):
        cases = replay(profiles, window, among, seekers_among, seed, CANDIDATES_LEARNT)
        if cases is not None:
            found.append(cases)
        if sum(float(each.labels.sum()) for each in found) >= ENOUGH_PAIRS:
            break
    return found


def fit_partner_prices(profiles: Profiles, scorer: Scorer, both: Combination, seed: int = 0) -> dict[str, float]:
    """Return the strongest prices that cost the lists at most 1 % of what the model expects of them."""
    seekers = np.flatnonzero(profiles.profiled)
    if len(seekers) > PRICED_SEEKERS:
        seekers = np.sort(np.random.default_rng(seed).choice(seekers, PRICED_SEEKERS, replace=False))
    pools = _pools(profiles, seekers.tolist(), scorer, both)
    prices, _ = fit_prices_within(pools, len(profiles.organisations), MOST_LOST)
    return {profiles.organisations[row].id: float(prices[row]) for row in np.flatnonzero(prices > 0).tolist()}


def _pools(profiles: Profiles, seekers: list[int], scorer: Scorer, both: Combination) -> Pools:
    others, values = np.full((len(seekers), POOL), -1, np.int64), np.zeros((len(seekers), POOL))
    for line, (row, candidates) in enumerate(Candidates(profiles, profiles.profiled).blocks(seekers)):
        log_odds = score_pairs(profiles, row, candidates, scorer, both).log_odds
        places = ranked(log_odds, POOL)
        others[line, : len(places)], values[line, : len(places)] = candidates[places], log_odds[places]
    return Pools(others, values)


def _joined(cases: list[Cases], name: str) -> Floats:
    return np.concatenate([getattr(each, name) for each in cases])

"""What is held back of a history, ranked by the engine and by its baselines from what came before."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from madang_matching import evaluation
from madang_matching.exports.records import Export
from madang_matching.fits.history import encoded_texts, fit_history, rank_programmes
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.fitting import PartnerModel, fit_on, training_cases
from madang_matching.partners.suggestions import partner_features, ranked
from madang_matching.partners.training import Cases, before, lists_of, replay, spans, windows
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Snapshot
from madang_matching.scoring.weights import logistic
from madang_matching.sparse import Floats, Ints, Sparse, from_entries, row
from madang_matching.text.encoder import TextEncoder

ENGINE = "engine"
DEEP, SHOWN = 100, 10
FOLDS = 5
LEAST_IN_GROUP = 300
"""Pairs of a group below which its calibration error is mostly chance."""

_NOTHING = np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Rankings of q queries over n candidates beside what was right."""

    title: str
    rankings: Mapping[str, Ints]
    """By name, shape (q, k), -1 at the end; the engine's first."""
    relevant: Sparse
    """Shape (q, n)."""
    candidates: int
    """How many may be shown to anybody."""
    popularity: Floats
    """Shape (n,), relations of each before the cut."""
    people: int
    """Most relations that a candidate could have."""
    probabilities: Floats
    """Of the first ten of every list, shape (m,); empty where scores are no probabilities."""
    outcomes: Floats
    weights: Floats
    """How many pairs each stands for."""
    group_errors: Mapping[str, float] | None = None
    """Calibration error by sector: the candidate's industry, else its main subject, else its country."""


def held_partners(export: Export, profiles: Profiles, seed: int) -> Held | None:
    """Rank the partners first met in the latest year, learning from the years before; None without dated history."""
    among = np.zeros(len(profiles.organisations), np.bool_)
    among[[profiles.rows[each] for group in export.groups.values() for each in group]] = True
    askers = np.isin(profiles.kinds, np.unique(profiles.kinds[among]))
    found = windows(profiles, 1)
    cases = replay(profiles, found[0], among, askers, seed) if found else None
    if cases is None:
        return None
    learnt = training_cases(before(profiles, found[0]), among, askers, seed)
    model = fit_on(learnt)
    scores = _partner_scores(cases, learnt, model, seed)
    lists = {name: lists_of(cases, values, DEEP) for name, values in scores.items()}
    shown, chances = _shown(cases, scores[ENGINE])
    there = cases.pairs.profiles.network.partners
    return Held(
        f"Partners first met from {found[0].start} to {found[0].end}",
        {name: found for name, (found, _) in lists.items()},
        lists[ENGINE][1],
        int((among & (there > 0)).sum()),
        there,
        len(among),
        chances,
        cases.labels[shown],
        cases.weights[shown],
        _errors_by_sector(cases, shown, chances),
    )


def _partner_scores(cases: Cases, learnt: list[Cases], model: PartnerModel, seed: int) -> dict[str, Floats]:
    names = [feature.name for feature in PARTNER_FEATURES]
    mine, theirs = (
        model.weights.intercept + model.weights.contributions(each).sum(axis=1)
        for each in (cases.features, partner_features(cases.pairs.turned()))
    )
    network, others = cases.pairs.profiles.network, cases.pairs.others
    return {
        ENGINE: model.both.log_odds(mine, theirs),
        "one side": mine,
        "boosting of the same features": _boosted(cases, learnt, seed),
        "Adamic-Adar": cases.features[:, names.index("common_partners")],
        "summaries alike": cases.features[:, names.index("summaries")],
        "popularity": network.activity[others],
    }


def _boosted(cases: Cases, learnt: list[Cases], seed: int) -> Floats:
    """Return the log-odds of boosted trees that may combine features as they like."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    if not learnt:
        return np.zeros(len(cases.labels))
    features, labels, weights = (
        np.concatenate([getattr(each, name) for each in learnt]) for name in ("features", "labels", "weights")
    )
    model = HistGradientBoostingClassifier(
        max_iter=150, max_leaf_nodes=8, min_samples_leaf=200, learning_rate=0.06, early_stopping=False,  # pyright: ignore[reportArgumentType]  # stated as text only
        random_state=seed,
    )  # fmt: skip
    return np.asarray(model.fit(features, labels, weights).decision_function(cases.features), np.float64)


def _shown(cases: Cases, log_odds: Floats) -> tuple[Ints, Floats]:
    """Return the pairs in the first ten of every list, and their probabilities."""
    found = spans(cases.pairs.seekers, np.unique(cases.pairs.seekers))
    shown = np.concatenate([start + ranked(log_odds[start:end], SHOWN) for start, end in found])
    return shown, logistic(log_odds[shown])


def _errors_by_sector(cases: Cases, shown: Ints, chances: Floats) -> dict[str, float]:
    sectors = _sectors(cases.pairs.profiles)[cases.pairs.others[shown]]
    groups = {str(name): np.flatnonzero(sectors == name) for name in np.unique(sectors)}
    return {
        name: evaluation.calibration_error(
            chances[own], cases.labels[shown][own], weights=cases.weights[shown][own]
        )
        for name, own in groups.items()
        if name and len(own) >= LEAST_IN_GROUP
    }  # fmt: skip


def _sectors(profiles: Profiles) -> np.ndarray:
    if (profiles.industries != "").any():
        return profiles.industries.astype("<U1")
    network = profiles.network
    if not network.subject_names:
        return profiles.countries
    main = [row(network.subjects, each) for each in range(len(profiles.organisations))]
    return np.array(
        [network.subject_names[columns[values.argmax()]] if len(columns) else "" for columns, values in main]
    )


def held_programmes(snapshot: Snapshot, encoder: TextEncoder, seed: int) -> Held | None:
    """Rank the programmes of members that are left out one fold after the other, from their texts alone."""
    texts = encoded_texts(snapshot, encoder)
    known = [each for each in snapshot.memberships if each.programme in texts.programmes.rows]
    members = sorted({each.organisation for each in known} & set(texts.organisations.rows))
    if len(members) < FOLDS:
        return None
    lines = {member: line for line, member in enumerate(members)}
    columns = texts.programmes.rows
    joined = [each for each in known if each.organisation in lines]
    relevant = from_entries(
        [lines[each.organisation] for each in joined], [columns[each.programme] for each in joined],
        [1.0] * len(joined), (len(members), len(columns)),
    )  # fmt: skip
    relevant.data[:] = 1.0
    counts = np.bincount([columns[each.programme] for each in joined], minlength=len(columns)).astype(np.float64)
    engine = np.full((len(members), len(columns)), -1, np.int64)
    fold = np.random.default_rng(seed).permutation(len(members)) % FOLDS
    for number in range(FOLDS):
        out = {member for member, line in lines.items() if fold[line] == number}
        history = fit_history(texts, [each for each in joined if each.organisation not in out], seed)
        for member, found in rank_programmes(history, {each: list(columns) for each in sorted(out)}).items():
            engine[lines[member]] = [columns[programme] for programme, _ in found]
    rows = np.array([texts.organisations.rows[member] for member in members])
    likeness = (texts.organisations.vectors[rows] @ texts.programmes.vectors.T).astype(np.float64)
    rankings = {
        ENGINE: engine,
        "texts alike": np.argsort(-likeness, axis=1, kind="stable"),
        "popularity": np.tile(np.argsort(-counts, kind="stable"), (len(members), 1)),
    }
    title = f"Programmes of members, each left out of the history in one of {FOLDS} folds"
    return Held(title, rankings, relevant, len(columns), counts, len(members), _NOTHING, _NOTHING, _NOTHING)

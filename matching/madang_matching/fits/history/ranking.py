"""Ranks programmes for organisations by who joined which programme before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from madang_matching.fits.history.cases import known_cases, new_cases
from madang_matching.fits.history.evidence import ITEM_COLUMN, HistoryEvidence
from madang_matching.fits.history.joined import Joined, joined_of, known_programmes
from madang_matching.fits.history.listwise import fit_choices
from madang_matching.fits.history.subjects import Texts
from madang_matching.fits.history.views import TextViews, Views
from madang_matching.records import Membership
from madang_matching.sparse import Floats

NEW_WEIGHTS = (3.0, 0.9, 0.9, 0.5, 1.2, 1.2, 2.0, 2.0, 1.2, 2.3, 0.0)
"""Where the weights of organisations without a membership start, in the order of `FEATURES`."""

KNOWN_WEIGHTS = (1.0, 0.3, 0.3, 0.2, 3.0, 0.4, 1.2, 1.7, 0.2, 2.0, 4.5)
"""Where the weights of members start."""

STRENGTH = 2.0
"""Pull towards these, in cases: history decides soon; from 0.5 to 10 validation hardly moves."""

BATCH = 500
"""Organisations whose features are held at once."""


@dataclass(frozen=True, slots=True, eq=False)
class ProgrammeHistory:
    """Evidence and the weights that were fitted on it."""

    texts: Texts
    views: TextViews
    evidence: HistoryEvidence
    new_weights: Floats
    """Of organisations without a membership, shape (f,)."""
    known_weights: Floats
    """Of members."""

    @property
    def joined(self) -> Joined:
        return self.evidence.joined_


def fit_history(texts: Texts, memberships: Iterable[Membership], seed: int = 0) -> ProgrammeHistory:
    """Return what history says of programmes.

    Only members, programmes and their texts are learnt from: an organisation without a membership changes nothing.
    Deterministic for the same texts, memberships and seed.
    """
    joined = joined_of(
        (each for each in memberships if each.organisation in texts.organisations.rows), texts.programmes.rows
    )
    wording, vectors = texts.organisations.of(joined.members)
    programme_wording, programme_vectors = texts.programmes.of(joined.programmes)
    views = TextViews().fit([*wording, *programme_wording])
    members = views.transform(wording, vectors)
    programmes = views.transform(programme_wording, programme_vectors)
    evidence = HistoryEvidence(seed).fit(joined, members, programmes)
    values = evidence.of_texts(members, np.arange(len(members), dtype=np.int64))
    return ProgrammeHistory(
        texts,
        views,
        evidence,
        fit_choices(new_cases(evidence, values, seed), NEW_WEIGHTS, STRENGTH),
        fit_choices(known_cases(evidence, values, seed), KNOWN_WEIGHTS, STRENGTH),
    )


def history_features(history: ProgrammeHistory, organisation_ids: Sequence[str]) -> Floats:
    """Return the features of organisations for all programmes, shape (q, p, f), columns as in `FEATURES`.

    Programmes in the order of `history.joined.programmes`. A member's own row never counts for itself.

    Raises: KeyError: an organisation that the texts do not hold.
    """
    texts = history.views.transform(*history.texts.organisations.of(organisation_ids))
    return features_of(history, texts, organisation_ids)


def features_of(history: ProgrammeHistory, texts: Views, organisation_ids: Sequence[str]) -> Floats:
    """Return the same for organisations whose texts are given, known to the history or not."""
    joined = history.joined
    inside = np.array([joined.rows.get(each, -1) for each in organisation_ids], dtype=np.int64)
    values = history.evidence.of_texts(texts, inside)
    known = np.array([known_programmes(joined, each) for each in organisation_ids]).reshape(values.shape[:2])
    values[:, :, ITEM_COLUMN] = history.evidence.of_known(known, known)
    return values


def rank_programmes(
    history: ProgrammeHistory, queries: Mapping[str, Sequence[str]]
) -> dict[str, list[tuple[str, float]]]:
    """Return the candidates of each query with their scores, best first; ties in order of members, then of id.

    A score is the sum of weights times features; it is 0 without any evidence, and comparable within a query only.

    Args: queries: candidate programme ids by organisation id; a programme that history does not know scores 0.

    Raises: KeyError: an organisation that the texts do not hold.
    """
    joined = history.joined
    sizes = joined.table.sum(axis=0)
    ranked: dict[str, list[tuple[str, float]]] = {}
    for start in range(0, len(queries), BATCH):
        names = list(queries)[start : start + BATCH]
        for name, features in zip(names, history_features(history, names), strict=True):
            weights = history.known_weights if name in joined.rows else history.new_weights
            ranked[name] = _ordered(queries[name], joined, features @ weights, sizes)
    return ranked


def _ordered(candidates: Sequence[str], joined: Joined, scores: Floats, sizes: Floats) -> list[tuple[str, float]]:
    columns = [joined.columns.get(each, -1) for each in candidates]
    found = [(round(float(scores[at]), 9), float(sizes[at])) if at >= 0 else (0.0, 0.0) for at in columns]
    order = sorted(range(len(columns)), key=lambda each: (-found[each][0], -found[each][1], candidates[each]))
    return [(candidates[each], found[each][0]) for each in order]

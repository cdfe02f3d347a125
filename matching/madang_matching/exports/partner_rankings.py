"""Ranks the organisations of an export for each of its queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

import numpy as np

from madang_matching.exports.records import Asked, Export
from madang_matching.partners.candidates import Candidates
from madang_matching.partners.fitting import PartnerModel, fit_on, training_cases
from madang_matching.partners.pairs import ROWS_AT_ONCE, Pairs
from madang_matching.partners.suggestions import partner_features, ranked
from madang_matching.profiles.arrays import Profiles
from madang_matching.sparse import Floats, Ints

DEPTH = 100
"""Length of a ranking where the export does not say how many ranks count."""


def rank_partners(export: Export, profiles: Profiles, seed: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Yield each query with the ids of its candidates, best first.

    What is learned comes from the history alone, with the members of the candidate groups as seekers and as
    candidates; which queries are asked, and how many, changes nothing. After the candidates with evidence follow the
    others of the group, the most active first.
    """
    for group, queries in _by_group(export).items():
        among = np.zeros(len(profiles.organisations), np.bool_)
        among[[profiles.rows[each] for each in export.groups[group]]] = True
        kinds = np.unique(profiles.kinds[among])
        model = fit_on(training_cases(profiles, among, np.isin(profiles.kinds, kinds), seed))
        popular = np.lexsort((np.arange(len(among)), -profiles.network.activity))
        fill = popular[among[popular]]
        for query, rows, log_odds in _scored(profiles, Candidates(profiles, among), queries, model):
            shown = ~np.isin(rows, hidden := _hidden(export, profiles, query))
            best = rows[shown][ranked(log_odds[shown], len(rows))]
            rest = fill[~np.isin(fill, np.concatenate((hidden, best)))]
            chosen = np.concatenate((best, rest))[: export.ranks_read or DEPTH]
            yield query, [profiles.organisations[int(row)].id for row in chosen]


def _hidden(export: Export, profiles: Profiles, query: str) -> Ints:
    hidden = {profiles.rows[each] for each in export.excluded.get(query, ())} | {profiles.rows[query]}
    return np.array(sorted(hidden), np.int64)


def _scored(
    profiles: Profiles, candidates: Candidates, queries: list[Asked], model: PartnerModel
) -> Iterator[tuple[str, Ints, Floats]]:
    """Yield each query with the rows of its candidates and their log-odds."""
    found = zip(queries, candidates.blocks([profiles.rows[each.id] for each in queries]), strict=True)
    while batch := list(islice(found, ROWS_AT_ONCE)):
        lists = [rows for _, (_, rows) in batch]
        seekers = np.concatenate([np.full(len(rows), row) for _, (row, rows) in batch])
        log_odds = _both(Pairs(profiles, seekers.astype(np.int64), np.concatenate(lists)), model)
        ends = np.cumsum([len(rows) for rows in lists])
        for (query, (_, rows)), end in zip(batch, ends.tolist(), strict=True):
            yield query.id, rows, log_odds[end - len(rows) : end]


def _both(pairs: Pairs, model: PartnerModel) -> Floats:
    mine, theirs = (
        model.weights.intercept + model.weights.contributions(partner_features(each)).sum(axis=1)
        for each in (pairs, pairs.turned())
    )
    return model.both.log_odds(mine, theirs)


def _by_group(export: Export) -> dict[str, list[Asked]]:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for query in export.queries:
        groups[query.group].append(query)
    return groups

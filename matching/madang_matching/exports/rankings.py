"""Ranks what an export asks for: organisations by the partner engine, programmes by the history of programmes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from madang_matching.exports.partner_rankings import DEPTH, rank_partners
from madang_matching.exports.records import Export
from madang_matching.exports.snapshots import snapshot_of
from madang_matching.fits.history import encoded_texts, fit_history, rank_programmes
from madang_matching.profiles.build import build_profiles
from madang_matching.text.encoder import TextEncoder

COLUMNS = ("query_id", "candidate_id", "rank")


def rank_export(export: Export, encoder: TextEncoder, seed: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Yield each query with the ids of its candidates, best first.

    What is used follows from which columns are filled, never from the name of a data set, and a query's ranking does
    not depend on which others are asked. The same export and seed give the same rankings.
    """
    snapshot = snapshot_of(export)
    if export.candidates == "organisations":
        yield from rank_partners(export, build_profiles(snapshot, encoder), seed)
        return
    history = fit_history(encoded_texts(snapshot, encoder), snapshot.memberships, seed)
    asked = {each.id: export.shown(each) for each in export.queries}
    for query, found in rank_programmes(history, asked).items():
        yield query, [candidate for candidate, _ in found][: export.ranks_read or DEPTH]


def write_rankings(path: Path, rankings: Iterator[tuple[str, list[str]]]) -> int:
    """Write query_id, candidate_id and rank (1 is best) as CSV, whole or not at all; return the number of rows."""
    draft = path.with_name(path.name + ".new")
    rows = 0
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for query, candidates in rankings:
            writer.writerows((query, candidate, rank) for rank, candidate in enumerate(candidates, start=1))
            rows += len(candidates)
    draft.replace(path)
    return rows

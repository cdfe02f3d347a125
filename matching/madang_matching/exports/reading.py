"""Reads an export folder and checks that its tables fit each other."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any, cast

from madang_matching.errors import ExportError
from madang_matching.exports.records import (
    Asked,
    CandidateKind,
    Export,
    ExportedActivity,
    ExportedOrganisation,
    ExportedProgramme,
    Participation,
)
from madang_matching.exports.tables import Table, is_date, read_table, shortened

_TASK = "task.json"


def read_export(folder: Path) -> Export:
    """Return all tables of an export. Which task it is plays no part.

    Cells are text as they stand: `NA` is Namibia, an empty cell is unknown. Excluded pairs of organisations that are
    not asked about are kept without effect.

    Raises: ExportError: with file, row and column of the first thing that is missing, unknown, doubled or no date.
    """
    kind, known_before, ranks_read = _facts(folder)
    organisations = read_table(folder, "organisations")
    programmes = read_table(folder, "programmes")
    organisation_rows, programme_rows = organisations.ids("id"), programmes.ids("id")
    candidate_rows = organisation_rows if kind == "organisations" else programme_rows
    activities, activity_rows = _activities(folder, programme_rows)
    programmes.check_dates("open_from", "open_until")
    queries, groups = _asked(folder, organisation_rows, candidate_rows, f"{kind}.csv")
    return Export(
        candidates=kind,
        known_before=known_before,
        ranks_read=ranks_read,
        organisations=tuple(map(ExportedOrganisation, *_columns(organisations))),
        programmes=tuple(map(ExportedProgramme, *_columns(programmes))),
        activities=activities,
        participations=_participations(folder, organisation_rows, activity_rows, programme_rows),
        queries=queries,
        groups=groups,
        excluded=_excluded(folder, organisation_rows, candidate_rows, f"{kind}.csv"),
    )


def _columns(table: Table) -> list[list[Any]]:
    columns: Mapping[str, list[Any]] = {**table.columns, "tags": table.tags()}
    return [columns[name] for name in table.columns]


def _facts(folder: Path) -> tuple[CandidateKind, str, int]:
    try:
        content: Any = json.loads((folder / _TASK).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ExportError(_TASK, f"is not in {folder}") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ExportError(_TASK, f"cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise ExportError(_TASK, "is not a JSON object")
    facts = cast("dict[str, Any]", content)
    kind, known_before, ranks = facts.get("candidates"), facts.get("known_before"), facts.get("ranks_read", 0)
    if kind not in ("organisations", "programmes"):
        raise ExportError(_TASK, f"{shortened(str(kind))} is not organisations or programmes", column="candidates")
    if not isinstance(known_before, str) or not is_date(known_before):
        raise ExportError(_TASK, f"{shortened(str(known_before))} is not a day or month", column="known_before")
    if not isinstance(ranks, int) or isinstance(ranks, bool) or ranks < 0:
        raise ExportError(_TASK, f"{shortened(str(ranks))} is not a number of ranks", column="ranks_read")
    return kind, known_before, ranks


def _activities(folder: Path, programmes: Container[str]) -> tuple[tuple[ExportedActivity, ...], dict[str, int]]:
    table = read_table(folder, "activities")
    rows = table.ids("id")
    table.check_known("programme", programmes, "programmes.csv", may_be_empty=True)
    table.check_dates("started_on", "ended_on")
    *columns, _ = _columns(table)
    return tuple(map(ExportedActivity, *columns, table.numbers("size_eur"))), rows


def _participations(
    folder: Path, organisations: Container[str], activities: Container[str], programmes: Container[str]
) -> tuple[Participation, ...]:
    table = read_table(folder, "participations")
    table.check_known("organisation", organisations, "organisations.csv")
    table.check_known("activity", activities, "activities.csv", may_be_empty=True)
    table.check_known("programme", programmes, "programmes.csv", may_be_empty=True)
    table.check_dates("started_on")
    for index, both in enumerate(zip(table.columns["activity"], table.columns["programme"], strict=True)):
        if both == ("", ""):
            raise table.error("is empty as programme is; one of them is needed", index, "activity")
    *columns, _ = table.columns.values()
    return tuple(map(Participation, *columns, table.numbers("amount_eur")))


def _asked(
    folder: Path, organisations: Container[str], candidates: Container[str], file: str
) -> tuple[tuple[Asked, ...], dict[str, tuple[str, ...]]]:
    offered = read_table(folder, "candidates")
    offered.check_known("candidate_id", candidates, file)
    members: dict[str, dict[str, None]] = defaultdict(dict)
    for index, (identity, group) in enumerate(zip(*offered.columns.values(), strict=True)):
        if identity in members[group]:
            raise offered.error(f"{shortened(identity)} stands twice in its group", index, "candidate_id")
        members[group][identity] = None
    table = read_table(folder, "queries")
    table.ids("query_id")
    table.check_known("query_id", organisations, "organisations.csv")
    table.check_known("candidate_group", members, "candidates.csv")
    table.check_dates("as_of")
    return tuple(map(Asked, *table.columns.values())), {group: tuple(ids) for group, ids in members.items()}


def _excluded(
    folder: Path, organisations: Container[str], candidates: Container[str], file: str
) -> dict[str, frozenset[str]]:
    table = read_table(folder, "exclude")
    table.check_known("query_id", organisations, "organisations.csv")
    table.check_known("candidate_id", candidates, file)
    hidden: dict[str, set[str]] = defaultdict(set)
    for query, candidate in zip(*table.columns.values(), strict=True):
        hidden[query].add(candidate)
    return {query: frozenset(ids) for query, ids in hidden.items()}

"""From an export to the records that profiles are built from."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from madang_matching.exports.records import Export
from madang_matching.exports.tables import first_day
from madang_matching.records import Call, Membership, Organisation, Project, Snapshot, Technology

KINDS = {
    "company": "sme",
    "university": "research",
    "research": "research",
    "public": "public_body",
    "investor": "investor",
    "other": "civic",
}
"""Kinds of an export in the words of the records; anything else stays unknown."""


def snapshot_of(export: Export) -> Snapshot:
    """Return the records of an export, as of its cut.

    Every programme is a call with the programme's own id. Tags are technologies, by themselves. Someone who took part
    in an activity of a programme took part in the programme. An activity without a date starts with its first
    participation; of months and years the first day counts.
    """
    return Snapshot(
        organisations=tuple(
            Organisation(
                each.id,
                KINDS.get(each.kind, ""),
                name_en=each.name,
                summary_en=each.text,
                country=each.country,
                city=each.place,
                technologies=each.tags,
            )
            for each in export.organisations
        ),
        calls=tuple(
            Call(
                each.id,
                name_en=each.name,
                summary_en=each.text,
                opens_at=_instant(each.open_from, "00:00:00"),
                closes_at=_instant(each.open_until, "23:59:59"),
                technologies=each.tags,
                programme=each.id,
            )
            for each in export.programmes
        ),
        projects=_projects(export),
        technologies=_technologies(export),
        dismissed=frozenset(),
        taken_at=datetime.fromisoformat(first_day(export.known_before)).replace(tzinfo=UTC),
        memberships=_memberships(export),
    )


def _instant(day: str, time: str) -> str | None:
    return f"{first_day(day)}T{time}Z" if day else None


def _projects(export: Export) -> tuple[Project, ...]:
    members: dict[str, dict[str, None]] = defaultdict(dict)
    first: dict[str, str] = {}
    for each in export.participations:
        if each.activity:
            members[each.activity][each.organisation] = None
            if each.started_on:
                first[each.activity] = min(each.started_on, first.get(each.activity, each.started_on))
    return tuple(
        Project(
            each.id, tuple(members[each.id]), first_day(each.started_on or first.get(each.id, "")) or None, each.tags
        )
        for each in export.activities
        if each.id in members
    )


def _memberships(export: Export) -> tuple[Membership, ...]:
    programmes = {each.id: each.programme for each in export.activities if each.programme}
    since: dict[tuple[str, str], str] = {}
    for each in export.participations:
        for programme in {each.programme, programmes.get(each.activity, "")} - {""}:
            pair = (each.organisation, programme)
            known = since.get(pair, "")
            since[pair] = min(filter(None, (known, each.started_on)), default="")
    return tuple(Membership(*pair, start or None) for pair, start in sorted(since.items()))


def _technologies(export: Export) -> tuple[Technology, ...]:
    tables = (export.organisations, export.programmes, export.activities)
    return tuple(
        Technology(tag, name_en=tag) for tag in sorted({tag for rows in tables for row in rows for tag in row.tags})
    )

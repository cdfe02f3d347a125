"""From rows of the graph to the records that the matching reads."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import orjson
import structlog
from madang_graph.client import Graph
from madang_graph.writes import snapshots
from madang_graph.writes.judgements import judgement_rows
from madang_graph.writes.refusals import lapse_refusals, refused_pairs
from madang_matching.profiles.vectors import call_text, organisation_text
from madang_matching.records import (
    Call,
    Judgement,
    Membership,
    Organisation,
    Project,
    Snapshot,
    Technology,
    Text,
    Vector,
)

from madang_server.matches.applicants import facts_of, sources_of, with_provinces
from madang_server.matches.vector_keys import vector_key

log = structlog.get_logger("madang.matches")

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for a run."""

    snapshot: Snapshot

    @property
    def private(self) -> frozenset[str]:
        """Organisations that only their own people may see: they get lists, and stand on nobody else's."""
        return self.snapshot.silent


async def read_snapshot(graph: Graph, now: datetime) -> Read:
    """Read everything that a run needs, as of now. Vectors whose text has changed are left out.

    Refusals of which a side has changed since end first, so that the run may suggest the pair again.
    """
    await lapse_refusals(graph, now)
    ids, calls, projects, technologies, memberships = await asyncio.gather(
        snapshots.matched_ids(graph),
        snapshots.call_rows(graph, now),
        snapshots.project_rows(graph),
        snapshots.technology_rows(graph),
        snapshots.membership_rows(graph),
    )
    refused, judged = await asyncio.gather(refused_pairs(graph, now), judgement_rows(graph))
    rows = await snapshots.organisation_rows(graph, ids)
    snapshot = Snapshot(
        organisations=tuple(organisation_of(row) for row in rows),
        calls=tuple(_call(row) for row in calls),
        projects=tuple(_project(row) for row in projects),
        technologies=tuple(technology_of(row) for row in technologies),
        dismissed=frozenset(refused),
        taken_at=now,
        memberships=tuple(Membership(*row) for row in memberships),
        judgements=judgements_of(judged),
        silent=frozenset(row[0] for row in rows if is_private(row)),
    )
    return Read(snapshot)


def judgements_of(rows: list[Row]) -> tuple[Judgement, ...]:
    """Return the records of rows of `judgements.judgement_rows`."""
    return tuple(
        Judgement(organisation_id, subject_id, verdict, reason or "", said_at[:10])
        for organisation_id, subject_id, verdict, reason, said_at in rows
    )


def is_private(row: Row) -> bool:
    """Tell whether a row of `snapshots.organisation_rows` is of an organisation that only its own people see."""
    return row[17] == "private"


def organisation_of(row: Row) -> Organisation:
    """Return the record of a row of `snapshots.organisation_rows`."""
    longitude, latitude = row[13], row[14]
    facts, fact_sources = facts_of(row[26], row[27], row[28])
    record = Organisation(
        id=row[0],
        kind=row[1],
        name_ko=row[2] or "",
        name_en=row[3] or "",
        summary_ko=row[4] or "",
        summary_en=row[5] or "",
        founded_on=row[6],
        employees=row[7],
        revenue_won=row[8],
        industry_code=row[9],
        stage=row[10],
        trl=row[11],
        maturity=row[12],
        region_codes=with_provinces(row[20]),
        location=None if longitude is None or latitude is None else (longitude, latitude),
        technologies=tuple(row[21]),
        needs=tuple(text_of(entry) for entry in row[22]),
        offers=tuple(text_of(entry) for entry in row[23]),
        certificates=tuple(row[15] or ()),
        profiling=row[16] is not False,
        value_sources=sources_of(row[24]) | fact_sources,
        country=row[25] or "",
        facts=facts,
    )
    return replace(record, vector=current_vector(row[18], row[19], organisation_text(record)))


def text_of(row: Row) -> Text:
    """Return the record of a need or offer, [id, text, vector, vector key, technology ids]."""
    identity, text, vector, key, technologies = row
    return Text(identity, text or "", tuple(technologies), current_vector(vector, key, (text or "").strip()))


def _call(row: Row) -> Call:
    record = Call(
        id=row[0],
        name_ko=row[1] or "",
        name_en=row[2] or "",
        summary_ko=row[3] or "",
        summary_en=row[4] or "",
        purposes=tuple(row[5] or ()),
        rules=_rules(row[0], row[6]),
        noticed_on=row[7],
        opens_at=row[8],
        closes_at=row[9],
        rolling=bool(row[10]),
        technologies=tuple(row[13]),
        programme=row[14] or "",
        contract_on=row[15],
    )
    return replace(record, vector=current_vector(row[11], row[12], call_text(record)))


def _project(row: Row) -> Project:
    identity, members, started_on, subjects = row
    return Project(identity, tuple(members), started_on, tuple(sorted(subjects)))


def technology_of(row: Row) -> Technology:
    """Return the record of a row of `snapshots.technology_rows`."""
    identity, name_ko, name_en, keywords, parent = row
    return Technology(identity, name_ko or "", name_en or "", parent, tuple(keywords or ()))


def _rules(call_id: str, stored: str | None) -> Mapping[str, Any]:
    """Rules that cannot be read count as unknown, which gives the verdict "check", never a wrong "eligible"."""
    if not stored:
        return {}
    try:
        rules = orjson.loads(stored)
    except orjson.JSONDecodeError:
        log.warning("rules cannot be read", call_id=call_id)
        return {}
    return rules


def current_vector(vector: list[float] | None, key: str | None, text: str) -> Vector | None:
    """Return a stored vector; None where it was made of another text."""
    if vector is None or key != vector_key(text):
        return None
    return np.asarray(vector, dtype=np.float32)

"""A small yard to write in: organisations, people and their viewers, made with defaults."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

from argon2 import PasswordHasher
from madang_graph.client import Graph
from madang_graph.viewer import ANONYMOUS, Viewer
from madang_server.security.attempts import Attempts
from madang_server.security.forgery import Forgery
from madang_server.security.identity import Identity
from madang_server.security.passwords import Passwords

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ORIGIN = "http://127.0.0.1:8000"
SECRET = "a-secret-of-the-tests-that-is-long-enough"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


def make_identity(**overrides: Any) -> Identity:
    parts: dict[str, Any] = {
        "passwords": Passwords(QUICK),
        "attempts": Attempts(None, Clock()),
        "forgery": Forgery(SECRET.encode(), ORIGIN),
    }
    return Identity(**(parts | overrides))


def make_viewer(person_id: str = "per_x", **overrides: Any) -> Viewer:
    edits = overrides.pop("edits", ())
    overrides.setdefault("organisation_ids", edits)
    return Viewer(person_id=person_id, editable_ids=edits, language="en", **overrides)


OUTSIDER = make_viewer("per_stranger", edits=("org_else",))
OWNER = make_viewer("per_owner", edits=("org_a",))
READER = make_viewer("per_reader", organisation_ids=("org_a",))
PARTNER = make_viewer("per_partner", edits=("org_b",))
ADMIN = make_viewer("per_admin", admin=True)
NOBODY = ANONYMOUS.with_language("en")

_ORGANISATION: LiteralString = "CREATE (o:Organisation) SET o = $values"


async def make_organisation(graph: Graph, organisation_id: str = "org_a", **overrides: Any) -> str:
    values: dict[str, Any] = {
        "id": organisation_id,
        "kind": "startup",
        "name_ko": "가온",
        "name_en": "Gaon",
        "name_key": "가온",
        "search_text": "가온 gaon",
        "visibility": "public",
        "certificates": [],
        "profiling": True,
        "synthetic": False,
        "version": 1,
        "updated_at": "2026-01-01T00:00:00Z",
    }
    await graph.write(_ORGANISATION, {"values": values | overrides})
    return organisation_id


async def make_yard(graph: Graph) -> None:
    """org_a (public), org_b (public), org_hidden (private), two gu of one city, vocabularies, a call, needs."""
    await make_organisation(graph)
    await make_organisation(graph, "org_b", name_ko="나루", name_en="Naru")
    await make_organisation(graph, "org_hidden", visibility="private")
    await make_organisation(graph, "org_else", name_ko="다른", name_en="Else")
    await graph.write("""
CREATE (city:District {id: 'dst_seoul', kind: 'city', code: '11', name_ko: '서울', name_key: '서울'})
CREATE (gangnam:District {id: 'dst_gangnam', kind: 'gu', code: '11680', name_key: '강남구',
  location: point({longitude: 127.05, latitude: 37.5})})-[:PART_OF]->(city)
CREATE (mapo:District {id: 'dst_mapo', kind: 'gu', code: '11440', name_key: '마포구',
  location: point({longitude: 126.9, latitude: 37.55})})-[:PART_OF]->(city)
CREATE (:Technology {id: 'tec_ai', name_ko: '인공지능', name_en: 'Artificial intelligence', name_key: '인공지능'})
CREATE (:Technology {id: 'tec_iot', name_ko: '사물인터넷', name_en: 'Internet of things', name_key: '사물인터넷'})
CREATE (:Industry {id: 'ind_c29', code: 'C29', name_ko: '기계', name_key: '기계'})
CREATE (:Industry {id: 'ind_j62', code: 'J62', name_ko: '소프트웨어', name_key: '소프트웨어'})
CREATE (:Call {id: 'call_one', name_ko: '공고', name_key: '공고'})
WITH 1 AS one
MATCH (b:Organisation {id: 'org_b'}), (e:Organisation {id: 'org_else'})
CREATE (b)-[:SEEKS]->(:Need {id: 'need_b', text: '불량 검사를 자동으로 하고 싶습니다', language: 'ko', state: 'open'})
CREATE (e)-[:SEEKS]->(:Need {id: 'need_else', text: '창고를 자동화하고 싶습니다', language: 'ko', state: 'open'})
""")


async def values_of(graph: Graph, node_id: str) -> dict[str, Any]:
    rows = await graph.read(
        "MATCH (n:$any($labels) {id: $id}) RETURN properties(n)", {"id": node_id, "labels": _LABELS}
    )
    assert len(rows) == 1
    return rows[0][0]


_LABELS = ["Organisation", "Need", "Offer", "Introduction", "Person"]


async def audit_of(graph: Graph) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(person, action, subject, fields) of each entry, in no order."""
    rows = await graph.read("MATCH (a:Audit) RETURN a.person_id, a.action, a.subject_id, a.changes")
    return sorted((person, action, subject, tuple(json.loads(changes))) for person, action, subject, changes in rows)


async def jobs_of(graph: Graph) -> list[tuple[str, dict[str, Any]]]:
    rows = await graph.read("MATCH (x:Outbox) RETURN x.job, x.payload ORDER BY x.id")
    return [(job, json.loads(payload)) for job, payload in rows]


async def everything(graph: Graph) -> list[Any]:
    """All nodes and relationships with their properties, for comparing before and after."""
    nodes = await graph.read("MATCH (n) RETURN labels(n), properties(n)")
    ties = await graph.read("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)")
    # The order in which a node holds its properties is no part of what it says.
    return sorted(repr([*row[:-1], sorted(row[-1].items())]) for row in [*nodes, *ties])

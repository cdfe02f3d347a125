"""The synthetic district as the importer takes it in: every record is marked as invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from madang_graph.ids import stable_id
from madang_graph.text import search_text

from madang_seeds.importer import DataSet, Row, Table
from madang_seeds.packed import fingerprint
from madang_seeds.records import NodeRecord, Record, Stated, edge, named
from madang_seeds.seoul import districts, vocabularies
from madang_seeds.seoul.districts import all_gu, city_id, gu_id
from madang_seeds.seoul.sources import (
    BOUNDARIES,
    INDUSTRIES,
    NAMES,
    REFERENCE,
    VOCABULARY,
    row_of_source,
    source_id,
    source_record,
)
from madang_seeds.seoul.vocabularies import industry_id, technology_id
from madang_seeds.synthetic.calls import Call
from madang_seeds.synthetic.district import Synthetic, plant
from madang_seeds.synthetic.history import Project, Request
from madang_seeds.synthetic.members import Member
from madang_seeds.synthetic.sentences import Statement

NAME = "synthetic"
VERSION = "1"
"""Raise it when the generator gives other rows for the same number, seed and files."""
ORGANISATIONS, SEED = 600, 0
_SOURCE = "madang-synthetic"
_FILES = (
    "seoul_gu_2023.geojson",
    "seoul_gu_names.csv",
    "seoul_districts.csv",
    "seoul_technologies.csv",
    "seoul_industries.csv",
)


def data_set(day: date, organisations: int = ORGANISATIONS, seed: int = SEED) -> DataSet:
    """Return the data set as of the day. Districts of other seeds stand beside it; a larger one of the same seed holds
    the smaller one's organisations under the same ids.

    Raises: ValueError: fewer than two organisations.
    """
    if organisations < 2:
        raise ValueError("a synthetic district needs two organisations at least")
    district = _Once(partial(plant, organisations, seed, day))
    writer = _Writer(seed, day.isoformat())
    return DataSet(
        NAME,
        fingerprint(f"{VERSION}/{organisations}/{seed}", *_FILES),
        (
            Table("sources", _source_rows),
            Table("technologies", vocabularies.technology_rows),
            Table("industries", vocabularies.industry_rows),
            Table("districts", districts.rows),
            Table("calls", lambda: (Row(each.number + 1, writer.call(each)) for each in district().calls)),
            Table(
                "organisations",
                lambda: (Row(each.number + 1, writer.member(each)) for each in district().members),
                organisations,
            ),
            Table("projects", lambda: (Row(each.number + 1, writer.project(each)) for each in district().projects)),
            Table("requests", lambda: (Row(n, writer.request(each)) for n, each in enumerate(district().requests, 1))),
        ),
        day.isoformat(),
    )


class _Once:
    """The district, planted when the first table asks for it."""

    def __init__(self, make: partial[Synthetic]) -> None:
        self._make = make
        self._made: Synthetic | None = None

    def __call__(self) -> Synthetic:
        self._made = self._made or self._make()
        return self._made


def _source_rows() -> Iterator[Row]:
    for key in (BOUNDARIES, NAMES, REFERENCE, INDUSTRIES, VOCABULARY):
        yield row_of_source(key)
    facts = source_record(
        key=_SOURCE,
        title_ko="시험용 가상 혁신지구",
        title_en="Invented district for tests of the matching",
        attribution="Invented by the Madang project from a seed: no organisation, need, offer, project or call of it "
        "exists; names end in a number",
        licence="Apache-2.0",
        synthetic=True,
    )
    yield Row(10_000, [facts])


class _Writer:
    """Turns members, projects and calls into records."""

    def __init__(self, seed: int, day: str) -> None:
        self._seed = seed
        self._day = day
        self._stated = (Stated(source_id(_SOURCE), day),)

    def _id(self, prefix: str, key: str) -> str:
        return stable_id(prefix, _SOURCE, f"{self._seed}/{key}")

    def member(self, member: Member) -> list[Record]:
        """Return an organisation with its ties; what its profile leaves out is left out."""
        identity = self._id("org_", str(member.number))
        properties = {
            **named(member.name_ko, member.name_en),
            "kind": member.kind,
            "summary_ko": member.summary_ko or None,
            "summary_en": member.summary_en or None,
            "founded_on": member.founded_on,
            "employees": member.employees,
            "revenue_won": member.revenue_won,
            "industry_code": member.industry,
            "stage": member.stage,
            "country": "KR",
            "visibility": "public",
            "location": member.place,
            "profiling": True,
            "version": 1,
            "updated_at": f"{self._day}T00:00:00Z",
            "synthetic": True,
        }
        said = {name: value for name, value in properties.items() if name not in member.unsaid}
        if "gu" in member.unsaid:
            del said["location"]
        records: list[Record] = [NodeRecord("Organisation", identity, said, self._stated)]
        records.extend(self._ties(member, identity))
        for number, each in enumerate(member.needs):
            records.extend(self._statement("Need", "SEEKS", "need_", identity, f"{member.number}/{number}", each))
        for number, each in enumerate(member.offers):
            records.extend(self._statement("Offer", "OFFERS", "off_", identity, f"{member.number}/{number}", each))
        return records

    def _ties(self, member: Member, identity: str) -> Iterator[Record]:
        yield edge("Organisation", "MEMBER_OF", "District", identity, city_id())
        if "gu" not in member.unsaid:
            gu = gu_id(all_gu()[member.gu].code)
            yield edge("Organisation", "LOCATED_IN", "District", identity, gu)
            yield edge("Organisation", "MEMBER_OF", "District", identity, gu)
        yield edge("Organisation", "IN_INDUSTRY", "Industry", identity, industry_id(member.industry))
        for code in sorted(member.says):
            yield edge("Organisation", "USES", "Technology", identity, technology_id(code))

    def _statement(
        self, label: str, verb: str, prefix: str, owner: str, key: str, statement: Statement
    ) -> Iterator[Record]:
        properties = {
            "text": statement.text,
            "language": statement.language,
            "search_text": search_text(statement.text),
            "posted_at": f"{self._day}T00:00:00Z",
        }
        if label == "Need":
            properties["state"] = "open"
        node = NodeRecord(label, self._id(prefix, key), properties, self._stated)
        yield node
        yield edge("Organisation", verb, label, owner, node.id)
        for code in statement.topics:
            yield edge(label, "ABOUT", "Technology", node.id, technology_id(code))

    def project(self, project: Project) -> list[Record]:
        """Return a joint project with its partners and topics."""
        properties = {
            **named(f"공동 사업 {project.number + 1} (예시)", f"Joint project {project.number + 1} (example)"),
            "started_on": project.started_on,
            "size": len(project.members),
            "synthetic": True,
        }
        node = NodeRecord("Project", self._id("prj_", str(project.number)), properties, self._stated)
        partners = [
            edge(
                "Organisation", "TOOK_PART_IN", "Project", self._id("org_", str(number)), node.id,
                role="participant", since_on=project.started_on,
            )
            for number in project.members
        ]  # fmt: skip
        topics = [edge("Project", "ABOUT", "Technology", node.id, technology_id(code)) for code in project.topics]
        return [node, *partners, *topics]

    def request(self, request: Request) -> list[Record]:
        """Return a request to meet, its answer, and the answer as the judgement of who was asked."""
        asked_on = date.fromisoformat(request.on)
        answered_at = f"{asked_on + timedelta(days=3)}T01:00:00Z"
        asker, asked = self._id("org_", str(request.asker)), self._id("org_", str(request.asked))
        key = f"{request.asker}/{request.asked}"
        introduction = NodeRecord(
            "Introduction",
            self._id("int_", key),
            {
                "state": "accepted" if request.accepted else "declined",
                "asked_at": f"{request.on}T01:00:00Z",
                "answered_at": answered_at,
                "expires_at": f"{asked_on + timedelta(days=30)}T01:00:00Z",
            },
        )
        verdict = {"verdict": "accepted" if request.accepted else "refused", "said_at": answered_at}
        judgement = NodeRecord("Judgement", self._id("jdg_", key), verdict)
        return [
            introduction,
            judgement,
            edge("Organisation", "ASKED", "Introduction", asker, introduction.id),
            edge("Introduction", "ASKS", "Organisation", introduction.id, asked),
            edge("Organisation", "JUDGED", "Judgement", asked, judgement.id),
            edge("Judgement", "JUDGES", "Organisation", judgement.id, asker),
            edge("Judgement", "CAME_OF", "Introduction", judgement.id, introduction.id),
        ]

    def call(self, call: Call) -> list[Record]:
        """Return a programme with its one call."""
        shared = {
            "summary_ko": call.summary_ko,
            "summary_en": call.summary_en,
            "purposes": list(call.purposes),
            "as_of_year": int(self._day[:4]),
            "source_note": "시험용으로 지어낸 공고 / invented for tests of the matching",
            "synthetic": True,
            "updated_at": f"{self._day}T00:00:00Z",
        }
        programme = NodeRecord(
            "Programme",
            self._id("prg_", str(call.number)),
            {**named(call.name_ko, call.name_en), **shared, "owner_name": "마당 (예시)"},
            self._stated,
        )
        dated = {
            "noticed_on": call.noticed_on,
            "opens_at": call.opens_at,
            "closes_at": call.closes_at,
            "rolling": False,
            "rules": json.dumps(call.rules, ensure_ascii=False),
            "demo_dates": False,
        }
        node = NodeRecord(
            "Call",
            self._id("call_", str(call.number)),
            {**named(call.name_ko, call.name_en), **shared, **dated},
            self._stated,
        )
        about = [
            edge(label, "ABOUT", "Technology", id_, technology_id(code))
            for code in call.topics
            for label, id_ in (("Programme", programme.id), ("Call", node.id))
        ]
        return [programme, node, edge("Programme", "HAS_CALL", "Call", programme.id, node.id), *about]

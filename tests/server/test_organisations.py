"""Editing a profile: what is stored, who may, what happens when two edit, and what is refused."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from madang_graph.client import Graph
from madang_server.services import organisations
from madang_server.services.errors import (
    KeyReusedError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    ValidationError,
)
from madang_server.services.organisations import OrganisationChange

from tests.server.builders import (
    ADMIN,
    NOBODY,
    NOW,
    OUTSIDER,
    OWNER,
    READER,
    audit_of,
    everything,
    jobs_of,
    make_viewer,
    make_yard,
    values_of,
)


async def edit(graph: Graph, viewer: Any = OWNER, key: str | None = None, **fields: Any) -> str:
    change = OrganisationChange(**({"id": "org_a", "version": 1} | fields))
    return await organisations.edit(graph, viewer, change, now=NOW, idempotency_key=key)


async def ties_of(graph: Graph, kind: str) -> set[str]:
    rows = await graph.read(
        "MATCH (:Organisation {id: 'org_a'})-[r]->(x) WHERE type(r) = $kind RETURN x.id", {"kind": kind}
    )
    return {row[0] for row in rows}


async def test_an_edit_stores_the_fields_and_what_follows_from_them(graph: Graph) -> None:
    await make_yard(graph)
    await edit(
        graph,
        name_ko="  새이름AI센서  ",
        summary_ko="첫 줄\r\n둘째 줄",
        founded_on="2020-02-29",
        employees=12,
        revenue_won=3_000_000_000,
        stage="seed",
        trl=5,
        homepage="https://gaon.example/",
        certificates=["venture", "innobiz", "venture"],
        technology_ids=["tec_ai"],
        profiling=False,
    )
    stored = await values_of(graph, "org_a")
    assert stored["name_ko"] == "새이름AI센서"
    assert stored["name_key"] == "새이름ai센서"
    assert stored["summary_ko"] == "첫 줄\n둘째 줄"
    assert {"새이름", "ai", "센서", "인공지능"} <= set(stored["search_text"].split())
    assert (stored["founded_on"], stored["employees"], stored["revenue_won"]) == ("2020-02-29", 12, 3_000_000_000)
    assert stored["certificates"] == ["innobiz", "venture"]
    assert stored["profiling"] is False
    assert (stored["version"], stored["updated_at"]) == (2, "2026-11-24T03:00:00Z")
    assert {"employees", "name_ko", "technologies", "profiling"} <= set(stored["changed_fields"])
    assert await ties_of(graph, "USES") == {"tec_ai"}


async def test_an_edit_writes_one_audit_entry_and_one_job(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, employees=12, technology_ids=["tec_ai"])
    assert await audit_of(graph) == [("per_owner", "organisations.edit", "org_a", ("employees", "technologies"))]
    assert await jobs_of(graph) == [("suggestions.refresh", {"organisation_id": "org_a"})]


async def test_what_is_left_out_stays_and_null_clears(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, employees=12, trl=3, technology_ids=["tec_ai", "tec_iot"], industry_id="ind_c29")
    await edit(graph, version=2, trl=None, technology_ids=["tec_iot"])
    assert (await values_of(graph, "org_a"))["changed_fields"] == ["technologies", "trl"]
    stored = await values_of(graph, "org_a")
    assert stored["employees"] == 12
    assert "trl" not in stored
    assert stored["industry_code"] == "C29"
    assert await ties_of(graph, "USES") == {"tec_iot"}


async def test_an_edit_that_changes_nothing_leaves_no_trace(graph: Graph) -> None:
    await make_yard(graph)
    before = await everything(graph)
    await edit(graph, name_ko="가온", profiling=True, technology_ids=[], industry_id=None)
    assert await everything(graph) == before


async def test_a_move_changes_the_memberships_that_follow_from_the_place(graph: Graph) -> None:
    await make_yard(graph)
    await graph.write("""
MATCH (o:Organisation {id: 'org_a'})
CREATE (o)-[:MEMBER_OF]->(:District {id: 'dst_valley', kind: 'innovation_district', name_key: 'valley'})
""")
    await edit(graph, district_id="dst_gangnam")
    assert await ties_of(graph, "MEMBER_OF") == {"dst_valley", "dst_gangnam", "dst_seoul"}
    await edit(graph, version=2, district_id="dst_mapo")
    assert await ties_of(graph, "LOCATED_IN") == {"dst_mapo"}
    assert await ties_of(graph, "MEMBER_OF") == {"dst_valley", "dst_mapo", "dst_seoul"}
    assert (await values_of(graph, "org_a"))["location"].longitude == pytest.approx(126.9)
    await edit(graph, version=3, district_id=None)
    assert await ties_of(graph, "LOCATED_IN") == set()
    assert await ties_of(graph, "MEMBER_OF") == {"dst_valley"}
    assert "location" not in await values_of(graph, "org_a")


async def test_an_industry_is_replaced_with_its_code(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, industry_id="ind_c29")
    await edit(graph, version=2, industry_id="ind_j62")
    assert await ties_of(graph, "IN_INDUSTRY") == {"ind_j62"}
    assert (await values_of(graph, "org_a"))["industry_code"] == "J62"
    await edit(graph, version=3, industry_id=None)
    assert await ties_of(graph, "IN_INDUSTRY") == set()
    assert "industry_code" not in await values_of(graph, "org_a")


async def test_a_field_that_its_people_changed_is_no_longer_the_sources(graph: Graph) -> None:
    await make_yard(graph)
    await graph.write("""
MATCH (o:Organisation {id: 'org_a'})
CREATE (o)-[:STATED_BY {fields: ['employees', 'founded_on'], as_of: '2024-01-01'}]->(:Source {id: 'src_r', key: 'r'})
CREATE (o)-[:STATED_BY {fields: ['employees'], as_of: '2023-01-01'}]->(:Source {id: 'src_old', key: 'o'})
""")
    await edit(graph, employees=9, visibility="members")
    rows = await graph.read("""
MATCH (:Organisation {id: 'org_a'})-[s:STATED_BY]->(x:Source) RETURN x.key, s.fields, s.as_of
""")
    assert {(key, tuple(fields), as_of) for key, fields, as_of in rows} == {
        ("r", ("founded_on",), "2024-01-01"),
        ("self", ("employees",), "2026-11-24"),
    }


async def test_two_editors_of_one_version_cannot_overwrite_each_other(graph: Graph) -> None:
    await make_yard(graph)
    results = await asyncio.gather(*(edit(graph, employees=number) for number in range(1, 7)), return_exceptions=True)
    done = [number for number, result in enumerate(results, 1) if result == "org_a"]
    assert len(done) == 1
    assert sum(isinstance(result, StaleVersionError) for result in results) == 5
    stored = await values_of(graph, "org_a")
    assert (stored["employees"], stored["version"]) == (done[0], 2)
    assert len(await audit_of(graph)) == len(await jobs_of(graph)) == 1


async def test_a_stale_version_is_a_conflict_that_names_the_present_one(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, employees=12)
    with pytest.raises(StaleVersionError) as caught:
        await edit(graph, employees=13)
    assert caught.value.current == 2
    assert (await values_of(graph, "org_a"))["employees"] == 12


async def test_the_same_key_and_input_change_once(graph: Graph) -> None:
    await make_yard(graph)
    assert await edit(graph, key="k1", employees=12) == "org_a"
    after = await everything(graph)
    assert await edit(graph, key="k1", employees=12) == "org_a"
    assert await everything(graph) == after


async def test_the_same_key_at_the_same_time_changes_once(graph: Graph) -> None:
    await make_yard(graph)
    answers = await asyncio.gather(*(edit(graph, key="k1", employees=12) for _ in range(5)))
    assert set(answers) == {"org_a"}
    assert len(await audit_of(graph)) == 1


async def test_the_same_key_with_another_input_is_a_conflict(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, key="k1", employees=12)
    with pytest.raises(KeyReusedError):
        await edit(graph, key="k1", employees=13)


async def test_a_key_belongs_to_its_person(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, key="k1", employees=12)
    await edit(graph, ADMIN, key="k1", version=2, employees=13)
    assert (await values_of(graph, "org_a"))["employees"] == 13


async def test_a_key_of_a_failed_request_is_free_again(graph: Graph) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError):
        await edit(graph, key="k1", industry_id="ind_none")
    assert await edit(graph, key="k1", employees=12) == "org_a"


@pytest.mark.parametrize(
    ("viewer", "target", "error"),
    [
        (NOBODY, "org_a", NotPermittedError),
        (OUTSIDER, "org_a", NotPermittedError),
        (READER, "org_a", NotPermittedError),
        (make_viewer("per_m", district_ids=("dst_seoul",)), "org_a", NotPermittedError),
        (make_viewer("per_owner", edits=("org_a",), scopes=frozenset({"read"})), "org_a", NotPermittedError),
        (OUTSIDER, "org_hidden", NotFoundError),
        (OUTSIDER, "org_missing", NotFoundError),
        (OUTSIDER, "x" * 1_000_000, NotFoundError),
        (ADMIN, "org_missing", NotFoundError),
    ],
)
async def test_who_may_not_edit_changes_nothing(graph: Graph, viewer: Any, target: str, error: type[Exception]) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(error):
        await edit(graph, viewer, id=target, employees=1)
    assert await everything(graph) == before


async def test_hidden_and_missing_say_the_same(graph: Graph) -> None:
    await make_yard(graph)
    said: list[tuple[str, str | None]] = []
    for target in ("org_hidden", "org_missing"):
        with pytest.raises(NotFoundError) as caught:
            await edit(graph, OUTSIDER, id=target, employees=1)
        said.append((str(caught.value), caught.value.field))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"name_ko": "가" * 201}, "nameKo"),
        ({"name_en": "a\x00b"}, "nameEn"),
        ({"name_en": "a\nb"}, "nameEn"),
        ({"name_en": "abc\u202egnp.exe"}, "nameEn"),
        ({"name_en": "a\ud800"}, "nameEn"),
        ({"summary_ko": "a" * 1_000_000}, "summaryKo"),
        ({"summary_en": "a" * 2_001}, "summaryEn"),
        ({"founded_on": "2026-11-25"}, "foundedOn"),
        ({"founded_on": "2026-02-30"}, "foundedOn"),
        ({"founded_on": "20200101"}, "foundedOn"),
        ({"founded_on": "1066-10-14"}, "foundedOn"),
        ({"employees": -1}, "employees"),
        ({"employees": 1_000_001}, "employees"),
        ({"revenue_won": -1}, "revenueWon"),
        ({"trl": 0}, "trl"),
        ({"trl": 10}, "trl"),
        ({"homepage": "javascript:alert(1)"}, "homepage"),
        ({"homepage": "https://a:b@c.example"}, "homepage"),
        ({"homepage": "http://["}, "homepage"),
        ({"kind": "dragon"}, "kind"),
        ({"kind": None}, "kind"),
        ({"visibility": None}, "visibility"),
        ({"stage": "late"}, "stage"),
        ({"certificates": ["a b"]}, "certificates"),
        ({"certificates": [f"c{n}" for n in range(31)]}, "certificates"),
        ({"technology_ids": [f"tec_{n}" for n in range(31)]}, "technologyIds"),
        ({"technology_ids": ["tec_none"]}, "technologyIds"),
        ({"industry_id": "ind_none"}, "industryId"),
        ({"industry_id": "x'}) DETACH DELETE"}, "industryId"),
        ({"district_id": "dst_seoul"}, "districtId"),
        ({"name_ko": None, "name_en": "   "}, "nameKo"),
    ],
)
async def test_a_field_that_cannot_be_taken_is_named_and_nothing_is_written(
    graph: Graph, fields: dict[str, Any], place: str
) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(ValidationError) as caught:
        await edit(graph, **fields)
    assert [problem.field for problem in caught.value.problems] == [place]
    assert all(problem.sentence.ko and problem.sentence.en for problem in caught.value.problems)
    assert await everything(graph) == before


async def test_all_problems_are_told_at_once(graph: Graph) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError) as caught:
        await edit(graph, name_ko="가" * 201, trl=10, founded_on="tomorrow")
    assert {problem.field for problem in caught.value.problems} == {"nameKo", "trl", "foundedOn"}


@pytest.mark.parametrize("name", ["شركة الابتكار", "חברה", "스타트업 🚀👩‍💻", "株式会社", "a" * 200])
async def test_names_of_any_script_are_welcome(graph: Graph, name: str) -> None:
    await make_yard(graph)
    await edit(graph, name_ko=name)
    assert (await values_of(graph, "org_a"))["name_ko"] == name


async def test_decomposed_hangul_is_stored_composed(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, name_ko="\u1112\u1161\u11ab\u1100\u1173\u11af")
    assert (await values_of(graph, "org_a"))["name_ko"] == "한글"


async def test_an_administrator_may_edit(graph: Graph) -> None:
    await make_yard(graph)
    await edit(graph, ADMIN, id="org_hidden", employees=3)
    assert await audit_of(graph) == [("per_admin", "organisations.edit", "org_hidden", ("employees",))]

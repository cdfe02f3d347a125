"""The report of overlaps over the API: what it says, what it filters, and that it tells of nobody hidden."""

from __future__ import annotations

import json
from typing import Any

import pytest
import pytest_asyncio
from madang_graph.client import Graph
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.programmes import CALL_ENTITY, PROGRAMME_ENTITY
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_server.api.execute import Api
from madang_server.api.functions import Sentences, read_functions
from madang_server.api.overlaps import OverlapReports
from madang_server.api.schema import build_schema

from tests.server.builders import ADMIN, NOBODY, NOW, OWNER, Clock, make_viewer, make_yard
from tests.server.test_partner_search import WordsOnly

SMALL: dict[str, Any] = {"kind": "size", "employees_max": 10, "bound": "inclusive"}
STARTUP: dict[str, Any] = {"kind": "organisation_kind", "include": ["startup"]}
MANAGER = make_viewer("per_manager", district_ids=("dst_gangnam",))
DOCUMENT = """query (
  $purpose: [Purpose!], $district: ID, $openNow: Boolean, $owner: String, $mine: Boolean, $programme: ID, $other: ID
  $order: OverlapOrder, $first: Int, $after: String
) {
  overlaps(
    purpose: $purpose, district: $district, openNow: $openNow, owner: $owner, mine: $mine, programme: $programme
    other: $other, order: $order, first: $first, after: $after
  ) {
    totalCount programmes pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes {
      degree purposes firms firmsOfEither firmsCertain days daysFrom daysUntil months stacking stackingText
      conditions { kind both first second }
      first { programmeId programmeName ownerName mayEdit callId state opensAt closesAt purposes }
      second { programmeId callId state }
    }
  }
}"""
FIRMS = """query ($programme: ID!, $other: ID!, $district: ID) {
  overlapFirms(programme: $programme, other: $other, district: $district) {
    totalCount edges { certain node { id } }
  }
}"""


def named(other: str) -> dict[str, Any]:
    return {"kind": "exclusive_with", "programmes": [other], "text_en": "the other one"}


async def make_programmes(graph: Graph) -> None:
    """Four programmes. prg_a and prg_b are for small startups, and one forbids the other; prg_c is open to all; the
    call of prg_late opens next year. org_a runs prg_a. All of org_a, org_b, org_hidden are members of Gangnam."""
    await make_yard(graph)
    rows = [
        ("prg_a", ["money", "space"], [SMALL, STARTUP, named("프로그램 prg_b")], "2026-11-20", "2026-12-10"),
        ("prg_b", ["money"], [SMALL, STARTUP], "2026-12-01", "2026-12-20"),
        ("prg_c", ["money", "data"], [STARTUP], "2026-11-01", "2026-12-31"),
        ("prg_late", ["space"], [STARTUP], "2027-05-01", "2027-05-20"),
    ]
    await graph.write(
        """
UNWIND $rows AS row
CREATE (p:Programme {id: row[0], name_ko: '프로그램 ' + row[0], name_key: row[0], owner_name: '기관 ' + row[0],
  purposes: row[1]})
CREATE (p)-[:HAS_CALL]->(:Call {id: 'call_' + row[0], name_ko: '공고', name_key: row[0], rules: row[2],
  opens_at: row[3] + 'T00:00:00Z', closes_at: row[4] + 'T09:00:00Z'})
WITH count(*) AS made
MATCH (a:Organisation {id: 'org_a'}), (p:Programme {id: 'prg_a'}) CREATE (a)-[:RUNS]->(p)
WITH made
MATCH (o:Organisation), (d:District {id: 'dst_gangnam'}) WHERE o.id <> 'org_else' CREATE (o)-[:MEMBER_OF]->(d)
SET o.employees = 50
""",
        {"rows": [[i, p, json.dumps({"all": rules}), opens, closes] for i, p, rules, opens, closes in rows]},
    )
    await graph.write(
        "MATCH (o:Organisation {id: 'org_else'}), (d:District {id: 'dst_mapo'}) CREATE (o)-[:MEMBER_OF]->(d)"
    )


def make_api(graph: Graph, reports: OverlapReports | None = None) -> Api:
    """An API that reads anew each time."""
    made = reports or OverlapReports(fresh_s=0)
    functions = {**read_functions(Sentences(WordsOnly())), "overlaps": made.overlaps, "overlap_firms": made.firms}
    compiler = Compiler(ENTITIES, ONES, MANYS, functions, CursorSigner(b"test"), LEAVES)
    return Api(graph, build_schema(), compiler, lambda: NOW, lambda *_: None, read_timeout_s=30)


@pytest_asyncio.fixture(loop_scope="session")
async def api(graph: Graph) -> Api:
    await make_programmes(graph)
    return make_api(graph)


async def ask(api: Api, viewer: Viewer = NOBODY, document: str = DOCUMENT, **variables: Any) -> dict[str, Any]:
    answer = await api.execute(document, variables, viewer)
    assert answer.data is not None, answer.errors
    return next(iter(answer.data.values()))


def pairs(read: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["first"]["programmeId"], each["second"]["programmeId"]) for each in read["nodes"]]


AB, AC, BC = ("prg_a", "prg_b"), ("prg_a", "prg_c"), ("prg_b", "prg_c")


async def test_pairs_are_listed_with_what_makes_them_overlap(api: Api) -> None:
    read = await ask(api)
    assert set(pairs(read)) == {AB, AC, BC}
    assert (read["totalCount"], read["programmes"]) == (3, 4)
    assert [each["degree"] for each in read["nodes"]] == sorted((n["degree"] for n in read["nodes"]), reverse=True)
    found = next(each for each in read["nodes"] if each["second"]["programmeId"] == "prg_b")
    assert found["purposes"] == ["MONEY"]
    # 1 to 10 December in Seoul.
    assert (found["days"], found["daysFrom"], found["daysUntil"]) == (10, "2026-12-01", "2026-12-10")
    assert found["stacking"] == "FORBIDDEN"
    assert "the other one" in found["stackingText"].lower()
    alone = {each["kind"]: (each["both"], each["first"], each["second"]) for each in found["conditions"]}
    assert alone["size"][0]
    assert alone["size"][1:] == (None, None)
    assert alone["exclusive_with"][0] is None
    assert alone["exclusive_with"][1]
    assert found["first"] == {
        "programmeId": "prg_a",
        "programmeName": "프로그램 prg_a",
        "ownerName": "기관 prg_a",
        "mayEdit": False,
        "callId": "call_prg_a",
        "state": "OPEN",
        "opensAt": "2026-11-20T00:00:00Z",
        "closesAt": "2026-12-10T09:00:00Z",
        "purposes": ["MONEY", "SPACE"],
    }


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"purpose": ["DATA"]}, set[tuple[str, str]]()),
        ({"purpose": ["MONEY", "DATA"]}, {AB, AC, BC}),
        ({"openNow": True}, {AC}),
        ({"owner": "  PRG_B "}, {AB, BC}),
        ({"owner": "기관 nobody"}, set[tuple[str, str]]()),
        ({"programme": "prg_b"}, {AB, BC}),
        ({"programme": "prg_c", "other": "prg_b"}, {BC}),
        ({"programme": "prg_a", "other": "prg_a"}, set[tuple[str, str]]()),
        ({"programme": "prg_none"}, set[tuple[str, str]]()),
        ({"mine": True}, set[tuple[str, str]]()),
        ({"district": "dst_none"}, set[tuple[str, str]]()),
        ({"purpose": [], "owner": "", "mine": False, "openNow": False, "programme": "", "district": ""}, {AB, AC, BC}),
    ],
)
async def test_filters_keep_the_pairs_that_they_name(
    api: Api, variables: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    read = await ask(api, **variables)
    assert set(pairs(read)) == expected
    assert read["totalCount"] == len(expected)


async def test_ones_own_programmes_are_those_that_one_runs(api: Api) -> None:
    read = await ask(api, OWNER, mine=True)
    assert set(pairs(read)) == {AB, AC}
    assert all(each["first"]["mayEdit"] for each in read["nodes"])


async def test_orders_put_most_first(api: Api) -> None:
    for order, key in (("FIRMS", "firms"), ("DAYS", "days"), ("DEGREE", "degree")):
        numbers = [each[key] for each in (await ask(api, order=order))["nodes"]]
        assert numbers == sorted(numbers, reverse=True)
        assert len(numbers) == 3
        assert order == "FIRMS" or len(set(numbers)) > 1


@pytest.mark.parametrize("order", [None, "FIRMS", "DAYS"])
async def test_pages_give_every_pair_once_and_a_strange_cursor_is_refused(api: Api, order: str | None) -> None:
    whole = pairs(await ask(api, order=order))
    found: list[tuple[str, str]] = []
    after = None
    while True:
        read = await ask(api, order=order, first=1, after=after)
        found += pairs(read)
        assert read["pageInfo"]["hasPreviousPage"] is (after is not None)
        after = read["pageInfo"]["endCursor"]
        if not read["pageInfo"]["hasNextPage"]:
            break
    assert found == whole
    answer = await api.execute(DOCUMENT, {"after": "prg_x~prg_y"}, NOBODY)
    assert answer.errors[0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert (await api.execute(DOCUMENT, {"first": 101}, NOBODY)).errors[0]["extensions"]["code"] == "BAD_USER_INPUT"


# who sees what


def test_programmes_and_calls_are_public() -> None:
    """The statement of the report asks nothing of them; when that changes, it has to."""
    assert PROGRAMME_ENTITY.visible == CALL_ENTITY.visible == ""


async def _counted(api: Api, viewer: Viewer, **variables: Any) -> tuple[int, int, int]:
    (found,) = (await ask(api, viewer, programme="prg_a", other="prg_b", **variables))["nodes"]
    return found["firms"], found["firmsOfEither"], found["firmsCertain"]


async def test_firms_that_the_viewer_may_not_see_are_not_counted(api: Api, graph: Graph) -> None:
    await graph.write("MATCH (o:Organisation) SET o.employees = 5")
    assert (await _counted(api, NOBODY))[0] == 3
    assert (await _counted(api, ADMIN))[0] == 4
    hidden = make_viewer("per_inside", organisation_ids=("org_hidden",))
    assert (await _counted(api, hidden))[0] == 4
    await graph.write("MATCH (o:Organisation {id: 'org_b'}) SET o.visibility = 'members'")
    assert (await _counted(api, NOBODY))[0] == 2
    assert (await _counted(api, OWNER))[0] == 3


async def test_what_the_viewer_may_not_see_of_a_firm_decides_nothing(api: Api, graph: Graph) -> None:
    """Firms of fifty are ruled out by "at most ten people", for those who may see how many they are."""
    assert await _counted(api, NOBODY) == (3, 3, 0)
    assert await _counted(api, OWNER) == (2, 2, 0)  # its own size is known to it
    assert await _counted(api, MANAGER) == (1, 1, 0)  # those of the district's members; org_else is in another one
    await graph.write("MATCH (o:Organisation) SET o.employees = 5")
    assert (await _counted(api, NOBODY))[2] == 0


@pytest.mark.parametrize("viewer", [NOBODY, OWNER, MANAGER, ADMIN], ids=lambda viewer: viewer.person_id or "nobody")
@pytest.mark.parametrize("district", [None, "dst_mapo"])
async def test_the_number_of_firms_is_that_of_the_rows(api: Api, viewer: Viewer, district: str | None) -> None:
    for one, other in (AB, AC, BC):
        read = (await ask(api, viewer, programme=one, other=other, district=district))["nodes"]
        rows = await ask(api, viewer, FIRMS, programme=other, other=one, district=district)
        firms, certain = (read[0]["firms"], read[0]["firmsCertain"]) if read else (0, 0)
        assert rows["totalCount"] == len(rows["edges"]) == firms
        assert sum(edge["certain"] for edge in rows["edges"]) == certain


async def test_a_district_counts_its_own_members_alone(api: Api) -> None:
    rows = await ask(api, NOBODY, FIRMS, programme="prg_b", other="prg_c", district="dst_mapo")
    assert [edge["node"]["id"] for edge in rows["edges"]] == ["org_else"]


async def test_programmes_that_do_not_overlap_have_no_firms_to_show(api: Api) -> None:
    for other in ("prg_late", "prg_none", "prg_a"):
        rows = await ask(api, ADMIN, FIRMS, programme="prg_a", other=other)
        assert rows == {"totalCount": 0, "edges": []}


@pytest.mark.parametrize("field", ["archived_at", "withdrawn_on"])
async def test_calls_that_were_taken_off_are_not_compared(api: Api, graph: Graph, field: str) -> None:
    await graph.write("MATCH (c:Call {id: 'call_prg_a'}) SET c[$field] = '2026-11-20T00:00:00Z'", {"field": field})
    assert pairs(await ask(api)) == [BC]


async def test_rules_that_cannot_be_read_break_nothing(api: Api, graph: Graph) -> None:
    await graph.write("MATCH (c:Call {id: 'call_prg_a'}) SET c.rules = '{broken'")
    assert BC in pairs(await ask(api))


# how long a report serves


async def test_a_report_serves_those_who_see_the_same_for_a_while(api: Api, graph: Graph) -> None:
    clock = Clock()
    reports = OverlapReports(30, lambda: clock().timestamp())
    kept = make_api(graph, reports)
    assert len(pairs(await ask(kept))) == 3
    await graph.write("MATCH (c:Call {id: 'call_prg_a'}) SET c.archived_at = '2026-11-24T00:00:00Z'")
    assert len(pairs(await ask(kept))) == 3
    assert len(pairs(await ask(kept, ADMIN))) == 1
    clock.wait(seconds=31)
    assert len(pairs(await ask(kept))) == 1

"""The whole small district, every field of it, read through the API as five viewers: nothing beyond the oracle's table.

Asked by id, by list, by edge, by search, by cursor; and by filter, where the answer must not depend on what is hidden.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema
from madang_graph.client import Graph
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.reading.declare import Many
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_server.api.execute import Api
from madang_server.api.schema import build_schema

from tests.graph.test_reading import FUNCTIONS, NOW, SDL
from tests.oracle.answers import oracle_schema
from tests.oracle.everything import edges_of, ids_in, leaves_of
from tests.oracle.filters import snake
from tests.oracle.policy import FIELDS, NODES, OPEN, may_read, may_see
from tests.oracle.resolvers import Oracle
from tests.small_district import VIEWERS, District, small_district, write

WHO = pytest.mark.parametrize("who", VIEWERS)
SCHEMA: GraphQLSchema = oracle_schema(SDL)
READ_TYPES = {entity.name for entity in ENTITIES}
BY_ID = sorted(READ_TYPES - {"Viewer", "ClusterGraph"})
ROOTS = {
    "organisations": "Organisation", "programmes": "Programme", "calls": "Call", "spaces": "Space", "needs": "Need",
    "technologies": "Technology", "industries": "Industry", "districts": "District", "sources": "Source",
    "projects": "Project", "judgements": "Judgement", "mails": "Mail",
}  # fmt: skip


@pytest.fixture(scope="module")
def district() -> District:
    return small_district()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def api(prepared_graph: Graph, district: District) -> AsyncIterator[Api]:
    await write(prepared_graph, district)
    everybody = [{"id": each, "score": 0.5, "reasons": "[]"} for each in nodes_of(district, "Organisation")]
    functions = FUNCTIONS | {"partner_search": lambda arguments: everybody}
    compiler = Compiler(ENTITIES, ONES, MANYS, functions, CursorSigner(b"test"), LEAVES)
    yield Api(prepared_graph, build_schema(), compiler, lambda: NOW, lambda *_: None, read_timeout_s=60)
    await prepared_graph.write("MATCH (n) DETACH DELETE n", timeout_s=60)


async def ask(api: Api, document: str, viewer: Viewer, **variables: Any) -> dict[str, Any]:
    answer = await api.execute(document, variables, viewer)
    assert not answer.errors, (answer.errors, document)
    assert answer.data is not None
    return answer.data


def nodes_of(district: District, type_name: str) -> list[str]:
    return [node for node, (label, _) in district.nodes.items() if label == type_name]


def seen(district: District, viewer: Viewer, type_name: str) -> set[str]:
    return {node for node in nodes_of(district, type_name) if may_see(district, viewer, type_name, node)}


# the table is complete


def test_every_field_of_every_read_type_has_a_policy() -> None:
    assert set(NODES) == READ_TYPES == set(OPEN)
    for name in READ_TYPES:
        kind = SCHEMA.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        open_fields = set(OPEN[name].split())
        guarded = {field.split(".")[1] for field in FIELDS if field.startswith(f"{name}.")}
        assert open_fields & guarded == set()
        assert set(kind.fields) == open_fields | guarded, name


def test_what_the_table_guards_is_guarded_by_the_declarations_and_the_other_way_round() -> None:
    declared = {
        f"{entity.name}.{one.name}" for entity in ENTITIES for one in (*entity.fields, *entity.edges) if one.visible
    }
    assert declared == set(FIELDS)


def test_no_order_is_by_a_value_that_not_all_may_see() -> None:
    hidden = {one.cypher for entity in ENTITIES for one in entity.fields if one.visible}
    assert hidden
    sorts = [sort for entity in ENTITIES for sort in entity.sorts]
    sorts += [sort for entity in ENTITIES for edge in entity.edges if isinstance(edge, Many) for sort in edge.sorts]
    assert [sort for sort in (*sorts, *(s for many in MANYS for s in many.sorts)) if sort.cypher in hidden] == []


# by id

MOST_EDGES = 10


@WHO
@pytest.mark.parametrize("type_name", BY_ID)
async def test_by_id_everyone_reads_what_the_oracle_allows(
    api: Api, district: District, type_name: str, who: str
) -> None:
    viewer, oracle = VIEWERS[who], Oracle(district, VIEWERS[who], api.now(), SCHEMA)
    leaves, edges = leaves_of(SCHEMA, type_name), edges_of(SCHEMA, type_name)
    # All fields of an organisation are more than one query may select.
    ties = [*edges.values()]
    parts = [[*leaves.values()], *(ties[at : at + MOST_EDGES] for at in range(0, len(ties), MOST_EDGES))]
    for node in [*nodes_of(district, type_name), f"{nodes_of(district, type_name)[0]}_none"]:
        read: dict[str, Any] = {}
        for part in parts:
            document = f"query ($id: ID!) {{ node(id: $id) {{ ... on {type_name} {{ {' '.join(part)} }} }} }}"
            found = (await ask(api, document, viewer, id=node))["node"]
            visible = node in district.nodes and may_see(district, viewer, type_name, node)
            assert (found is not None) == visible, (node, found)
            read |= found or {}
        if not read:
            continue
        check_leaves(district, viewer, type_name, node, read, leaves)
        for edge in edges:
            assert far_ids(read[edge]) == {far for far, _ in oracle.visible_ties(type_name, node, edge)}, (node, edge)


def check_leaves(
    district: District, viewer: Viewer, type_name: str, node: str, read: dict[str, Any], leaves: dict[str, str]
) -> None:
    for field in leaves:
        if not may_read(district, viewer, type_name, field, node):
            assert read[field] in (None, []), (node, field, read[field])
        elif (stored := district.nodes[node][1].get(snake(field))) not in (None, [], "") and field != "rules":
            assert read[field] not in (None, []), (node, field, stored)


def far_ids(read: Any) -> set[str]:
    """Return the ids at the far end of an edge; all parts of a page must agree, its count too."""
    if read is None:
        return set()
    if isinstance(read, list):
        return {one["organisation"]["id"] for one in read}
    if "nodes" not in read:
        return {read["id"]}
    ids = [node["id"] for node in read["nodes"]]
    assert ids == [edge["node"]["id"] for edge in read["edges"]]
    assert read["totalCount"] == len(ids)
    assert not read["pageInfo"]["hasNextPage"]
    assert (read["pageInfo"]["startCursor"] is None) == (not ids)
    return set(ids)


@WHO
async def test_the_viewer_is_oneself_and_the_cluster_graph_shows_visible_places_only(
    api: Api, district: District, who: str
) -> None:
    viewer, oracle = VIEWERS[who], Oracle(district, VIEWERS[who], api.now(), SCHEMA)
    body = " ".join([*leaves_of(SCHEMA, "Viewer").values(), *edges_of(SCHEMA, "Viewer").values()])
    graph = " ".join([*leaves_of(SCHEMA, "ClusterGraph").values(), *edges_of(SCHEMA, "ClusterGraph").values()])
    read = await ask(
        api, f'{{ viewer {{ {body} }} district(id: "dst_city") {{ clusterGraph {{ {graph} }} }} }}', viewer
    )
    me = read["viewer"]
    assert (me and me["id"]) == viewer.person_id
    if me:
        for edge in ("organisations", "districts"):
            assert far_ids(me[edge]) == {far for far, _ in oracle.visible_ties("Viewer", me["id"], edge)}
    cluster = read["district"]["clusterGraph"]
    places = {far for far, _ in oracle.visible_ties("ClusterGraph", "clu_0", "nodes")}
    assert far_ids(cluster["nodes"]) == places
    assert cluster["nodeCount"] == len(places)
    shown = {one["position"] for one in cluster["nodes"]}
    assert {end for edge in cluster["edges"] for end in (edge["source"], edge["target"])} <= shown


@WHO
async def test_hidden_and_missing_look_the_same(api: Api, district: District, who: str) -> None:
    viewer = VIEWERS[who]
    everything = [*district.nodes, "org_none", "need_none", "no prefix", ""]
    ids = [node for node in everything if node != "clu_0"][:100]
    read = await ask(api, "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", viewer, ids=ids)
    visible = {
        node for node in ids if node in district.nodes and may_see(district, viewer, district.nodes[node][0], node)
    }
    assert [one and one["id"] for one in read["nodes"]] == [node if node in visible else None for node in ids]
    for root, kind in (("organisation", "Organisation"), ("need", "Need")):
        hidden = set(nodes_of(district, kind)) - seen(district, viewer, kind)
        for node in sorted(hidden)[:3]:
            document = f"query ($id: ID!) {{ {root}(id: $id) {{ id __typename }} }}"
            assert await ask(api, document, viewer, id=node) == await ask(api, document, viewer, id=f"{node}_none")


# by list, search and cursor


@WHO
async def test_lists_and_their_counts_hold_what_is_visible(api: Api, district: District, who: str) -> None:
    body = " ".join(f"{root}(first: 100) {{ totalCount nodes {{ id }} }}" for root in ROOTS)
    read = await ask(api, f"{{ {body} }}", VIEWERS[who])
    for root, kind in ROOTS.items():
        visible = seen(district, VIEWERS[who], kind)
        assert {node["id"] for node in read[root]["nodes"]} == visible, root
        assert read[root]["totalCount"] == len(visible), root


@WHO
async def test_search_finds_nothing_hidden_by_any_word_of_the_district(api: Api, district: District, who: str) -> None:
    viewer, found = VIEWERS[who], 0
    words = {str(p[key]) for _, p in district.nodes.values() for key in ("name_ko", "name_en", "text") if p.get(key)}
    document = """query ($query: String!, $first: Int) {
  search(query: $query, first: $first) { totalCount edges { score node { id __typename } } } }"""
    for word in sorted(words):
        read = (await ask(api, document, viewer, query=word, first=100))["search"]
        hits = [edge["node"]["id"] for edge in read["edges"]]
        beyond = [one for one in hits if not may_see(district, viewer, district.nodes[one][0], one)]
        assert beyond == [], word
        assert read["totalCount"] == len(hits) or read["totalCount"] > 100
        found += len(hits)
    assert found > 50


@WHO
async def test_suggestions_name_nothing_hidden_by_any_start_of_a_name(api: Api, district: District, who: str) -> None:
    viewer, found = VIEWERS[who], set[str]()
    document = "query ($prefix: String!) { suggest(prefix: $prefix, first: 20) { node { id __typename } } }"
    for prefix in ("회", "ㅎㅅ", "회사1", "firm", "Firm A", "f", "ㄱ", "구", "기술", "s", "서울", "technology 1"):
        hits = [one["node"]["id"] for one in (await ask(api, document, viewer, prefix=prefix))["suggest"]]
        assert [one for one in hits if not may_see(district, viewer, district.nodes[one][0], one)] == [], prefix
        found |= set(hits)
    assert {one for one in found if one.startswith("org_")} <= seen(district, viewer, "Organisation")
    assert len(found) > 20


@WHO
async def test_the_kinds_of_a_search_count_what_is_visible_alone(api: Api, district: District, who: str) -> None:
    document = """query ($query: String!) {
  search(query: $query, first: 100) { nodes { __typename } } searchKinds(query: $query) { kind count } }"""
    kinds = set[str]()
    for word in ("찾고", "불량을", "firm", "we", "회사1", "구0"):
        read = await ask(api, document, VIEWERS[who], query=word)
        counted = {one["kind"]: one["count"] for one in read["searchKinds"]}
        assert counted == Counter(node["__typename"].upper() for node in read["search"]["nodes"])
        kinds |= set(counted)
    assert {"ORGANISATION"} < kinds


@WHO
async def test_a_search_for_one_kind_finds_that_kind_alone(api: Api, district: District, who: str) -> None:
    document = """query ($kind: ThingKind) {
  search(query: "firm", kind: $kind, first: 100) { totalCount nodes { __typename } } }"""
    everything = (await ask(api, document, VIEWERS[who], kind=None))["search"]
    counted = (await ask(api, '{ searchKinds(query: "firm") { kind count } }', VIEWERS[who]))["searchKinds"]
    assert {one["kind"]: one["count"] for one in counted} == Counter(
        node["__typename"].upper() for node in everything["nodes"]
    )
    for kind in ("ORGANISATION", "PROGRAMME", "SPACE"):
        found = (await ask(api, document, VIEWERS[who], kind=kind))["search"]
        kinds = [node["__typename"] for node in everything["nodes"] if node["__typename"].upper() == kind]
        assert [node["__typename"] for node in found["nodes"]] == kinds
        assert found["totalCount"] == len(kinds)


@WHO
async def test_the_search_for_partners_names_visible_organisations_only(api: Api, district: District, who: str) -> None:
    document = '{ partnerSearch(text: "x", first: 100) { totalCount nodes { id } } }'
    read = (await ask(api, document, VIEWERS[who]))["partnerSearch"]
    ids = {node["id"] for node in read["nodes"]}
    assert ids == seen(district, VIEWERS[who], "Organisation")
    assert read["totalCount"] == len(ids)


async def test_a_cursor_of_one_who_sees_more_opens_nothing_to_one_who_sees_less(api: Api, district: District) -> None:
    listed = await ask(api, "{ organisations(first: 100) { edges { cursor node { id } } } }", VIEWERS["admin"])
    visible = seen(district, VIEWERS["anonymous"], "Organisation")
    document = "query ($after: String) { organisations(first: 100, after: $after) { totalCount nodes { id } } }"
    for edge in listed["organisations"]["edges"]:
        read = (await ask(api, document, VIEWERS["anonymous"], after=edge["cursor"]))["organisations"]
        assert {node["id"] for node in read["nodes"]} <= visible
        assert read["totalCount"] == len(visible)


# by filter: what is hidden must not decide who is in the answer

GUARDED_LEAVES = [("employees", "IntFilter"), ("revenueWon", "WonFilter"), ("maturity", "IntFilter")]


def test_the_guarded_fields_that_can_be_filtered_are_those_tried_here() -> None:
    filterable = {
        f"{kind.name.removesuffix('Where')}.{name}"
        for kind in SCHEMA.type_map.values()
        if isinstance(kind, GraphQLInputObjectType) and kind.name.endswith("Where")
        for name in kind.fields
    }
    assert filterable & set(FIELDS) == {f"Organisation.{field}" for field, _ in GUARDED_LEAVES}


@WHO
@pytest.mark.parametrize(("field", "kind"), GUARDED_LEAVES)
async def test_filters_on_hidden_values_match_nothing_hidden(
    api: Api, district: District, field: str, kind: str, who: str
) -> None:
    viewer = VIEWERS[who]
    owned = {
        node: district.nodes[node][1].get(snake(field))
        for node in seen(district, viewer, "Organisation")
        if may_read(district, viewer, "Organisation", field, node)
    }
    visible = seen(district, viewer, "Organisation")
    document = f"""query ($t: {kind}!) {{
  yes: organisations(first: 100, where: {{{field}: $t}}) {{ totalCount nodes {{ id }} }}
  no: organisations(first: 100, where: {{not: {{{field}: $t}}}}) {{ totalCount nodes {{ id }} }}
  either: organisations(first: 100, where: {{or: [{{{field}: $t}}, {{id: {{eq: "org_none"}}}}]}}) {{ nodes {{ id }} }}
  far: technologies(first: 100, where: {{organisations: {{some: {{{field}: $t}}}}}}) {{ nodes {{ id }} }}
  none: technologies(first: 100, where: {{organisations: {{none: {{{field}: $t}}}}}}) {{ nodes {{ id }} }}
  offers: organisations(first: 100, where: {{needs: {{some: {{organisation: {{{field}: $t}}}}}}}}) {{ nodes {{ id }} }}
}}"""
    values = sorted({p.get(snake(field)) for label, p in district.nodes.values() if label == "Organisation"} - {None})
    for test in [{"gt": -1}, {"gte": values[len(values) // 2]}, {"lt": values[3]}, {"eq": values[0]}, {"in": values}]:
        read = await ask(api, document, viewer, t=test)
        matching = {node for node, value in owned.items() if value is not None and _holds(test, value)}
        using = {end for node in matching for start, k, end, _ in district.ties if start == node and k == "USES"}
        assert ids_in(read["yes"]) == ids_in(read["either"]) == matching
        assert read["yes"]["totalCount"] == len(matching)
        assert ids_in(read["no"]) == visible - matching
        assert read["no"]["totalCount"] == len(visible - matching)
        assert ids_in(read["far"]) == using
        assert ids_in(read["none"]) == set(nodes_of(district, "Technology")) - using
        assert ids_in(read["offers"]) <= matching


def _holds(test: dict[str, Any], value: int) -> bool:
    ((name, operand),) = test.items()
    return {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "eq": operator.eq, "in": _in}[name](
        value, operand
    )


def _in(value: int, values: list[int]) -> bool:
    return value in values


@WHO
async def test_filters_by_hidden_neighbours_match_nothing(api: Api, district: District, who: str) -> None:
    viewer = VIEWERS[who]
    hidden = sorted(set(nodes_of(district, "Organisation")) - seen(district, viewer, "Organisation"))
    document = """query ($id: ID!, $need: ID!) {
  by: technologies(first: 100, where: {organisations: {some: {id: {eq: $id}}}}) { nodes { id } }
  without: technologies(first: 100, where: {organisations: {none: {id: {eq: $id}}}}) { nodes { id } }
  programmes: programmes(first: 100, where: {runBy: {some: {id: {eq: $id}}}}) { totalCount }
  projects: organisations(first: 100, where: {projects: {some: {participants: {some: {id: {eq: $id}}}}}}) {
    nodes { id } }
  needs: organisations(first: 100, where: {needs: {some: {id: {eq: $need}}}}) { totalCount }
}"""
    technologies = set(nodes_of(district, "Technology"))
    for node in hidden:
        read = await ask(api, document, viewer, id=node, need=f"need_{node[-2:]}")
        assert ids_in(read["by"]) == ids_in(read["projects"]) == set()
        assert ids_in(read["without"]) == technologies
        assert read["programmes"]["totalCount"] == read["needs"]["totalCount"] == 0
    if viewer.person_id is None:
        words = '{ organisations(where: {needs: {some: {search: "불량"}}}) { totalCount } }'
        assert (await ask(api, words, viewer))["organisations"]["totalCount"] == 0


@WHO
async def test_the_crawl_reads_enough_to_mean_something(api: Api, district: District, who: str) -> None:
    document = "{ organisations(first: 100) { nodes { id employees revenueWon programmeFits { totalCount } } } }"
    nodes = (await ask(api, document, VIEWERS[who]))["organisations"]["nodes"]
    told = {node["id"] for node in nodes if node["employees"] is not None}
    allowed = {
        node["id"]
        for node in nodes
        if may_read(district, VIEWERS[who], "Organisation", "employees", node["id"])
        and district.nodes[node["id"]][1].get("employees") is not None
    }
    assert told == allowed
    listed = {node["id"] for node in nodes if node["programmeFits"]["totalCount"]}
    assert len(told) >= {"member": 1, "manager": 3, "admin": 10}.get(who, 0)
    assert len(listed) == {"member": 1, "other": 1, "admin": 24}.get(who, 0)

"""Paging: every list, in every order, by pages of one to three, gives the whole list once and in order."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLSchema, get_named_type
from madang_graph.client import Graph
from madang_graph.errors import CursorError
from madang_graph.reading.cursors import CursorSigner
from madang_graph.viewer import Viewer
from madang_server.api.execute import Api

from tests.graph.test_reading import SDL, make_api
from tests.oracle.answers import oracle_schema
from tests.oracle.edges import EDGES
from tests.oracle.resolvers import Oracle
from tests.small_district import VIEWERS, District, small_district, write

SCHEMA: GraphQLSchema = oracle_schema(SDL)
# From where each type is reached: a root of Query, and the id of a node whose lists have something in them.
STARTS = {
    "Organisation": ("organisation", "org_00"),
    "Programme": ("programme", "prg_0"),
    "Call": ("call", "call_11"),
    "Space": ("space", "spc_0"),
    "District": ("district", "dst_city"),
    "Technology": ("technology", "tec_0"),
}


@pytest.fixture(scope="module")
def district() -> District:
    return small_district()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def api(prepared_graph: Graph, district: District) -> AsyncIterator[Api]:
    await write(prepared_graph, district)
    yield make_api(prepared_graph)
    await prepared_graph.write("MATCH (n) DETACH DELETE n", timeout_s=60)


def _type(name: str) -> GraphQLObjectType:
    kind = SCHEMA.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind


COMPUTED = ("search", "namedTechnologies", "partnerSearch", "overlaps", "overlapFirms")
"""What they hold is not the graph's alone; their own tests page through them."""


def connections(type_name: str) -> list[tuple[str, list[str]]]:
    """Return (field, orders) of each connection of a type."""
    found: list[tuple[str, list[str]]] = []
    for name, field in _type(type_name).fields.items():
        if "after" in field.args and name not in COMPUTED:
            order = get_named_type(field.args["sort"].type)
            assert isinstance(order, GraphQLEnumType)
            found.append((name, list(order.values)))
    return found


LISTS: list[tuple[str, str, str, str]] = [("Query", "", field, sort) for field, s in connections("Query") for sort in s]
LISTS += [
    (kind, f'{root}(id: "{node}")', field, sort)
    for kind, (root, node) in STARTS.items()
    for field, sorts in connections(kind)
    for sort in sorts
]


def document_of(start: str, field: str, sort: str) -> str:
    page = (
        f"page: {field}(first: $first, after: $after, sort: {sort}) {{ totalCount edges {{ cursor node {{ id }} }} "
        "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
    )
    body = f"start: {start} {{ {page} }}" if start else page
    return f"query ($first: Int, $after: String) {{ {body} }}"


async def page_of(api: Api, document: str, viewer: Viewer, first: int, after: str | None) -> dict[str, Any]:
    answer = await api.execute(document, {"first": first, "after": after}, viewer)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return answer.data.get("start", answer.data)["page"]


async def paged(api: Api, document: str, viewer: Viewer, size: int) -> list[str]:
    """Return the ids of a list, page after page, by each page's end cursor."""
    ids: list[str] = []
    after: str | None = None
    for _ in range(100):
        page = await page_of(api, document, viewer, size, after)
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        assert len(page["edges"]) <= size
        ids += [edge["node"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(ids)
            return ids
        assert len(page["edges"]) == size
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        after = page["pageInfo"]["endCursor"]
        assert after == page["edges"][-1]["cursor"]
    raise AssertionError("The pages do not end.")


@pytest.mark.parametrize(("kind", "start", "field", "sort"), LISTS, ids=lambda part: str(part)[:28])
async def test_pages_of_any_size_are_the_whole_list_once_and_in_order(
    api: Api, district: District, kind: str, start: str, field: str, sort: str
) -> None:
    document = document_of(start, field, sort)
    for viewer in (VIEWERS["admin"], VIEWERS["anonymous"]):
        expected = ids_of(Oracle(district, viewer, api.now(), SCHEMA), kind, start, field, sort)
        sizes = (1, 2, 3) if len(expected) < 8 or (kind, viewer.admin) == ("Query", True) else (3,)
        for size in sizes:
            assert await paged(api, document, viewer, size) == expected, (size, viewer.person_id)


def ids_of(oracle: Oracle, kind: str, start: str, field: str, sort: str) -> list[str]:
    """Return the ids of a list in its order, as the oracle has them."""
    inner = f"{field}(first: 100, sort: {sort}) {{ nodes {{ id }} }}"
    data = oracle.execute(f"{{ {start} {{ {inner} }} }}" if start else f"{{ {inner} }}")
    holder = next(iter(data.values())) if start else data
    return [node["id"] for node in holder[field]["nodes"]]


async def test_an_order_may_come_as_a_variable_or_as_its_default(api: Api, district: District) -> None:
    document = "query ($sort: OrganisationSort = NAME_DESC) { organisations(first: 100, sort: $sort) { nodes { id } } }"
    oracle = Oracle(district, VIEWERS["admin"], api.now(), SCHEMA)
    for given, order in (({}, "NAME_DESC"), ({"sort": "NAME_ASC"}, "NAME_ASC")):
        answer = await api.execute(document, given, VIEWERS["admin"])
        assert not answer.errors, answer.errors
        assert answer.data is not None
        found = [node["id"] for node in answer.data["organisations"]["nodes"]]
        assert found == ids_of(oracle, "Query", "", "organisations", order)


def test_the_lists_tried_are_most_of_all_and_have_entries(district: District) -> None:
    oracle = Oracle(district, VIEWERS["admin"], "2026-11-24T00:00:00Z", SCHEMA)
    lengths = [len(ids_of(oracle, *one)) for one in LISTS]
    assert len(LISTS) > 80
    assert sum(length > 1 for length in lengths) > 50
    assert {name.split(".")[0] for name in EDGES} > set(STARTS)


async def test_first_zero_gives_an_empty_page_that_says_whether_there_is_more(api: Api) -> None:
    document = document_of("", "organisations", "NAME_ASC")
    page = await page_of(api, document, VIEWERS["admin"], 0, None)
    assert (page["edges"], page["totalCount"]) == ([], 24)
    assert page["pageInfo"] == {
        "hasNextPage": True, "hasPreviousPage": False, "startCursor": None, "endCursor": None
    }  # fmt: skip


# forged cursors

SIGNER = CursorSigner(b"test")
GOOD = SIGNER.seal("organisations:Organisation:NAME_ASC", "firm", "org_00")


def forged() -> list[str]:
    raw = base64.urlsafe_b64decode(GOOD + "=" * (-len(GOOD) % 4))
    flipped = [raw[:i] + bytes([raw[i] ^ 1]) + raw[i + 1 :] for i in range(len(raw))]
    made = [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in [*flipped, raw[:9], raw[9:], b"", raw + b"x"]]
    cut = [GOOD[:i] for i in range(len(GOOD))]
    unsigned = base64.urlsafe_b64encode(b"\0" * 9 + b'["firm","org_00"]').decode()
    return [*made, *cut, unsigned, GOOD + "A", "=", "====", "null", "한글", "\ud800", "\x00", "org_00", "A" * 10_000]


@pytest.mark.parametrize("cursor", forged(), ids=lambda cursor: ascii(cursor)[:20])
def test_forged_and_cut_cursors_are_refused(cursor: str) -> None:
    with pytest.raises(CursorError):
        SIGNER.open("organisations:Organisation:NAME_ASC", cursor)


@pytest.mark.parametrize(
    "place",
    ["organisations:Organisation:NAME_DESC", "organisations:Organisation:FOUNDED_ASC", "members:Organisation:NAME_ASC"],
)
def test_a_cursor_of_another_list_or_order_is_refused(place: str) -> None:
    assert tuple(SIGNER.open("organisations:Organisation:NAME_ASC", GOOD)) == ("firm", "org_00")
    with pytest.raises(CursorError):
        SIGNER.open(place, GOOD)


def test_a_cursor_signed_with_another_secret_is_refused() -> None:
    with pytest.raises(CursorError):
        CursorSigner(b"other").open("organisations:Organisation:NAME_ASC", GOOD)


@pytest.mark.parametrize("value", [None, "", "가", "x" * 300, 0, -1, 10**12, 0.5, True])
def test_what_is_sealed_is_opened_again(value: Any) -> None:
    cursor = SIGNER.seal("place", value, "org_00")
    assert tuple(SIGNER.open("place", cursor)) == (value, "org_00")
    assert cursor.isascii()
    assert not {"=", "+", "/"} & set(cursor)


@pytest.mark.parametrize("cursor", ["", "nonsense", "한글", GOOD[:-1], "A" * 200])
async def test_the_api_answers_a_forged_cursor_with_bad_user_input(api: Api, cursor: str) -> None:
    document = document_of("", "organisations", "NAME_ASC")
    answer = await api.execute(document, {"first": 2, "after": cursor}, VIEWERS["admin"])
    assert [error["extensions"]["code"] for error in answer.errors] == ["BAD_USER_INPUT"]


async def test_the_api_refuses_the_cursor_of_another_order(api: Api) -> None:
    page = await page_of(api, document_of("", "organisations", "FOUNDED_ASC"), VIEWERS["admin"], 1, None)
    cursor = page["pageInfo"]["endCursor"]
    for field, sort in (("organisations", "FOUNDED_DESC"), ("organisations", "NAME_ASC"), ("programmes", "NAME_ASC")):
        answer = await api.execute(document_of("", field, sort), {"first": 1, "after": cursor}, VIEWERS["admin"])
        assert [error["extensions"]["code"] for error in answer.errors] == ["BAD_USER_INPUT"]

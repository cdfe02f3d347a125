"""Has the graph plan every page's statement at start: planning takes seconds, and no visitor should wait for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import structlog
from graphql import GraphQLEnumType, get_named_type
from madang_frontend import load_pages
from madang_graph.client import Graph
from madang_graph.errors import GraphAuthError, GraphError, GraphTimeoutError, GraphUnavailableError
from madang_graph.viewer import ANONYMOUS

from madang_server.api.later import arrived
from madang_server.background import Stop
from madang_server.pages.coercion import Variables, place_value
from madang_server.pages.rows import PageRow
from madang_server.pages.table_documents import table_document

if TYPE_CHECKING:
    from madang_server.api.execute import Api

log = structlog.get_logger("madang.pages")

_PATIENCE_S = 30.0
_AGAIN_S = 3.0
_LOOK_S = 30.0
# The kind of an id decides the statement.
_PREFIXES = {
    "programme": "prg",
    "call": "call",
    "organisation": "org",
    "district": "dst",
    "space": "spc",
    "own.nodes.0 planned": "call",
    "desk.nodes.0": "prg",
    "overlaps.nodes.0": "prg",
}


_Asked = tuple[str, Mapping[str, object]]
"""A document and its variables."""

# Counted from the store, without reading a node.
NODE_COUNT = "MATCH (n) RETURN count(n)"
FORGET_PLANS = "CALL db.clearQueryCaches()"


async def keep_pages_planned(api: Api, graph: Graph, rows: tuple[PageRow, ...], stop: Stop) -> None:
    """Plan at start, and again once the graph has changed by a fifth and stands still: plans follow its size."""
    planned_for = await _size(graph, stop)
    await plan_pages(api, graph, rows, stop)
    before = planned_for
    while not await stop.pause(_LOOK_S):
        size = await _size(graph, stop)
        if size == before and abs(size - planned_for) > planned_for / 5:
            await graph.read(FORGET_PLANS)
            await plan_pages(api, graph, rows, stop)
            planned_for = size
        before = size


async def _size(graph: Graph, stop: Stop) -> int:
    while not stop.is_set:
        try:
            return (await graph.read(NODE_COUNT))[0][0]
        except GraphError:
            await stop.pause(_AGAIN_S)
    return 0


async def plan_pages(api: Api, graph: Graph, rows: tuple[PageRow, ...], stop: Stop) -> None:
    """Run each page's operation once as nobody, with the values it usually carries; waits for the graph."""
    pages = load_pages()
    first, then = list[_Asked](), list[_Asked]()
    for row in rows:
        document = pages[row.page].document
        usual = list(usual_variables(row, Variables.of(document, api.plans.schema), api.now()))
        # The bare addresses go before all filters: they are what people open first.
        first += [(document, variables) for variables in usual[:1]]
        then += [(document, variables) for variables in usual[1:]]
        if pages[row.page].table:
            table = table_document(document, api.plans.schema)
            asked = usual_variables(row, table.variables, api.now())
            then += [(table.document, table.given(variables, None)) for variables in asked]
    for document, variables in (*first, *then):
        if not await _planned(api, graph, document, variables, stop):
            return
    log.info("pages planned", pages=len(pages))


async def _planned(api: Api, graph: Graph, document: str, variables: Mapping[str, object], stop: Stop) -> bool:
    """Return False when it was told to stop."""
    known = api.plans.known(document, None)
    given = api.plans.coerced(known, variables)
    plan = api.plans.ready(document, None, known, given).plan
    while plan is not None and not stop.is_set:
        try:
            parameters = await arrived(plan.parameters(given, ANONYMOUS, api.now()), graph, ANONYMOUS)
            await graph.read(plan.text, parameters, timeout_s=_PATIENCE_S)
            break
        except (GraphUnavailableError, GraphAuthError, GraphTimeoutError):
            await stop.pause(_AGAIN_S)
    return not stop.is_set


def usual_variables(row: PageRow, types: Variables, now: str) -> Iterator[dict[str, object]]:
    """Yield the variables of the bare address, of one value of each closed list or limit, and of a search."""
    plain: dict[str, object] = dict(row.fixed)
    for place in row.moments:
        place_value(plain, place, now)
    if "id" in types.types:
        # A pair has two ids of one kind.
        plain |= {name: f"{_PREFIXES[row.root]}_x" for name in ("id", "other") if name in types.types}
    plain |= dict.fromkeys(row.given, False)
    yield plain
    yield from _filtered(plain, row, types)
    if row.given:
        # With all that a page can be asked for at once, and with the search alone, which is what most ask for.
        for names in {tuple(row.given), tuple(row.given)[:1]}:
            searched = plain | dict.fromkeys(names, True)
            for name in names:
                place = row.values.get(row.given[name], "")
                if not place:
                    continue
                named = get_named_type(types.type_at(place))
                word = 1 if named is not None and named.name == "Int" else "x"
                place_value(searched, place, [word] if place.endswith(".in") else word)
            yield searched
            if len(names) == 1:
                yield from _filtered(searched, row, types)


def _filtered(plain: dict[str, object], row: PageRow, types: Variables) -> Iterator[dict[str, object]]:
    """Yield the variables with one value of each closed list or limit."""
    for places in row.values.values():
        one = dict(plain)
        for place in places.split():
            named = get_named_type(types.type_at(place))
            if isinstance(named, GraphQLEnumType):
                word = next(iter(named.values))
                place_value(one, place, [word] if place.endswith((".in", ".hasAny")) else word)
            elif place.endswith(".lte"):
                place_value(one, place, 0)
            elif place.endswith(".search"):
                place_value(one, place, "x")
        if one != plain:
            yield one

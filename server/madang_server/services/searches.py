"""Saved searches of calls: the filters of an address, checked and in order, and what they mean to the read model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from madang_frontend.money import read_won
from madang_graph.client import Graph
from madang_graph.model.programmes import PURPOSES
from madang_graph.model.suggestions import VERDICTS
from madang_graph.reading.compiler import Compiler, Plan
from madang_graph.reading.selection import Const, Pick, Var
from madang_graph.viewer import Viewer

from madang_server.services import sentences
from madang_server.services.errors import Problem, ValidationError

Filters = tuple[tuple[str, str], ...]
"""(name, value) pairs in order of their names; a name may come several times."""

PLACES: Mapping[str, str] = {
    "q": "search",
    "purpose": "purposes.hasAny",
    "state": "state.in",
    "closing": "daysLeft.lte",
    "least": "amountMaxWon.gte",
    "most": "amountMaxWon.lte",
    "region": "regionCodes.hasAny",
    "verdict": "verdict.in",
    "for": "verdict.for",
}
"""Filter of the catalogue's address → its place in `CallWhere`."""

_ALLOWED: Mapping[str, re.Pattern[str]] = {
    "q": re.compile(r"[^\x00-\x1f]{1,200}"),
    "purpose": re.compile("|".join(word.upper() for word in PURPOSES)),
    "state": re.compile("OPEN|UPCOMING|CLOSED"),
    "closing": re.compile(r"\d{1,3}"),
    "least": re.compile(r"\d{1,15}"),
    "most": re.compile(r"\d{1,15}"),
    "region": re.compile(r"\d{2,10}"),
    "verdict": re.compile("|".join(word.upper() for word in VERDICTS)),
    "for": re.compile(r"org_[A-Za-z0-9_-]{1,80}"),
}
_LISTS = {"purpose", "region", "state", "verdict"}
_AMOUNTS = {"least", "most"}
_NUMBERS = {"closing", *_AMOUNTS}
STANDING = ("OPEN", "UPCOMING", "UNKNOWN")
"""States of calls that are shown and found where a search names none."""
QUERY_MOST = 2_000
VALUES_MOST = 30
FOUND_MOST = 2_000
"""Calls of one search that are remembered, those that close first."""
_PAGE = 100


def read_filters(query: str) -> Filters:
    """Return the filters in the query part of an address of the catalogue.

    Order and pages are left out, they are not part of a search. Raises: ValidationError: anything else in it.
    """
    if len(query) > QUERY_MOST:
        raise ValidationError([Problem("query", sentences.too_long(QUERY_MOST))])
    pairs: set[tuple[str, str]] = set()
    for name, value in parse_qsl(query.removeprefix("?"), max_num_fields=100):
        clean = _amount(value.strip()) if name in _AMOUNTS else value.strip()
        if not clean or name not in PLACES:
            continue
        if not _ALLOWED[name].fullmatch(clean):
            raise ValidationError([Problem("query", sentences.unknown_choice())])
        pairs.add((name, clean))
    single = [name for name, _ in pairs if name not in _LISTS]
    if len(single) != len(set(single)) or len(pairs) > VALUES_MOST:
        raise ValidationError([Problem("query", sentences.unknown_choice())])
    # Without a verdict it does not matter whose it would be.
    judged = any(name == "verdict" for name, _ in pairs)
    return tuple(sorted(pair for pair in pairs if judged or pair[0] != "for"))


def _amount(text: str) -> str:
    """An amount as people write it, as in 3억; what is none is refused by its pattern."""
    try:
        return str(read_won(text)) if text else ""
    except ValueError:
        return text


def where_of(filters: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Return the filters as a value of `CallWhere`."""
    where: dict[str, object] = {} if any(name == "state" for name, _ in filters) else {"state": {"in": [*STANDING]}}
    for name, value in filters:
        field, _, test = PLACES[name].partition(".")
        given: object = int(value) if name in _NUMBERS else value
        inner = where.setdefault(field, {} if test else given)
        if test and isinstance(inner, dict):
            inner[test] = [*inner.get(test, []), given] if name in _LISTS else given
    return where


class Finder:
    """Runs saved searches over the read model, without the API: workers have none. Plans are kept by their shape."""

    def __init__(self, graph: Graph, compiler: Compiler) -> None:
        self._graph = graph
        self._compiler = compiler
        self._plans: dict[tuple[object, ...], Plan] = {}

    async def find(self, filters: Filters, viewer: Viewer, now: str) -> list[str]:
        """Return the ids of the calls that a search finds at the instant `now`, at most `FOUND_MOST`.

        Raises: GraphError.
        """
        where, found, after = where_of(filters), list[str](), None
        while len(found) < FOUND_MOST:
            plan = self._plan(where, after)
            given = {"where": where, "after": after}
            parameters = plan.parameters(given, viewer, now)
            ((record),) = await self._graph.read(plan.text, parameters, timeout_s=20)
            calls = plan.answer(record, parameters, given)["calls"]
            found += [node["id"] for node in calls["nodes"]]
            after = calls["pageInfo"]["endCursor"]
            if not calls["pageInfo"]["hasNextPage"]:
                break
        return found

    def _plan(self, where: Mapping[str, object], after: str | None) -> Plan:
        shape = (*((name, *test) if isinstance(test, dict) else (name,) for name, test in where.items()), bool(after))
        if shape not in self._plans:
            arguments: dict[str, object] = {"first": Const(_PAGE), "where": Var("where", (), where)}
            if after:
                arguments["after"] = Var("after", (), after)
            pages = (Pick("hasNextPage", "hasNextPage"), Pick("endCursor", "endCursor"))
            picks = {
                "CallConnection": (
                    Pick("nodes", "nodes", {}, {"Call": (Pick("id", "id"),)}),
                    Pick("pageInfo", "pageInfo", {}, {"PageInfo": pages}),
                )
            }
            self._plans[shape] = self._compiler.compile((Pick("calls", "calls", arguments, picks),))  # pyright: ignore[reportArgumentType]
        return self._plans[shape]

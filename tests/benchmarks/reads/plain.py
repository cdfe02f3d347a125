"""The same part of the schema in plain Strawberry: a resolver per edge, a loader per kind of edge, one statement per
loader and level. Written as a careful team would: batched by loaders, filters and pages in Cypher, the same policy."""

from __future__ import annotations

import enum
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, LiteralString, NewType, Optional

import strawberry
from madang_graph.client import Graph, GraphAddress, open_graph
from madang_graph.reading.cursors import CursorSigner
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

Date = NewType("Date", str)
_SCALARS: dict[object, Any] = {Date: strawberry.scalar(name="Date", serialize=lambda v: v, parse_value=str)}
_SECRET = b"benchmark"


@strawberry.enum
class OrganisationKind(enum.Enum):
    STARTUP = "startup"
    SME = "sme"
    CORPORATE = "corporate"
    RESEARCH = "research"


@strawberry.enum
class Stage(enum.Enum):
    EARLY = "early"


@strawberry.type
class PageInfo:
    hasNextPage: bool
    endCursor: Optional[str]


@strawberry.type
class District:
    row: strawberry.Private[dict[str, Any]]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return self.row["id"]

    @strawberry.field
    def name(self) -> str:
        return self.row["name_ko"]

    @strawberry.field
    async def parent(self, info: strawberry.Info) -> Optional["District"]:
        row = await info.context["load"]("parent").load(self.row["id"])
        return District(row=row) if row else None

    @strawberry.field
    async def cluster_graph(self, info: strawberry.Info) -> Optional["ClusterGraph"]:
        row = await info.context["load"]("cluster").load(self.row["id"])
        return ClusterGraph(row=row) if row else None


@strawberry.type
class ClusterNode:
    position: int
    x: float
    y: float
    community: int
    organisation: "Organisation"


@strawberry.type
class ClusterEdge:
    source: int
    target: int
    weight: float


@strawberry.type
class ClusterGraph:
    row: strawberry.Private[dict[str, Any]]

    async def _placed(self, info: strawberry.Info) -> list[dict[str, Any]]:
        return await info.context["load"]("placed").load(self.row["id"])

    @strawberry.field
    async def nodes(self, info: strawberry.Info, first: int = 500) -> list[ClusterNode]:
        return [
            ClusterNode(
                position=p["position"], x=p["x"], y=p["y"], community=p["community"],
                organisation=Organisation(row=p["organisation"]),
            )
            for p in (await self._placed(info))[:first]
        ]  # fmt: skip

    @strawberry.field
    async def edges(self, info: strawberry.Info, first: int = 3000) -> list[ClusterEdge]:
        seen = {p["position"] for p in await self._placed(info)}
        triples = zip(self.row["edge_from"], self.row["edge_to"], self.row["edge_weight"], strict=True)
        edges = [ClusterEdge(source=s, target=t, weight=w) for s, t, w in triples if s in seen and t in seen]
        return edges[:first]


@strawberry.type
class Technology:
    row: strawberry.Private[dict[str, Any]]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return self.row["id"]

    @strawberry.field
    def name(self) -> str:
        return self.row["name_ko"]

    @strawberry.field
    async def organisations(self, info: strawberry.Info, first: int = 20) -> "OrganisationConnection":
        rows = await info.context["load"](f"users:{first}").load(self.row["id"])
        return OrganisationConnection(rows=rows, limit=first, where=None)


@strawberry.type
class TechnologyConnection:
    nodes: list[Technology]


@strawberry.type
class Organisation:
    row: strawberry.Private[dict[str, Any]]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return self.row["id"]

    @strawberry.field
    def name(self) -> str:
        return self.row["name_ko"]

    @strawberry.field
    def kind(self) -> OrganisationKind:
        return OrganisationKind(self.row["kind"])

    @strawberry.field
    def stage(self) -> Optional[Stage]:
        return Stage(self.row["stage"])

    @strawberry.field
    def founded_on(self) -> Optional[Date]:
        return self.row["founded_on"]

    @strawberry.field
    def trl(self) -> Optional[int]:
        return self.row["trl"]

    @strawberry.field
    async def district(self, info: strawberry.Info) -> Optional[District]:
        row = await info.context["load"]("district").load(self.row["id"])
        return District(row=row) if row else None

    @strawberry.field
    async def technologies(self, info: strawberry.Info, first: int = 20) -> TechnologyConnection:
        rows = await info.context["load"](f"technologies:{first}").load(self.row["id"])
        return TechnologyConnection(nodes=[Technology(row=row) for row in rows])


@strawberry.type
class OrganisationEdge:
    cursor: str
    node: Organisation


@strawberry.type
class OrganisationConnection:
    rows: strawberry.Private[list[dict[str, Any]]]
    limit: strawberry.Private[int]
    where: strawberry.Private[dict[str, Any] | None]

    def _cursor(self, info: strawberry.Info, row: dict[str, Any]) -> str:
        return info.context["cursors"].seal("organisations:Organisation:NAME_ASC", row["name_key"], row["id"])

    @strawberry.field
    def nodes(self) -> list[Organisation]:
        return [Organisation(row=row) for row in self.rows[: self.limit]]

    @strawberry.field
    def edges(self, info: strawberry.Info) -> list[OrganisationEdge]:
        return [
            OrganisationEdge(cursor=self._cursor(info, row), node=Organisation(row=row))
            for row in self.rows[: self.limit]
        ]

    @strawberry.field
    def page_info(self, info: strawberry.Info) -> PageInfo:
        last = self.rows[: self.limit][-1:]
        return PageInfo(
            hasNextPage=len(self.rows) > self.limit, endCursor=self._cursor(info, last[0]) if last else None
        )

    @strawberry.field
    async def total_count(self, info: strawberry.Info) -> int:
        ((count,),) = await info.context["graph"].read(_COUNT, self.where or {})
        return count


@strawberry.input
class IdFilter:
    eq: strawberry.ID


@strawberry.input
class DistrictWhere:
    id: IdFilter


@strawberry.input
class TechnologyWhere:
    id: IdFilter


@strawberry.input
class TechnologyListWhere:
    some: TechnologyWhere


@strawberry.input
class KindFilter:
    eq: OrganisationKind


@strawberry.input
class OrganisationWhere:
    district: Optional[DistrictWhere] = None
    technologies: Optional[TechnologyListWhere] = None
    kind: Optional[KindFilter] = None


_ORGANISATION: LiteralString = "MATCH (o:Organisation {id: $id}) WHERE o.visibility = 'public' RETURN properties(o)"
_DISTRICT: LiteralString = "MATCH (d:District {id: $id}) RETURN properties(d)"
_PAGE: LiteralString = """
MATCH (o:Organisation) WHERE o.name_key IS NOT NULL AND o.visibility = 'public' AND ($kind IS NULL OR o.kind = $kind)
RETURN properties(o) ORDER BY o.name_key, o.id LIMIT $limit
"""
_PAGE_BY_TWO: LiteralString = """
MATCH (d:District {id: $district}) MATCH (t:Technology {id: $technology})
MATCH (o:Organisation)-[:LOCATED_IN]->(d)
WHERE o.visibility = 'public' AND EXISTS { (o)-[:USES]->(t) }
RETURN properties(o) ORDER BY o.name_key, o.id LIMIT $limit
"""
_COUNT: LiteralString = """
MATCH (o:Organisation) WHERE o.visibility = 'public' AND o.kind = $kind RETURN count(o)
"""


@strawberry.type
class Query:
    @strawberry.field
    async def organisation(self, info: strawberry.Info, id: strawberry.ID) -> Optional[Organisation]:
        rows = await info.context["graph"].read(_ORGANISATION, {"id": id})
        return Organisation(row=rows[0][0]) if rows else None

    @strawberry.field
    async def district(self, info: strawberry.Info, id: strawberry.ID) -> Optional[District]:
        rows = await info.context["graph"].read(_DISTRICT, {"id": id})
        return District(row=rows[0][0]) if rows else None

    @strawberry.field
    async def organisations(
        self, info: strawberry.Info, first: int = 20, where: Optional[OrganisationWhere] = None
    ) -> OrganisationConnection:
        graph = info.context["graph"]
        if where and where.district and where.technologies:
            given = {"district": where.district.id.eq, "technology": where.technologies.some.id.eq, "limit": first + 1}
            rows = await graph.read(_PAGE_BY_TWO, given)
            return OrganisationConnection(rows=[row[0] for row in rows], limit=first, where=None)
        kind = where.kind.eq.value if where and where.kind else None
        rows = await graph.read(_PAGE, {"kind": kind, "limit": first + 1})
        return OrganisationConnection(rows=[row[0] for row in rows], limit=first, where={"kind": kind})


_LOADERS: dict[str, LiteralString] = {
    "district": """
UNWIND $keys AS key MATCH (o:Organisation {id: key})-[:LOCATED_IN]->(d:District) RETURN key, collect(properties(d))
""",
    "parent": """
UNWIND $keys AS key MATCH (:District {id: key})-[:PART_OF]->(d:District) RETURN key, collect(properties(d))
""",
    "cluster": """
UNWIND $keys AS key MATCH (:District {id: key})-[:HAS_CLUSTERS]->(v:ClusterGraph) RETURN key, collect(properties(v))
""",
    "placed": """
UNWIND $keys AS key MATCH (:ClusterGraph {id: key})-[p:PLACES]->(o:Organisation) WHERE o.visibility = 'public'
WITH key, p, o ORDER BY p.position
RETURN key, collect({position: p.position, x: p.x, y: p.y, community: p.community, organisation: properties(o)})
""",
    "technologies": """
UNWIND $keys AS key
CALL (key) {
  MATCH (:Organisation {id: key})-[:USES]->(t:Technology) WITH t ORDER BY t.name_key, t.id LIMIT $limit
  RETURN collect(properties(t)) AS rows
}
RETURN key, rows
""",
    "users": """
UNWIND $keys AS key
CALL (key) {
  MATCH (:Technology {id: key})<-[:USES]-(o:Organisation) WHERE o.visibility = 'public'
  WITH o ORDER BY o.name_key, o.id LIMIT $limit RETURN collect(properties(o)) AS rows
}
RETURN key, rows
""",
}


def loaders(graph: Graph) -> Callable[[str], DataLoader[Any, Any]]:
    """Return the loaders of one request, made at their first use."""
    made: dict[str, DataLoader[Any, Any]] = {}

    def load(name: str) -> DataLoader[Any, Any]:
        if name not in made:
            made[name] = DataLoader(load_fn=_batch(graph, name))
        return made[name]

    return load


def _batch(graph: Graph, name: str) -> Callable[[list[Any]], Awaitable[list[Any]]]:
    kind, _, limit = name.partition(":")

    async def batch(keys: list[Any]) -> list[Any]:
        rows = await graph.read(_LOADERS[kind], {"keys": keys, "limit": int(limit or 0)})
        found = dict(rows)
        if kind in ("district", "parent", "cluster"):
            return [(found.get(key) or [None])[0] for key in keys]
        return [found.get(key, []) for key in keys]

    return batch


class _Endpoint(GraphQL[Any, Any]):
    graph: Graph

    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        return {"graph": self.graph, "load": loaders(self.graph), "cursors": CursorSigner(_SECRET)}


def create_app() -> Starlette:
    """Return the plain server over the graph that the environment names."""
    schema = strawberry.Schema(query=Query, config=StrawberryConfig(scalar_map=_SCALARS))
    endpoint = _Endpoint(schema)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        address = GraphAddress(os.environ["BENCH_URI"], "neo4j", os.environ["BENCH_PASSWORD"])
        async with open_graph(address) as graph:
            endpoint.graph = graph
            yield

    return Starlette(lifespan=lifespan, routes=[Route("/graphql", endpoint)])

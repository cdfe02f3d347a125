"""A graph of the size the operations need: 5,000 organisations, 25 districts, 60 technologies, one cluster graph."""

from __future__ import annotations

import json
import random
from typing import Any

from madang_graph.client import Graph
from madang_graph.schema import apply_schema

ORGANISATIONS = 5_000
DISTRICTS = 25
TECHNOLOGIES = 60
PLACED = 500
EDGES = 3_000
_KINDS = ("startup", "sme", "corporate", "research")


def _named(prefix: str, word: str, number: int) -> dict[str, Any]:
    name = f"{word} {number:05}"
    return {"id": f"{prefix}{number}", "name_ko": name, "name_key": name.casefold(), "synthetic": True}


async def fill(graph: Graph, seed: int = 1) -> None:
    """Write the data set into an empty graph."""
    chance = random.Random(seed)
    await apply_schema(graph)
    city = {**_named("dst_", "서울", 0), "id": "dst_city", "kind": "city"}
    await graph.write("CREATE (d:District) SET d = $row", {"row": city})
    districts = [{**_named("dst_", "구", i), "kind": "gu"} for i in range(DISTRICTS)]
    await graph.write(
        "MATCH (c:District {id: 'dst_city'}) UNWIND $rows AS row CREATE (d:District)-[:PART_OF]->(c) SET d = row",
        {"rows": districts},
    )
    await graph.write(
        "UNWIND $rows AS row CREATE (t:Technology) SET t = row",
        {"rows": [_named("tec_", "기술", i) for i in range(TECHNOLOGIES)]},
    )
    rows = [_organisation(chance, number) for number in range(ORGANISATIONS)]
    for start in range(0, ORGANISATIONS, 1000):
        await graph.write(
            "UNWIND $rows AS row "
            "MATCH (d:District {id: row.district}) "
            "CREATE (o:Organisation)-[:LOCATED_IN]->(d) SET o = row.properties "
            "WITH o, row UNWIND row.technologies AS id MATCH (t:Technology {id: id}) CREATE (o)-[:USES]->(t)",
            {"rows": rows[start : start + 1000]},
            timeout_s=120,
        )
    await _cluster(graph, chance)


def _organisation(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "district": f"dst_{chance.randrange(DISTRICTS)}",
        "technologies": [f"tec_{i}" for i in chance.sample(range(TECHNOLOGIES), 5)],
        "properties": {
            **_named("org_", "회사", number),
            "id": f"org_{number:05}",
            "kind": chance.choice(_KINDS),
            "stage": "early",
            "founded_on": f"20{chance.randrange(10, 25)}-03-01",
            "trl": chance.randrange(1, 10),
            "visibility": "public" if number % 20 else "private",
        },
    }


async def _cluster(graph: Graph, chance: random.Random) -> None:
    ends = [sorted(chance.sample(range(PLACED), 2)) for _ in range(EDGES)]
    version = {
        "id": "clu_0",
        "edge_from": [a for a, _ in ends],
        "edge_to": [b for _, b in ends],
        "edge_weight": sorted((chance.random() for _ in ends), reverse=True),
        "communities": json.dumps([]),
    }
    places = [
        {"id": f"org_{i * 3:05}", "position": i, "x": chance.random(), "y": chance.random(), "community": i % 9}
        for i in range(PLACED)
    ]
    await graph.write(
        "MATCH (d:District {id: 'dst_city'}) CREATE (d)-[:HAS_CLUSTERS]->(v:ClusterGraph) SET v = $version "
        "WITH v UNWIND $places AS place MATCH (o:Organisation {id: place.id}) "
        "CREATE (v)-[:PLACES {position: place.position, x: place.x, y: place.y, community: place.community, degree: 1, "
        "betweenness: 0.0}]->(o)",
        {"version": version, "places": places},
        timeout_s=60,
    )

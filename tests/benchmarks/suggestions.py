"""How long suggestions take over many names: `python -m tests.benchmarks.suggestions [--names 100000]`.

Starts a Neo4j of its own, fills it with made-up firms, and asks what a person asks while typing. Prints the median
and the slowest of the whole operation for the anonymous, from whom every tenth firm is hidden.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import secrets
import statistics
import tempfile
import time
from pathlib import Path

from madang_graph.client import Graph, GraphAddress, open_graph
from madang_graph.name_starts import name_starts
from madang_graph.schema import apply_schema
from madang_graph.viewer import ANONYMOUS
from madang_server.local.folders import cache_folder
from madang_server.local.jars import fetch_jars
from madang_server.local.neo4j import TEST_SIZES, start_neo4j
from madang_server.local.processes import end, free_port

from tests.graph.test_reading import make_api

_ADD = """
UNWIND $rows AS row
CREATE (:Organisation {id: row[0], name_ko: row[1], name_key: row[1], name_starts: row[2], kind: 'startup',
  visibility: CASE WHEN row[3] % 10 = 0 THEN 'private' ELSE 'public' END})
"""
_FIRST = [
    "가람",
    "고을",
    "나루",
    "다온",
    "마루",
    "모루",
    "바른",
    "새봄",
    "서울",
    "아람",
    "온결",
    "이음",
    "한결",
    "해솔",
    "코어",
    "테크",
]
_SECOND = [
    "로봇",
    "정밀",
    "진단",
    "비전",
    "센서",
    "물류",
    "소재",
    "금형",
    "회로",
    "데이터",
    "바이오",
    "환경",
    "섬유",
    "인쇄",
    "식품",
    "에너지",
]
_LAST = ["연구소", "산업", "시스템", "랩", "공방", "그룹", "솔루션", "파트너스"]
_TYPED = ("ㅁ", "ㅁㄹ", "모루", "ㅅㅇㄹ", "서울로", "로봇", "ㄹㅂ", "데이터 연", "s", "비전 시")
_DOCUMENT = (
    "query ($words: String!) { suggest(prefix: $words) { node { id __typename ... on Organisation { name } } } }"
)


async def fill(graph: Graph, names: int) -> None:
    chance = random.Random(7)
    await apply_schema(graph)
    for start in range(0, names, 2_000):
        made = [
            (f"{chance.choice(_FIRST)}{chance.choice(_SECOND)} {chance.choice(_LAST)} {number}", number)
            for number in range(start, min(start + 2_000, names))
        ]
        rows = [[f"org_{number}", name, name_starts(name), number] for name, number in made]
        await graph.write(_ADD, {"rows": rows}, timeout_s=120)
    await graph.run_alone("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


async def measure(address: GraphAddress, names: int) -> None:
    async with open_graph(address) as graph:
        await fill(graph, names)
        api = make_api(graph)
        print(f"{names:,} names; milliseconds of the whole operation, 20 times each")
        for typed in _TYPED:
            await api.execute(_DOCUMENT, {"words": typed}, ANONYMOUS)
            took: list[float] = []
            for _ in range(20):
                started = time.perf_counter()
                answer = await api.execute(_DOCUMENT, {"words": typed}, ANONYMOUS)
                took.append((time.perf_counter() - started) * 1000)
                assert answer.data is not None
            print(f"{typed:>8}  median {statistics.median(took):6.1f}  slowest {max(took):6.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        password = secrets.token_hex(32)
        running = start_neo4j(Path(folder), fetch_jars(cache_folder()), free_port(), password, sizes=TEST_SIZES)
        try:
            asyncio.run(measure(GraphAddress(running.uri, "neo4j", running.password), given.names))
        finally:
            end([running.child])


if __name__ == "__main__":
    main()

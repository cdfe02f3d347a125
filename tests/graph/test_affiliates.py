"""The single undertaking over declared links: however they are drawn, each member is found once, and circles end."""

from __future__ import annotations

from collections.abc import Set
from random import Random

from madang_graph.affiliates import GROUP
from madang_graph.client import Graph, Transaction
from madang_graph.writes.affiliates import MEMBERS_MOST, keep, members

Links = Set[tuple[int, int]]
_SIZE = 60


def undertaking(links: Links, start: int) -> list[str]:
    """Who is reached over links that run both ways, found by adding neighbours until nothing changes."""
    mutual = {pair for pair in links if pair[::-1] in links}
    reached = {start}
    while more := {b for a, b in mutual if a in reached} - reached:
        reached |= more
    return sorted(f"org_{number}" for number in reached)


def random_links(random: Random) -> Links:
    """Sparse and dense, one-sided and mutual, with circles and links to oneself."""
    size = random.choice((3, 5, 8, 30))
    found: set[tuple[int, int]] = set()
    for _ in range(random.randint(0, 4 * size)):
        one, other = random.randrange(size), random.randrange(size)
        found |= {(one, other), (other, one)} if random.random() < 0.6 else {(one, other)}
    return found


async def make_organisations(graph: Graph) -> None:
    await graph.write(
        "UNWIND range(0, $size - 1) AS i CREATE (:Organisation {id: 'org_' + i})-[:RECEIVED]->"
        "(:Award {id: 'awd_' + i, received_on: '2026-01-01', de_minimis_eur: toInteger(2 ^ (i % 50))})",
        {"size": _SIZE},
    )


async def draw(graph: Graph, links: Links) -> None:
    await graph.write("MATCH (:Organisation)-[r:NAMES_AFFILIATE]->() DELETE r")
    await graph.write(
        "UNWIND $pairs AS pair MATCH (a:Organisation {id: 'org_' + pair[0]}), (b:Organisation {id: 'org_' + pair[1]}) "
        "CREATE (a)-[:NAMES_AFFILIATE]->(b)",
        {"pairs": [list(pair) for pair in sorted(links)]},
    )


async def kept_members(graph: Graph, number: int) -> list[str]:
    async def work(transaction: Transaction) -> list[str]:
        found = await members(transaction, f"org_{number}")
        await keep(transaction, found)
        return sorted(found)

    return await graph.transact(work)


async def test_each_member_is_found_once_and_its_aid_counts_once(graph: Graph) -> None:
    await make_organisations(graph)
    grouped = 0
    for seed in range(25):
        random = Random(f"affiliates/{seed}")
        links = random_links(random)
        await draw(graph, links)
        start = random.randrange(8)
        expected = undertaking(links, start)
        assert await kept_members(graph, start) == expected
        ((group,),) = await graph.read(
            "MATCH (o:Organisation {id: $id}) RETURN " + GROUP.replace("{o}", "o"), {"id": f"org_{start}"}
        )
        waits, others, rows = group
        assert waits is any(a == start and (b, a) not in links for a, b in links)
        assert others == len(rows) == len(expected) - 1
        aid = [eur for _, _, granted in rows for _, eur in granted]
        assert sum(aid) == sum(2 ** int(each[4:]) for each in expected if each != f"org_{start}")
        waiting = {f"org_{a}" for a, b in links if (b, a) not in links} & set(expected) - {f"org_{start}"}
        assert sum(1 for open_, _, _ in rows if open_) == len(waiting)
        grouped += len(expected) > 2
    assert grouped > 5


async def test_a_search_stops_at_the_first_level_beyond_the_limit(graph: Graph) -> None:
    await make_organisations(graph)
    await draw(graph, {(a, b) for a in range(_SIZE) for b in (a - 1, a + 1) if 0 <= b < _SIZE})
    found = await graph.transact(lambda transaction: members(transaction, "org_0"))
    assert len(found) == MEMBERS_MOST + 1
    await draw(graph, {(a, b) for a in range(_SIZE) for b in range(_SIZE) if a != b})
    assert len(await graph.transact(lambda transaction: members(transaction, "org_0"))) == _SIZE

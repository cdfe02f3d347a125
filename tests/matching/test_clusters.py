"""The cluster graph: ties, communities, places, centrality, names."""

from __future__ import annotations

import itertools
import random
from collections import deque
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.clusters import cluster_graph, district_clusters
from madang_matching.clusters.betweenness import betweenness_of
from madang_matching.profiles import Profiles
from madang_matching.records import Project, Snapshot
from madang_matching.sparse import from_entries

from tests.matching.builders import AI, BATTERY, ROBOTS, make_organisation, make_snapshot
from tests.matching.planted import District


def _groups() -> tuple[Snapshot, list[str]]:
    """Three groups of eight with many joint projects, a few between them, and four organisations alone."""
    chance = random.Random(5)
    groups = [[f"org_{letter}{number}" for number in range(8)] for letter in "abc"]
    alone = [f"org_z{number}" for number in range(4)]
    technology = dict(zip("abcz", (AI.id, ROBOTS.id, BATTERY.id, AI.id), strict=True))
    projects = [
        Project(f"prj_{index}", tuple(chance.sample(groups[index % 3], 3)), "2024-01-01") for index in range(60)
    ]
    projects.append(Project("prj_bridge", (groups[0][0], groups[1][0]), "2024-01-01"))
    members = [*itertools.chain(*groups), *alone]
    organisations = tuple(make_organisation(id=name, technologies=(technology[name[4]],)) for name in members)
    return make_snapshot(
        organisations=organisations, projects=tuple(projects), technologies=(AI, ROBOTS, BATTERY)
    ), members


def test_planted_groups_are_found_and_named_by_their_technology() -> None:
    snapshot, members = _groups()
    graph = cluster_graph(snapshot, members)
    found: dict[int, set[str]] = {}
    for position in graph.positions:
        found.setdefault(position.community, set()).add(position.organisation_id[4])
    assert sorted(map(sorted, found.values())) == [["a"], ["b"], ["c"], ["z"]]
    assert [each["size"] for each in graph.communities] == [8, 8, 8, 4]
    names = {"".join(found[each["number"]]): (each["name_ko"], each["name_en"]) for each in graph.communities}
    assert names == {
        "a": ("인공지능", "Artificial intelligence"),
        "b": ("로봇", "Robotics"),
        "c": ("배터리", "Batteries"),
        "z": ("아직 연결 없음", "No ties yet"),
    }


def test_edges_and_positions_are_in_order_and_counts_agree() -> None:
    snapshot, members = _groups()
    graph = cluster_graph(snapshot, members)
    degrees = [position.degree for position in graph.positions]
    weights = [edge.weight for edge in graph.edges]
    assert degrees == sorted(degrees, reverse=True)
    assert weights == sorted(weights, reverse=True)
    assert sum(degrees) == 2 * len(graph.edges)
    assert all(edge.from_position < edge.to_position for edge in graph.edges)
    assert sum(each["inner_edges"] for each in graph.communities) + 1 == len(graph.edges)
    assert sorted(each["outer_edges"] for each in graph.communities) == [0, 0, 1, 1]
    assert {position.organisation_id for position in graph.positions if position.degree == 0} == set(members[-4:])


def test_the_weight_of_a_tie_is_shared_by_the_size_of_the_project() -> None:
    organisations = tuple(make_organisation(id=name) for name in ("org_a", "org_b", "org_c"))
    projects = (Project("p1", ("org_a", "org_b")), Project("p2", ("org_a", "org_b", "org_c", "org_elsewhere", "org_x")))
    graph = cluster_graph(make_snapshot(organisations=organisations, projects=projects), ["org_a", "org_b", "org_gone"])
    (edge,) = graph.edges
    assert edge.weight == pytest.approx(1.25)
    assert len(graph.positions) == 2


def test_places_are_inside_distinct_and_communities_do_not_mix() -> None:
    snapshot, members = _groups()
    graph = cluster_graph(snapshot, members)
    places = np.array([(each.x, each.y) for each in graph.positions])
    assert np.abs(places).max() == pytest.approx(1.0)
    assert len({(round(x, 6), round(y, 6)) for x, y in places.tolist()}) == len(places)
    communities = np.array([each.community for each in graph.positions])
    for number in range(4):
        inside = places[communities == number]
        centre = inside.mean(axis=0)
        assert (
            np.linalg.norm(inside - centre, axis=1).max()
            < np.linalg.norm(places[communities != number] - centre, axis=1).min()
        )


def test_the_same_input_gives_the_same_graph_in_any_order(planted: Profiles, district: District) -> None:
    snapshot = district.snapshot
    members = [each.id for each in snapshot.organisations]
    graph = cluster_graph(snapshot, members, seed=3)
    turned = replace(snapshot, organisations=snapshot.organisations[::-1], projects=snapshot.projects[::-1])
    assert cluster_graph(snapshot, members, seed=3) == graph
    again = cluster_graph(turned, members[::-1], seed=3)
    assert [each.organisation_id for each in again.positions] == [each.organisation_id for each in graph.positions]
    assert again.communities == graph.communities
    assert district_clusters(planted, members, seed=3).communities == graph.communities


def test_a_district_of_nobody_and_one_without_ties() -> None:
    assert cluster_graph(make_snapshot(), ["org_gone"]) == cluster_graph(make_snapshot(), [])
    alone = cluster_graph(make_snapshot(organisations=(make_organisation(),)), ["org_a"])
    assert [(each.degree, each.betweenness, each.x, each.y) for each in alone.positions] == [(0, 0.0, 0.0, 0.0)]
    assert alone.edges == ()
    assert [each["name_en"] for each in alone.communities] == ["No ties yet"]


def test_a_district_in_many_pieces_is_laid_out_without_overlap() -> None:
    organisations = tuple(make_organisation(id=f"org_{number:03}") for number in range(300))
    projects = tuple(Project(f"p{n}", (f"org_{2 * n:03}", f"org_{2 * n + 1:03}")) for n in range(150))
    graph = cluster_graph(make_snapshot(organisations=organisations, projects=projects), [o.id for o in organisations])
    places = np.array([(each.x, each.y) for each in graph.positions])
    apart = np.linalg.norm(places[:, None] - places, axis=2) + 10 * np.eye(len(places))
    assert len(graph.communities) == 150
    assert apart.min() > 0.005


def _slow_betweenness(size: int, edges: set[tuple[int, int]]) -> list[float]:
    """By definition: all shortest paths between each pair, listed one by one."""
    near = {node: sorted({a + b - node for a, b in edges if node in (a, b)}) for node in range(size)}
    total = [0.0] * size
    for start, end in itertools.permutations(range(size), 2):
        paths: list[tuple[int, ...]] = []
        queue = deque([(start,)])
        while queue:
            path = queue.popleft()
            if paths and len(path) > len(paths[0]):
                break
            if path[-1] == end:
                paths.append(path)
            else:
                queue.extend((*path, step) for step in near[path[-1]] if step not in path)
        for node in range(size):
            through = sum(node in path[1:-1] for path in paths)
            total[node] += through / len(paths) if paths else 0.0
    return [value / ((size - 1) * (size - 2)) for value in total]


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 7), st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_betweenness_agrees_with_its_definition(size: int, pairs: set[tuple[int, int]]) -> None:
    edges = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1] and max(pair) < size}
    rows = [a for a, _ in edges] + [b for _, b in edges]
    columns = [b for _, b in edges] + [a for a, _ in edges]
    ties = from_entries(rows, columns, [2.0] * len(rows), (size, size))
    np.testing.assert_allclose(betweenness_of(ties), _slow_betweenness(size, edges), atol=1e-12)

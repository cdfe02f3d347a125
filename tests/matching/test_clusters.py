"""The cluster graph: ties, communities, places, centrality, names."""

from __future__ import annotations

import itertools
import random
from collections import Counter, deque
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.clusters import cluster_graph, district_clusters
from madang_matching.clusters.betweenness import betweenness_of
from madang_matching.clusters.inside import spread
from madang_matching.clusters.plan import plan
from madang_matching.clusters.strengths import strengths_of
from madang_matching.profiles import Profiles
from madang_matching.records import Project, Snapshot, Technology
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
    assert edge.since == ""
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


def test_a_tie_is_as_old_as_its_earliest_dated_project() -> None:
    organisations = tuple(make_organisation(id=name) for name in ("org_a", "org_b", "org_c"))
    projects = (
        Project("p1", ("org_a", "org_b"), "2025-02-01"),
        Project("p2", ("org_b", "org_a", "org_c"), "2023-11-30"),
        Project("p3", ("org_a", "org_b")),
        Project("p4", ("org_b", "org_c"), "2026-01-01"),
    )
    graph = cluster_graph(make_snapshot(organisations=organisations, projects=projects), ["org_a", "org_b", "org_c"])
    assert {edge.since for edge in graph.edges} == {"2023-11-30"}


def test_every_drawn_community_has_a_place_of_its_own_and_pairs_are_drawn_only_alone() -> None:
    snapshot, members = _groups()
    pair = (make_organisation(id="org_y1"), make_organisation(id="org_y2"))
    with_pair = replace(
        snapshot,
        organisations=(*snapshot.organisations, *pair),
        projects=(*snapshot.projects, Project("prj_pair", ("org_y1", "org_y2"))),
    )
    graph = cluster_graph(with_pair, [*members, "org_y1", "org_y2"])
    placed = {(each["x"], each["y"]) for each in graph.communities if each["size"] == 8}
    assert len(placed) == 3
    assert all(abs(value) <= 1 for place in placed for value in place if value is not None)
    assert {each["x"] for each in graph.communities if each["size"] != 8} == {None}
    (alone, untied) = cluster_graph(with_pair, ["org_y1", "org_y2", "org_z1"]).communities
    assert (alone["x"], alone["y"], untied["x"]) == (0.0, 0.0, None)


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 24), st.integers(0, 9))
def test_a_plan_puts_no_two_on_one_place(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    between = np.triu(chance.integers(0, 9, (count, count)) * (chance.random((count, count)) < 0.2), 1)
    places = plan(between + between.T, seed)
    assert np.abs(places).max() <= 1
    assert len({(round(x, 3), round(y, 3)) for x, y in places.tolist()}) == count
    np.testing.assert_array_equal(places, plan(between + between.T, seed))


def test_neighbours_stand_nearer_than_others_and_nobody_on_anybody() -> None:
    ring = [(at, (at + 1) % 12) for at in range(12)]
    rows, columns = [a for a, b in ring] + [b for a, b in ring], [b for a, b in ring] + [a for a, b in ring]
    links = from_entries(rows, columns, [1.0] * 24, (12, 12))
    start = np.random.default_rng(1).normal(size=(12, 2))
    places = spread(links, start)
    apart = np.linalg.norm(places[:, None] - places, axis=2)
    assert max(apart[a, b] for a, b in ring) < min(apart[a, (a + 4) % 12] for a in range(12))
    assert (apart + np.eye(12)).min() > 0.1
    assert np.linalg.norm(places, axis=1).max() == pytest.approx(np.linalg.norm(start, axis=1).max())


def test_a_location_quotient_compares_the_share_inside_with_the_share_of_all() -> None:
    everyone = [["ai"]] * 5 + [["robots"]] * 5 + [[]] * 10
    technologies = {each: Technology(each, each, each) for each in ("ai", "robots")}
    users = Counter(name for names in everyone for name in names)
    found = strengths_of([["ai"], ["ai", "ai"], ["ai", "robots"], []], users, len(everyone), technologies)
    assert [(each["technology_id"], each["share"], each["quotient"]) for each in found] == [("ai", 0.75, 3.0)]


def test_silent_organisations_name_nothing_and_count_nowhere() -> None:
    snapshot, members = _groups()
    silent = [name for name in members if name[4] == "b"]
    graph = cluster_graph(snapshot, members, silent=silent)
    assert [each["name_en"] for each in graph.communities].count("Robotics") == 0
    quiet = next(each for each in graph.communities if each["name_en"].startswith("Group"))
    assert quiet["strengths"] == []
    spoken = next(each for each in graph.communities if each["name_en"] == "Batteries")
    assert [(each["share"], each["quotient"]) for each in spoken["strengths"]] == [(1.0, 2.5)]


def test_names_of_communities_are_distinct() -> None:
    organisations = [
        make_organisation(id=f"org_{at:02}", technologies=(AI.id, ROBOTS.id) if at < 8 else (BATTERY.id,))
        for at in range(40)
    ]
    projects = [Project(f"p{at}", (f"org_{2 * at:02}", f"org_{2 * at + 1:02}")) for at in range(4)]
    graph = cluster_graph(
        make_snapshot(organisations=tuple(organisations), projects=tuple(projects), technologies=(AI, ROBOTS, BATTERY)),
        [each.id for each in organisations[:8]] + ["org_20"],
    )
    for language in ("name_ko", "name_en"):
        names = [each[language] for each in graph.communities]
        assert len(set(names)) == len(names) == 5


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

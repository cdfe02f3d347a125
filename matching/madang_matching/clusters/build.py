"""The cluster graph of a district: ties, communities, places, centrality, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from madang_matching.clusters.betweenness import betweenness_of
from madang_matching.clusters.communities import communities_of
from madang_matching.clusters.layout import layout
from madang_matching.clusters.names import community_names
from madang_matching.clusters.plan import drawn, plan
from madang_matching.clusters.strengths import strengths_of
from madang_matching.clusters.ties import first_days, member_ties
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Clusters, Community, Edge, Organisation, Position, Project, Snapshot, Technology
from madang_matching.sparse import Floats, Ints, Sparse, entries, row_counts


def cluster_graph(
    snapshot: Snapshot, member_ids: Iterable[str], seed: int = 0, silent: Collection[str] = ()
) -> Clusters:
    """Return who is tied to whom among the members, with places, communities and centrality.

    Members that the snapshot does not hold are left out; those without ties are kept, with degree 0. Position 0 has
    the most ties; equal ones go by id. Edges are strongest first, communities largest first, those without ties last.
    The same snapshot, members and seed give the same graph.

    Args: silent: organisations whose technologies name nothing and count nowhere, as nobody else may know them.
    """
    return _cluster(snapshot.organisations, snapshot.projects, snapshot.technologies, member_ids, seed, silent)


def district_clusters(
    profiles: Profiles, member_ids: Iterable[str], seed: int = 0, silent: Collection[str] = ()
) -> Clusters:
    """Return the same as `cluster_graph`, from profiles that are already there."""
    return _cluster(profiles.organisations, profiles.projects, profiles.technologies, member_ids, seed, silent)


def _cluster(
    organisations: Sequence[Organisation],
    projects: Sequence[Project],
    technologies: Sequence[Technology],
    member_ids: Iterable[str],
    seed: int,
    silent: Collection[str],
) -> Clusters:
    wanted = set(member_ids)
    members = sorted((each for each in organisations if each.id in wanted), key=lambda each: each.id)
    rows = {member.id: row for row, member in enumerate(members)}
    ties = member_ties(projects, rows)
    degrees = row_counts(ties)
    communities = communities_of(ties, seed)
    bonds, counts = _between(ties, communities)
    places = layout(communities, bonds, ties)
    betweenness = betweenness_of(ties, seed)
    order: list[int] = np.lexsort((np.arange(len(members)), -degrees)).tolist()
    positions = tuple(
        Position(
            members[row].id,
            float(places[row, 0]),
            float(places[row, 1]),
            int(communities[row]),
            int(degrees[row]),
            float(betweenness[row]),
        )
        for row in order
    )
    spoken = [[] if each.id in silent else list(each.technologies) for each in members]
    known = {each.id: each for each in technologies}
    untied = int(communities.max()) if members and degrees.min() == 0 else None
    everyone = [each.technologies for each in organisations if each.id not in silent]
    return Clusters(
        positions,
        _edges(ties, order, first_days(projects, rows)),
        _communities(communities, counts, spoken, known, untied, everyone, seed),
    )


def _communities(
    communities: Ints,
    counts: Ints,
    spoken: Sequence[Sequence[str]],
    technologies: Mapping[str, Technology],
    untied: int | None,
    everyone: Sequence[Sequence[str]],
    seed: int,
) -> tuple[Community, ...]:
    names = community_names(communities, spoken, technologies, untied)
    sizes = np.bincount(communities, minlength=len(names))
    shown = drawn(sizes, untied)
    outwards = counts - np.diag(np.diag(counts))
    places: dict[int, list[float]] = dict(zip(shown, plan(outwards[np.ix_(shown, shown)], seed).tolist(), strict=True))
    users = Counter(name for used in everyone for name in set(used))
    members = {number: [spoken[row] for row in range(len(spoken)) if communities[row] == number] for number in shown}
    return tuple(
        Community(
            number=number,
            name_ko=ko,
            name_en=en,
            size=int(sizes[number]),
            inner_edges=int(counts[number, number]),
            outer_edges=int(outwards[number].sum()),
            x=places[number][0] if number in places else None,
            y=places[number][1] if number in places else None,
            strengths=strengths_of(members[number], users, len(everyone), technologies) if number in members else [],
        )
        for number, (ko, en) in enumerate(names)
    )


def _between(ties: Sparse, communities: Ints) -> tuple[Floats, Ints]:
    """Return summed ties and number of ties between communities, both shape (k, k); on the diagonal those inside."""
    count = int(communities.max(initial=-1)) + 1
    rows, columns, weights = entries(ties)
    one, other = communities[rows], communities[columns]
    bonds, counts = np.zeros((count, count)), np.zeros((count, count), np.int64)
    np.add.at(bonds, (one, other), weights)
    np.add.at(counts, (one, other), 1)
    np.fill_diagonal(counts, np.diag(counts) // 2)
    return bonds, counts


def _edges(ties: Sparse, order: list[int], since: Mapping[tuple[int, int], str]) -> tuple[Edge, ...]:
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    rows, columns, weights = entries(ties)
    one, other = place[rows], place[columns]
    weights = np.round(weights, 9)  # beyond nine digits, sums differ by the order of adding
    pairs = np.sort(np.column_stack((rows, columns)), axis=1).tolist()
    edges = [
        Edge(int(one[at]), int(other[at]), float(weights[at]), since.get((pairs[at][0], pairs[at][1]), ""))
        for at in np.flatnonzero(one < other)
    ]
    return tuple(sorted(edges, key=lambda edge: (-edge.weight, edge.from_position, edge.to_position)))

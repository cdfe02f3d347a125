"""The cluster graph of a district: ties, communities, places, centrality, names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from madang_matching.clusters.betweenness import betweenness_of
from madang_matching.clusters.communities import communities_of
from madang_matching.clusters.layout import layout
from madang_matching.clusters.names import community_names
from madang_matching.clusters.ties import member_ties
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Clusters, Community, Edge, Organisation, Position, Project, Snapshot, Technology
from madang_matching.sparse import Floats, Ints, Sparse, entries, row_counts


def cluster_graph(snapshot: Snapshot, member_ids: Iterable[str], seed: int = 0) -> Clusters:
    """Return who is tied to whom among the members, with places, communities and centrality.

    Members that the snapshot does not hold are left out; those without ties are kept, with degree 0. Position 0 has
    the most ties; equal ones go by id. Edges are strongest first, communities largest first, those without ties last.
    The same snapshot, members and seed give the same graph.
    """
    return _cluster(snapshot.organisations, snapshot.projects, snapshot.technologies, member_ids, seed)


def district_clusters(profiles: Profiles, member_ids: Iterable[str], seed: int = 0) -> Clusters:
    """Return the same as `cluster_graph`, from profiles that are already there."""
    return _cluster(profiles.organisations, profiles.projects, profiles.technologies, member_ids, seed)


def _cluster(
    organisations: Sequence[Organisation],
    projects: Sequence[Project],
    technologies: Sequence[Technology],
    member_ids: Iterable[str],
    seed: int,
) -> Clusters:
    wanted = set(member_ids)
    members = sorted((each for each in organisations if each.id in wanted), key=lambda each: each.id)
    ties = member_ties(projects, {member.id: row for row, member in enumerate(members)})
    degrees = row_counts(ties)
    communities = communities_of(ties, seed)
    bonds, inner, outer = _between(ties, communities)
    places = layout(communities, bonds, degrees)
    betweenness = betweenness_of(ties, seed)
    untied = int(communities.max()) if members and degrees.min() == 0 else None
    names = community_names(
        communities, [each.technologies for each in members], {each.id: each for each in technologies}, untied
    )
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
    sizes = np.bincount(communities, minlength=len(names))
    return Clusters(
        positions,
        _edges(ties, order),
        tuple(
            Community(
                number=number,
                name_ko=ko,
                name_en=en,
                size=int(sizes[number]),
                inner_edges=int(inner[number]),
                outer_edges=int(outer[number]),
            )
            for number, (ko, en) in enumerate(names)
        ),
    )


def _between(ties: Sparse, communities: Ints) -> tuple[Floats, Ints, Ints]:
    """Return summed ties between communities, shape (k, k), and each one's number of inner and outer edges."""
    count = int(communities.max(initial=-1)) + 1
    rows, columns, weights = entries(ties)
    one, other = communities[rows], communities[columns]
    bonds = np.zeros((count, count))
    np.add.at(bonds, (one, other), weights)
    inside = one == other
    inner = np.bincount(one[inside], minlength=count) // 2
    return bonds, inner, np.bincount(one[~inside], minlength=count)


def _edges(ties: Sparse, order: list[int]) -> tuple[Edge, ...]:
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    rows, columns, weights = entries(ties)
    one, other = place[rows], place[columns]
    weights = np.round(weights, 9)  # beyond nine digits, sums differ by the order of adding
    once = one < other
    edges = [Edge(*edge) for edge in zip(one[once].tolist(), other[once].tolist(), weights[once].tolist(), strict=True)]
    return tuple(sorted(edges, key=lambda edge: (-edge.weight, edge.from_position, edge.to_position)))

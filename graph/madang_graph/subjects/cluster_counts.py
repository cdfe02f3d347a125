"""What a cluster graph amounts to for one viewer: everything is counted over the organisations that the viewer sees.

Each function takes what `CLUSTER_GRAPH` stores and the places that are visible, and is pure. A place is
[position, community, betweenness].
"""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

Arguments = dict[str, Any]


def visible_edges(value: list[Any], arguments: Arguments) -> list[tuple[int, int, float]]:
    """Return the strongest edges (source, target, weight) between visible places.

    Args: value: [edge_from, edge_to, edge_weight, places].
    """
    sources, targets, weights, places = value
    of = _communities(places)
    wanted = arguments.get("community")
    edges = zip(sources or (), targets or (), weights or (), strict=True)
    kept = (
        edge
        for edge in edges
        if edge[0] in of and edge[1] in of and (wanted is None or of[edge[0]] == of[edge[1]] == wanted)
    )
    return list(islice(kept, arguments["first"]))


def edge_count(value: list[Any], _arguments: Arguments) -> int:
    """Return how many edges run between visible places."""
    return sum(1 for _ in _pairs(value))


def communities(value: list[Any], _arguments: Arguments) -> list[dict[str, Any]]:
    """Return the communities that have a visible place, with what is visible of their size and edges.

    Args: value: [communities, edge_from, edge_to, places].
    """
    stored, *rest = value
    sizes = Counter(place[1] for place in rest[-1])
    inner, outer = Counter[int](), Counter[int]()
    for one, other in _pairs(rest):
        if one == other:
            inner[one] += 1
        else:
            outer[one] += 1
            outer[other] += 1
    return [
        {
            **each,
            "size": sizes[each["number"]],
            "inner_edges": inner[each["number"]],
            "outer_edges": outer[each["number"]],
        }
        for each in json.loads(stored or "[]")
        if sizes[each["number"]]
    ]


def specialisations(value: list[Any], _arguments: Arguments) -> list[dict[str, Any]]:
    """Return what the communities with a visible place do more of than others.

    Args: value: [communities, places].
    """
    stored, places = value
    seen = {place[1] for place in places}
    return [
        {**strength, "community": each["number"]}
        for each in json.loads(stored or "[]")
        if each["number"] in seen
        for strength in each.get("strengths", ())
    ]


def community_ties(value: list[Any], _arguments: Arguments) -> list[tuple[int, int, int]]:
    """Return (lesser number, greater number, edges between them), most edges first.

    Args: value: [edge_from, edge_to, places].
    """
    found = Counter((min(pair), max(pair)) for pair in _pairs(value) if pair[0] != pair[1])
    return sorted(((*pair, count) for pair, count in found.items()), key=lambda tie: (-tie[2], tie[0], tie[1]))


def crossings(value: list[Any], arguments: Arguments) -> list[tuple[int, int, int]]:
    """Return (position, other community, edges to it) of those with edges to other communities.

    Highest betweenness first, then by position; of one place most edges first. `first` counts places.

    Args: value: [edge_from, edge_to, places].
    """
    sources, targets, places = value
    of = _communities(places)
    reached: dict[int, Counter[int]] = {}
    for source, target in zip(sources or (), targets or (), strict=True):
        if source in of and target in of and of[source] != of[target]:
            reached.setdefault(source, Counter())[of[target]] += 1
            reached.setdefault(target, Counter())[of[source]] += 1
    wanted = arguments.get("community")
    order = sorted((-(place[2] or 0.0), place[0]) for place in places if place[0] in reached)
    positions = [position for _, position in order if wanted is None or of[position] == wanted]
    return [
        (position, community, count)
        for position in positions[: arguments["first"]]
        for community, count in sorted(reached[position].items(), key=lambda item: (-item[1], item[0]))
    ]


def tie_starts(value: list[Any], _arguments: Arguments) -> list[tuple[int, int, int, int, int]]:
    """Return (lesser number, greater number, year, quarter, edges whose first joint project began in it).

    Ordered by quarter, then by number; the two numbers are the same for edges inside. Edges without a day are left out.

    Args: value: [edge_from, edge_to, edge_since, places].
    """
    sources, targets, since, places = value
    of = _communities(places)
    starts = Counter(
        (int(day[:4]), (int(day[5:7]) + 2) // 3, *sorted((of[source], of[target])))
        for source, target, day in zip(sources or (), targets or (), since or (), strict=False)
        if day and source in of and target in of
    )
    return [(one, other, year, quarter, count) for (year, quarter, one, other), count in sorted(starts.items())]


def _communities(places: list[list[Any]]) -> dict[int, int]:
    return {place[0]: place[1] for place in places}


def _pairs(value: list[Any]) -> Iterator[tuple[int, int]]:
    """Yield the communities of both ends of each visible edge; value: [edge_from, edge_to, places]."""
    sources, targets, places = value
    of = _communities(places)
    for source, target in zip(sources or (), targets or (), strict=True):
        if source in of and target in of:
            yield of[source], of[target]

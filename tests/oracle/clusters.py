"""What the oracle counts of a cluster graph: everything anew, over the places that the viewer sees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.oracle.answers import Said


class Clusters:
    """The computed fields of a cluster graph."""

    if TYPE_CHECKING:

        def properties(self, node: str) -> dict[str, Any]: ...

        def visible_ties(self, kind: str, node: str, name: str) -> list[tuple[str, dict[str, Any]]]: ...

    def _cluster_graph_node_count(self, node: str, _arguments: Any) -> int:
        return len(self.visible_ties("ClusterGraph", node, "nodes"))

    def _places(self, node: str) -> dict[int, dict[str, Any]]:
        return {tie["position"]: tie for _, tie in self.visible_ties("ClusterGraph", node, "nodes")}

    def _drawn(self, node: str) -> list[dict[str, Any]]:
        """Edges between visible places, with the communities of their ends."""
        p, places = self.properties(node), self._places(node)
        return [
            {"source": s, "target": t, "weight": w, "since": day, "in": places[s]["community"],
             "out": places[t]["community"]}
            for s, t, w, day in zip(p["edge_from"], p["edge_to"], p["edge_weight"], p["edge_since"], strict=True)
            if s in places and t in places
        ]  # fmt: skip

    def _cluster_graph_edge_count(self, node: str, _arguments: Any) -> int:
        return len(self._drawn(node))

    def _cluster_graph_edges(self, node: str, arguments: dict[str, Any]) -> list[Said]:
        wanted, first = arguments.get("community"), arguments.get("first")
        edges = [e for e in self._drawn(node) if wanted is None or {e["in"], e["out"]} == {wanted}]
        return [Said(edge) for edge in edges[: 3000 if first is None else first]]

    def _cluster_graph_communities(self, node: str, _arguments: Any) -> list[Said]:
        members = [place["community"] for place in self._places(node).values()]
        ends = [(edge["in"], edge["out"]) for edge in self._drawn(node)]
        return [
            Said({
                **one,
                "size": members.count(one["number"]),
                "inner_edges": ends.count((one["number"], one["number"])),
                "outer_edges": sum(one["number"] in pair and pair[0] != pair[1] for pair in ends),
            })
            for one in json.loads(self.properties(node)["communities"])
            if one["number"] in members
        ]  # fmt: skip

    def _cluster_graph_specialisations(self, node: str, _arguments: Any) -> list[Said]:
        members = {place["community"] for place in self._places(node).values()}
        return [
            Said({**strength, "technology": strength["technology_id"], "community": one["number"]})
            for one in json.loads(self.properties(node)["communities"])
            for strength in one["strengths"]
            if one["number"] in members
        ]

    def _cluster_graph_community_ties(self, node: str, _arguments: Any) -> list[Said]:
        pairs = [(*sorted((edge["in"], edge["out"])),) for edge in self._drawn(node) if edge["in"] != edge["out"]]
        found = sorted({(-pairs.count(pair), *pair) for pair in pairs})
        return [Said({"source": one, "target": other, "count": -count}) for count, one, other in found]

    def _cluster_graph_crossings(self, node: str, arguments: dict[str, Any]) -> list[Said]:
        places, wanted, first = self._places(node), arguments.get("community"), arguments.get("first")
        reached: dict[int, list[int]] = {}
        for edge in self._drawn(node):
            if edge["in"] != edge["out"]:
                reached.setdefault(edge["source"], []).append(edge["out"])
                reached.setdefault(edge["target"], []).append(edge["in"])
        kept = [at for at in reached if wanted is None or places[at]["community"] == wanted]
        kept.sort(key=lambda at: (-places[at]["betweenness"], at))
        return [
            Said({"position": at, "community": other, "ties": -ties})
            for at in kept[: 20 if first is None else first]
            for ties, other in sorted({(-reached[at].count(other), other) for other in reached[at]})
        ]

    def _cluster_graph_tie_starts(self, node: str, _arguments: Any) -> list[Said]:
        last = ("03", "06", "09", "12")  # months
        began = [
            (edge["since"][:4], 1 + sum(month < edge["since"][5:7] for month in last), edge["in"], edge["out"])
            for edge in self._drawn(node)
            if edge["since"]
        ]
        began = [(year, quarter, min(ends), max(ends)) for year, quarter, *ends in began]
        return [
            Said({"source": one, "target": other, "year": int(year), "quarter": quarter,
                  "count": began.count((year, quarter, one, other))})
            for year, quarter, one, other in sorted(set(began))
        ]  # fmt: skip

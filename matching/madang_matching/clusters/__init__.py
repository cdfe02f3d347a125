"""Clusters: who is tied to whom in a district."""

from madang_matching.clusters.build import cluster_graph, district_clusters

__all__ = ["cluster_graph", "district_clusters"]

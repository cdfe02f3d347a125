"""The nearest of many vectors, exactly: one query by an index, all rows of a table by blocks."""

from madang_matching.nearest.batch import Excluded, NearestRows, batch_top, itself_excluded
from madang_matching.nearest.exact import Nearest
from madang_matching.nearest.index import Index

__all__ = ["Excluded", "Index", "Nearest", "NearestRows", "batch_top", "itself_excluded"]

"""Exports: a folder of tables that says who took part in what, and for whom a ranking is asked."""

from madang_matching.exports.reading import read_export
from madang_matching.exports.records import Asked, Export
from madang_matching.exports.snapshots import snapshot_of

__all__ = ["Asked", "Export", "read_export", "snapshot_of"]

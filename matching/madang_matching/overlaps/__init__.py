"""Overlaps: programmes with the same target, purpose and dates, how much they overlap, and why."""

from madang_matching.overlaps.conditions import Compared, conditions_of, conditions_side_by_side
from madang_matching.overlaps.pairs import LEAST, Overlap, Overlaps, overlaps, usable_by
from madang_matching.overlaps.stacking import STACKING, Stacking, stacking
from madang_matching.overlaps.windows import Window, window_of

__all__ = [
    "LEAST",
    "STACKING",
    "Compared",
    "Overlap",
    "Overlaps",
    "Stacking",
    "Window",
    "conditions_of",
    "conditions_side_by_side",
    "overlaps",
    "stacking",
    "usable_by",
    "window_of",
]

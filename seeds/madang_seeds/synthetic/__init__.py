"""The `synthetic` data set: an invented district of any size in which it is known who suits whom.

    topics ─► members (what each supplies, lacks and prefers; what its profile says of it) ─► wishes (whom each would
    choose, seen from both sides) ─► history (projects and requests before the cut) ─► truth (who still should meet)
    calls (rules, and who is truly eligible)

Everything but `data_set.py` is pure: plain records from a number of organisations and a seed.
"""

from madang_seeds.synthetic.district import Synthetic, plant

__all__ = ["Synthetic", "plant"]

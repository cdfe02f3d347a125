"""Which parts of one industry classification are the same in another: sections and two-digit divisions.

Where it is not certain that a part holds the same trades, nothing is said, so conditions give "check".

Source: tables of correspondence of Statistics Korea (KSIC 9, 10, 11), of the United Nations (ISIC 4) and of Eurostat
(NACE 2, 2.1). Divisions of NACE 2 are those of ISIC 4; those of KSIC 11 are those of KSIC 10. KSIC 10 moved water
supply from D to E and rental from L to N, and made repair of machinery division 34. NACE 2.1 keeps manufacturing but
changes sections from G on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from madang_matching.records import Verdict

Revision: TypeAlias = Literal["ksic9", "ksic10", "ksic11", "isic4", "nace2", "nace2.1"]
REVISION_NAMES: dict[Revision, tuple[str, str]] = {
    "ksic9": ("표준산업분류 9차", "KSIC 9"),
    "ksic10": ("표준산업분류 10차", "KSIC 10"),
    "ksic11": ("표준산업분류 11차", "KSIC 11"),
    "isic4": ("ISIC 4차", "ISIC 4"),
    "nace2": ("NACE 2차", "NACE 2"),
    "nace2.1": ("NACE 2.1차", "NACE 2.1"),
}
SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"

_Part: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""Sections and divisions that are the same."""


def _divisions(section: str, numbers: Iterable[int]) -> set[str]:
    return {f"{section}{number:02d}" for number in numbers}


_EVERY = {f"{section}{number:02d}" for section in SECTIONS for number in range(100)}
_SAME: _Part = (frozenset(SECTIONS), frozenset(_EVERY))
_KSIC_9_10: _Part = (
    frozenset("ABFGHIJKMOPQRTU"),
    frozenset(
        _divisions("A", (1, 2, 3)) | _divisions("C", range(10, 34)) | _divisions("D", (35,))
        | _divisions("E", (37, 38, 39)) | _divisions("F", (41, 42)) | _divisions("G", (45, 46, 47))
        | _divisions("H", (49, 50, 51, 52)) | _divisions("I", (55, 56)) | _divisions("J", range(58, 64))
        | _divisions("K", (64, 65, 66)) | _divisions("L", (68,)) | _divisions("M", range(70, 74))
        | _divisions("O", (84,)) | _divisions("P", (85,)) | _divisions("Q", (86, 87)) | _divisions("R", (90, 91))
        | _divisions("S", (94, 96)) | _divisions("T", (97, 98)) | _divisions("U", (99,))
    ),
)  # fmt: skip
_KSIC_ISIC: _Part = (
    frozenset("ABCIKOPU"),
    frozenset(
        _divisions("A", (1, 2, 3)) | _divisions("C", range(10, 26)) | _divisions("I", (55, 56))
        | _divisions("J", (59, 60, 62)) | _divisions("K", (64, 65, 66)) | _divisions("O", (84,))
        | _divisions("P", (85,)) | _divisions("Q", (86,)) | _divisions("U", (99,))
    ),
)  # fmt: skip
_NACE_2_21: _Part = (frozenset("ABCDEF"), frozenset(_divisions("C", range(10, 34))))

_FAMILY = {"ksic10": "ksic", "ksic11": "ksic", "ksic9": "ksic9", "isic4": "isic", "nace2": "isic", "nace2.1": "nace2.1"}
_PAIRS: dict[frozenset[str], _Part] = {
    frozenset(("ksic", "ksic9")): _KSIC_9_10,
    frozenset(("ksic", "isic")): _KSIC_ISIC,
    frozenset(("ksic9", "isic")): (_KSIC_9_10[0] & _KSIC_ISIC[0], _KSIC_9_10[1] & _KSIC_ISIC[1]),
    frozenset(("isic", "nace2.1")): _NACE_2_21,
    frozenset(("ksic", "nace2.1")): (_NACE_2_21[0] & _KSIC_ISIC[0], _NACE_2_21[1] & _KSIC_ISIC[1]),
    frozenset(("ksic9", "nace2.1")): (frozenset("AB"), _NACE_2_21[1] & _KSIC_ISIC[1]),
}


def under(code: str, revision: str, prefix: str, prefix_revision: str) -> Verdict:
    """Say whether a code falls under the prefix of a code, each of its own classification.

    A code that is coarser than the prefix may or may not fall under it; nor can it be said where the two
    classifications differ.
    """
    if revision == prefix_revision:
        return _under(code, prefix)
    sections, divisions = _shared(revision, prefix_revision)
    if len(prefix) == 1:
        return _under(code[:1], prefix) if prefix in sections else "check"
    division = prefix[:3]
    if len(prefix) < 3 or division not in divisions:
        return "check"
    coarse = _under(code[:3], division)
    return coarse if len(prefix) == 3 or coarse == "not_eligible" else "check"


def _shared(one: str, other: str) -> _Part:
    families = frozenset((_FAMILY.get(one, one), _FAMILY.get(other, other)))
    if len(families) == 1 and one in _FAMILY:
        return _SAME
    return _PAIRS.get(families, (frozenset(), frozenset()))


def _under(code: str, prefix: str) -> Verdict:
    if code.startswith(prefix):
        return "eligible"
    return "check" if prefix.startswith(code) else "not_eligible"

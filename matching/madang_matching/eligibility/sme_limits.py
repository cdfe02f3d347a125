"""Ceilings of the Korean and the European definition of small and medium firms.

Korea: Enforcement Decree of the Framework Act on SMEs, tables 1 and 3, in force since 1 September 2025. A code that
leaves open which of several ceilings it has gives their range: below its first figure a firm is within for certain,
above the second for certain beyond, and between them is "check".
"""

from __future__ import annotations

from typing import NamedTuple

AS_OF = "2025-09-01"
BILLION = 10**9
ASSETS_BELOW_WON = 500 * BILLION
"""Total assets must be below; article 3(1)1.b of the decree."""


class Ceiling(NamedTuple):
    """Mean revenue of three years, in won."""

    within: int
    """Up to this for certain within."""
    beyond: int
    """Above this for certain beyond."""


_MEDIUM: tuple[tuple[int, str], ...] = (
    (180, "C17 C24 C28"),
    (150, "C14 C15 C32 C30393"),
    (120, "C10 C20 C22 C25 C29 C30 C31 F G"),
    (100, "A B C12 C13 C16 C19 C26 C33 D E36 H J"),
    (80, "C11 C18 C21 C23 C27 E N"),
    (60, "C34 M Q R S"),
    (40, "I K L N76 P"),
)
"""Billion won, table 1. Seats for cars (C30393) have the ceiling of furniture, as its note says."""
_SMALL: tuple[tuple[int, str], ...] = (
    (140, "C19 C24"),
    (120, "C10 C11 C14 C15 C20 C21 C23 C25 C26 C28 C29 C30 C32 D E36"),
    (100, "H K"),
    (80, "A B C12 C13 C16 C17 C18 C22 C27 C31 C33 F"),
    (60, "G"),
    (50, "J"),
    (40, "E L"),
    (30, "M N R"),
    (15, "C34 I P Q S"),
)
"""Hundred million won, table 3."""


def _ceilings(table: tuple[tuple[int, str], ...], unit: int, seats: tuple[int, int]) -> dict[str, Ceiling]:
    """Seats for trains and aircraft are furniture, but share a code with other parts; associations have no ceiling."""
    found = {code: Ceiling(limit * unit, limit * unit) for limit, codes in table for code in codes.split()}
    other, furniture = (limit * unit for limit in seats)
    highest, lowest = table[0][0] * unit, table[-1][0] * unit
    return {
        **found,
        **dict.fromkeys(("C31202", "C31322"), Ceiling(other, furniture)),
        "S94": Ceiling(lowest, highest),
    }


MEDIUM, SMALL = _ceilings(_MEDIUM, BILLION, (120, 150)), _ceilings(_SMALL, 10**8, (80, 120))
_LABOUR = frozenset("BCFH")
"""Mining, manufacturing, construction, transport: fewer than 10 people make a micro firm, elsewhere fewer than 5.
Source: Enforcement Decree of the Act on Micro Enterprises, article 3."""


def ceiling_of(code: str | None, ceilings: dict[str, Ceiling]) -> Ceiling:
    """Return the ceiling of a KSIC code; the range of several where it leaves them open or is not in the table."""
    known = (code or "").replace(".", "")
    own = next((known[:end] for end in range(len(known), 0, -1) if known[:end] in ceilings), None)
    within = [key for key in ceilings if known and key.startswith(known)]
    every = [ceilings[key] for key in {*within, *([own] if own else [])}] or list(ceilings.values())
    return Ceiling(min(each.within for each in every), max(each.beyond for each in every))


def micro_below(code: str | None) -> tuple[int, int]:
    """Return below how many people a firm is micro for certain, and from how many on for certain not."""
    if not code:
        return 5, 10
    return (10, 10) if code[0] in _LABOUR else (5, 5)


class European(NamedTuple):
    """Commission Recommendation 2003/361/EC, annex, article 2: people below, turnover or balance sheet at most."""

    people: int
    turnover_eur: int
    balance_eur: int


EU_MICRO, EU_SMALL, EU_SME = (
    European(10, 2_000_000, 2_000_000),
    European(50, 10_000_000, 10_000_000),
    European(250, 50_000_000, 43_000_000),
)
WON_PER_EURO = (1_200, 2_000)
"""The rate has lain between these since 2010; amounts that depend on it more closely give "check"."""

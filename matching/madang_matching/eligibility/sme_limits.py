"""Ceilings of the Korean and the European definition of small and medium firms, as far as they are certain.

Korea: Enforcement Decree of the Framework Act on SMEs, tables 1 and 3. The ceilings until August 2025 are certain for
each industry (table of 44 industries). From 1 September 2025 on, 16 of them are 20 to 30 billion won higher, none
above 180 billion; 12 of 43 ceilings of small firms are 0.5 to 2 billion higher, the range being 1.5 to 14 billion
(Ministry of SMEs and Startups, 26 August 2025). Which industry got how much is certain here for transport only. So each
industry has two figures: up to the first one is within for certain, above the second one for certain not, and between
them is "check".
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
    (150, "C14 C15 C17 C24 C28 C32"),
    (100, "A B C10 C12 C13 C16 C19 C20 C22 C25 C26 C29 C30 C31 D E36 F G"),
    (80, "C11 C18 C21 C23 C27 C33 E J"),
    (60, "C34 M N Q R S"),
    (40, "I K L N76 P"),
)
"""Billion won until August 2025, table 1; transport is stated below."""
_SMALL: tuple[tuple[int, str], ...] = (
    (120, "C10 C11 C14 C15 C19 C20 C21 C23 C24 C25 C26 C28 C29 C30 C32 D E36"),
    (80, "A B C12 C13 C16 C17 C18 C22 C27 C31 C33 F H K"),
    (50, "G J"),
    (30, "E L M N R"),
    (10, "C34 I P Q S"),
)
"""Hundred million won until August 2025, table 3."""
_RAISE, _HIGHEST = 30 * BILLION, 180 * BILLION
_SMALL_RAISE, _SMALL_LOWEST, _SMALL_HIGHEST = 20 * 10**8, 15 * 10**8, 140 * 10**8


def _medium() -> dict[str, Ceiling]:
    found = {
        code: Ceiling(limit * BILLION, min(limit * BILLION + _RAISE, _HIGHEST))
        for limit, codes in _MEDIUM
        for code in codes.split()
    }
    return {**found, "H": Ceiling(100 * BILLION, 100 * BILLION)}


def _small() -> dict[str, Ceiling]:
    return {
        code: Ceiling(
            max(limit * 10**8, _SMALL_LOWEST), min(max(limit * 10**8, _SMALL_LOWEST) + _SMALL_RAISE, _SMALL_HIGHEST)
        )
        for limit, codes in _SMALL
        for code in codes.split()
    }


MEDIUM, SMALL = _medium(), _small()
_LABOUR = frozenset("BCFH")
"""Mining, manufacturing, construction, transport: fewer than 10 people make a micro firm, elsewhere fewer than 5.
Source: Enforcement Decree of the Act on Micro Enterprises, article 3."""


def ceiling_of(code: str | None, ceilings: dict[str, Ceiling]) -> Ceiling:
    """Return the ceiling of a KSIC code; where code or industry is not known, what is certain of all."""
    found = _find(code, ceilings)
    if found is not None:
        return found
    prefix = code if code and len(code) < 3 else ""
    every = [ceiling for key, ceiling in ceilings.items() if key.startswith(prefix)] or list(ceilings.values())
    return Ceiling(min(each.within for each in every), max(each.beyond for each in every))


def _find(code: str | None, ceilings: dict[str, Ceiling]) -> Ceiling | None:
    """A division has its own ceiling or that of its section; a section alone must have no division of its own."""
    if not code:
        return None
    if len(code) >= 3:
        return ceilings.get(code[:3], ceilings.get(code[:1]))
    return None if any(key != code[:1] and key[0] == code[0] for key in ceilings) else ceilings.get(code[:1])


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

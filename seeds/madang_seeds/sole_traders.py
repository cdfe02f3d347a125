"""Names of Horizon 2020 participants that are names of persons, so that they are not shown.

Deliberately eager: a company that loses its name is a smaller harm than a person who is shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from madang_seeds.packed import read_bytes

_MOST_PROJECTS, _MOST_PROJECTS_WITH_GIVEN_NAME = 3, 12
"""A participant in more projects than this is a company."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize(
        "NFKD", text.replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    )
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


def _words(file: str) -> list[str]:
    return read_bytes(file).decode("utf-8").split()


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a person from a firm, all case-folded and without accents."""

    given_names: frozenset[str]
    legal_forms: frozenset[str]
    trade: re.Pattern[str]
    """Beginnings of words that name a firm, a trade or a place, not a person."""


@cache
def signs() -> Signs:
    """Return the signs, read from the package's lists."""
    return Signs(
        frozenset(_words("given_names.txt")),
        frozenset(_words("legal_forms.txt")),
        re.compile(rf"\b(?:{'|'.join(_words('trade_words.txt'))})"),
    )


def is_person_like(name: str, activity: str, projects: int) -> bool:
    """Say whether the name is likely that of a person.

    Args:    name: as the source gives it.  activity: PRC, HES, REC, PUB, OTH.  projects: taken part in.
    Returns: True for a private for-profit participant whose name has no legal form and either holds a given name, or is
             two to five plain words of which none names a trade.
    """
    known = signs()
    plain = _plain(name)
    words = _WORD.findall(plain.replace(".", ""))
    if (
        activity != "PRC"
        or any(word in known.legal_forms for word in words)
        or any(character.isdigit() for character in plain)
    ):
        return False
    if re.search(r"\ba/s\b|\bsp\b|\bs\.? ?coop|\bsp/f\b|mbh\b|gmbh|\bi/s\b", plain):
        return False
    parts = {part for word in words for part in re.split(r"['’-]", word)}
    trade = known.trade.search(plain) is not None
    if parts & known.given_names and 2 <= len(words) <= 7 and projects <= _MOST_PROJECTS_WITH_GIVEN_NAME:
        return True
    return not trade and 2 <= len(words) <= 5 and projects <= _MOST_PROJECTS

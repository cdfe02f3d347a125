"""Words of a user's table looked up in the graph: industries, districts, technologies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from madang_graph.client import Graph
from madang_graph.writes.imports import read_districts, read_industry_ids, read_technologies

from madang_seeds.own.values import plain

_CODE = re.compile(r"([A-Za-z])?\s*-?\s*(\d{2,5})?")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the graph knows, by the words that tables use."""

    industries: Mapping[str, str]
    """Id by code, as in C29."""
    districts: Mapping[str, tuple[str, ...]]
    """(id of the gu, ids of what it is part of) by Korean or English name, case-folded."""
    technologies: Mapping[str, str]
    """Id by code, Korean or English name, case-folded."""

    def industry(self, text: str) -> tuple[str, str]:
        """Return (code as it is kept, id of the nearest known industry) of `C29`, `C2910`, `29`, `2910`.

        Raises: ValueError: no such code.
        """
        words = plain(text)
        match = _CODE.fullmatch(words)
        if match is None or not (match[1] or match[2]):
            raise ValueError("is no industry code (KSIC); write it as C29")
        letter, digits = (match[1] or "").upper(), match[2] or ""
        if not letter:
            letter = next((code[0] for code in self.industries if code[1:] == digits[:2]), "")
        # From the class upwards: C2910, C291, C29; a section only where no digits are given.
        for length in range(len(digits), 1, -1) if digits else (0,):
            if found := self.industries.get(letter + digits[:length]):
                return letter + digits, found
        raise ValueError("is no known industry code (KSIC, revision 10)")

    def district(self, text: str) -> tuple[str, ...]:
        """Return (id of the gu, ids of what it is part of). Raises ValueError: no such district."""
        found = self.districts.get(plain(text).casefold()) or self.district_in(text)
        if not found:
            raise ValueError("is no known district; load seoul first, or write the gu as 금천구")
        return found

    def district_in(self, address: str) -> tuple[str, ...]:
        """Return the gu that a Seoul address names, and what it is part of; empty when it names none."""
        words = plain(address).casefold().split()
        if not words or not words[0].startswith(("서울", "seoul")):
            return ()
        return next((self.districts[word.strip(",")] for word in words if word.strip(",") in self.districts), ())

    def technology(self, text: str) -> str:
        """Return the id of the technology. Raises ValueError: no such technology."""
        found = self.technologies.get(plain(text).casefold())
        if found is None:
            raise ValueError("is no technology of the vocabulary")
        return found


async def read_vocabulary(graph: Graph) -> Vocabulary:
    """Read what the graph knows."""
    districts: dict[str, tuple[str, ...]] = {}
    for id_, kind, korean, english, wholes in await read_districts(graph):
        if kind == "gu":
            for name in (korean, english):
                districts[name.casefold()] = (id_, *wholes)
    technologies: dict[str, str] = {}
    for id_, korean, english, code in await read_technologies(graph):
        technologies.update({word.casefold(): id_ for word in (code, korean, english) if word})
    return Vocabulary(await read_industry_ids(graph), districts, technologies)

"""The topics of the synthetic district: technologies of the shared vocabulary, and which of them go together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from random import Random

from madang_seeds.packed import read_rows

_HANGUL = re.compile(r"[가-힣]")
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """A technology that is supplied and sought."""

    code: str
    community: str
    """Code of the broader technology."""
    words_ko: tuple[str, ...]
    words_en: tuple[str, ...]
    """Different names of the same thing: a need uses one, an offer perhaps another."""
    problems_ko: tuple[str, ...]
    """What those complain of who need it; may be empty."""


@cache
def all_topics() -> tuple[Topic, ...]:
    """Return the narrow technologies that have several names in both languages, in the order of the vocabulary."""
    found: list[Topic] = []
    for row in read_rows("seoul_technologies.csv"):
        korean, english, problems = _parted(row["keywords"].split("|"))
        korean = list(dict.fromkeys([row["name_ko"].split("(")[0], *korean]))
        english = list(dict.fromkeys([row["name_en"].split(" (")[0], *english]))
        if row["parent"] and min(len(korean), len(english)) >= _LEAST_WORDS:
            found.append(Topic(row["code"], row["parent"], tuple(korean), tuple(english), tuple(problems)))
    return tuple(found)


def _parted(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return Korean names, English names, and the Korean words for problems that follow them in the vocabulary."""
    korean = list(takewhile(_HANGUL.search, words))
    english = list(takewhile(lambda word: not _HANGUL.search(word), words[len(korean) :]))
    rest = words[len(korean) + len(english) :]
    return korean, english, [word for word in rest if _HANGUL.search(word)]


def complements(seed: int) -> tuple[int, ...]:
    """Return for each topic the one whose suppliers mostly need it, by place; the relation is mutual.

    Partners are of different communities where possible; a topic left over is its own complement.
    """
    topics = all_topics()
    order = list(range(len(topics)))
    Random(f"{seed}/complements").shuffle(order)
    other = list(range(len(topics)))
    while len(order) > 1:
        first = order.pop()
        second = next((each for each in order if topics[each].community != topics[first].community), order[0])
        order.remove(second)
        other[first], other[second] = second, first
    return tuple(other)

"""Finds the technologies that a sentence names, in Korean and English."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from madang_matching.records import Technology
from madang_matching.text.encoder import MAX_CHARACTERS

_HANGUL = re.compile(r"[가-힣]")
_PARTICLES = (
    "은|는|이|가|을|를|와|과|의|에|로|으로|도|만|에서|에게|부터|까지|처럼|보다|이나|나|하고|이며|며|라는|이라는"
)


class Spotted(NamedTuple):
    """A technology and the words of the sentence that name it."""

    technology_id: str
    words: str


class Phrase(NamedTuple):
    """A place of a sentence that names a technology: characters `start` to `end` of the sentence as it was given."""

    technology_id: str
    words: str
    start: int
    end: int


class TechnologySpotter:
    """Matches keywords and names; at each place the longest wins.

    Latin keywords match whole words, with a plural s or es; a hyphen and a space are the same. Hangul keywords of two
    syllables or more match inside compounds and before particles, with or without inner spaces; one syllable needs a
    free start and a particle or an end behind it.
    """

    def __init__(self, technologies: Iterable[Technology]) -> None:
        """Compile the keywords. Deterministic: technologies that share a keyword are reported in order of id."""
        owners: dict[str, set[str]] = defaultdict(set)
        for technology in technologies:
            for keyword in (*technology.keywords, technology.name_ko, technology.name_en):
                folded = _folded(keyword).strip()
                if folded:
                    owners[_key(folded)].add(technology.id)
        self._owners = {key: tuple(sorted(ids)) for key, ids in owners.items()}
        ordered = sorted(self._owners, key=lambda key: (-len(key), key))
        self._pattern = re.compile("|".join(f"(?:{_regex(key)})" for key in ordered)) if ordered else None

    def spot(self, sentence: str) -> tuple[Spotted, ...]:
        """Return each technology once, in the order of first mention, with the sentence's own words."""
        found: dict[str, Spotted] = {}
        for words, _, _ in self._matches(unicodedata.normalize("NFKC", sentence[:MAX_CHARACTERS])):
            for technology_id in self._ids(words):
                found.setdefault(technology_id, Spotted(technology_id, words))
        return tuple(found.values())

    def phrases(self, sentence: str) -> tuple[Phrase, ...]:
        """Return every place that names a technology, in order of the sentence, then of technology id."""
        given = sentence[:MAX_CHARACTERS]
        normal = unicodedata.normalize("NFKC", given)
        places = _places(given, normal)
        return tuple(
            Phrase(technology_id, given[places[start] : places[end]], places[start], places[end])
            for words, start, end in self._matches(normal)
            for technology_id in self._ids(words)
        )

    def _matches(self, sentence: str) -> Iterator[tuple[str, int, int]]:
        folded = sentence.lower()
        if self._pattern is None:
            return
        same = len(folded) == len(sentence)
        for match in self._pattern.finditer(folded):
            start, end = match.span()
            yield (sentence if same else folded)[start:end], min(start, len(sentence)), min(end, len(sentence))

    def _ids(self, words: str) -> tuple[str, ...]:
        key = _key(_folded(words))
        for candidate in (key, key.removesuffix("s"), key.removesuffix("es")):
            if candidate in self._owners:
                return self._owners[candidate]
        return ()


def _places(given: str, normal: str) -> list[int]:
    """Return, for each place of the normalised text and for its end, the place in the given text."""
    if len(given) == len(normal):
        return list(range(len(given) + 1))
    places: list[int] = []
    for place in range(len(given)):
        grown = len(unicodedata.normalize("NFKC", given[: place + 1]))
        places += [place] * (grown - len(places))
    return [*places[: len(normal)], *[len(given)] * (len(normal) + 1 - len(places))]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _key(folded: str) -> str:
    """Hangul without inner spaces, Latin with single ones: the form under which a keyword and its finds are equal."""
    words = re.split(r"[\s\-_]+", folded.strip())
    return ("" if _HANGUL.search(folded) else " ").join(word for word in words if word)


def _regex(key: str) -> str:
    if not _HANGUL.search(key):
        body = r"[\s\-_]*".join(re.escape(word) for word in key.split(" "))
        plural = "(?:e?s)?" if len(key) > 2 and key[-1].isalpha() else ""
        return rf"(?<![a-z0-9]){body}{plural}(?![a-z0-9])"
    body = r"[\s\-_]*".join(re.escape(letter) for letter in key)
    start = r"(?<![a-z0-9])" if key[0].isascii() and key[0].isalnum() else ""
    end = r"(?![a-z0-9])" if key[-1].isascii() and key[-1].isalnum() else ""
    if len(key) == 1:
        return rf"(?<![가-힣]){body}(?=(?:{_PARTICLES})?(?![가-힣]))"
    return f"{start}{body}{end}"

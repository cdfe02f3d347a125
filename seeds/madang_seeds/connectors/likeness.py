"""Which notices of different sources announce the same call: surely, perhaps, or not.

Compared are titles (without year, brackets and filler), agencies, and days. A sure pair is joined by the import; a
doubtful one waits for a person. Notices of one source are never compared: a source knows its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz, process

SURE_TITLE, DOUBTFUL_TITLE, LIKE_AGENCY = 95.0, 85.0, 80.0
"""Least likeness of titles and agencies, 0 to 100: share of equal characters in order (normalised Indel)."""
DAYS_APART = 7
"""Editions of one programme are further apart than the days by which sources differ on one call."""
MOST_DOUBTS = 3
"""Doubts that one new notice may bring, the most alike first."""

_BRACKETS = re.compile(r"[\[(【〔<「『《]([^\])】〕>」』》]*)[\])】〕>」』》]")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*년?도?")
_ROUND = re.compile(r"제?\d{1,2}차|제\d{1,2}회|\d{1,2}기")
_FILLER = re.compile(r"모집|공고|안내|재공고|수정|변경|연장|신청|참여기업|참가기업|지원기업|입주기업|신규|추가")
_NO_WORD = re.compile(r"[\W_]+")


def title_key(title: str) -> str:
    """Return the title for comparing: NFKC, case-folded, letters and digits only, without year and filler."""
    words = unicodedata.normalize("NFKC", title).casefold()
    bare = _FILLER.sub("", _YEAR.sub("", _BRACKETS.sub(" ", words)))
    return _NO_WORD.sub("", bare) or _NO_WORD.sub("", words)


def programme_key(key: str) -> str:
    """Return what a title with this key is called in every edition: without the number of the round."""
    return _ROUND.sub("", key) or key


def programme_name(title: str) -> str:
    """Return the title without year and words such as 모집 공고, as the name of the lasting programme."""
    bare = _FILLER.sub(" ", _ROUND.sub(" ", _YEAR.sub(" ", unicodedata.normalize("NFC", title))))
    name = " ".join(bare.split()).strip(" ·-:,()[]「」")
    return name or title


@dataclass(frozen=True, slots=True)
class Candidate:
    """A notice as it is compared."""

    id: str
    source_key: str
    title_key: str
    agency: str
    opens_on: str | None
    closes_on: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """How alike a candidate is. `sure`: the same call; else a person is to decide."""

    other_id: str
    score: float
    """0 to 1."""
    why: tuple[str, ...]
    """Of: title, agency, dates."""
    sure: bool


class Shelf:
    """The notices that others are compared with, by closing day."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_day: dict[str | None, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        self._by_day[candidate.closes_on].append(candidate)

    def like(self, notice: Candidate) -> list[Pair]:
        """Return the pairs of this notice: the sure one alone, if there is one, else doubtful ones, best first.

        Ties go to the lower id, so that an import that was broken off finds the same pairs when it goes on.
        """
        if not self._by_day:
            return []
        near = [other for other in self._near(notice) if other.source_key != notice.source_key]
        keys = [other.title_key for other in near]
        found = process.extract(notice.title_key, keys, scorer=fuzz.ratio, score_cutoff=DOUBTFUL_TITLE, limit=None)
        pairs = [_pair(notice, near[place], score) for _, score, place in found]
        pairs.sort(key=lambda pair: (not pair.sure, -pair.score, pair.other_id))
        return pairs[:1] if pairs and pairs[0].sure else pairs[:MOST_DOUBTS]

    def _near(self, notice: Candidate) -> Iterator[Candidate]:
        if notice.closes_on is None:
            for listed in self._by_day.values():
                yield from listed
            return
        yield from self._by_day.get(None, ())
        day = date.fromisoformat(notice.closes_on)
        for apart in range(-DAYS_APART, DAYS_APART + 1):
            yield from self._by_day.get(_moved(day, apart), ())


def _moved(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def _pair(notice: Candidate, other: Candidate, title: float) -> Pair:
    agency = _agency_likeness(notice.agency, other.agency)
    same_days = notice.closes_on is not None and notice.closes_on == other.closes_on
    same_days = same_days and (notice.opens_on == other.opens_on or not (notice.opens_on and other.opens_on))
    why = _reasons(title, agency, same_days)
    sure = title >= SURE_TITLE and agency >= LIKE_AGENCY and same_days
    return Pair(other.id, round((0.7 * title + 0.2 * agency + 10.0 * same_days) / 100, 4), why, sure)


def _reasons(title: float, agency: float, same_days: bool) -> tuple[str, ...]:
    said = (("title", title >= DOUBTFUL_TITLE), ("agency", agency >= LIKE_AGENCY), ("dates", same_days))
    return tuple(word for word, holds in said if holds)


def _agency_likeness(one: str, other: str) -> float:
    first, second = (_NO_WORD.sub("", unicodedata.normalize("NFKC", name).casefold()) for name in (one, other))
    if not first or not second:
        return 0.0
    if first in second or second in first:
        return 100.0
    return fuzz.ratio(first, second)

"""Recommendation by one of the named bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import TEXT, Columns, decided_each, if_known
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import words
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.tallies import plain, plain_names
from madang_matching.eligibility.verdicts import Verdicts, decided

BODIES = words("bodies", "추천 기관", "Bodies", needed=True)


@dataclass(frozen=True, slots=True)
class Recommendation(Requirement):
    """One of the bodies must recommend the applicant; names are compared without regard to case and spaces."""

    bodies: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return ("recommendations",)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.codes("recommendations")
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        wanted = plain_names(self.bodies)
        said = ", ".join(mine)
        return Finding(
            decided(any(plain(each) in wanted for each in mine)), Sentence(said or "추천 없음", said or "None")
        )

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        mine, wanted = columns.lists("recommendations"), plain_names(self.bodies)
        named = mine.entries.column(TEXT).where(lambda body: plain(body) in wanted)
        return if_known(mine.greatest(decided_each(named)), mine.known)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        mine = applicant.codes("recommendations") or ()
        return ({"recommendations": (*mine, body)} for body in self.bodies) if wanted else ({"recommendations": ()},)

    def sentence(self) -> Sentence:
        bodies = ", ".join(self.bodies)
        return Sentence(f"{bodies}의 추천", f"Recommended by {bodies.replace(', ', ' or ')}")


def read(leaf: Mapping[str, Any], path: str) -> Recommendation:
    """Read `bodies`, a list of names."""
    return Recommendation(BODIES.read(leaf, path))


KIND = Kind("recommendation", "추천", "Recommendation", read, (BODIES,))

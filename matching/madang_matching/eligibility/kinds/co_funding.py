"""Co-funding: the share that the applicant pays itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, decided_each
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.inputs import share, word
from madang_matching.eligibility.requirement import UNKNOWN, Candidate, Finding, Kind, Requirement, Sentence
from madang_matching.eligibility.verdicts import Verdicts, decided
from madang_matching.errors import RuleError

Of: TypeAlias = Literal["total", "grant"]
_OF: dict[Of, tuple[str, str]] = {"total": ("총사업비", "total cost"), "grant": ("지원금", "grant")}
SHARE_MIN = share("share_min", "최소 자부담 비율", "Least own share")
OF = word("of", "기준 금액", "Share of", _OF)
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class CoFunding(Requirement):
    """At least so much of the total cost, or so much beside each won of the grant. Exactly so much is enough."""

    share_min: float
    of: Of

    @property
    def fields(self) -> tuple[str, ...]:
        return ("own_share",)

    @property
    def _of_total(self) -> float:
        return self.share_min if self.of == "total" else self.share_min / (1 + self.share_min)

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        mine = applicant.share("own_share")
        if mine is None:
            return Finding("check", UNKNOWN, self.fields)
        said = Sentence(f"총사업비의 {mine:.4%}", f"{mine:.4%} of the total cost")
        shown = Sentence(*(_short(each) for each in said))
        return Finding(decided(mine >= self._of_total - _TINY), shown)

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        mine, known = columns.numbers("own_share")
        return decided_each(mine >= self._of_total - _TINY, known)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        return ({"own_share": self._of_total},) if wanted else ({"own_share": 0.0},)

    def sentence(self) -> Sentence:
        ko, en = _OF[self.of]
        return Sentence(
            _short(f"{ko}의 {self.share_min:.4%} 이상 자부담"),
            _short(f"Own share of at least {self.share_min:.4%} of the {en}"),
        )


def _short(text: str) -> str:
    """Leave out zeros after the point: 30.0000% is 30%."""
    head, _, tail = text.partition("%")
    return f"{head.rstrip('0').rstrip('.')}%{tail}" if "." in head else text


def read(leaf: Mapping[str, Any], path: str) -> CoFunding:
    """Read `share_min` and `of`."""
    least = SHARE_MIN.read(leaf, path)
    if least is None:
        raise RuleError(f"{path}.share_min", "is needed")
    return CoFunding(least, OF.read(leaf, path))


KIND = Kind("co_funding", "자부담", "Co-funding", read, (SHARE_MIN, OF))

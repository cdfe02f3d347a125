"""Small and medium firms by the Korean or the European definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns, Mask, decided_each, if_known
from madang_matching.eligibility.dates import Dates, days_later
from madang_matching.eligibility.inputs import Options, capital, word, words, words_of
from madang_matching.eligibility.requirement import (
    APPLICATION_DAY,
    Candidate,
    Finding,
    Kind,
    Requirement,
    Sentence,
)
from madang_matching.eligibility.sme_limits import (
    ASSETS_BELOW_WON,
    EU_MICRO,
    EU_SMALL,
    EU_SME,
    MEDIUM,
    SMALL,
    WON_PER_EURO,
    Ceiling,
    European,
    ceiling_of,
    micro_below,
)
from madang_matching.eligibility.verdicts import (
    CHECK,
    ELIGIBLE,
    NOT_ELIGIBLE,
    Verdicts,
    all_of,
    any_of,
    decided,
    negated,
)
from madang_matching.industries import normal_code
from madang_matching.money import won_words
from madang_matching.records import Verdict

Definition: TypeAlias = Literal["kr", "eu"]
_DEFINITIONS: dict[Definition, tuple[str, str]] = {
    "kr": ("중소기업기본법", "Korean definition"),
    "eu": ("EU 정의", "EU definition"),
}
CLASS_NAMES: Options = {
    "micro": ("소상공인", "micro firm"), "small": ("소기업", "small firm"), "medium": ("중기업", "medium firm"),
    "sme": ("중소기업", "SME"), "not_sme": ("중소기업이 아닌 기업", "firm that is no SME"),
}  # fmt: skip
DEFINITION = word("definition", "정의", "Definition", _DEFINITIONS)
WANTED = words("wanted", "대상", "Wanted", CLASS_NAMES, needed=True)
_COMMERCIAL = frozenset(("startup", "sme", "corporate"))
_KR = ("industry_code", "industry_revision", "revenue_average_won", "group_revenue_won", "assets_won", "independent",
       "sme_grace_until", "employees", "kind", "legal_form")  # fmt: skip
_EU = ("employees", "group_employees", "revenue_won", "group_revenue_won", "assets_won", "group_assets_won")
_LARGE = 10**14
_CODE = re.compile(r"[A-U][0-9.]*")


@dataclass(frozen=True, slots=True)
class Sme(Requirement):
    """The firm must be of one of the classes. A micro firm is a small firm too, and all three are SMEs.

    Affiliates count: within a ceiling is only what the whole group is known to be. Grace counts where it is said.
    """

    definition: Definition
    wanted: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return _KR if self.definition == "kr" else _EU

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        verdict = self._verdict(applicant, dates)
        missing = self._missing(applicant) if verdict == "check" else ()
        return Finding(verdict, applicant.derived(_mine, self.definition), missing)

    def _verdict(self, applicant: Applicant, dates: Dates) -> Verdict:
        classes = _korean(applicant, dates.today) if self.definition == "kr" else applicant.derived(_european)
        return any_of(classes[each] for each in self.wanted)

    def _missing(self, applicant: Applicant) -> tuple[str, ...]:
        """Fields that are not known and could decide: totals of the group, not the firm's own; grace is rare."""
        korean = ("industry_code", "group_revenue_won", "assets_won", "independent", *(("employees",) * self._micro))
        names = korean if self.definition == "kr" else ("group_employees", "group_revenue_won", "group_assets_won")
        return tuple(name for name in names if applicant.value(name) is None)

    @property
    def _micro(self) -> bool:
        return "micro" in self.wanted

    def turning_days(self, applicant: Applicant, dates: Dates) -> tuple[date, ...]:
        until = applicant.day("sme_grace_until")
        return () if until is None or self.definition == "eu" else (days_later(until, 1),)

    def candidates(self, applicant: Applicant, dates: Dates, wanted: bool) -> Iterable[Candidate]:
        for day in self.turning_days(applicant, dates):
            if day > dates.today:
                yield {APPLICATION_DAY: day}
        yield from ({"industry_code": code} for code in ("C14", "J62", "I56") if self.definition == "kr")
        for ideal in _ideals(self.definition):
            fields = {name: value for name, value in ideal.items() if name in self.fields}
            yield {name: value for name, value in fields.items() if applicant.value(name) is None}
            yield from ({name: value} for name, value in fields.items())
            yield fields

    def check_many(self, columns: Columns, dates: Dates) -> Verdicts:
        classes = _korean_each(columns, dates.today) if self.definition == "kr" else _european_each(columns)
        return np.maximum.reduce([classes[each] for each in self.wanted])

    def sentence(self) -> Sentence:
        ko, en = (words_of(CLASS_NAMES, self.wanted, each) for each in (0, 1))
        of_ko, of_en = _DEFINITIONS[self.definition]
        return Sentence(f"{ko} ({of_ko})", f"{capital(en)} ({of_en})")


def _ideals(definition: Definition) -> Iterable[Mapping[str, object]]:
    """A firm of each class, and one of none."""
    sizes = ((4, 10**9, 10**9), (12, 10**9, 10**9), (60, 3 * 10**10, 3 * 10**10), (300, _LARGE, _LARGE))
    for people, revenue, assets in sizes:
        money = dict.fromkeys(("revenue_won", "revenue_average_won", "group_revenue_won"), revenue)
        own = {
            "employees": people,
            "group_employees": people,
            **money,
            "assets_won": assets,
            "group_assets_won": assets,
        }
        yield {**own, "independent": True, "legal_form": "corporation", "kind": "sme"}
    if definition == "kr":
        yield {"independent": False}


def _korean(applicant: Applicant, day: date) -> dict[str, Verdict]:
    grace = applicant.day("sme_grace_until")
    return applicant.derived(_korean_classes, decided(grace is not None and day <= grace))


@lru_cache(maxsize=1024)
def _ceilings(code: str) -> tuple[Ceiling, Ceiling]:
    """The ceilings of an SME and of a small firm."""
    return ceiling_of(code, MEDIUM), ceiling_of(code, SMALL)


def _korean_classes(applicant: Applicant, graced: Verdict) -> dict[str, Verdict]:
    code = _trade(applicant.word("industry_code"), applicant.word("industry_revision"))
    of_medium, of_small = _ceilings(code)
    own, group = applicant.whole("revenue_average_won"), applicant.whole("group_revenue_won")
    assets, people = applicant.whole("assets_won"), applicant.whole("employees")
    sized = all_of(
        (
            _at_most(own, group, of_medium),
            "check" if assets is None else decided(assets < ASSETS_BELOW_WON),
        )
    )
    independent = applicant.flag("independent")
    free = "check" if independent is None else decided(independent)
    commercial = _commercial(applicant.word("legal_form"), applicant.word("kind"))
    sme = all_of((any_of((sized, graced)), free, commercial))
    small = all_of((sme, _at_most(own, group, of_small)))
    fewer, more = micro_below(code)
    few: Verdict = (
        "check" if people is None else "eligible" if people < fewer else decided(False) if people >= more else "check"
    )
    return _classes(sme, small, all_of((small, few)))


def _trade(code: str | None, revision: str | None) -> str:
    """The code where it is one of the classification that the ceilings are of, else empty."""
    normal, korean = normal_code(code), (revision or "ksic10").startswith("ksic1")
    return normal if korean and _CODE.fullmatch(normal) else ""


def _commercial(form: str | None, kind: str | None) -> Verdict:
    """The definition is for firms that seek profit, and for some co-operatives and social enterprises."""
    if form == "public" or kind == "public_body":
        return "not_eligible"
    if form in ("nonprofit", "cooperative") or (form is None and kind not in _COMMERCIAL):
        return "check"
    return "eligible"


def _at_most(own: int | None, group: int | None, ceiling: Ceiling) -> Verdict:
    """Compare the total of the group. The firm's own figure alone can only show that it is too much."""
    value = max((each for each in (own, group) if each is not None), default=0)
    if value > ceiling.beyond:
        return "not_eligible"
    return "check" if group is None or value > ceiling.within else "eligible"


def _european(applicant: Applicant) -> dict[str, Verdict]:
    people, turnover, balance = (
        (applicant.whole(own), applicant.whole(group))
        for own, group in (
            ("employees", "group_employees"), ("revenue_won", "group_revenue_won"), ("assets_won", "group_assets_won")
        )
    )  # fmt: skip

    def within(limit: European) -> Verdict:
        low, high = WON_PER_EURO
        money = any_of(
            _at_most(own, group, Ceiling(eur * low, eur * high))
            for (own, group), eur in ((turnover, limit.turnover_eur), (balance, limit.balance_eur))
        )
        return all_of((_at_most(*people, Ceiling(limit.people - 1, limit.people - 1)), money))

    return _classes(within(EU_SME), within(EU_SMALL), within(EU_MICRO))


def _classes(sme: Verdict, small: Verdict, micro: Verdict) -> dict[str, Verdict]:
    return {
        "sme": sme, "not_sme": negated(sme), "medium": all_of((sme, negated(small))), "small": small, "micro": micro
    }  # fmt: skip


def _korean_each(columns: Columns, day: date) -> dict[str, Verdicts]:
    """The same for all as `_korean` for one."""
    trades = columns.joined(("industry_code", "industry_revision"))
    own, group = columns.numbers("revenue_average_won"), columns.numbers("group_revenue_won")

    def sized(ceilings: dict[str, Ceiling]) -> Verdicts:
        ceiling = trades.each(lambda trade: ceiling_of(_trade(*trade), ceilings), (0, 0), np.int64)
        return _at_most_each(own, group, ceiling[:, 0], ceiling[:, 1])

    assets, assets_known = columns.numbers("assets_won")
    until, graced = columns.numbers("sme_grace_until")
    within = np.minimum(sized(MEDIUM), decided_each(assets < ASSETS_BELOW_WON, assets_known))
    within[graced & (day.toordinal() <= until)] = ELIGIBLE
    free = columns.column("independent").verdicts(decided)
    commercial = columns.joined(("legal_form", "kind")).verdicts(lambda firm: _commercial(*firm))
    sme = np.minimum(np.minimum(within, free), commercial)
    small = np.minimum(sme, sized(SMALL))
    people, people_known = columns.numbers("employees")
    limits = trades.each(lambda trade: micro_below(_trade(*trade)), (0, 0), np.int64)
    few = np.where(people < limits[:, 0], ELIGIBLE, np.where(people >= limits[:, 1], NOT_ELIGIBLE, CHECK))
    return _classes_each(sme, small, np.minimum(small, if_known(few.astype(np.int8), people_known)))


_Figures: TypeAlias = tuple[NDArray[np.int64], Mask]


def _at_most_each(own: _Figures, group: _Figures, within: Any, beyond: Any) -> Verdicts:
    (own_value, _), (group_value, group_known) = own, group
    value = np.maximum(own_value, group_value)
    answers = decided_each(value <= within, group_known)
    answers[(value > within) & (value <= beyond)] = CHECK
    answers[value > beyond] = NOT_ELIGIBLE
    return answers


def _european_each(columns: Columns) -> dict[str, Verdicts]:
    """The same for all as `_european` for one."""
    people, turnover, balance = (
        (columns.numbers(own), columns.numbers(group))
        for own, group in (
            ("employees", "group_employees"), ("revenue_won", "group_revenue_won"), ("assets_won", "group_assets_won")
        )
    )  # fmt: skip

    def within(limit: European) -> Verdicts:
        low, high = WON_PER_EURO
        few = _at_most_each(*people, limit.people - 1, limit.people - 1)
        sales = _at_most_each(*turnover, limit.turnover_eur * low, limit.turnover_eur * high)
        sheet = _at_most_each(*balance, limit.balance_eur * low, limit.balance_eur * high)
        return np.minimum(few, np.maximum(sales, sheet))

    return _classes_each(within(EU_SME), within(EU_SMALL), within(EU_MICRO))


def _classes_each(sme: Verdicts, small: Verdicts, micro: Verdicts) -> dict[str, Verdicts]:
    medium = np.minimum(sme, ELIGIBLE - small)
    return {"sme": sme, "not_sme": ELIGIBLE - sme, "medium": medium, "small": small, "micro": micro}


def _mine(applicant: Applicant, definition: Definition) -> Sentence:
    own = "revenue_average_won" if definition == "kr" else "revenue_won"
    assets = "assets_won" if definition == "kr" else "group_assets_won"
    ko: list[str] = []
    en: list[str] = []
    for said_ko, said_en, name in (
        ("관계기업 포함 매출", "revenue with affiliates", "group_revenue_won"),
        ("매출", "revenue", own),
        ("자산", "assets", assets),
    ):
        value = applicant.whole(name)
        if value is not None or name != own:
            amount = ("미입력", "not filled in") if value is None else won_words(value)
            ko.append(f"{said_ko} {amount[0]}")
            en.append(f"{said_en} {amount[1]}")
    people = applicant.whole("employees" if definition == "kr" else "group_employees")
    if people is not None:
        ko.append(f"직원 {people:,}명")
        en.append(f"{people:,} employees")
    if definition == "kr" and applicant.flag("independent") is False:
        ko.append("독립 기업 아님")
        en.append("not independent")
    return Sentence(", ".join(ko), capital(", ".join(en)))


def read(leaf: Mapping[str, Any], path: str) -> Sme:
    """Read `definition` and `wanted`."""
    return Sme(DEFINITION.read(leaf, path), WANTED.read(leaf, path))


KIND = Kind("sme", "중소기업", "SME", read, (DEFINITION, WANTED))

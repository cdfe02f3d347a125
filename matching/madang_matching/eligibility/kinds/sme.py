"""Small and medium firms by the Korean or the European definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from madang_matching.eligibility.applicant import Applicant
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
from madang_matching.eligibility.verdicts import all_of, any_of, decided, negated
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
_EU = (
    "employees",
    "group_employees",
    "revenue_won",
    "group_revenue_won",
    "assets_won",
    "group_assets_won",
    "independent",
)
_LARGE = 10**14


@dataclass(frozen=True, slots=True)
class Sme(Requirement):
    """The firm must be of one of the classes. A micro firm is a small firm too, and all three are SMEs."""

    definition: Definition
    wanted: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return _KR if self.definition == "kr" else _EU

    def check(self, applicant: Applicant, dates: Dates) -> Finding:
        verdict = self._verdict(applicant, dates)
        missing = self._missing(applicant) if verdict == "check" else ()
        return Finding(verdict, _mine(applicant, self.definition), missing)

    def _verdict(self, applicant: Applicant, dates: Dates) -> Verdict:
        classes = _korean(applicant, dates.today) if self.definition == "kr" else _european(applicant)
        return any_of(classes[each] for each in self.wanted)

    def _missing(self, applicant: Applicant) -> tuple[str, ...]:
        """Fields that are not known and could matter: a group's total stands in for the firm's own, grace is rare."""
        names = (
            (
                "industry_code",
                "revenue_average_won",
                "assets_won",
                "independent",
                *(("employees",) if self._micro else ()),
            )
            if self.definition == "kr"
            else ("employees", "revenue_won", "assets_won", "independent")
        )
        stand_in = {
            "revenue_average_won": "group_revenue_won", "revenue_won": "group_revenue_won",
            "assets_won": "group_assets_won", "employees": "group_employees",
        }  # fmt: skip
        return tuple(
            name
            for name in names
            if applicant.value(name) is None
            and (stand_in.get(name) not in self.fields or applicant.value(stand_in[name]) is None)
        )

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
            yield {
                name: value for name, value in fields.items() if name not in _GROUP or applicant.value(name) is not None
            }

    def sentence(self) -> Sentence:
        ko, en = (words_of(CLASS_NAMES, self.wanted, each) for each in (0, 1))
        of_ko, of_en = _DEFINITIONS[self.definition]
        return Sentence(f"{ko} ({of_ko})", f"{capital(en)} ({of_en})")


_GROUP = frozenset(("group_employees", "group_revenue_won", "group_assets_won", "sme_grace_until"))


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
    code = normal_code(applicant.word("industry_code"))
    if not (applicant.word("industry_revision") or "ksic10").startswith("ksic1"):
        code = ""
    group = applicant.whole("group_revenue_won")
    revenue = applicant.whole("revenue_average_won") if group is None else group
    assets, grace, people = (
        applicant.whole("assets_won"),
        applicant.day("sme_grace_until"),
        applicant.whole("employees"),
    )
    sized = all_of(
        (_at_most(revenue, ceiling_of(code, MEDIUM)), "check" if assets is None else decided(assets < ASSETS_BELOW_WON))
    )
    graced = decided(grace is not None and day <= grace)
    independent = applicant.flag("independent")
    free = "check" if independent is None else decided(independent)
    sme = all_of((any_of((sized, graced)), free, _commercial(applicant)))
    small = all_of((sme, _at_most(revenue, ceiling_of(code, SMALL))))
    fewer, more = micro_below(code)
    few: Verdict = (
        "check" if people is None else "eligible" if people < fewer else decided(False) if people >= more else "check"
    )
    return _classes(sme, small, all_of((small, few)))


def _commercial(applicant: Applicant) -> Verdict:
    """The definition is for firms that seek profit, and for some co-operatives and social enterprises."""
    form, kind = applicant.word("legal_form"), applicant.word("kind")
    if form == "public" or kind == "public_body":
        return "not_eligible"
    if form in ("nonprofit", "cooperative") or (form is None and kind not in _COMMERCIAL):
        return "check"
    return "eligible"


def _at_most(value: int | None, ceiling: Ceiling) -> Verdict:
    if value is None:
        return "check"
    return "eligible" if value <= ceiling.within else "not_eligible" if value > ceiling.beyond else "check"


def _european(applicant: Applicant) -> dict[str, Verdict]:
    """Figures of the group count where they are known; a firm that is not independent needs them."""

    def figure(own: str, group: str) -> int | None:
        total = applicant.whole(group)
        if total is not None:
            return total
        return applicant.whole(own) if applicant.flag("independent") is not False else None

    people = figure("employees", "group_employees")
    turnover, balance = figure("revenue_won", "group_revenue_won"), figure("assets_won", "group_assets_won")

    def within(limit: European) -> Verdict:
        low, high = WON_PER_EURO
        money = any_of(
            _at_most(value, Ceiling(eur * low, eur * high))
            for value, eur in ((turnover, limit.turnover_eur), (balance, limit.balance_eur))
        )
        return all_of(("check" if people is None else decided(people < limit.people), money))

    return _classes(within(EU_SME), within(EU_SMALL), within(EU_MICRO))


def _classes(sme: Verdict, small: Verdict, micro: Verdict) -> dict[str, Verdict]:
    return {
        "sme": sme, "not_sme": negated(sme), "medium": all_of((sme, negated(small))), "small": small, "micro": micro
    }  # fmt: skip


def _mine(applicant: Applicant, definition: Definition) -> Sentence:
    people = applicant.whole("employees")
    name = "revenue_average_won" if definition == "kr" else "revenue_won"
    group, assets = applicant.whole("group_revenue_won"), applicant.whole("assets_won")
    revenue = applicant.whole(name) if group is None else group
    ko: list[str] = []
    en: list[str] = []
    for said_ko, said_en, value in (("매출", "revenue", revenue), ("자산", "assets", assets)):
        amount = ("미입력", "not filled in") if value is None else won_words(value)
        ko.append(f"{said_ko} {amount[0]}")
        en.append(f"{said_en} {amount[1]}")
    if people is not None:
        ko.append(f"직원 {people:,}명")
        en.append(f"{people:,} employees")
    return Sentence(", ".join(ko), capital(", ".join(en)))


def read(leaf: Mapping[str, Any], path: str) -> Sme:
    """Read `definition` and `wanted`."""
    return Sme(DEFINITION.read(leaf, path), WANTED.read(leaf, path))


KIND = Kind("sme", "중소기업", "SME", read, (DEFINITION, WANTED))

"""Facts of a call as its owner writes them: names, days, money, how one applies. What is wrong, at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madang_graph.model.programmes import PURPOSES
from madang_graph.writes.instants import instant
from madang_matching.eligibility.dates import seoul_day

from madang_server.services import fields
from madang_server.services.errors import Problem, Sentence, ValidationError
from madang_server.services.fields import KEEP, Checked, Keep

INTAKES = ("dated", "rolling", "until_funds")
"""Until a day; at any time; until the budget is used, at the latest until a day where one is given."""
OWN_SHARE_MOST = 300
NOTE_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """What a person writes of a call. KEEP leaves a field as it is, None clears it."""

    name_ko: str | Keep | None = KEEP
    name_en: str | Keep | None = KEEP
    summary_ko: str | Keep | None = KEEP
    summary_en: str | Keep | None = KEEP
    purposes: Sequence[str] | Keep | None = KEEP
    noticed_on: str | Keep | None = KEEP
    """ISO date, as `contract_on`."""
    opens_at: str | Keep | None = KEEP
    """ISO instant with its zone, as `closes_at`."""
    closes_at: str | Keep | None = KEEP
    contract_on: str | Keep | None = KEEP
    intake: str | Keep | None = KEEP
    """One of `INTAKES`."""
    amount_max_won: int | Keep | None = KEEP
    own_share: str | Keep | None = KEEP
    amount_note: str | Keep | None = KEEP
    url: str | Keep | None = KEEP


_TEXTS = (
    ("name_ko", "nameKo", fields.NAME_MOST, False),
    ("name_en", "nameEn", fields.NAME_MOST, False),
    ("summary_ko", "summaryKo", fields.SUMMARY_MOST, True),
    ("summary_en", "summaryEn", fields.SUMMARY_MOST, True),
    ("own_share", "ownShare", OWN_SHARE_MOST, False),
    ("amount_note", "amountNote", NOTE_MOST, True),
)


def read_facts(checked: Checked, given: CallFacts) -> dict[str, Any]:
    """Return what is given, checked and cleaned, under the names of the properties; `intake` under its own."""
    wanted: dict[str, Any] = {}
    for name, field, most, lines in _TEXTS:
        value = getattr(given, name)
        if not isinstance(value, Keep):
            wanted[name] = checked.text(field, value, most=most, lines=lines)
    for name, field in (("noticed_on", "noticedOn"), ("contract_on", "contractOn")):
        value = getattr(given, name)
        if not isinstance(value, Keep):
            wanted[name] = checked.day(field, value)
    for name, field in (("opens_at", "opensAt"), ("closes_at", "closesAt")):
        value = getattr(given, name)
        if not isinstance(value, Keep):
            wanted[name] = checked.instant(field, value)
    if not isinstance(given.purposes, Keep):
        wanted["purposes"] = checked.words("purposes", given.purposes, PURPOSES)
    if not isinstance(given.amount_max_won, Keep):
        wanted["amount_max_won"] = checked.number("amountMaxWon", given.amount_max_won, 0, fields.WON_MOST)
    if not isinstance(given.intake, Keep):
        wanted["intake"] = checked.word("intake", given.intake, INTAKES)
    if not isinstance(given.url, Keep):
        wanted["url"] = checked.homepage("url", given.url)
    return wanted


def merged(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return all properties as they will be.

    Raises: ValidationError: days out of order, or a closing day where none can be.
    """
    facts = {**before, **{name: value for name, value in wanted.items() if name != "intake"}}
    intake = wanted.get("intake", _intake_of(before)) or "dated"
    checked = Checked()
    if intake == "rolling" and facts.get("closes_at"):
        checked.refuse("closesAt", no_last_day())
    # Until its budget is used, it takes applications at any time, unless there is a last day as well.
    facts["rolling"] = intake != "dated" and not facts.get("closes_at")
    facts["until_funds"] = intake == "until_funds"
    _check_order(checked, facts)
    checked.done()
    return facts


def _intake_of(facts: Mapping[str, Any]) -> str:
    return "until_funds" if facts.get("until_funds") else "rolling" if facts.get("rolling") else "dated"


def _check_order(checked: Checked, facts: Mapping[str, Any]) -> None:
    opens_at, closes_at = facts.get("opens_at"), facts.get("closes_at")
    opens_on, closes_on = seoul_day(opens_at), seoul_day(closes_at)
    if opens_at and closes_at and closes_at <= opens_at:
        checked.refuse("closesAt", closes_before_it_opens())
    first = opens_on or closes_on
    if facts.get("noticed_on") and first and facts["noticed_on"] > first.isoformat():
        checked.refuse("noticedOn", noticed_too_late())
    last = closes_on or opens_on
    if facts.get("contract_on") and last and facts["contract_on"] < last.isoformat():
        checked.refuse("contractOn", contract_too_early())


def ensure_complete(facts: Mapping[str, Any], now: datetime) -> None:
    """Raise ValidationError where a call cannot be published yet: applicants would not know when to apply."""
    problems: list[Problem] = []
    if not facts.get("opens_at"):
        problems.append(Problem("opensAt", when_does_it_open()))
    if not facts.get("closes_at") and not facts.get("rolling"):
        problems.append(Problem("closesAt", when_does_it_close()))
    if facts.get("closes_at") and facts["closes_at"] <= instant(now):
        problems.append(Problem("closesAt", closed_already()))
    if problems:
        raise ValidationError(problems)


def edition_names(
    names: tuple[str | None, str | None], opened: Sequence[str | None], opens_at: str | None, now: datetime
) -> dict[str, str]:
    """Return the names of a new edition where its owner gives none: the programme, the year, and its number in it."""
    day = seoul_day(opens_at) or seoul_day(instant(now))
    year = day.year if day else now.year
    number = 1 + sum(1 for each in opened if (found := seoul_day(each)) and found.year == year)
    ko, en = names
    made: dict[str, str] = {}
    if ko:
        made["name_ko"] = f"{ko[: fields.NAME_MOST - 30]} {year}년 {number}차 공고"
    if en:
        made["name_en"] = f"{en[: fields.NAME_MOST - 30]}, call {number} of {year}"
    return made


def no_last_day() -> Sentence:
    return Sentence(
        "상시 접수에는 마감이 없습니다. 비우거나 접수 방식을 바꿔 주세요.",
        "A call that is always open has no closing time. Leave it out, or choose another way of applying.",
    )


def closes_before_it_opens() -> Sentence:
    return Sentence("접수 시작보다 늦은 시각을 적어 주세요.", "Give a time after the call opens.")


def noticed_too_late() -> Sentence:
    return Sentence(
        "접수 시작일이나 그 이전 날짜를 적어 주세요.", "Give the day on which the call opens, or an earlier one."
    )


def contract_too_early() -> Sentence:
    return Sentence(
        "접수 마감일이나 그 이후 날짜를 적어 주세요.", "Give the day on which the call closes, or a later one."
    )


def when_does_it_open() -> Sentence:
    return Sentence(
        "접수 시작 일시가 없습니다. 공고 정보에서 적어 주세요.",
        "It has no opening time yet. Give it among the facts of the call.",
    )


def when_does_it_close() -> Sentence:
    return Sentence(
        "접수 마감 일시가 없습니다. 공고 정보에서 적거나 상시 접수를 골라 주세요.",
        "It has no closing time yet. Give it among the facts of the call, or say that it is always open.",
    )


def closed_already() -> Sentence:
    return Sentence(
        "접수 마감이 이미 지났습니다. 공고 정보에서 고쳐 주세요.",
        "Its closing time has passed. Change it among the facts of the call.",
    )

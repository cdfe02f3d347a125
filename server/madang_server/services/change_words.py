"""What would have to be another value, in words, and as `saveFacts` takes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from madang_matching.eligibility.dates import day_words
from madang_matching.eligibility.kinds.certificate import CERTIFICATE_NAMES
from madang_matching.eligibility.profile import STATEMENT, field_of
from madang_matching.eligibility.requirement import APPLICATION_DAY, Change
from madang_matching.eligibility.tree import Leaf
from madang_matching.money import won_words
from madang_matching.regions import region_name

from madang_server.services.fact_texts import OF_PROFILE, option_words

_YES, _NO = ("예", "Yes"), ("아니오", "No")


def change_said(change: Change, asked: Sequence[Leaf] = ()) -> dict[str, Any]:
    """Return the keys of `madang_graph.subjects.eligibility.CHANGE`.

    Args: asked: the conditions of the call; a question of one notice is said in its words.
    """
    label = _label(change.field, asked)
    words = _words(change.field, change.value)
    saved = change.field != APPLICATION_DAY and change.field not in OF_PROFILE
    return {
        "field": change.field,
        "by": change.by,
        "label_ko": label[0],
        "label_en": label[1],
        "value_ko": words[0],
        "value_en": words[1],
        "answer": _answer(change.value) if saved else None,
    }


def _label(name: str, asked: Sequence[Leaf]) -> tuple[str, str]:
    if name == APPLICATION_DAY:
        return "신청일", "Day of applying"
    if name.startswith(STATEMENT):
        for leaf in asked:
            if name in leaf.requirement.fields:
                sentence = leaf.requirement.sentence()
                return sentence.ko, sentence.en
    field = field_of(name)
    return field.ko, field.en


def _words(name: str, value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, str) and name != APPLICATION_DAY and not name.startswith(STATEMENT):
        field = field_of(name)
        if field.type == "day":
            return _day(value)
        words = option_words(field, value)
        return words["label_ko"], words["label_en"]
    if isinstance(value, list | tuple) and not hasattr(value, "_asdict"):
        entries = [_entry(name, each) for each in cast("Sequence[Any]", value)]
        korean, english = ", ".join(each[0] for each in entries), ", ".join(each[1] for each in entries)
        return korean or "없음", english or "none"
    return _number(name, value)


def _number(name: str, value: object) -> tuple[str, str]:
    if isinstance(value, int | float):
        field = field_of(name)
        if field.type == "share":
            return f"{value:.0%}", f"{value:.0%}"
        return won_words(int(value)) if field.type == "won" else (f"{value:,}", f"{value:,}")
    return str(value), str(value)


def _day(value: str) -> tuple[str, str]:
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value, value


def _entry(name: str, entry: Any) -> tuple[str, str]:
    """One entry of a list: a code, or a record with a name or an amount and a day."""
    fields: dict[str, Any] = dict(
        entry._asdict() if hasattr(entry, "_asdict") else entry if isinstance(entry, dict) else {}
    )
    if not fields:
        return region_name(str(entry)) if name.endswith("region_codes") else (str(entry), str(entry))
    named = str(fields.get("name") or fields.get("programme") or "")
    amount = fields.get("amount_won")
    if not named and isinstance(amount, int):
        return _received(amount, fields.get("on"), str(fields.get("investor") or ""))
    eur = fields.get("de_minimis_eur")
    if not named and isinstance(eur, int | float):
        return f"{eur:,.0f}유로", f"€{eur:,.0f}"
    ko, en = CERTIFICATE_NAMES.get(named, (named, named))
    until = fields.get("expires_on")
    if until is None:
        return ko, en
    day = _as_day(until)
    return f"{ko} ({day[0]}까지)", f"{en} (until {day[1]})"


def _received(amount: int, on: object, investor: str) -> tuple[str, str]:
    """An amount, who gave it, and when."""
    ko, en = won_words(amount)
    day = _as_day(on) if on else ("", "")
    more = [", ".join(filter(None, (investor, each))) for each in day]
    return (f"{ko} ({more[0]})", f"{en} ({more[1]})") if more[0] else (ko, en)


def _as_day(value: object) -> tuple[str, str]:
    return day_words(value) if isinstance(value, date) else _day(str(value))


def _answer(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and not hasattr(value, "_asdict"):
        entries = [_plain(each) for each in cast("Sequence[Any]", value)]
        if entries and all(isinstance(each, str) for each in entries):
            return ", ".join(str(each) for each in entries)
        return json.dumps(entries, ensure_ascii=False)
    return str(value)


def _plain(entry: Any) -> Any:
    if not hasattr(entry, "_asdict"):
        return entry
    fields: dict[str, Any] = dict(entry._asdict())
    endless = bool(fields.pop("endless", False))
    kept = {
        name: each.isoformat() if isinstance(each, date) else each
        for name, each in fields.items()
        if each is not None and each != ""
    }
    return {**kept, "expires_on": None} if endless else kept

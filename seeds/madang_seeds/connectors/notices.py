"""One notice, whatever source it came from, and what it states of a call."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from madang_seeds.connectors.periods import Period
from madang_seeds.connectors.words import Rule

TITLE_MOST, AGENCY_MOST, TEXT_MOST, NOTE_MOST, KEY_MOST = 200, 100, 2_000, 500, 100
VERSION = "2"
"""Part of every digest: raise it when the same notice is read otherwise than before."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a notice states, as it is kept."""

    facts: Mapping[str, Any]
    text: str
    """The facts as JSON, the same for the same facts."""
    digest: str
    """32 hexadecimal digits that change with anything the source states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as one source states it, cleaned. Days are Seoul days, YYYY-MM-DD."""

    key: str
    """Id at its source."""
    title: str
    agency: str = ""
    noticed_on: str | None = None
    period: Period = field(default_factory=Period)
    purposes: tuple[str, ...] = ()
    text: str = ""
    """Paragraphs, one a line."""
    url: str | None = None
    amount_won: int | None = None
    note: str = ""
    """Words of the source that no other field holds, as its period where that is prose."""
    rules: tuple[Rule, ...] = ()

    def facts(self) -> dict[str, Any]:
        """Return the properties of a call that this notice states; what it does not say is left out."""
        stated: dict[str, Any] = {
            "name_ko": self.title,
            "summary_ko": self.text,
            "purposes": list(self.purposes),
            "noticed_on": self.noticed_on,
            "opens_at": self.period.opens_at(),
            "closes_at": self.period.closes_at(),
            "rolling": self.period.rolling or None,
            "until_funds": self.period.until_funds or None,
            "amount_max_won": self.amount_won,
            "url": self.url,
            "source_note": self.note,
            "rules": orjson.dumps({"all": self.rules}).decode() if self.rules else None,
        }
        return {name: value for name, value in stated.items() if value not in (None, "", [])}

    def stated(self) -> Stated:
        """Return the facts with their text and digest. Made anew at each call: ask once."""
        facts = self.facts()
        text = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)
        whole = b"\x1f".join((VERSION.encode(), self.agency.encode(), text))
        return Stated(facts, text.decode(), hashlib.blake2b(whole, digest_size=16).hexdigest())


class BadNoticeError(ValueError):
    """A notice that cannot be taken in; `column` is the source's own name of the field."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value[:80], reason


def text_of(item: Mapping[str, Any], name: str) -> str:
    """Return a field as text: numbers as they stand, what is missing or no scalar as empty text."""
    value = item.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def ensure_order(column: str, opens_on: str | None, closes_on: str | None) -> None:
    """Raise BadNoticeError when the last day lies before the first."""
    if opens_on and closes_on and closes_on < opens_on:
        raise BadNoticeError(column, f"{opens_on} ~ {closes_on}", "ends before it begins")

"""What a value of an applicant may be, and careful reading of it from plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

from madang_matching.errors import FactError

_Read = TypeVar("_Read")

MOST = 10**15
"""Largest count or amount that is believed; a thousand trillion won."""
MOST_ENTRIES = 1_000
MOST_LETTERS = 4_000
AWARD_STATES = ("received", "running", "completed")


class Certificate(NamedTuple):
    """A certificate that the applicant holds."""

    name: str
    expires_on: date | None
    """Last day of its validity."""
    endless: bool = False
    """True: it is known to have no last day; otherwise a missing day is not known."""


class Investment(NamedTuple):
    """Money that an investor put in."""

    on: date | None
    amount_won: int | None
    paid: bool | None
    """Paid in and entered in the register."""
    investor: str = ""
    """What the investor is, as in tips_operator; empty: not said."""


class Award(NamedTuple):
    """Support that was received from a programme."""

    programme: str
    on: date | None
    ends_on: date | None
    amount_won: int | None
    state: str
    """received, running or completed; empty: not said."""
    regime: str
    de_minimis_eur: float | None
    plan: str
    """What it was for; empty: not said."""
    group: str
    """Family of programmes that it belongs to; empty: none."""


class Aid(NamedTuple):
    """De minimis aid that an affiliate received: of its ledger no more is told to others."""

    on: date | None
    de_minimis_eur: float | None
    """None: not known, as when the affiliate keeps no ledger."""


Value: TypeAlias = (
    bool
    | int
    | float
    | str
    | date
    | tuple[str, ...]
    | tuple[Certificate, ...]
    | tuple[Investment, ...]
    | tuple[Award, ...]
    | tuple[Aid, ...]
    | tuple[tuple[str, bool], ...]
)
"""A read value; hashable, so that equal ones can be counted once."""

Reader: TypeAlias = Callable[[object, str], Value]
"""Reads a plain JSON value at a path; raises FactError."""


def read_flag(raw: object, path: str) -> bool:
    if not isinstance(raw, bool):
        raise FactError(path, "예 또는 아니요여야 합니다.", "must be yes or no")
    return raw


def read_day(raw: object, path: str) -> date:
    try:
        return raw if type(raw) is date else date.fromisoformat(cast("str", raw))
    except (TypeError, ValueError):
        raise FactError(path, "YYYY-MM-DD 형식의 날짜여야 합니다.", "must be a day such as 2026-11-24") from None


def read_count(raw: object, path: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= MOST or raw != int(raw):
        raise FactError(path, "0 이상의 정수여야 합니다.", "must be a whole number of zero or more")
    return int(raw)


def read_share(raw: object, path: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= 1:
        raise FactError(path, "0에서 1 사이의 비율이어야 합니다.", "must be a share between 0 and 1")
    return float(raw)


def read_text(raw: object, path: str) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > MOST_LETTERS:
        raise FactError(path, "글자로 적어 주세요.", "must be a text")
    return raw.strip()


def choice_reader(options: tuple[str, ...]) -> Reader:
    """Return the reader of one of `options`."""

    def read(raw: object, path: str) -> str:
        if not isinstance(raw, str) or raw not in options:
            names = ", ".join(options)
            raise FactError(path, f"{names} 가운데 하나여야 합니다.", f"must be one of {names}")
        return raw

    return read


def level_reader(low: int, high: int) -> Reader:
    """Return the reader of a whole number between two limits, both allowed."""

    def read(raw: object, path: str) -> int:
        value = read_count(raw, path)
        if not low <= value <= high:
            raise FactError(path, f"{low}에서 {high} 사이여야 합니다.", f"must be between {low} and {high}")
        return value

    return read


def read_codes(raw: object, path: str) -> tuple[str, ...]:
    return tuple(read_text(entry, f"{path}[{index}]") for index, entry in enumerate(_entries(raw, path)))


def read_certificates(raw: object, path: str) -> tuple[Certificate, ...]:
    """Read `[{name, expires_on}]`; `expires_on` null: it never ends, left out: not known."""
    found: list[Certificate] = []
    for index, entry in enumerate(_entries(raw, path)):
        place = f"{path}[{index}]"
        if isinstance(entry, str):
            found.append(Certificate(read_text(entry, place), None))
            continue
        fields = _object(entry, place)
        day = _maybe(fields, "expires_on", place, read_day)
        endless = "expires_on" in fields and day is None
        found.append(Certificate(read_text(fields.get("name"), f"{place}.name"), day, endless))
    return tuple(found)


def read_investments(raw: object, path: str) -> tuple[Investment, ...]:
    """Read `[{on, amount_won, paid, investor}]`."""
    found: list[Investment] = []
    for index, entry in enumerate(_entries(raw, path)):
        place = f"{path}[{index}]"
        fields = _object(entry, place)
        found.append(
            Investment(
                _maybe(fields, "on", place, read_day),
                _maybe(fields, "amount_won", place, read_count),
                _maybe(fields, "paid", place, read_flag),
                _maybe(fields, "investor", place, read_text) or "",
            )
        )
    return tuple(found)


def read_awards(raw: object, path: str) -> tuple[Award, ...]:
    """Read `[{programme, on, ends_on, amount_won, state, regime, de_minimis_eur, plan, group}]`."""
    found: list[Award] = []
    for index, entry in enumerate(_entries(raw, path)):
        place = f"{path}[{index}]"
        fields = _object(entry, place)
        state = _maybe(fields, "state", place, choice_reader(AWARD_STATES))
        words = [_maybe(fields, name, place, read_text) or "" for name in ("regime", "plan", "group")]
        found.append(
            Award(
                read_text(fields.get("programme"), f"{place}.programme"),
                _maybe(fields, "on", place, read_day),
                _maybe(fields, "ends_on", place, read_day),
                _maybe(fields, "amount_won", place, read_count),
                str(state or ""),
                words[0],
                _maybe(fields, "de_minimis_eur", place, _read_euro),
                words[1],
                words[2],
            )
        )
    return tuple(found)


def read_aid(raw: object, path: str) -> tuple[Aid, ...]:
    """Read `[{on, de_minimis_eur}]`."""
    found: list[Aid] = []
    for index, entry in enumerate(_entries(raw, path)):
        place = f"{path}[{index}]"
        fields = _object(entry, place)
        found.append(Aid(_maybe(fields, "on", place, read_day), _maybe(fields, "de_minimis_eur", place, _read_euro)))
    return tuple(found)


def read_statements(raw: object, path: str) -> tuple[tuple[str, bool], ...]:
    """Read `{key: true or false}`."""
    fields = _object(raw, path)
    return tuple((key, read_flag(fields[key], f"{path}.{key}")) for key in sorted(fields))


def _read_euro(raw: object, path: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= MOST:
        raise FactError(path, "0 이상의 금액이어야 합니다.", "must be an amount of zero or more")
    return float(raw)


def _entries(raw: object, path: str) -> list[object]:
    if not isinstance(raw, list | tuple) or len(cast("list[object]", raw)) > MOST_ENTRIES:
        raise FactError(path, "목록이어야 합니다.", f"must be a list of at most {MOST_ENTRIES}")
    return list(cast("list[object]", raw))


def _object(raw: object, path: str) -> Mapping[str, Any]:
    if hasattr(raw, "_asdict"):
        return _plain(cast("Any", raw)._asdict())
    if not isinstance(raw, Mapping) or not all(isinstance(key, str) for key in cast("Mapping[object, object]", raw)):
        raise FactError(path, "이름과 값의 묶음이어야 합니다.", "must be an object")
    return cast("Mapping[str, Any]", raw)


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """A record that was read before is read again as its JSON would be."""
    kept = {name: value for name, value in fields.items() if value is not None and value != ""}
    if kept.pop("endless", False):
        kept["expires_on"] = None
    return kept


def _maybe(fields: Mapping[str, Any], name: str, path: str, read: Callable[[object, str], _Read]) -> _Read | None:
    raw = fields.get(name)
    return None if raw is None or raw == "" else read(raw, f"{path}.{name}")

"""What every kind of condition is made of, and careful reading of its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from madang_matching.eligibility.dates import Dates
from madang_matching.errors import RuleError
from madang_matching.records import Organisation, Verdict

_Word = TypeVar("_Word", bound=str)


class Sentence(NamedTuple):
    """The same in Korean and English."""

    ko: str
    en: str


UNKNOWN = Sentence("입력되지 않았습니다.", "Not filled in.")


class Finding(NamedTuple):
    """What a condition says of one applicant."""

    verdict: Verdict
    mine: Sentence
    missing: tuple[str, ...] = ()
    """Properties that are not filled in and that the verdict waits for."""


class Requirement(Protocol):
    """One typed condition. Implementations are frozen dataclasses."""

    def check(self, applicant: Organisation, dates: Dates) -> Finding:
        """Compare with the applicant's own values. Missing values give "check"."""
        ...

    def sentence(self) -> Sentence:
        """Say what is required."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of condition kinds."""

    name: str
    read: Callable[[Mapping[str, Any], str], Requirement]
    """Makes the condition from its JSON leaf; raises RuleError with the path."""
    properties: tuple[str, ...]
    """Properties of the organisation that it looks at; their sources are shown with the verdict."""


def number(leaf: Mapping[str, Any], name: str, path: str) -> float | None:
    """Read a number of zero or more, or None when missing.

    Raises: RuleError: not a number, negative, or not finite.
    """
    value = leaf.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise RuleError(f"{path}.{name}", f"must be a number of zero or more, not {value!r}")
    return value


def whole(leaf: Mapping[str, Any], name: str, path: str) -> int | None:
    """Read a whole number of zero or more, or None when missing.

    Raises: RuleError: anything else.
    """
    value = number(leaf, name, path)
    if value is None:
        return None
    if value != int(value):
        raise RuleError(f"{path}.{name}", f"must be a whole number, not {value!r}")
    return int(value)


def word(leaf: Mapping[str, Any], name: str, path: str, allowed: tuple[_Word, ...], default: _Word) -> _Word:
    """Read one of `allowed`; `default` when missing.

    Raises: RuleError: another word.
    """
    value = leaf.get(name, default)
    if value not in allowed:
        raise RuleError(f"{path}.{name}", f"must be one of {', '.join(allowed)}, not {value!r}")
    return value


def words(leaf: Mapping[str, Any], name: str, path: str) -> tuple[str, ...]:
    """Read a list of texts; empty when missing.

    Raises: RuleError: not a list, or an entry that is not a text or is empty.
    """
    value = leaf.get(name)
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise RuleError(f"{path}.{name}", f"must be a list, not {value!r}")
    entries = cast("list[Any]", value)
    for index, entry in enumerate(entries):
        if not isinstance(entry, str) or not entry.strip():
            raise RuleError(f"{path}.{name}[{index}]", f"must be a text, not {entry!r}")
    return tuple(str(entry).strip() for entry in entries)

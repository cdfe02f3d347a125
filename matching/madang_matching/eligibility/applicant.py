"""The applicant as conditions see it: one way to every value, wherever it comes from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from madang_matching.eligibility.profile import STATEMENT, field_of
from madang_matching.eligibility.values import Aid, Award, Certificate, Investment, Value
from madang_matching.errors import FactError
from madang_matching.records import Organisation

_Derived = TypeVar("_Derived")
_PLAIN = frozenset((bool, int, float))
_TEXTS = frozenset((str,))
_PROFILE = frozenset(
    ("founded_on", "employees", "revenue_won", "industry_code", "stage", "trl", "region_codes", "kind")
)
"""Fields that are properties of the organisation; a fact of the same name counts where the property is unknown."""

_FOLLOWS = {"founded_on": "registered", "industry_code": "industry_revision"}
"""What a value says of another one that is not known; beside them statements hold the answers to single ones."""


class Applicant:
    """One organisation, or an unsaved profile, with values read once. What cannot be read is unknown.

    Certificates of a profile are names without an end; those of its facts, where there are any, count instead.
    """

    __slots__ = ("_derived", "_known", "_said", "organisation")

    def __init__(self, organisation: Organisation | None = None, said: Mapping[str, object] | None = None) -> None:
        """Say what counts above the organisation's own values: plain JSON or read values; None: not known."""
        self.organisation = organisation
        self._said: dict[str, object] = dict(said or {})
        self._known: dict[str, Any] = {}
        self._derived: dict[tuple[Callable[..., object], tuple[Hashable, ...]], object] = {}

    @classmethod
    def of_values(cls, values: Mapping[str, Value | None]) -> Applicant:
        """Return an applicant of whom these read values are known, and nothing else."""
        applicant = cls()
        applicant._known = dict(values)
        return applicant

    def value(self, name: str) -> Value | None:
        """Return the value of a field of `profile.FIELDS` or of "statement:KEY"; None: not known."""
        return self._value(name)

    def _value(self, name: str) -> Any:
        """The value, whose type the field tells."""
        try:
            return self._known[name]
        except KeyError:
            value = self._known[name] = self._find(name)
            return value

    @staticmethod
    def values(applicants: Iterable[Applicant], name: str) -> list[Value | None]:
        """Return `value` of each. Equal texts, numbers and lists of texts are read once; no applicant keeps them."""
        found: list[Value | None] = []
        read: dict[object, Value | None] = {None: None}
        for applicant in applicants:
            if name in applicant._known:
                found.append(applicant._known[name])
                continue
            raw = applicant._raw(name)
            key = raw if raw.__class__ is str or raw is None else _key(raw)
            if key is None and raw is not None:
                found.append(_read(name, raw))
                continue
            if key not in read:
                read[key] = _read(name, raw)
            found.append(read[key])
        return found

    def with_values(self, values: Mapping[str, object]) -> Applicant:
        """Return the same applicant of whom `values` are said too: plain JSON or read values; None: not known."""
        changed = Applicant(self.organisation, {**self._said, **values})
        if "statements" not in values:
            again = {*values, *(_FOLLOWS[name] for name in values if name in _FOLLOWS)}
            changed._known = {name: value for name, value in self._known.items() if name not in again}
        return changed

    def sources(self, names: tuple[str, ...]) -> str:
        """Return where values came from and when, each source once; empty: not known, or only said."""
        if self.organisation is None or not self.organisation.value_sources:
            return ""
        known = self.organisation.value_sources
        sources = dict.fromkeys(known.get(name, "") for name in names if name not in self._said)
        return ", ".join(source for source in sources if source)

    def derived(self, of: Callable[..., _Derived], *given: Hashable) -> _Derived:
        """Return what a function says of this applicant, and of few other things; it is asked once.

        Args: of: a function of a module, which is given the applicant and then `given`.
        """
        key = (of, given)
        try:
            return cast("_Derived", self._derived[key])
        except KeyError:
            found = self._derived[key] = of(self, *given)
            return found

    def day(self, name: str) -> date | None:
        return self._value(name)

    def whole(self, name: str) -> int | None:
        return self._value(name)

    def share(self, name: str) -> float | None:
        return self._value(name)

    def flag(self, name: str) -> bool | None:
        return self._value(name)

    def word(self, name: str) -> str | None:
        return self._value(name)

    def codes(self, name: str) -> tuple[str, ...] | None:
        return self._value(name)

    def certificates(self) -> tuple[Certificate, ...] | None:
        return self._value("certificates")

    def investments(self) -> tuple[Investment, ...] | None:
        return self._value("investments")

    def awards(self) -> tuple[Award, ...] | None:
        return self._value("awards")

    def affiliate_awards(self) -> tuple[Aid, ...] | None:
        return self._value("affiliate_awards")

    def _find(self, name: str) -> Value | None:
        raw = self._raw(name)
        return None if raw is None else _read(name, raw)

    def _raw(self, name: str) -> object:
        if name in self._said:
            return self._said[name]
        if name.startswith(STATEMENT):
            return self._statement(name.removeprefix(STATEMENT))
        organisation = self.organisation
        if organisation is None:
            return self._implied(name)
        own: object = getattr(organisation, name) if name in _PROFILE else None
        if own is None or own in ((), ""):
            own = organisation.facts.get(name)
        if own is None and name == "certificates":
            own = organisation.certificates or None
        return self._implied(name) if own is None else own

    def _statement(self, key: str) -> object:
        said = self._raw("statements")
        if isinstance(said, Mapping):
            return cast("Mapping[str, object]", said).get(key)
        if isinstance(said, tuple):
            return dict(cast("tuple[tuple[str, bool], ...]", said)).get(key)
        return None

    def _implied(self, name: str) -> object:
        """What follows from other values: who was founded is registered; codes of a profile are of KSIC 10."""
        if name == "registered":
            return True if self.value("founded_on") is not None else None
        if name == "industry_revision":
            return "ksic10" if self.value("industry_code") is not None else None
        return None


def applicant_of(organisation: Organisation | Applicant) -> Applicant:
    """Return the applicant that an organisation is."""
    return organisation if isinstance(organisation, Applicant) else Applicant(organisation)


def _key(raw: object) -> object:
    """Return what equal plain values of one type have in common; None for values that are not compared."""
    if raw.__class__ in _PLAIN:
        return raw.__class__, raw
    if isinstance(raw, list | tuple):
        entries = cast("Sequence[object]", raw)
        return tuple(entries) if _TEXTS.issuperset(map(type, entries)) else None
    return None


def _read(name: str, raw: object) -> Value | None:
    try:
        return field_of(name).read(raw)
    except FactError:
        return None

"""A second reading of the French programmes: their own `publicodes` expressions, evaluated word for word.

Knows nothing of rule trees. It is compared with the translation of `eligibilityData` in `french_programmes`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_COMPARED = re.compile(r"(?:entreprise \. )?(effectif|région|microentrepreneur) (<=|>=|=) (.+)")
_SECTION = re.compile(r"(?:entreprise \. )?code NAF niveau 1 \. est ([A-U])")
_START, _END = "dispositif . début de validité <= date du jour", "date du jour <= dispositif . fin de validité"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm about which everything is known."""

    places: frozenset[str]
    """Names of the region, and of the département where a programme names it."""
    section: str
    employees: int
    micro: bool
    public: bool = False


def meets(programme: Mapping[str, Any], firm: Firm) -> bool:
    """Return whether the firm meets size, region, legal category and sector, whatever the day.

    A public administration is of no sector where the programme says that it is open to administrations.
    """
    expressions: Mapping[str, Any] = programme["publicodes"]
    named = ["entreprise . est dans un secteur d'activité ciblé"]
    if firm.public and programme.get("ouvert aux administrations publiques") == "oui":
        named = []
    eligible: Mapping[str, Any] = expressions.get("entreprise . est éligible") or {}
    named += [str(each) for each in eligible.get("toutes ces conditions", ())]
    return all(_holds(expressions, name, firm) for name in named)


def runs(programme: Mapping[str, Any], day: date) -> bool:
    """Return whether the programme is in force on the day."""
    eligible: Mapping[str, Any] = programme["publicodes"].get("entreprise . est éligible") or {}
    applicable: Any = eligible.get("applicable si") or []
    if isinstance(applicable, Mapping):
        applicable = applicable["toutes ces conditions"]
    conditions = [applicable] if isinstance(applicable, str) else list(applicable)
    return all(_in_force(programme, str(condition), day) for condition in conditions)


def _in_force(programme: Mapping[str, Any], condition: str, day: date) -> bool:
    if condition == _START:
        return _day(programme["début de validité"]) <= day
    if condition == _END:
        return day <= _day(programme["fin de validité"])
    raise ValueError(condition)


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def _holds(expressions: Mapping[str, Any], term: str, firm: Firm) -> bool:
    body = expressions.get(term) or expressions.get(f"entreprise . {term}")
    if isinstance(body, Mapping) and "toutes ces conditions" in body:
        return all(_holds(expressions, str(each), firm) for each in body["toutes ces conditions"])
    if isinstance(body, Mapping) and "une de ces conditions" in body:
        return any(_holds(expressions, str(each), firm) for each in body["une de ces conditions"])
    if section := _SECTION.fullmatch(term):
        return firm.section == section.group(1)
    compared = _COMPARED.fullmatch(term)
    if not compared:
        raise ValueError(term)
    name, sign, value = compared.groups()
    return _compare(name, sign, value, firm)


def _compare(name: str, sign: str, value: str, firm: Firm) -> bool:
    if name == "région":
        return value in firm.places
    if name == "microentrepreneur":
        return firm.micro == (value == "oui")
    return firm.employees <= int(value) if sign == "<=" else firm.employees >= int(value)

"""Conditions of the reference programmes as rule trees of the eligibility engine.

What no condition kind expresses stays as a prose leaf, which always yields *check*. Preferences change rank and own
shares are terms, not conditions: neither becomes a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Rule = dict[str, Any]

CAPITAL = ("11", "28", "41")
"""Seoul, Incheon, Gyeonggi: the capital region."""
_NOT_CONDITIONS = frozenset({"preference", "co_funding"})
_REFERENCES = {"notice": "notice", "close": "closing", "opening": "opening"}


def prose(text_ko: str, text_en: str) -> Rule:
    """Return the leaf for what no rule expresses."""
    return {"kind": "prose", "text_ko": text_ko, "text_en": text_en, "source_text": text_ko}


def programme_rules(conditions: list[Mapping[str, Any]], english: list[str]) -> Rule:
    """Return the rule tree of a programme.

    Args:    english: the conditions in English, in the same order.
    """
    parts: list[Rule] = []
    for condition, text_en in zip(conditions, english, strict=True):
        if condition["kind"] not in _NOT_CONDITIONS:
            parts.extend(_flat(_translated(condition["structured"], condition["text_ko"], text_en)))
    return {"all": parts}


def _flat(rule: Rule) -> list[Rule]:
    return rule.get("all", [rule])


def _translated(structured: Mapping[str, Any] | None, text_ko: str, text_en: str) -> Rule:
    if structured is None or "tiers" in structured:
        return prose(text_ko, text_en)
    for word in ("all", "any"):
        if word in structured:
            return {word: _without_twins([_translated(part, text_ko, text_en) for part in structured[word]])}
    leaf = structured.get("equivalent", structured)
    read = _READERS.get(leaf["field"])
    rule = read(leaf["op"], leaf["value"]) if read else None
    if rule is None:
        return prose(text_ko, text_en)
    if rule.get("kind") == "firm_age":
        rule["reference"] = _REFERENCES.get(structured.get("reference", "unknown"), "unknown")
    return _with_source(rule, text_ko, text_en)


def _without_twins(rules: list[Rule]) -> list[Rule]:
    """Drop repeated prose: two unreadable parts of one sentence are one sentence."""
    kept: list[Rule] = []
    for rule in rules:
        if rule not in kept:
            kept.append(rule)
    return kept


def _with_source(rule: Rule, text_ko: str, text_en: str) -> Rule:
    if "kind" not in rule:
        return {word: _in_group(value, text_ko, text_en) for word, value in rule.items()}
    return prose(text_ko, text_en) if rule["kind"] == "prose" else {**rule, "source_text": text_ko}


def _in_group(value: Any, text_ko: str, text_en: str) -> Any:
    if isinstance(value, list):
        return [_with_source(part, text_ko, text_en) for part in value]
    return _with_source(value, text_ko, text_en)


_SENTENCE: Rule = {"kind": "prose"}
"""Placeholder for the sentence of the condition, within a group."""


def _age(op: str, value: float) -> Rule | None:
    bound = "exclusive" if op in {"<", ">"} else "inclusive"
    if op in {"<", "<="}:
        return {"kind": "firm_age", "max_years": value, "min_years": None, "bound": bound}
    if op in {">", ">="}:
        return {"kind": "firm_age", "max_years": None, "min_years": value, "bound": bound}
    return None


def _registered(op: str, value: bool) -> Rule:
    """Registered: any age. Not registered: an age below zero, which no founded firm has."""
    return _age(">=", 0) if value else _age("<", 0)  # type: ignore[return-value]


def _amount(property_name: str, unit: str) -> Callable[[str, int], Rule | None]:
    def read(op: str, value: int) -> Rule | None:
        bound = "exclusive" if op in {"<", ">"} else "inclusive"
        end = "max" if op in {"<", "<="} else "min"
        empty = {f"{name}_{e}{u}": None for name, u in (("employees", ""), ("revenue", "_won")) for e in ("min", "max")}
        return {"kind": "size", **empty, f"{property_name}_{end}{unit}": value, "bound": bound}

    return read


def _seoul(op: str, value: str) -> Rule:
    return {"kind": "region", "codes": ["11"], "site": "head_office"}


def _region_group(op: str, value: str) -> Rule:
    capital = {"kind": "region", "codes": list(CAPITAL), "site": "head_office"}
    return capital if value == "capital" else {"not": capital}


def _kinds(*kinds: str) -> Rule:
    return {"kind": "organisation_kind", "include": list(kinds)}


def _company_size(op: str, value: list[str]) -> Rule:
    """Small or mid-sized: startups and SMEs pass; of a corporate we cannot tell."""
    return {"any": [_kinds("startup", "sme"), {"all": [_kinds("corporate"), _SENTENCE]}]}


_READERS: dict[str, Callable[[str, Any], Rule | None]] = {
    "firm_age_years": _age,
    "has_registered_business": _registered,
    "hq_region": _seoul,
    "hq_or_main_office_region": lambda op, value: {"any": [_seoul(op, value), _SENTENCE]},
    "any_site_region": lambda op, value: {"any": [_seoul(op, value), _SENTENCE]},
    "hq_region_group": _region_group,
    "industry_section": lambda op, value: {"kind": "industry", "include": [value], "exclude": []},
    "is_sme": lambda op, value: _kinds("startup", "sme"),
    "company_size": _company_size,
    "applicant_type": lambda op, value: _kinds("research"),
    "employees": _amount("employees", ""),
    "employees_incl_ceo": _amount("employees", ""),
    "revenue_won": _amount("revenue", "_won"),
}

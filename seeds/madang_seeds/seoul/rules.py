"""Conditions of the reference programmes as rule trees of the eligibility engine.

Every criterion with a structured reading becomes typed conditions. One without stays as prose, which always yields
*check*; a preference changes rank only. Each condition keeps the sentence it was read from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from madang_seeds.seoul.readings import Rule, read_criterion


def prose(text_ko: str, text_en: str) -> Rule:
    """Return the leaf for what no rule expresses."""
    return {"kind": "prose", "text_ko": text_ko, "text_en": text_en, "source_text": text_ko}


def programme_rules(key: str, conditions: list[Mapping[str, Any]], english: list[str]) -> Rule:
    """Return the rule tree of a programme.

    Args:    english: the conditions in English, in the same order.
    """
    parts: list[Rule] = []
    for condition, text_en in zip(conditions, english, strict=True):
        rule = condition_rule(key, condition, text_en)
        parts.extend(rule.get("all", [rule]))
    return {"all": parts}


def condition_rule(key: str, condition: Mapping[str, Any], text_en: str) -> Rule:
    """Return the rule of one condition of a programme."""
    structured, text_ko = condition["structured"], condition["text_ko"]
    if structured is not None:
        return _with_source(_translated(key, structured), text_ko)
    if condition["kind"] == "preference":
        return {"kind": "preference", "text_ko": text_ko, "text_en": text_en, "source_text": text_ko}
    return prose(text_ko, text_en)


def _translated(key: str, structured: Mapping[str, Any]) -> Rule:
    if "tiers" in structured:
        return {"any": [_tier(key, tier) for tier in structured["tiers"]]}
    for word in ("all", "any"):
        if word in structured:
            return {word: [_translated(key, part) for part in structured[word]]}
    return read_criterion(key, structured)


def _tier(key: str, tier: Mapping[str, Any]) -> Rule:
    """A tier asks for its share where its limit holds; a lower tier asks for less, so any that is met is enough."""
    share = {"kind": "co_funding", "share_min": tier["own_share"], "of": "total"}
    return {"all": [read_criterion(key, tier["if"]), share]}


def _with_source(rule: Rule, text_ko: str) -> Rule:
    if "kind" in rule:
        return {**rule, "source_text": text_ko}
    return {
        word: _with_source(part, text_ko) if word == "not" else [_with_source(each, text_ko) for each in part]
        for word, part in rule.items()
    }

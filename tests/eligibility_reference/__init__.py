"""A second, slow reading of eligibility, written for plainness: what the engine must agree with.

Shares nothing with the engine: it reads the stored JSON of rules and of facts, has its own calendar and its own
three-valued logic (True, False, None for "cannot say"). Rules are expected to be readable; what is not is None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from madang_matching.records import Call, Organisation

from tests.eligibility_reference import kinds, money
from tests.eligibility_reference.plain import Day, Days, Facts, Maybe, both, day, either, opposite, seoul

WORDS = {True: "eligible", False: "not_eligible", None: "check"}


def verdict(rules: Any, organisation: Organisation, call: Call, today: Day) -> str:
    """Return eligible, not_eligible or check."""
    return WORDS[_tree(rules, facts_of(organisation), days_of(call, today))]


def days_of(call: Call, today: Day) -> dict[str, Day | None]:
    """Return the reference days that are known."""
    return {
        "notice": day(call.noticed_on),
        "opening": seoul(call.opens_at),
        "closing": seoul(call.closes_at),
        "application": today,
        "contract": day(call.contract_on),
        "unknown": None,
    }


def facts_of(organisation: Organisation) -> dict[str, Any]:
    """Return what is known: the organisation's own fields, then its facts."""
    own = ("founded_on", "employees", "revenue_won", "industry_code", "stage", "trl", "kind")
    facts: dict[str, Any] = {name: getattr(organisation, name) for name in own}
    facts["region_codes"] = list(organisation.region_codes) or None
    if organisation.certificates and "certificates" not in organisation.facts:
        facts["certificates"] = [{"name": name} for name in organisation.certificates]
    known = {name: value for name, value in facts.items() if value is not None}
    return {**organisation.facts, **known}


def _tree(node: Any, facts: Facts, days: Days) -> Maybe:
    if "all" in node:
        return both([_tree(part, facts, days) for part in node["all"]])
    if "any" in node:
        return either([_tree(part, facts, days) for part in node["any"]])
    if "not" in node:
        return opposite(_tree(node["not"], facts, days))
    check = CHECKS.get(node["kind"])
    return check(node, facts, days) if check else None


CHECKS: dict[str, Callable[[Any, Facts, Days], Maybe]] = {
    "firm_age": kinds.firm_age,
    "pre_founder": kinds.pre_founder,
    "founder_age": kinds.founder_age,
    "region": kinds.region,
    "industry": kinds.industry,
    "size": kinds.size,
    "sme": money.sme,
    "stage": kinds.stage,
    "investment": money.investment,
    "co_funding": kinds.co_funding,
    "organisation_kind": kinds.organisation_kind,
    "legal_form": kinds.legal_form,
    "certificate": kinds.certificate,
    "disqualification": kinds.disqualification,
    "earlier_award": money.earlier_award,
    "exclusive_with": money.exclusive_with,
    "de_minimis": money.de_minimis,
    "order_of_acts": kinds.order_of_acts,
    "recommendation": kinds.recommendation,
    "statement": kinds.statement,
    "preference": kinds.preference,
    "prose": kinds.prose,
}

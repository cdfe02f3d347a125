"""Conditions on what was received, and on how large a firm is by law."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import Any

from tests.eligibility_reference.plain import (
    Days,
    Facts,
    Maybe,
    amount,
    both,
    day,
    either,
    flag,
    opposite,
    plus_months,
)

ENDLESS = 10**30
"""Stands for an amount that is not known and may be anything."""


def bare(name: str) -> str:
    """Names are compared without spaces and case."""
    return re.sub(r"\s", "", name).lower()


def every_sum(entries: Iterable[tuple[Maybe, float | None]]) -> list[float]:
    """Return every sum that is possible: what may count does or does not, what is not known is nothing or endless."""
    choices: list[list[float]] = []
    for counts, value in entries:
        values = [value] if value is not None else [0.0, ENDLESS]
        choices.append([0.0] if counts is False else values if counts else [0.0, *values])
    return [sum(chosen) for chosen in product(*choices)]


def agreed(answers: Iterable[bool]) -> Maybe:
    """All possible answers alike, or nothing to say."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def recent(on: Any, leaf: Any, days: Days) -> Maybe:
    """Whether a day lies in the months that end on the reference day; without months, not after it."""
    months, reference, there = leaf.get("within_months"), days[leaf.get("reference", "unknown")], day(on)
    if reference is None:
        return True if months is None else None
    if there is None:
        return None
    return there <= reference and (months is None or reference <= plus_months(there, months))


def investment(leaf: Any, facts: Facts, days: Days) -> Maybe:
    received = facts.get("investments")
    if received is None:
        return None

    def counts(entry: Any) -> Maybe:
        answers = [recent(entry.get("on"), leaf, days)]
        if leaf.get("paid"):
            answers.append(flag(entry, "paid"))
        if leaf.get("investors"):
            known = entry.get("investor")
            answers.append(bare(known) in {bare(each) for each in leaf["investors"]} if known else None)
        return both(answers)

    sums = every_sum((counts(each), amount(each, "amount_won")) for each in received)
    low, high, bound = leaf.get("amount_min_won"), leaf.get("amount_max_won"), leaf.get("bound", "inclusive")
    if low is None and high is None:
        low, bound = 1, "inclusive"
    same = bound == "inclusive"
    answers = list[Maybe]()
    if low is not None:
        answers.append(agreed(each > low or (same and each == low) for each in sums))
    if high is not None:
        answers.append(agreed(each < high or (same and each == high) for each in sums))
    return both(answers)


def earlier_award(leaf: Any, facts: Facts, days: Days) -> Maybe:
    received = facts.get("awards")
    if received is None:
        return None
    names = {bare(each) for each in leaf["programmes"]}

    def counts(entry: Any) -> Maybe:
        answers = list[Maybe]([bare(entry["programme"]) in names or bare(entry.get("group") or "-") in names])
        if leaf.get("states"):
            answers.append(entry["state"] in leaf["states"] if entry.get("state") else None)
        first, last = leaf.get("years_from", 0), leaf.get("years_to", 9999)
        if "years_from" in leaf or "years_to" in leaf:
            granted = day(entry.get("on"))
            answers.append(None if granted is None else first <= granted[0] <= last)
        if leaf.get("within_months") is not None:
            answers.append(recent(entry.get("on"), leaf, days))
        return both(answers)

    sums = every_sum((counts(each), 1) for each in received)
    most, least, answers = leaf.get("max_times"), leaf.get("min_times"), list[Maybe]()
    if most is None and least is None:
        most = 0
    if most is not None:
        answers.append(agreed(each <= most for each in sums))
    if least is not None:
        answers.append(agreed(each >= least for each in sums))
    return both(answers)


def exclusive_with(leaf: Any, facts: Facts, days: Days) -> Maybe:
    received, today = facts.get("awards"), days["application"]
    if received is None or today is None:
        return None

    def runs(entry: Any) -> Maybe:
        named = bare(entry["programme"]) in {bare(each) for each in leaf.get("programmes", ())}
        family = bare(entry.get("group") or "-") in {bare(each) for each in leaf.get("groups", ())}
        end = day(entry.get("ends_on"))
        if not (named or family) or entry.get("state") == "completed" or (end is not None and end < today):
            return False
        return True if entry.get("state") in ("received", "running") else None

    running = either(runs(each) for each in received)
    return None if running and leaf.get("unless_same_plan") else opposite(running)


def de_minimis(leaf: Any, facts: Facts, days: Days) -> Maybe:
    reference = days[leaf.get("reference") or "application"]
    entries = list[tuple[Maybe, float | None]]()
    if "awards" not in facts and "affiliate_awards" not in facts:
        return None

    def counts(entry: Any, of_affiliate: bool) -> Maybe:
        if not of_affiliate and entry.get("regime") != "de_minimis" and entry.get("de_minimis_eur") is None:
            return False
        granted = day(entry.get("on"))
        if granted is None or reference is None:
            return None
        return granted <= reference < plus_months(granted, 12 * leaf.get("years", 3))

    for name in ("awards", "affiliate_awards"):
        granted = facts.get(name)
        if granted is None:
            entries.append((True, None))
            continue
        entries += [(counts(each, name != "awards"), amount(each, "de_minimis_eur")) for each in granted]
    sums = every_sum(entries)
    return agreed(each + leaf.get("award_eur", 0) <= leaf.get("ceiling_eur", 300_000) for each in sums)


# --- small and medium firms ---

CEILINGS: dict[str, tuple[float, float, float, float]] = {
    "C10": (120, 120, 12, 12), "C26": (100, 100, 12, 12), "C29": (120, 120, 12, 12), "G": (120, 120, 6, 6),
    "I": (40, 40, 1.5, 1.5), "J": (100, 100, 5, 5), "M": (60, 60, 3, 3), "S": (60, 60, 1.5, 1.5),
    "A": (100, 100, 8, 8), "C28": (180, 180, 12, 12), "C": (60, 180, 1.5, 14), "": (40, 180, 1.5, 14),
}  # fmt: skip
"""Billion won of mean revenue: surely medium up to, surely no SME above, surely small up to, surely not small above.
Only of the industries that are drawn; "": whichever industry."""


def sme(leaf: Any, facts: Facts, days: Days) -> Maybe:
    firm = korean(facts, days) if leaf.get("definition", "kr") == "kr" else european(facts)
    small, whole = firm["small"], firm["sme"]
    answers = {**firm, "not_sme": opposite(whole), "medium": both([whole, opposite(small)])}
    return either(answers[each] for each in leaf["wanted"])


def korean(facts: Facts, days: Days) -> dict[str, Maybe]:
    code = str(facts.get("industry_code", "")) if facts.get("industry_revision", "ksic10") != "nace2" else ""
    code = code if re.fullmatch(r"[A-U][\d.]*", code) else ""
    row = CEILINGS.get(code[:3]) or CEILINGS.get(code[:1]) or CEILINGS[""]
    own, group = amount(facts, "revenue_average_won"), amount(facts, "group_revenue_won")
    assets, grace, today = amount(facts, "assets_won"), day(facts.get("sme_grace_until")), days["application"]
    sized = both([of_group(own, group, row[0], row[1]), None if assets is None else assets < 500 * 10**9])
    graced = grace is not None and today is not None and today <= grace
    whole = both([either([sized, graced]), flag(facts, "independent"), seeks_profit(facts)])
    small = both([whole, of_group(own, group, row[2], row[3])])
    people, few = amount(facts, "employees"), 10 if code[:1] in "BCFH" else 5
    fewer = None if people is None else people < few
    if not code and people is not None and 5 <= people < 10:
        fewer = None
    if not code and people is not None:
        fewer = True if people < 5 else None if people < 10 else False
    return {"sme": whole, "small": small, "micro": both([small, fewer])}


def of_group(own: float | None, group: float | None, sure: float, beyond: float, unit: float = 10**9) -> Maybe:
    """The whole group counts; of the firm alone one can only know that it is too large already."""
    if own is not None and own > beyond * unit:
        return False
    if group is None:
        return None
    return between(max(own or 0, group), sure, beyond, unit)


def between(value: float | None, sure: float, beyond: float, unit: float = 10**9) -> Maybe:
    """Surely within, surely beyond, or in between."""
    if value is None:
        return None
    return True if value <= sure * unit else False if value > beyond * unit else None


def seeks_profit(facts: Facts) -> Maybe:
    form, kind = facts.get("legal_form"), facts.get("kind")
    if form == "public" or kind == "public_body":
        return False
    if form in ("nonprofit", "cooperative") or (form is None and kind not in ("startup", "sme", "corporate")):
        return None
    return True


def european(facts: Facts) -> dict[str, Maybe]:
    def below(most: int, turnover_m: float, balance_m: float) -> Maybe:
        money = [
            of_group(amount(facts, f"{name}_won"), amount(facts, f"group_{name}_won"), eur * 1200, eur * 2000, 10**6)
            for name, eur in (("revenue", turnover_m), ("assets", balance_m))
        ]
        people = of_group(amount(facts, "employees"), amount(facts, "group_employees"), most - 1, most - 1, 1)
        return both([people, either(money)])

    return {"sme": below(250, 50, 43), "small": below(50, 10, 10), "micro": below(10, 2, 2)}

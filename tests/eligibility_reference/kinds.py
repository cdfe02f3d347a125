"""One condition after the other, as its sentence says it."""

from __future__ import annotations

import re
from typing import Any

from tests.eligibility_reference.plain import (
    Day,
    Days,
    Facts,
    Maybe,
    amount,
    begins,
    both,
    day,
    either,
    flag,
    last_of,
    limits,
    opposite,
    plus_months,
)


def firm_age(leaf: Any, facts: Facts, days: Days) -> Maybe:
    founded, reference = day(facts.get("founded_on")), days[leaf.get("reference", "unknown")]
    if founded is None or reference is None:
        return None
    bound, answers = leaf.get("bound", "inclusive"), list[Maybe]()
    if leaf.get("min_years") is not None:
        alone = leaf.get("max_years") is None
        min_bound = leaf.get("min_bound", bound if alone else "inclusive")
        birthday = plus_months(founded, round(leaf["min_years"] * 12))
        answers.append(birthday < reference or (min_bound == "inclusive" and birthday == reference))
    if leaf.get("max_years") is not None:
        birthday = plus_months(founded, round(leaf["max_years"] * 12))
        young = reference < birthday or (bound == "inclusive" and reference == birthday)
        answers.append(None if founded > reference else young)
    return both(answers)


CAPITAL = ["11", "28", "41"]
ELSEWHERE = ["26", "27", "29", "30", "31", "36", "42", "43", "44", "45", "46", "47", "48", "50", "51", "52"]
PROVINCES = {"korea": CAPITAL + ELSEWHERE, "capital": CAPITAL, "non_capital": ELSEWHERE}


def region(leaf: Any, facts: Facts, days: Days) -> Maybe:
    """Head office, branches, plants, or any of them; a move in time counts as the head office."""
    codes = [code for name in leaf["codes"] for code in PROVINCES.get(name, [name])]
    head = facts.get("region_codes")
    places = {
        "head_office": within([max(head, key=len)], codes) if head else None,
        "branch": within(facts.get("branch_region_codes"), codes),
        "plant": within(facts.get("plant_region_codes"), codes),
    }
    site = leaf.get("site", "head_office")
    answers = list(places.values()) if site == "any" else [places[site]]
    if leaf.get("within_months") is not None:
        move, reference = day(facts.get("moving_by")), days[leaf.get("reference", "unknown")]
        in_time = None if move is None or reference is None else move <= plus_months(reference, leaf["within_months"])
        answers.append(both([within(facts.get("moving_to"), codes), in_time]))
    return either(answers)


def within(mine: list[str] | None, codes: list[str]) -> Maybe:
    """One of my places lies in one of the codes; a place that another of mine makes finer is none of its own."""
    if mine is None:
        return None
    finest = [place for place in mine if not any(each != place and each.startswith(place) for each in mine)]
    return either(begins(place, code) for place in finest for code in codes)


SHARED = {"A", "C", "I", "C10", "I56", "J62"}
"""Of the codes that are drawn: those that mean the same in KSIC 10 and in NACE 2. KSIC 11 has the divisions of 10."""


def industry(leaf: Any, facts: Facts, days: Days) -> Maybe:
    asked, said = leaf.get("revision", "ksic10"), facts.get("industry_revision", "ksic10")
    shared = None if {asked, said} == {"ksic10", "ksic11"} else SHARED

    def under(code: str, prefix: str) -> Maybe:
        if asked == said:
            return begins(code, prefix)
        if len(prefix) == 1:
            return begins(code[:1], prefix) if shared is None or prefix in shared else None
        answer = begins(code[:3], prefix[:3]) if shared is None or prefix[:3] in shared else None
        return answer if len(prefix) == 3 or answer is False else None

    def one(code: object) -> Maybe:
        if not isinstance(code, str) or not re.fullmatch(r"[A-V](\d{0,5}|\d\d(\.\d\d?){1,2})", code):
            return None
        code = code.replace(".", "")
        wanted = either(under(code, each) for each in leaf["include"]) if leaf.get("include") else True
        return both([wanted, opposite(either(under(code, each) for each in leaf.get("exclude", ())))])

    main = one(facts.get("industry_code"))
    if leaf.get("role", "main") == "main":
        return main
    sides = facts.get("side_industry_codes")
    return either([main, None if sides is None else either(one(each) for each in sides)])


def size(leaf: Any, facts: Facts, days: Days) -> Maybe:
    bound, answers = leaf.get("bound", "inclusive"), list[Maybe]()
    group = "group_" if leaf.get("of") == "group" else ""
    average = not group and leaf.get("revenue_of") == "average"
    for name, limited in (
        (f"{group}employees", "employees_{}"),
        (f"{group}revenue_{'average_' if average else ''}won", "revenue_{}_won"),
        (f"{group}assets_won", "assets_{}_won"),
    ):
        low, high = leaf.get(limited.format("min")), leaf.get(limited.format("max"))
        if low is not None or high is not None:
            answers.append(limits(amount(facts, name), low, high, bound))
    return both(answers)


def organisation_kind(leaf: Any, facts: Facts, days: Days) -> Maybe:
    """Startup and SME overlap, so one of them says nothing sure of the other."""
    mine = facts.get("kind")
    if mine not in ("startup", "sme", "corporate", "research", "public_body", "investor", "civic"):
        return None

    def among(kinds: Any) -> Maybe:
        return (
            True if mine in kinds else None if mine in ("startup", "sme") and {"startup", "sme"} & set(kinds) else False
        )

    wanted = among(leaf["include"]) if leaf.get("include") else True
    return both([wanted, opposite(among(leaf.get("exclude", ())))])


def legal_form(leaf: Any, facts: Facts, days: Days) -> Maybe:
    mine = facts.get("legal_form")
    if mine is None:
        return None
    return (not leaf.get("include") or mine in leaf["include"]) and mine not in leaf.get("exclude", ())


def pre_founder(leaf: Any, facts: Facts, days: Days) -> Maybe:
    founded, said = day(facts.get("founded_on")), flag(facts, "registered")
    name = leaf.get("reference", "unknown")
    reference, today, registered = days[name], days["application"], None
    assert today is not None
    if founded and reference:
        registered = founded <= reference
    elif founded:  # a contract of no known day comes after today, an unknown day not before the notice
        earliest = today if name == "contract" else days["notice"]
        registered = True if earliest and founded <= earliest else None
    elif said is True and (reference >= today if reference else name == "contract"):
        registered = True
    elif said is False and reference and reference <= today:
        registered = False
    return registered if leaf.get("wanted") == "registered" else opposite(registered)


def founder_age(leaf: Any, facts: Facts, days: Days) -> Maybe:
    born, reference = day(facts.get("founder_born_on")), days[leaf.get("reference", "unknown")]
    if born is None or reference is None or reference < born:
        return None
    age = 0
    while born_later(born, age + 1) <= reference:
        age += 1
    bound = leaf.get("bound", "inclusive")
    return either(limits(age, band.get("min_years"), band.get("max_years"), bound) for band in leaf["bands"])


def born_later(born: Day, years: int) -> Day:
    """Who is born on 29 February is a year older when February is over."""
    year, month, number = born[0] + years, born[1], born[2]
    return (year, month, number) if number <= last_of(year, month) else (year, 3, 1)


def stage(leaf: Any, facts: Facts, days: Days) -> Maybe:
    answers = list[Maybe]()
    if leaf.get("stages"):
        answers.append(facts["stage"] in leaf["stages"] if "stage" in facts else None)
    if leaf.get("trl_min") is not None or leaf.get("trl_max") is not None:
        answers.append(limits(amount(facts, "trl"), leaf.get("trl_min"), leaf.get("trl_max"), "inclusive"))
    return both(answers)


def co_funding(leaf: Any, facts: Facts, days: Days) -> Maybe:
    mine, least = amount(facts, "own_share"), leaf["share_min"]
    if mine is None:
        return None
    return mine >= least - 1e-9 if leaf.get("of", "total") == "total" else mine * (1 + least) >= least - 1e-9


def statement(leaf: Any, facts: Facts, days: Days) -> Maybe:
    said = facts.get("statements", {}).get(leaf["key"])
    return None if said is None else said is leaf.get("wanted", True)


def disqualification(leaf: Any, facts: Facts, days: Days) -> Maybe:
    return both(opposite(flag(facts, name)) for name in leaf["of"])


def order_of_acts(leaf: Any, facts: Facts, days: Days) -> Maybe:
    act = day(facts.get("contract_signed_on" if leaf.get("before") == "contract" else "work_started_on"))
    today = days["application"]
    return None if act is None or today is None else today < act


def recommendation(leaf: Any, facts: Facts, days: Days) -> Maybe:
    mine = facts.get("recommendations")
    return None if mine is None else bool({bare(each) for each in mine} & {bare(each) for each in leaf["bodies"]})


def bare(name: str) -> str:
    """Names are compared without spaces and case."""
    return re.sub(r"\s", "", name).lower()


def certificate(leaf: Any, facts: Facts, days: Days) -> Maybe:
    held, reference = facts.get("certificates"), days[leaf.get("reference", "unknown")]
    if held is None:
        return None

    def valid(entry: Any) -> Maybe:
        if "expires_on" in entry and entry["expires_on"] is None:
            return True
        last = day(entry.get("expires_on"))
        return None if last is None or reference is None else reference <= last

    def has(name: str) -> Maybe:
        return either(
            valid(each) for each in held if re.sub("[-_]", "", bare(each["name"])) == re.sub("[-_]", "", bare(name))
        )

    answers = [has(name) for name in leaf["names"]]
    return either(answers) if leaf.get("how", "any") == "any" else both(answers)


def preference(leaf: Any, facts: Facts, days: Days) -> Maybe:
    return True


def prose(leaf: Any, facts: Facts, days: Days) -> Maybe:
    return None

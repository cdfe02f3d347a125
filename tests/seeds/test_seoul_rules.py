"""The reference programmes as rules: every structured criterion is typed, and the demo founder sees each verdict."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from madang_matching.eligibility import evaluate, parse_rules
from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.profile import read_facts
from madang_matching.records import Call, Organisation
from madang_seeds.packed import read_json, read_toml
from madang_seeds.records import NodeRecord
from madang_seeds.seoul.data_set import data_set
from madang_seeds.seoul.rules import condition_rule, programme_rules

DAY = date(2026, 11, 24)
PROGRAMMES = read_json("seoul_programmes.json")["programmes"]
ENGLISH = read_toml("seoul_programmes_en.toml")


def leaves(rule: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "kind" in rule:
        yield rule
        return
    for word in ("all", "any"):
        for part in rule.get(word, ()):
            yield from leaves(part)
    if "not" in rule:
        yield from leaves(rule["not"])


def conditions() -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Programme, condition as noted, condition as rule."""
    for facts in PROGRAMMES:
        english = ENGLISH[facts["key"]]["conditions"]
        for condition, text_en in zip(facts["conditions"], english, strict=True):
            yield facts["key"], condition, condition_rule(facts["key"], condition, text_en)


def test_all_81_structured_conditions_of_95_are_typed() -> None:
    noted = list(conditions())
    structured = [(condition, rule) for _, condition, rule in noted if condition["structured"] is not None]
    typed = [rule for _, rule in structured if all(leaf["kind"] != "prose" for leaf in leaves(rule))]
    assert (len(PROGRAMMES), len(noted), len(structured), len(typed)) == (29, 95, 81, 81)
    rest = Counter(rule["kind"] for _, condition, rule in noted if condition["structured"] is None)
    assert rest == {"prose": 10, "preference": 4}


def test_every_rule_is_read_strictly_and_keeps_its_sentence() -> None:
    for facts in PROGRAMMES:
        rules = programme_rules(facts["key"], facts["conditions"], ENGLISH[facts["key"]]["conditions"])
        parse_rules(rules)
        said = {condition["text_ko"] for condition in facts["conditions"]}
        assert {leaf["source_text"] for leaf in leaves(rules)} == said
        assert {leaf["kind"] for leaf in leaves(rules)} <= set(KINDS)


def test_no_statement_is_left_over_and_none_is_missing() -> None:
    used = {leaf["key"] for _, _, rule in conditions() for leaf in leaves(rule) if leaf["kind"] == "statement"}
    for record in nodes("Call"):
        used |= {leaf["key"] for leaf in leaves(json.loads(record["rules"])) if leaf["kind"] == "statement"}
    assert used == set(read_toml("seoul_statements.toml")["statements"])


@cache
def records() -> list[NodeRecord]:
    rows = (row for table in data_set(DAY).tables for row in table.rows())
    return [record for row in rows for record in row.records if isinstance(record, NodeRecord)]


def nodes(label: str) -> list[Mapping[str, Any]]:
    return [record.properties for record in records() if record.label == label]


def demo(name: str, **facts: Any) -> Organisation:
    properties = next(each for each in nodes("Organisation") if each["name_ko"] == name)
    stored = {key: said["value"] for key, said in json.loads(properties["facts"]).items()}
    read_facts(stored)
    names = ("kind", "founded_on", "employees", "revenue_won", "industry_code", "stage", "trl")
    return Organisation(
        "org", region_codes=("11545", "11"), facts={**stored, **facts}, **{each: properties[each] for each in names}
    )


def call_of(properties: Mapping[str, Any]) -> Call:
    names = ("name_ko", "noticed_on", "opens_at", "closes_at", "rolling")
    return Call("call", rules=json.loads(properties["rules"]), **{each: properties[each] for each in names})


@pytest.mark.parametrize("label", ["Programme", "Call"])
def test_each_of_the_29_programmes_and_its_call_names_its_year_and_a_public_place(label: str) -> None:
    real = [each for each in nodes(label) if not each["synthetic"]]
    years = {facts["key"]: facts["year"] for facts in PROGRAMMES}
    assert len(real) == 29
    assert Counter(each["as_of_year"] for each in real) == Counter(years.values())
    assert [each["name_ko"] for each in real if not re.search(r"[a-z0-9-]+\.[a-z]{2,}", each["source_note"])] == []


@pytest.mark.parametrize("real", [True, False])
def test_the_demo_founder_sees_each_verdict_among_examples_and_not_only_check_among_real_ones(real: bool) -> None:
    founder = demo("새마루비전")
    calls = [call_of(each) for each in nodes("Call") if each["synthetic"] is not real]
    verdicts = {evaluate(call.rules, founder, call, DAY)[0] for call in calls}
    assert verdicts >= ({"check", "not_eligible"} if real else {"eligible", "check", "not_eligible"})


def test_the_course_for_young_founders_fails_on_the_own_share_only_and_the_fix_works() -> None:
    call = next(call_of(each) for each in nodes("Call") if "청년 창업 사업화 과정" in each["name_ko"])
    verdict, found = evaluate(call.rules, demo("새마루비전"), call, DAY)
    assert verdict == "not_eligible"
    assert [each.kind for each in found if each.verdict != "eligible"] == ["co_funding"]
    assert evaluate(call.rules, demo("새마루비전", own_share=0.3), call, DAY)[0] == "eligible"


def test_what_invented_firms_answered_can_be_read_and_makes_some_of_them_smes_for_certain() -> None:
    verdicts: Counter[str] = Counter()
    rule = {"kind": "sme", "definition": "kr", "wanted": ["sme"]}
    for properties in nodes("Organisation"):
        if properties["kind"] not in ("startup", "sme"):
            assert properties["facts"] is None
            continue
        facts = {key: said["value"] for key, said in json.loads(properties["facts"] or "{}").items()}
        read_facts(facts)
        firm = Organisation("org", properties["kind"], industry_code=properties["industry_code"], facts=facts)
        verdicts[evaluate(rule, firm, Call("call"), DAY)[0]] += 1
    assert min(verdicts.values()) >= 3
    assert verdicts["eligible"] >= 50

"""What every kind of condition promises, on random conditions and applicants."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.eligibility import describe_rules, evaluate, parse_rules
from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import Dates
from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.profile import FIELDS, STATEMENT
from madang_matching.eligibility.requirement import APPLICATION_DAY, Requirement, changed
from madang_matching.eligibility.verdicts import number_of
from madang_matching.errors import RuleError

from tests.eligibility_kinds import FACTS, LEAVES, TODAY, draw_leaf, draw_organisation
from tests.matching.builders import make_call, make_organisation

SEEDS = st.integers(0, 2**40)
KIND_NAMES = pytest.mark.parametrize("kind", list(KINDS))


def draw(seed: int, kind: str) -> tuple[Random, Requirement, Applicant, Dates]:
    random = Random(seed)
    leaf = draw_leaf(random, kind)
    day = TODAY + timedelta(days=random.randint(-3, 3))
    noticed, closing = TODAY - timedelta(days=random.choice((0, 20))), TODAY + timedelta(days=random.choice((0, 26)))
    dates = Dates(day, random.choice((None, noticed, noticed)), noticed, random.choice((None, closing, closing)))
    return random, KINDS[kind].read(leaf, "rules"), Applicant(draw_organisation(random)), dates


def test_every_kind_and_every_field_is_drawn() -> None:
    assert list(LEAVES) == list(KINDS)
    own = {"region_codes", "kind"}
    assert set(FACTS) | own == set(FIELDS)


@KIND_NAMES
@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_all_at_once_is_the_same_as_one_by_one(kind: str, seed: int) -> None:
    random, requirement, _, dates = draw(seed, kind)
    applicants = [Applicant(draw_organisation(random)) for _ in range(30)]
    expected = [number_of(requirement.check(each, dates).verdict) for each in applicants]
    answers = requirement.check_many(Columns(applicants), dates)
    assert answers.dtype.name == "int8"
    assert answers.tolist() == expected


@KIND_NAMES
@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_each_way_turns_the_condition_and_needs_all_its_changes(kind: str, seed: int) -> None:
    _, requirement, applicant, dates = draw(seed, kind)
    before = requirement.check(applicant, dates).verdict
    for wanted, aim in ((True, "eligible"), (False, "not_eligible")):
        ways = requirement.changes(applicant, dates, wanted)
        assert before != aim or not ways
        for way in ways:
            assert requirement.check(*changed(applicant, dates, way)).verdict == aim
            for change in way:
                rest = [each for each in way if each is not change]
                assert requirement.check(*changed(applicant, dates, rest)).verdict != aim
                known = change.field in FIELDS or change.field.startswith(STATEMENT) or change.field == APPLICATION_DAY
                assert known


@KIND_NAMES
@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_between_turning_days_nothing_changes(kind: str, seed: int) -> None:
    _, requirement, applicant, dates = draw(seed, kind)
    turning = set(requirement.turning_days(applicant, dates))
    days = [TODAY + timedelta(days=step) for step in range(-8, 9)]
    around = sorted({*days, *(day + timedelta(days=step) for day in turning for step in (-1, 0, 1))})
    said = [requirement.check(applicant, dates._replace(today=day)).verdict for day in around]
    for index, day in enumerate(around[1:], start=1):
        assert said[index] == said[index - 1] or any(around[index - 1] < each <= day for each in turning)


@KIND_NAMES
@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_it_reads_only_the_fields_it_names_and_speaks_both_languages(kind: str, seed: int) -> None:
    _, requirement, applicant, dates = draw(seed, kind)
    finding = requirement.check(applicant, dates)
    only = Applicant(None, {name: applicant.value(name) for name in requirement.fields})
    assert requirement.check(only, dates) == finding
    assert set(finding.missing) <= set(requirement.fields)
    assert not finding.missing or finding.verdict == "check"
    said = (*finding.mine, *requirement.sentence())
    assert all(said)
    assert not any(mark in text for text in said for mark in ("과(와)", "은(는)", "이(가)", "을(를)", "(으)로"))


@KIND_NAMES
@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_who_says_nothing_is_to_check_and_never_out(kind: str, seed: int) -> None:
    _, requirement, _, dates = draw(seed, kind)
    expected = "eligible" if kind == "preference" else "check"
    assert requirement.check(Applicant(), dates).verdict == expected


_HOSTILE: tuple[Any, ...] = (
    -1, 10**400, float("nan"), float("inf"), True, "x" * 10_000, "", [], [None], [[]], {}, {"a": 1}, ["\x00"], "١٢",
    [10**400], {"kind": "preference"},
)  # fmt: skip


def refusal_of(rules: Any) -> RuleError | None:
    try:
        parse_rules(rules)
    except RuleError as error:
        return error
    return None


@KIND_NAMES
@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_a_hostile_leaf_is_read_or_refused_with_its_place(kind: str, seed: int) -> None:
    random = Random(seed)
    leaf = draw_leaf(random, kind)
    for name in random.sample(sorted({each.name for each in KINDS[kind].inputs} or {"text_ko"}), 1):
        leaf[name] = random.choice(_HOSTILE)
    answer, conditions = evaluate(leaf, draw_organisation(random), make_call(), TODAY)
    assert answer in ("eligible", "check", "not_eligible")
    assert conditions[0].required_ko
    refused = refusal_of(leaf)
    if refused is not None:
        assert refused.path.startswith("rules")
        assert len(str(refused)) < 500


@KIND_NAMES
@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_hostile_facts_are_unknown(kind: str, seed: int) -> None:
    random, requirement, _, dates = draw(seed, kind)
    facts = {name: random.choice(_HOSTILE) for name in FIELDS}
    applicant = Applicant(make_organisation(facts=facts), facts)
    assert requirement.check(applicant, dates).verdict in ("eligible", "check", "not_eligible")
    requirement.changes(applicant, dates, True)
    requirement.turning_days(applicant, dates)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_input_has_labels_and_a_form(kind: str) -> None:
    for field in KINDS[kind].inputs:
        assert all((field.ko, field.en))
        assert field.type != "word" or field.options
    assert all((KINDS[kind].ko, KINDS[kind].en))


def test_every_kind_says_itself_in_both_languages() -> None:
    lines = describe_rules({"all": [draw_leaf(Random(1), kind) for kind in KINDS]})
    assert {line.kind for line in lines} == set(KINDS)
    assert all(line.required_ko and line.required_en for line in lines)


def test_a_preference_stands_under_all_only() -> None:
    leaf = {"kind": "preference", "text_ko": "청년 대표 우대"}
    parse_rules({"all": [leaf, {"all": [leaf]}]})
    for rules in ({"not": leaf}, {"any": [leaf]}, {"all": [{"any": [{"all": [leaf]}]}]}):
        with pytest.raises(RuleError, match="rank only"):
            parse_rules(rules)
        assert evaluate(rules, make_organisation(), make_call(), TODAY)[0] == "check"


def test_ten_thousand_conditions_are_refused_with_the_place() -> None:
    rules = {"all": [{"kind": "statement", "key": "a", "text_ko": "가"}] * 10_000}
    with pytest.raises(RuleError, match="more than 1000 conditions") as caught:
        parse_rules(rules)
    assert caught.value.path == "rules.all[1000]"
    assert evaluate(rules, make_organisation(), make_call(), date(2026, 11, 24))[0] == "check"

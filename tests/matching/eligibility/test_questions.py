"""The question that helps most, and how much was checked."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from madang_matching.eligibility import best_question, checked, coverage_of, evaluate, questions
from madang_matching.eligibility.applicant import Applicant

from tests.eligibility_cases import draw_call, draw_organisation, draw_rules
from tests.matching.builders import make_call, make_organisation

TODAY = date(2026, 11, 24)
PLACE: dict[str, Any] = {"kind": "region", "codes": ["11"]}
SIZE: dict[str, Any] = {"kind": "size", "employees_max": 50}
WORDS: dict[str, Any] = {"kind": "prose", "text_ko": "가"}


def calls(*rules: Any) -> list[Any]:
    return [make_call(id=f"call_{index}", rules=each) for index, each in enumerate(rules)]


def test_the_field_that_decides_most_calls_is_asked_first() -> None:
    organisation = make_organisation(region_codes=(), employees=None)
    found = questions(calls(PLACE, SIZE, {"all": [SIZE, PLACE]}, {"any": [SIZE, WORDS]}), organisation, TODAY)
    assert [(each.field, each.calls, each.could_be_eligible) for each in found] == [
        ("employees", ("call_1", "call_2", "call_3"), ("call_1", "call_3")),
        ("region_codes", ("call_0", "call_2"), ("call_0",)),
    ]


def test_what_words_leave_open_no_answer_decides() -> None:
    assert (
        best_question(calls({"any": [WORDS, {"kind": "size", "employees_max": 5}]}), make_organisation(), TODAY) is None
    )


def test_no_question_where_nothing_is_missing() -> None:
    assert best_question(calls(PLACE, SIZE), make_organisation(), TODAY) is None


def test_a_statement_is_asked_by_its_key() -> None:
    rules = {"kind": "statement", "key": "is_holder", "text_ko": "가"}
    found = best_question(calls(rules), make_organisation(), TODAY)
    assert found is not None
    assert found.field == "statement:is_holder"


def test_every_call_that_a_question_names_is_decided_by_some_answer_and_was_open() -> None:
    asked = 0
    for seed in range(60):
        random = Random(f"question/{seed}")
        call = draw_call(random)
        rules = draw_rules(random, 6)
        organisation = draw_organisation(random, call)
        for question in questions([make_call(rules=rules, id=call.id)], organisation, TODAY):
            asked += 1
            assert evaluate(rules, organisation, make_call(), TODAY)[0] == "check"
            assert Applicant(organisation).value(question.field) is None or question.field.endswith(
                ("codes", "code", "kind", "certificates", "awards", "investments", "registered", "founded_on")
            )
    assert asked > 5


def test_coverage_counts_words_against_rules_and_leaves_out_what_only_ranks() -> None:
    rules = {"all": [PLACE, SIZE, WORDS, {"kind": "preference", "text_ko": "가점"}, {"kind": "unheard_of"}]}
    found = coverage_of(rules)
    assert (found.checkable, found.total, found.share) == (2, 4, 0.5)
    _, conditions = evaluate(rules, make_organisation(employees=None), make_call(), TODAY)
    assert checked(conditions) == (1, 4)


def test_nothing_is_checkable_where_no_rules_are_known() -> None:
    assert coverage_of({}) == (0, 1)

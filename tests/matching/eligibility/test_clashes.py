"""Contradictions are found, smallest, and never claimed of rules that somebody meets."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from madang_matching.eligibility import clashes, evaluate

from tests.eligibility_cases import draw_call, draw_organisation, draw_rules
from tests.eligibility_kinds import TODAY
from tests.matching.builders import make_call

MORE: dict[str, Any] = {"kind": "size", "employees_min": 50, "source_text": "more"}
FEWER: dict[str, Any] = {"kind": "size", "employees_max": 9, "source_text": "fewer"}
SEOUL: dict[str, Any] = {"kind": "region", "codes": ["11"], "source_text": "seoul"}
BUSAN: dict[str, Any] = {"kind": "region", "codes": ["26"], "source_text": "busan"}
WORDS: dict[str, Any] = {"kind": "prose", "text_ko": "가", "source_text": "words"}


def found(rules: Any) -> list[set[str]]:
    return [{leaf.source_text for leaf in clash} for clash in clashes(rules, make_call())]


def test_rules_that_can_be_met_do_not_clash() -> None:
    assert found({"all": [MORE, SEOUL, WORDS]}) == []
    assert found({"any": [{"all": [MORE, FEWER]}, SEOUL]}) == []


def test_every_pair_that_clashes_is_named() -> None:
    assert found({"all": [MORE, SEOUL, FEWER, WORDS, {"all": [BUSAN]}]}) == [{"more", "fewer"}, {"seoul", "busan"}]


def test_a_rule_and_its_opposite_clash() -> None:
    assert found({"all": [SEOUL, {"not": SEOUL}]}) == [{"seoul"}]


def test_a_choice_that_leaves_no_way_open_is_a_clash_of_its_own() -> None:
    shut = {"any": [{"all": [MORE, FEWER]}, {"all": [BUSAN, {"not": BUSAN}]}]}
    assert found({"all": [SEOUL, shut]}) == [{"more", "fewer"}, {"busan"}]


def test_three_that_clash_only_together_are_one_set() -> None:
    either = {"any": [{**FEWER, "source_text": "either"}, {**BUSAN, "source_text": "or"}]}
    assert found({"all": [WORDS, SEOUL, MORE, either]}) == [{"seoul", "more", "either", "or"}]


def test_of_a_choice_every_way_is_explained() -> None:
    assert found({"any": [{"all": [MORE, FEWER]}, {"all": [SEOUL, BUSAN]}]}) == [{"more", "fewer"}, {"seoul", "busan"}]


@pytest.mark.parametrize("seed", range(120))
def test_what_somebody_meets_is_never_called_a_contradiction(seed: int) -> None:
    random = Random(f"clash/{seed}")
    call = draw_call(random)
    rules = draw_rules(random, 6)
    if clashes(rules, call):
        for number in range(200):
            organisation = draw_organisation(random, call, number)
            assert evaluate(rules, organisation, call, TODAY)[0] != "eligible"

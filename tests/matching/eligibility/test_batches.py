"""All verdicts at once are the verdicts one by one."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from madang_matching.eligibility import evaluate, read_rules, verdicts
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import dates_of
from madang_matching.eligibility.verdicts import number_of

from tests.eligibility_cases import draw_call, draw_organisation, draw_rules
from tests.eligibility_kinds import TODAY


def test_a_batch_says_what_evaluate_says() -> None:
    random = Random("batch")
    calls = [draw_call(random, number) for number in range(60)]
    rules = [read_rules(draw_rules(random, 8)) for _ in calls]
    organisations = [draw_organisation(random, random.choice(calls), number) for number in range(80)]
    answers = verdicts(rules, Columns.of(organisations), [dates_of(call, TODAY) for call in calls])
    expected = [
        [number_of(evaluate(rule, organisation, call, TODAY)[0]) for rule, call in zip(rules, calls, strict=True)]
        for organisation in organisations
    ]
    assert answers.dtype == np.int8
    assert answers.tolist() == expected
    assert {0, 1, 2} == set(answers.ravel().tolist())


def test_no_organisations_and_no_calls_are_answered() -> None:
    assert verdicts([], Columns.of([]), []).shape == (0, 0)


def test_each_call_needs_its_days() -> None:
    with pytest.raises(ValueError, match="zip"):
        verdicts([read_rules({})], Columns.of([]), [])

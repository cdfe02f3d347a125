"""The engine agrees with the slow reference on random rules and on applicants at their bounds.

`ELIGIBILITY_EXAMPLES=20000 pytest tests/matching/eligibility/test_against_reference.py` looks at as many cases.
"""

from __future__ import annotations

import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.eligibility import evaluate
from madang_matching.eligibility.kinds import KINDS

from tests.eligibility_cases import LEAVES, draw_case
from tests.eligibility_reference import CHECKS, verdict

EXAMPLES = int(os.environ.get("ELIGIBILITY_EXAMPLES", "500"))


def test_every_kind_is_drawn_and_has_a_reference() -> None:
    assert set(LEAVES) == set(CHECKS) == set(KINDS)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**40))
def test_the_engine_says_what_the_reference_says(seed: int) -> None:
    case = draw_case(Random(seed))
    today = (case.today.year, case.today.month, case.today.day)
    expected = verdict(case.rules, case.organisation, case.call, today)
    assert evaluate(case.rules, case.organisation, case.call, case.today)[0] == expected

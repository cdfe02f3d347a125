"""All verdicts at once are the verdicts one by one.

`ELIGIBILITY_EXAMPLES=20000 pytest tests/matching/eligibility/test_batches.py` looks at as many applicants of each kind.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import add
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.eligibility import evaluate, read_rules, verdicts
from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.batches import FEW
from madang_matching.eligibility.columns import Columns, Lists, Table
from madang_matching.eligibility.dates import Dates, dates_of
from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.kinds.stage import Stage
from madang_matching.eligibility.requirement import Requirement
from madang_matching.eligibility.verdicts import Verdicts, number_of
from madang_matching.records import Call

from tests.eligibility_cases import draw_call, draw_leaf, draw_organisation, draw_rules
from tests.eligibility_kinds import FACTS, PROGRAMMES, TODAY, near

EXAMPLES = int(os.environ.get("ELIGIBILITY_EXAMPLES", "200"))
TOGETHER = 50
"""Applicants of one batch."""
TODAYS = (TODAY, TODAY.replace(year=2028, month=2, day=29), TODAY.replace(month=2, day=28))


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


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=max(1, EXAMPLES // TOGETHER), deadline=None)
@given(seed=st.integers(0, 2**40))
def test_each_kind_says_of_all_what_it_says_of_each(kind: str, seed: int) -> None:
    random = Random(seed)
    call = draw_call(random)
    applicants = [_applicant(random, call) for _ in range(TOGETHER)]
    days = _days(random, call)
    columns = Columns(applicants)
    for _ in range(4):
        requirement = KINDS[kind].read(draw_leaf(random, kind), "")
        _agree(requirement, columns, applicants, days)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_answers_for_nobody_and_for_who_says_nothing(kind: str) -> None:
    random = Random(kind)
    days = _days(random, draw_call(random))
    for applicants in ([], [Applicant()], [Applicant(None, dict.fromkeys(FACTS)), Applicant(None, _empty())]):
        _agree(KINDS[kind].read(draw_leaf(random, kind), ""), Columns(applicants), applicants, days)


def _agree(requirement: Requirement, columns: Columns, applicants: list[Applicant], days: Dates) -> None:
    answers = requirement.check_many(columns, days)
    assert answers.dtype == np.int8
    assert answers.tolist() == [number_of(requirement.check(each, days).verdict) for each in applicants]


def _empty() -> dict[str, object]:
    """Lists that say "none"."""
    names = ("certificates", "investments", "awards", "recommendations", "region_codes", "branch_region_codes")
    return dict.fromkeys((*names, "plant_region_codes", "moving_to", "side_industry_codes"), ())


def _days(random: Random, call: Call) -> Dates:
    """The days of the call, now and then at an end of the calendar or on a day that most years lack."""
    ends = ("0001-01-01", "9999-12-30T15:00:00Z", "2028-02-29T00:00:00Z", "2028-02-28T15:00:00Z")
    opens, closes = (random.choice(ends) if random.random() < 0.1 else at for at in (call.opens_at, call.closes_at))
    return dates_of(replace(call, opens_at=opens, closes_at=closes), random.choice(TODAYS))


def _applicant(random: Random, call: Call) -> Applicant:
    """An applicant at the bounds of the rules, of whom some values are unusual."""
    unusual = {name: draw(random) for name, draw in UNUSUAL.items() if random.random() < 0.25}
    return Applicant(draw_organisation(random, call), unusual)


def _day(random: Random) -> str | None:
    if random.random() < 0.5:
        return random.choice(TODAYS).isoformat()
    return random.choice(("2024-02-29", "2023-02-28", "2023-03-01", "0001-01-01", "9999-12-31", near(random), None))


def _some(random: Random, draw: Callable[[Random], Any], most: int = 25) -> list[Any]:
    """A list that may be empty or long, with entries that are there twice."""
    entries = [draw(random) for _ in range(random.randint(0, most))]
    return entries + entries[: random.randint(0, 2)]


def _award(random: Random) -> dict[str, Any]:
    return {
        "programme": random.choice((*PROGRAMMES, "PRG A", " prg_B ", "ai바우처", "another")),
        "on": _day(random), "ends_on": _day(random), "state": random.choice((None, "running", "completed")),
        "regime": random.choice((None, "de_minimis", "gber")), "group": random.choice((None, "Public_Space", "prg_a")),
        "de_minimis_eur": random.choice((None, 0, 0.1, 0.7, 33_333.33, 99_999.9, 1e15)),
    }  # fmt: skip


def _investment(random: Random) -> dict[str, Any]:
    return {
        "on": _day(random), "amount_won": random.choice((None, 0, 1, 10**7, 10**8, 10**15)),
        "paid": random.choice((None, True, False)),
        "investor": random.choice((None, "TIPS_operator", "창조경제혁신 센터")),
    }  # fmt: skip


def _certificate(random: Random) -> dict[str, Any]:
    name = random.choice(("Venture", "inno_biz", "Research Lab", "main-biz"))
    return {"name": name, **random.choice(({}, {"expires_on": None}, {"expires_on": _day(random)}))}


_PLACES = ("11", "11", "1", "116", "11680", "1168010300", "41", "41135", "26", "99", "korea", "")
_TRADES = ("c26.11 ", "C", "C2", "c", "Z9", "J6201", "J62.01", "62", "C27", "I5", "K", "A", " G47", "S95")
UNUSUAL: dict[str, Callable[[Random], Any]] = {
    **dict.fromkeys(("founded_on", "founder_born_on", "moving_by", "sme_grace_until", "work_started_on"), _day),
    **dict.fromkeys(
        ("region_codes", "branch_region_codes", "plant_region_codes", "moving_to"),
        lambda random: _some(random, lambda random: random.choice(_PLACES), 4),
    ),
    "registered": lambda random: random.choice((None, True, False, 1, 0)),
    "industry_code": lambda random: random.choice(_TRADES),
    "side_industry_codes": lambda random: _some(random, lambda random: random.choice(_TRADES), 4),
    "awards": lambda random: _some(random, _award),
    "investments": lambda random: _some(random, _investment),
    "certificates": lambda random: _some(random, _certificate, 6),
    "recommendations": lambda random: _some(random, lambda random: random.choice(("TIPS operator", "a", "A ")), 4),
    "kind": lambda random: random.choice((None, "public_body", "investor", "civic")),
    "legal_form": lambda random: random.choice((None, "public", "partnership")),
    "employees": lambda random: random.choice((0, 1, 10**15, 1.0, -1, 2.5)),
    "own_share": lambda random: random.choice((0, 0.0, 1, 1.0, 0.1 + 0.2, 0.3 / 1.3 - 1e-10, 0.3 / 1.3 - 1e-8)),
}


def test_sums_of_lists_add_up_as_one_by_one() -> None:
    """Floats that are added up in another order give another sum."""
    random = Random("sums")
    lists = [[random.choice((0.1, 0.7, 1e15, 33_333.33)) for _ in range(random.randint(0, 40))] for _ in range(200)]
    entries = [amount for each in lists for amount in each]
    rows = np.repeat(np.arange(len(lists)), [len(each) for each in lists])
    table = Table(len(entries), lambda _name: entries)
    made = Lists(rows, np.array([len(each) for each in lists]), np.ones(len(lists), np.bool_), table)
    assert made.total(np.array(entries)).tolist() == [reduce(add, each, 0.0) for each in lists]


@pytest.mark.parametrize("many", [1, FEW, FEW + 1])
def test_few_are_judged_as_many_are(many: int) -> None:
    random = Random(many)
    calls = [draw_call(random, number) for number in range(30)]
    rules = [read_rules(draw_rules(random, 8)) for _ in calls]
    days = [dates_of(call, TODAY) for call in calls]
    organisations = [draw_organisation(random, random.choice(calls), number) for number in range(FEW + 1)]
    assert (
        verdicts(rules, Columns.of(organisations[:many]), days).tolist()
        == verdicts(rules, Columns.of(organisations), days)[:many].tolist()
    )


def test_a_condition_that_calls_share_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Dates] = []
    rule = {"kind": "stage", "stages": ["seed"]}
    check_many = Stage.check_many

    def counted(self: Stage, columns: Columns, dates: Dates) -> Verdicts:
        asked.append(dates)
        return check_many(self, columns, dates)

    monkeypatch.setattr(Stage, "check_many", counted)
    day = dates_of(Call("call"), TODAY)
    verdicts([read_rules(rule), read_rules({"not": rule})], Columns([Applicant()] * (FEW + 1)), [day, day])
    assert len(asked) == 1


def test_no_organisations_and_no_calls_are_answered() -> None:
    assert verdicts([], Columns.of([]), []).shape == (0, 0)


def test_each_call_needs_its_days() -> None:
    with pytest.raises(ValueError, match="zip"):
        verdicts([read_rules({})], Columns.of([]), [])

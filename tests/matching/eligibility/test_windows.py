"""Windows are exact to the day: compared day by day with the verdict itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from madang_matching.eligibility import evaluate, read_rules, timing, windows
from madang_matching.eligibility.dates import dates_of

from tests.eligibility_cases import draw_call, draw_organisation, draw_rules
from tests.eligibility_kinds import TODAY
from tests.matching.builders import make_call, make_organisation

DAY = timedelta(days=1)


def age(**fields: Any) -> dict[str, Any]:
    return {"kind": "firm_age", "bound": "inclusive", "reference": "application", **fields}


def test_one_becomes_eligible_on_the_third_anniversary_until_the_call_closes() -> None:
    organisation, call = make_organisation(founded_on="2023-12-01"), make_call()
    found = timing(age(min_years=3), organisation, call, TODAY)
    assert found.now is not None
    assert found.now == ("not_eligible", date(2026, 11, 5), date(2026, 11, 30))
    assert found.eligible == (("eligible", date(2026, 12, 1), date(2026, 12, 20)),)


def test_one_stops_being_eligible_after_the_seventh_anniversary() -> None:
    organisation, call = make_organisation(founded_on="2019-12-10"), make_call()
    found = timing(age(max_years=7), organisation, call, TODAY)
    assert found.now == ("eligible", date(2026, 11, 5), date(2026, 12, 10))
    assert found.eligible == (found.now,)
    assert timing(age(max_years=7, bound="exclusive"), organisation, call, TODAY).now == (
        "eligible", date(2026, 11, 5), date(2026, 12, 9),
    )  # fmt: skip


def test_an_anniversary_on_29_february_is_kept_on_the_28th() -> None:
    organisation = make_organisation(founded_on="2024-02-29")
    call = make_call(opens_at="2027-02-01T00:00:00Z", closes_at="2027-03-31T00:00:00Z")
    assert [tuple(each) for each in windows(age(max_years=3), organisation, call)] == [
        ("eligible", date(2027, 2, 1), date(2027, 2, 28)),
        ("not_eligible", date(2027, 3, 1), date(2027, 3, 31)),
    ]


def test_a_rolling_call_has_no_end_that_is_known() -> None:
    organisation = make_organisation(founded_on="2024-05-31")
    call = make_call(opens_at=None, closes_at=None)
    found = timing(age(min_years=3), organisation, call, TODAY)
    assert found.now is not None
    assert (found.now.verdict, found.now.last) == ("not_eligible", date(2027, 5, 30))
    assert found.eligible == (("eligible", date(2027, 5, 31), None),)


def test_a_day_outside_of_the_call_has_no_window() -> None:
    call = make_call(closes_at="2026-11-20T09:00:00Z")
    assert timing(age(max_years=7), make_organisation(), call, TODAY).now is None
    assert timing(age(max_years=7), make_organisation(), call, TODAY).eligible == ()


def test_a_call_that_closes_before_it_opens_has_no_days() -> None:
    call = make_call(opens_at="2026-12-20T00:00:00Z", closes_at="2026-12-01T00:00:00Z")
    assert windows(age(max_years=7), make_organisation(), call) == ()


def test_a_certificate_ends_with_its_last_day() -> None:
    rules = {"kind": "certificate", "names": ["venture"], "reference": "application"}
    facts = {"certificates": [{"name": "venture", "expires_on": "2026-12-03"}]}
    found = timing(rules, make_organisation(facts=facts), make_call(), TODAY)
    assert found.now == ("eligible", date(2026, 11, 5), date(2026, 12, 3))


@pytest.mark.parametrize("seed", range(150))
def test_windows_say_of_every_day_what_the_verdict_of_that_day_is(seed: int) -> None:
    random = Random(f"window/{seed}")
    call = draw_call(random)
    rule, organisation = read_rules(draw_rules(random, 8)), draw_organisation(random, call)
    found = windows(rule, organisation, call)
    dates = dates_of(call, TODAY)
    first, last = dates.opening or TODAY - 400 * DAY, dates.closing or TODAY + 400 * DAY
    for step in range((last - first).days + 1):
        day = first + step * DAY
        holding = [window.verdict for window in found if window.holds_on(day)]
        assert holding == [evaluate(rule, organisation, call, day)[0]]
    for one, other in pairwise(found):
        assert one.verdict != other.verdict
        assert one.last is not None
        assert one.last + DAY == other.first

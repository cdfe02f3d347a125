"""Which programmes overlap: laws of the measure, and each pair against a plainly written reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.eligibility import evaluate
from madang_matching.eligibility.columns import Columns
from madang_matching.overlaps import Overlap, conditions_of, conditions_side_by_side, overlaps, stacking, usable_by
from madang_matching.records import Call, Organisation

from tests.eligibility_cases import draw_call, draw_organisation, draw_rules
from tests.eligibility_kinds import TODAY
from tests.matching.builders import make_call, make_organisation

PURPOSES = ("money", "space", "equipment", "mentoring", "data", "testing")
FIRMS = [
    make_organisation(id="org_new", founded_on="2026-01-10"),
    make_organisation(id="org_old", founded_on="2010-05-10"),
    make_organisation(id="org_far", region_codes=("26110", "26")),
    make_organisation(id="org_open", founded_on=None),
]
SLOW = settings(deadline=None, max_examples=50)
SEOUL: dict[str, Any] = {"kind": "region", "codes": ["11"]}
YOUNG: dict[str, Any] = {"kind": "firm_age", "max_years": 7, "bound": "inclusive", "reference": "notice"}


def edition(programme: str, **overrides: Any) -> Call:
    """A call of three weeks from today, for young firms in Seoul."""
    values: dict[str, Any] = {
        "id": f"call_{programme}",
        "programme": programme,
        "purposes": ("money", "mentoring"),
        "rules": {"all": [SEOUL, YOUNG]},
        "opens_at": f"{TODAY}T00:00:00Z",
        "closes_at": f"{TODAY + timedelta(days=20)}T09:00:00Z",
    }
    return make_call(**(values | overrides))


def pair(one: Call, other: Call, firms: list[Organisation] = FIRMS) -> Overlap | None:
    found = overlaps([one, other], Columns.of(firms), TODAY, least=0)
    return found[0] if found else None


def drawn(seed: int, count: int) -> tuple[list[Call], list[Organisation]]:
    """Random editions of a few programmes; some have ended, some are rolling, some have no rules or no days."""
    random = Random(seed)
    calls: list[Call] = []
    for number in range(count):
        call = draw_call(random, number)
        moved = random.choice((0, 0, 0, -200, -365, 400))
        calls.append(
            replace(
                call,
                programme=f"prg_{random.randint(1, max(count // 2, 2))}",
                purposes=tuple(random.sample(PURPOSES, random.randint(0, 3))),
                rules=draw_rules(random, 3) if random.random() < 0.9 else {},
                rolling=random.random() < 0.2,
                closes_at=_moved(call.closes_at, moved) if random.random() < 0.8 else None,
                opens_at=_moved(call.opens_at, moved),
                noticed_on=_moved(call.noticed_on, moved),
            )
        )
    return calls, [draw_organisation(random, calls[0], number) for number in range(12)]


def _moved(text: str | None, days: int) -> str | None:
    return text and (date.fromisoformat(text[:10]) + timedelta(days=days)).isoformat() + text[10:]


# laws


@SLOW
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_the_order_of_calls_changes_nothing(seed: int, count: int) -> None:
    calls, firms = drawn(seed, count)
    turned = list(reversed(calls))
    one, other = (overlaps(each, Columns.of(firms), TODAY, least=0) for each in (calls, turned))
    assert [_named(each, calls) for each in one] == [_named(each, turned) for each in other]


def _named(each: Overlap, calls: list[Call]) -> tuple[Any, ...]:
    return calls[each.first].id, calls[each.second].id, each.degree, each.both, each.days, each.months


@SLOW
@given(st.integers(0, 10**6), st.integers(2, 12))
def test_every_share_lies_between_nought_and_one_and_each_pair_stands_once(seed: int, count: int) -> None:
    calls, firms = drawn(seed, count)
    found = overlaps(calls, Columns.of(firms), TODAY, least=0)
    programmes = [(calls[each.first].programme, calls[each.second].programme) for each in found]
    assert len(set(programmes)) == len(programmes)
    assert all(one < other for one, other in programmes)
    assert [each.degree for each in found] == sorted((each.degree for each in found), reverse=True)
    for each in found:
        assert 0 < each.degree <= 1
        assert all(0 < share <= 1 for share in (each.purposes, each.target, each.time))
        assert 0 <= each.conditions <= 1
        assert 0 <= each.certain <= each.both <= each.either <= len(firms)
        assert set(calls[each.first].purposes) & set(calls[each.second].purposes)


@SLOW
@given(st.integers(0, 10**6))
def test_two_programmes_that_are_alike_have_degree_one(seed: int) -> None:
    random = Random(seed)
    rules = draw_rules(random, 5)
    call = edition("prg_a", rules=rules, purposes=tuple(random.sample(PURPOSES, random.randint(1, 6))))
    found = pair(call, replace(call, id="call_b", programme="prg_b"), [draw_organisation(random, call)])
    assert found is not None
    if conditions_of(rules):
        assert found.degree == pytest.approx(1)
    else:
        assert found.target == pytest.approx(0.5)


@SLOW
@given(st.integers(0, 10**6), st.integers(2, 10))
def test_a_bar_on_the_degree_only_leaves_out(seed: int, count: int) -> None:
    calls, firms = drawn(seed, count)
    everything = overlaps(calls, Columns.of(firms), TODAY, least=0)
    assert list(overlaps(calls, Columns.of(firms), TODAY, least=0.5)) == [
        each for each in everything if each.degree >= 0.5
    ]


# against a plain reading


@SLOW
@given(st.integers(0, 10**6), st.integers(2, 10))
def test_the_degree_is_what_one_counts_by_hand(seed: int, count: int) -> None:
    calls, firms = drawn(seed, count)
    for each in overlaps(calls, Columns.of(firms), TODAY, least=0):
        one, other = calls[each.first], calls[each.second]
        left = [{firm.id for firm in firms if _may(call, firm)} for call in (one, other)]
        assert (each.both, each.either) == (len(left[0] & left[1]), len(left[0] | left[1]))
        asked = [set(conditions_of(call.rules)) for call in (one, other)]
        conditions = _jaccard(*asked)
        target = each.both / each.either * (1 + conditions) / 2 if each.either else conditions
        purposes = _jaccard(set(one.purposes), set(other.purposes))
        assert each.target == pytest.approx(target)
        assert each.degree == pytest.approx((purposes * target * each.time) ** (1 / 3))
        certain, usable = usable_by(one, other, Columns.of(firms), TODAY)[::-1]
        assert [len(usable), len(certain)] == [each.both, each.certain]
        assert {firms[place].id for place in usable} == left[0] & left[1]


def _may(call: Call, firm: Organisation) -> bool:
    """Judged as if the call was announced, opened and closed today, and the contract signed."""
    noon = f"{TODAY}T03:00:00Z"
    day = TODAY.isoformat()
    today = replace(call, noticed_on=day, opens_at=noon, closes_at=noon, contract_on=day)
    return evaluate(call.rules, firm, today, TODAY)[0] != "not_eligible"


def _jaccard(one: set[Any], other: set[Any]) -> float:
    return len(one & other) / len(one | other) if one | other else 0


# purposes, firms, days


def test_other_purposes_are_no_overlap() -> None:
    assert pair(edition("prg_a", purposes=("money",)), edition("prg_b", purposes=("space",))) is None
    assert pair(edition("prg_a", purposes=()), edition("prg_b", purposes=())) is None


def test_two_editions_of_one_programme_are_no_overlap() -> None:
    assert pair(edition("prg_a"), edition("prg_a", id="call_b")) is None


def test_programmes_that_no_firm_can_use_both_do_not_overlap() -> None:
    busan = edition("prg_b", rules={"all": [{"kind": "region", "codes": ["26"]}, YOUNG]})
    assert pair(edition("prg_a"), busan) is None


def test_firms_in_common_count_and_conditions_in_common_lift_them() -> None:
    looser = edition("prg_b", rules={"all": [SEOUL]})
    found = pair(edition("prg_a"), looser)
    assert found is not None
    # org_new and org_open may apply to both, org_old to the looser one; org_far to neither.
    assert (found.both, found.either, found.certain) == (2, 3, 1)
    assert found.conditions == pytest.approx(0.5)
    assert found.target == pytest.approx(2 / 3 * 1.5 / 2)


def test_rules_that_nobody_wrote_down_are_no_condition_in_common() -> None:
    found = pair(edition("prg_a", rules={}), edition("prg_b", rules={}))
    assert found is not None
    assert (found.conditions, found.target) == (0, 0.5)


@SLOW
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_days_in_common_are_those_of_both_and_count_against_the_shorter_window(one: int, other: int, gap: int) -> None:
    start = TODAY + timedelta(days=gap)
    first = edition("prg_a", closes_at=f"{TODAY + timedelta(days=one)}T03:00:00Z")
    second = edition("prg_b", opens_at=f"{start}T03:00:00Z", closes_at=f"{start + timedelta(days=other)}T03:00:00Z")
    days = {TODAY + timedelta(days=n) for n in range(one + 1)} & {start + timedelta(days=n) for n in range(other + 1)}
    found = pair(first, second)
    if days:
        assert found is not None
        assert found.days is not None
        assert (found.days.first, found.days.last, found.days.days) == (min(days), max(days), len(days))
        assert found.time >= len(days) / (min(one, other) + 1)
        assert found.time == pytest.approx(max(len(days) / (min(one, other) + 1), 0.5 * _season(first, second)))
    else:
        assert found is None or (found.days is None and found.time <= 0.5)


def _season(*calls: Call) -> float:
    months: list[set[int]] = []
    for call in calls:
        first, last = (date.fromisoformat((text or "")[:10]) for text in (call.opens_at, call.closes_at))
        months.append({(first + timedelta(days=n)).month for n in range((last - first).days + 1)})
    return len(months[0] & months[1]) / min(map(len, months))


def test_the_same_season_of_editions_that_ended_counts_half() -> None:
    one = edition("prg_a", opens_at="2024-03-02T00:00:00Z", closes_at="2024-03-20T09:00:00Z")
    other = edition("prg_b", opens_at="2025-03-10T00:00:00Z", closes_at="2025-04-20T09:00:00Z")
    found = pair(one, other)
    assert found is not None
    assert (found.time, found.days, found.months) == (0.5, None, (3,))
    autumn = edition("prg_b", opens_at="2025-09-10T00:00:00Z", closes_at="2025-10-20T09:00:00Z")
    assert pair(one, autumn) is None


def test_days_that_are_over_are_a_season_and_no_days_in_common() -> None:
    ended: dict[str, Any] = {"opens_at": "2026-03-02T00:00:00Z", "closes_at": "2026-03-20T09:00:00Z"}
    found = pair(edition("prg_a", **ended), edition("prg_b", **ended))
    assert found is not None
    assert (found.time, found.days) == (0.5, None)


def test_without_days_nothing_is_said() -> None:
    unknown: dict[str, Any] = {"noticed_on": None, "opens_at": None, "closes_at": None}
    assert pair(edition("prg_a", **unknown), edition("prg_b", **unknown)) is None
    assert pair(edition("prg_a"), edition("prg_b", **unknown)) is None


def test_a_rolling_call_overlaps_with_all_that_open_after_it() -> None:
    rolling: dict[str, Any] = {"closes_at": None, "rolling": True, "opens_at": "2023-01-02T00:00:00Z"}
    found = pair(edition("prg_a", **rolling), edition("prg_b"))
    assert found is not None
    assert found.days is not None
    assert (found.time, found.days.days, found.days.open_ended) == (1, 21, False)
    both = pair(edition("prg_a", **rolling), edition("prg_b", **rolling))
    assert both is not None
    assert both.days is not None
    assert (both.time, both.days.open_ended) == (1, True)


def test_of_several_editions_the_pair_that_overlaps_most_speaks() -> None:
    late = edition("prg_a", id="call_late", opens_at="2027-01-02T00:00:00Z", closes_at="2027-01-20T00:00:00Z")
    found = overlaps([late, edition("prg_a"), edition("prg_b")], Columns.of(FIRMS), TODAY)
    assert [(each.first, each.second) for each in found] == [(1, 2)]


# why


def test_conditions_side_by_side_say_what_is_asked_by_both_and_by_each() -> None:
    older = {**YOUNG, "max_years": 3}
    preferred = {"kind": "preference", "points": 3, "text_en": "Women first"}
    one = conditions_of({"all": [SEOUL, YOUNG, preferred]})
    other = conditions_of({"all": [older, {**SEOUL, "source_text": "본점이 서울"}]})
    compared = {each.kind: each for each in conditions_side_by_side(one, other)}
    assert list(compared) == ["region", "firm_age"]
    assert (len(compared["region"].both), compared["region"].first, compared["region"].second) == (1, (), ())
    assert [len(lines) for lines in (compared["firm_age"].first, compared["firm_age"].second)] == [1, 1]
    assert compared["firm_age"].both == ()
    assert conditions_side_by_side((), ()) == ()


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"programmes": ["데이터 바우처"]}, "forbidden"),
        ({"programmes": ["PRG_B"]}, "forbidden"),
        ({"programmes": ["데이터바우처"], "unless_same_plan": True}, "to_check"),
        ({"programmes": ["다른 사업"]}, "not_named"),
        ({"groups": ["public_space"]}, "to_check"),
        ({"programmes": ["데이터바우처"], "groups": ["public_space"]}, "forbidden"),
    ],
)
def test_stacking_is_what_the_rules_of_either_say_of_the_other(rule: dict[str, Any], said: str, turned: bool) -> None:
    rules = {"all": [SEOUL, {"kind": "exclusive_with", **rule}]}
    names = (["prg_a", "AI 바우처"], ["prg_b", "데이터바우처"])
    found = stacking({}, rules, *reversed(names)) if turned else stacking(rules, {}, *names)
    assert found.said == said
    assert len(found.sentences) == (said != "not_named")

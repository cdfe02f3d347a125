"""Laws of the three-valued engine, on random trees and random applicants."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from madang_matching.eligibility import evaluate, read_rules
from madang_matching.eligibility.dates import months_later
from madang_matching.eligibility.verdicts import all_of, any_of, negated
from madang_matching.records import Organisation

from tests.matching.builders import make_call, make_organisation

TODAY = date(2026, 11, 24)
VERDICTS = st.sampled_from(["eligible", "check", "not_eligible"])
DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))

LEAVES = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("firm_age"),
            "max_years": st.integers(0, 30),
            "min_years": st.none() | st.integers(0, 10),
            "bound": st.sampled_from(["inclusive", "exclusive"]),
            "reference": st.sampled_from(["notice", "opening", "closing", "unknown"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("region"),
            "codes": st.lists(st.sampled_from(["11", "11680", "11650", "41", "41135"]), min_size=1, max_size=3),
            "site": st.sampled_from(["head_office", "any", "plant"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("industry"),
            "include": st.lists(st.sampled_from(["C", "C29", "J", "J62", "J6201"]), max_size=2),
            "exclude": st.lists(st.sampled_from(["C10", "J6209", "G"]), min_size=1, max_size=2),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("size"),
            "employees_max": st.integers(0, 60),
            "revenue_min_won": st.none() | st.integers(0, 2_000_000_000),
            "bound": st.sampled_from(["inclusive", "exclusive"]),
        }
    ),
    st.just({"kind": "prose", "text_ko": "가"}),
    st.just({"kind": "unheard_of"}),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=12,
)
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "founded_on": DAYS.map(date.isoformat),
    "region_codes": st.sampled_from([("11680", "11"), ("11650", "11"), ("41135", "41")]),
    "industry_code": st.sampled_from(["C10", "C29", "G47", "J62", "J6209"]),
    "employees": st.integers(0, 80),
    "revenue_won": st.integers(0, 3_000_000_000),
}
UNKNOWN: dict[str, Any] = {
    "founded_on": None,
    "region_codes": (),
    "industry_code": None,
    "employees": None,
    "revenue_won": None,
}
COARSER: dict[str, Any] = {
    "region_codes": lambda codes: codes[1:],
    "industry_code": lambda code: code[:1],
}


@given(VERDICTS, VERDICTS, VERDICTS)
def test_kleene_laws(a: Any, b: Any, c: Any) -> None:
    assert negated(negated(a)) == a
    assert negated(all_of((a, b))) == any_of((negated(a), negated(b)))
    assert all_of((a, any_of((b, c)))) == any_of((all_of((a, b)), all_of((a, c))))
    assert all_of((a, any_of((a, b)))) == a
    assert all_of((a, all_of((b, c)))) == all_of((all_of((a, b)), c)) == all_of((c, b, a))
    assert any_of(("check", negated("check"))) == "check"


@st.composite
def applicants(draw: st.DrawFn) -> tuple[Organisation, Organisation]:
    """One organisation with everything known, and the same with some of it missing or coarser."""
    known = {name: draw(values) for name, values in KNOWN.items()}
    less = dict(known)
    for name in draw(st.sets(st.sampled_from(sorted(KNOWN)))):
        coarser = COARSER.get(name)
        less[name] = coarser(known[name]) if coarser and draw(st.booleans()) else UNKNOWN[name]
    return make_organisation(**known), make_organisation(**less)


@settings(max_examples=400, deadline=None)
@given(TREES, applicants())
def test_learning_more_never_turns_a_decided_verdict(tree: Any, pair: tuple[Organisation, Organisation]) -> None:
    full, partial = pair
    before, _ = evaluate(tree, partial, make_call(), TODAY)
    after, _ = evaluate(tree, full, make_call(), TODAY)
    assert before in ("check", after)


@settings(max_examples=200, deadline=None)
@given(TREES, applicants())
def test_not_turns_the_whole_tree_and_every_condition(tree: Any, pair: tuple[Organisation, Organisation]) -> None:
    plain, conditions = evaluate(tree, pair[1], make_call(), TODAY)
    turned, turned_conditions = evaluate({"not": tree}, pair[1], make_call(), TODAY)
    assert turned == negated(plain)
    assert [each.verdict for each in turned_conditions] == [negated(each.verdict) for each in conditions]


@settings(max_examples=200, deadline=None)
@given(TREES, applicants(), DAYS)
def test_the_day_of_looking_never_changes_the_verdict(
    tree: Any, pair: tuple[Organisation, Organisation], today: date
) -> None:
    rule = read_rules(tree)
    assert evaluate(rule, pair[0], make_call(), today)[0] == evaluate(tree, pair[0], make_call(), TODAY)[0]


@settings(max_examples=400, deadline=None)
@given(DAYS, st.integers(0, 20), st.integers(-3, 3))
def test_bounds_are_exact_to_the_day(founded: date, years: int, offset: int) -> None:
    reference = months_later(founded, 12 * years) + timedelta(days=offset)
    organisation = make_organisation(founded_on=founded.isoformat())
    call = make_call(noticed_on=reference.isoformat())
    for bound, allowed in (("inclusive", offset <= 0), ("exclusive", offset < 0)):
        rule = {"kind": "firm_age", "max_years": years, "bound": bound, "reference": "notice"}
        answer, _ = evaluate(rule, organisation, call, TODAY)
        assert answer == ("check" if reference < founded else "eligible" if allowed else "not_eligible")


@given(DAYS, st.integers(0, 40))
def test_an_anniversary_keeps_its_day_or_is_the_last_of_the_month(day: date, years: int) -> None:
    later = months_later(day, 12 * years)
    assert (later.year, later.month) == (day.year + years, day.month)
    assert later.day == day.day or (day.month, day.day, later.day) == (2, 29, 28)


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["all", "any", "not", "kind", "codes", "max_years", "source_text"]), inner
            )
        ),
        max_leaves=10,
    )
)
def test_any_json_at_all_is_answered(rules: Any) -> None:
    answer, conditions = evaluate(rules, make_organisation(), make_call(), TODAY)
    assert answer in ("eligible", "check", "not_eligible")
    assert conditions
    assert conditions[0].kind

"""Edits of rule trees: places, groups, and what can go wrong with them."""

from __future__ import annotations

from typing import Any

import pytest
from madang_matching.eligibility.kinds import KINDS
from madang_server.services import rule_trees
from madang_server.services.errors import ValidationError
from madang_server.services.rule_checks import ensure_readable
from madang_server.services.rule_texts import ValueText, leaf_of, texts_of
from madang_server.services.rule_trees import NoSuchPlaceError, walk

A: dict[str, Any] = {"kind": "prose", "text_ko": "가"}
B: dict[str, Any] = {"kind": "prose", "text_ko": "나"}
C: dict[str, Any] = {"kind": "prose", "text_ko": "다"}
TREE: dict[str, Any] = {"all": [A, {"any": [B, {"not": C}]}]}


def places(tree: dict[str, Any]) -> list[tuple[str, int, str, bool, bool]]:
    return [(one.at, one.depth, one.word, one.first, one.last) for one in walk(tree)]


def test_every_place_is_walked_from_top_to_bottom() -> None:
    assert places(TREE) == [
        ("", 0, "all", True, True),
        ("0", 1, "kind", True, False),
        ("1", 1, "any", False, True),
        ("1.0", 2, "kind", True, False),
        ("1.1", 2, "not", False, True),
        ("1.1.0", 3, "kind", True, True),
    ]


def test_each_edit_changes_its_place_and_nothing_else() -> None:
    assert rule_trees.added(TREE, "1", A) == {"all": [A, {"any": [B, {"not": C}, A]}]}
    assert rule_trees.replaced(TREE, "1.1.0", A) == {"all": [A, {"any": [B, {"not": A}]}]}
    assert rule_trees.removed(TREE, "0") == {"all": [{"any": [B, {"not": C}]}]}
    assert rule_trees.removed(TREE, "1.1.0") == {"all": [A, {"any": [B]}]}
    assert rule_trees.moved(TREE, "1", -1) == {"all": [{"any": [B, {"not": C}]}, A]}
    assert rule_trees.moved(TREE, "1", 1) == TREE
    assert rule_trees.wrapped(TREE, "0", "any") == {"all": [{"any": [A]}, {"any": [B, {"not": C}]}]}
    assert rule_trees.wrapped(TREE, "1.0", "not") == {"all": [A, {"any": [{"not": B}, {"not": C}]}]}
    assert rule_trees.unwrapped(TREE, "1") == {"all": [A, B, {"not": C}]}
    assert rule_trees.unwrapped(TREE, "1.1") == {"all": [A, {"any": [B, C]}]}
    assert TREE == {"all": [A, {"any": [B, {"not": C}]}]}


def test_what_is_empty_goes_with_its_last_condition() -> None:
    tree = {"all": [{"any": [{"not": {"all": [A]}}]}]}
    assert rule_trees.removed(tree, "0.0.0.0") == {"all": []}


@pytest.mark.parametrize("at", ["2", "0.0", "1.1.0.0", "-1", "x", "1..0", "9" * 61, "1.1.1", "٣"])
def test_a_place_that_is_not_there_is_refused(at: str) -> None:
    for edit in (lambda: rule_trees.removed(TREE, at), lambda: rule_trees.added(TREE, at, A)):
        with pytest.raises(NoSuchPlaceError):
            edit()


def test_the_top_stays() -> None:
    for edit in (
        lambda: rule_trees.removed(TREE, ""),
        lambda: rule_trees.wrapped(TREE, "", "not"),
        lambda: rule_trees.unwrapped(TREE, ""),
        lambda: rule_trees.moved(TREE, "", 1),
        lambda: rule_trees.replaced(TREE, "", A),
        lambda: rule_trees.replaced(TREE, "1", A),
        lambda: rule_trees.added(TREE, "0", A),
    ):
        with pytest.raises(NoSuchPlaceError):
            edit()


def test_stored_rules_of_any_form_get_one_top() -> None:
    assert rule_trees.read_tree(None) == {"all": []}
    assert rule_trees.read_tree("{") == {"all": []}
    assert rule_trees.read_tree("[1]") == {"all": []}
    assert rule_trees.read_tree('{"not": {"kind": "prose"}}') == {"all": [{"not": {"kind": "prose"}}]}
    assert rule_trees.write_tree({"all": []}) == "{}"


def test_broken_stored_rules_can_be_walked() -> None:
    assert places({"all": [3, {"any": 4}, {"not": None}, {}]})[-1][:3] == ("3", 1, "kind")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_condition_of_every_kind_survives_the_form(kind: str) -> None:
    """What a form shows of a leaf, sent again, is the same leaf."""
    leaf = EXAMPLES.get(kind)
    assert leaf is not None, f"Give an example of {kind}."
    ensure_readable({"all": [leaf]})
    sent = [ValueText(one["name"], one["value"]) for one in texts_of(leaf)]
    assert leaf_of(kind, sent, leaf.get("source_text"), {}) == leaf


EXAMPLES: dict[str, dict[str, Any]] = {
    "firm_age": {"kind": "firm_age", "max_years": 7, "bound": "exclusive", "reference": "notice"},
    "pre_founder": {"kind": "pre_founder", "wanted": "pre_founder", "reference": "notice"},
    "founder_age": {
        "kind": "founder_age", "bands": [{"min_years": 19, "max_years": 39}], "bound": "inclusive",
        "reference": "closing",
    },
    "region": {"kind": "region", "codes": ["11", "41"], "site": "head_office", "source_text": "서울·경기 소재"},
    "industry": {"kind": "industry", "include": ["C", "J62"]},
    "size": {"kind": "size", "employees_min": 5, "revenue_max_won": 12_000_000_000},
    "sme": {"kind": "sme", "definition": "kr", "wanted": ["small", "micro"]},
    "stage": {"kind": "stage", "stages": ["seed"], "trl_min": 4},
    "investment": {"kind": "investment", "amount_min_won": 100_000_000, "within_months": 24, "reference": "notice"},
    "co_funding": {"kind": "co_funding", "share_min": 0.25, "of": "total"},
    "organisation_kind": {"kind": "organisation_kind", "include": ["startup", "sme"]},
    "legal_form": {"kind": "legal_form", "include": ["corporation"]},
    "certificate": {"kind": "certificate", "names": ["venture"], "how": "any", "reference": "closing"},
    "disqualification": {"kind": "disqualification", "of": ["tax_arrears", "in_default"]},
    "earlier_award": {"kind": "earlier_award", "programmes": ["prg_one"], "max_times": 0},
    "exclusive_with": {"kind": "exclusive_with", "programmes": ["prg_one"], "unless_same_plan": True},
    "de_minimis": {"kind": "de_minimis", "award_eur": 50_000},
    "order_of_acts": {"kind": "order_of_acts", "before": "contract"},
    "recommendation": {"kind": "recommendation", "bodies": ["서울시"]},
    "statement": {"kind": "statement", "key": "will_hire", "text_ko": "채용 예정인가요?", "wanted": True},
    "preference": {"kind": "preference", "points": 3, "text_ko": "여성기업"},
    "prose": {"kind": "prose", "text_ko": "사업 의지가 있는 기업"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("nonsense", {}, "kind"),
        ("firm_age", {"no_such": "1"}, "values.no_such"),
        ("firm_age", {"max_years": "seven"}, "values.max_years"),
        ("firm_age", {"max_years": "nan"}, "values.max_years"),
        ("firm_age", {"max_years": "1e999"}, "values.max_years"),
        ("size", {"revenue_max_won": "much"}, "values.revenue_max_won"),
        ("size", {"employees_min": "1.5"}, "values.employees_min"),
    ],
)
def test_a_text_that_is_no_value_is_refused_at_its_field(kind: str, values: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        leaf_of(kind, [ValueText(*one) for one in values.items()], None, {})
    assert [one.field for one in refused.value.problems] == [field]


def test_what_a_form_does_not_have_stays_and_what_it_empties_goes() -> None:
    before = {"kind": "firm_age", "max_years": 7, "min_years": 1, "reference": "notice", "source_text": "7년 이내"}
    assert leaf_of("firm_age", [ValueText("min_years", "")], "", before) == {
        "kind": "firm_age",
        "max_years": 7,
        "reference": "notice",
    }
    assert leaf_of("prose", [ValueText("text_ko", "가")], None, before) == {"kind": "prose", "text_ko": "가"}


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"all": [A, {"kind": "firm_age", "max_years": -1}]}, "rules.all[1].max_years"),
        ({"all": [{"any": []}]}, "rules.all[0].any"),
        ({"any": "everything"}, "rules.any"),
        ({"kind": "prose", "all": [A]}, "rules"),
        ({"all": [{"kind": ["prose"]}]}, "rules.all[0].kind"),
        ({"all": [A] * 10_000}, "rules.all[1000]"),
    ],
)
def test_a_hostile_tree_is_refused_at_the_place(tree: dict[str, Any], path: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ensure_readable(tree)
    (problem,) = refused.value.problems
    assert problem.field == path
    assert problem.sentence.ko
    assert problem.sentence.en.endswith(".")


def test_a_tree_deeper_than_any_stack_is_refused_and_can_be_walked() -> None:
    tree: dict[str, Any] = A
    for _ in range(5_000):
        tree = {"not": tree}
    with pytest.raises(ValidationError):
        ensure_readable(tree)
    assert len(list(walk({"all": [tree]}))) == 5_002


def test_what_is_wrong_in_a_form_is_said_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        ensure_readable({"all": [A, {"kind": "firm_age", "max_years": -1}]}, "rules.all[1]")
    assert refused.value.problems[0].field == "values.max_years"
    assert refused.value.problems[0].sentence.ko == "0 이상의 수를 적어 주세요."

"""Why an entry of a list stands no higher, and the pages of suggestions that no other test's address leads to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from madang_frontend.standing import standing

from tests.frontend.test_pages import PAGES, rendered


def entry(name: str, *reasons: tuple[str, float], **more: Any) -> dict[str, Any]:
    told = [{"kind": kind, "weight": weight, "sentence": f"{name} {kind} {weight}"} for kind, weight in reasons]
    return {"node": {"id": name, "name": name}, "reasons": told, **more}


def profile(**lacks: Any) -> dict[str, Any]:
    one = {"totalCount": 1}
    known = {"openNeeds": one, "openOffers": one, "known": one, "summary": "x", "stage": "SEED"}
    return known | {"district": {"id": "d"}, "industry": {"id": "i"}} | lacks


BEST = entry("best", ("needs", 2.0), ("place", 0.5), ("needs", 0.4))


def test_the_first_of_a_list_stands_no_lower_than_anybody() -> None:
    assert standing(BEST, BEST, profile()) is None


def test_the_kind_that_differs_most_is_named_by_the_first_ones_own_words() -> None:
    found = standing(BEST, entry("third", ("needs", 1.0), ("industry", 3.0)), profile())
    assert found is not None
    assert found.more is not None
    assert found.more["sentence"] == "best needs 2.0"
    found = standing(BEST, entry("third", ("needs", 2.3), ("industry", 3.0)), profile())
    assert found is not None
    assert found.more is not None
    assert found.more["kind"] == "place"


def test_where_no_kind_weighs_more_none_is_named() -> None:
    found = standing(BEST, entry("second", ("needs", 2.4), ("place", 0.5)), profile())
    assert found is not None
    assert found.more is None
    assert not found.barred
    found = standing(entry("empty"), entry("second"), profile())
    assert found is not None
    assert found.more is None


@pytest.mark.parametrize(
    ("lacks", "missing"),
    [
        ({}, ""),
        ({"stage": None}, "stage"),
        ({"stage": None, "summary": ""}, "summary"),
        ({"openNeeds": {"totalCount": 0}, "summary": None}, "needs"),
        ({"district": None, "industry": None}, "region_codes"),
    ],
)
def test_of_what_the_profile_lacks_the_heaviest_is_named(lacks: dict[str, Any], missing: str) -> None:
    found = standing(BEST, entry("second"), profile(**lacks))
    assert found is not None
    assert found.missing == missing
    assert bool(found.address) == bool(missing)


def model(subject: str, **weights: float) -> dict[str, Any]:
    return {"features": [{"subject": subject, "name": name, "weight": each} for name, each in weights.items()]}


@pytest.mark.parametrize(
    ("told", "weights", "missing"),
    [
        ((), {"place": 2.0, "stages": 0.5}, "region_codes"),
        ((), {"place": 0.5, "stages": 2.0}, "stage"),
        # What this pair has already is no longer to be gained.
        ((("place", 1.8),), {"place": 2.0, "stages": 0.5}, "stage"),
        # What the model gives nothing for would add nothing.
        ((), {"need_answered": 4.0}, ""),
    ],
)
def test_what_would_add_most_follows_from_the_pair_and_the_model(
    told: tuple[tuple[str, float], ...], weights: dict[str, float], missing: str
) -> None:
    own = profile(district=None, stage=None)
    found = standing(BEST, entry("second", *told), own, model("PARTNERS", **weights))
    assert found is not None
    assert found.missing == missing
    # Weights of the other subject say nothing of it.
    found = standing(BEST, entry("call", *told, verdict="CHECK"), own, model("PARTNERS", **weights))
    assert found is not None
    assert found.missing == ""


def test_what_a_rule_of_the_call_waits_for_comes_first_and_calls_out_of_reach_say_so() -> None:
    waits = [{"verdict": "CHECK", "spared": False, "missing": ["employees"]}]
    found = standing(BEST, entry("call", conditions=waits, verdict="NOT_ELIGIBLE"), profile(stage=None))
    assert found is not None
    assert (found.missing, found.barred) == ("employees", True)
    assert found.address == "/my/profile#organisations-save-employees"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("query", [{}, {"done": "dismissed", "at": "1"}, {"done": "dismissed"}])
def test_the_list_of_partners_renders(language: str, query: dict[str, str], make_answer: Any) -> None:
    page = PAGES["matches/show"]
    for sparse in (False, True):
        html = rendered(page, language, make_answer(page.document, sparse=sparse), list="partners", **query)
        assert html.count("<h1") == 1
        assert not re.search(r"\sstyle=|<style|\son\w+=", html)
        assert "None" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert "details" in rendered(page, language, make_answer(page.document), list="partners", **query)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_hidden_renders_with_reason_and_day(language: str, make_answer: Any) -> None:
    page = PAGES["matches/show"]
    html = rendered(page, language, make_answer(page.document), hidden="1")
    assert html.count("/my/matches/restore") >= 4
    assert {"ko": "분야가 다름", "en": "Wrong field"}[language] in html
    assert "2026" in html


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_of_another_organisation_says_why_it_is_suggested_to_us(language: str, make_answer: Any) -> None:
    page = PAGES["organisations/show"]
    answer = make_answer(page.document)
    answer["organisation"]["isMine"] = False
    refused = rendered(page, language, answer)
    assert 'class="undo"' in refused
    for asking in answer["viewer"]["asking"]["nodes"]:
        asking["refused"]["edges"] = []
    shown = rendered(page, language, answer)
    assert 'id="why-title"' in shown
    assert "/my/matches/dismiss" in shown
    answer["organisation"]["isMine"] = True
    assert 'id="why-title"' not in rendered(page, language, answer)

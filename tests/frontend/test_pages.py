"""Every page is checked against the committed schema, and rendered with answers that hold what it selects, no more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from graphql import GraphQLSchema, parse, validate
from madang_frontend import Assets, Page, environment, load_pages, safelist

PAGES = load_pages()
ASSETS = Assets(defaultdict(lambda: "built"))
"""Any name is built: which names there are is the journeys' matter."""
ENVIRONMENTS = {language: environment(language, ASSETS) for language in ("ko", "en")}


class Form:
    """A form that was not sent."""

    sent, stale, name, kind, problems = False, False, "", "", ()

    def text(self, _name: str, saved: object = None) -> str:
        return "" if saved is None else str(saved)

    def chosen(self, _name: str, saved: Sequence[str] = ()) -> Sequence[str]:
        return saved

    def at(self, _name: str) -> list[object]:
        return []

    def differs(self, _name: str, _saved: object) -> bool:
        return False


class Facts:
    """The address of a request, as templates see it."""

    path, nonce, notices, part, signed_in, wait_s = "/some/page", "n", ("address-not-understood",), False, True, 60
    origin = "https://madang.example"

    def __init__(self, query: Mapping[str, Sequence[str]]) -> None:
        self.query = query

    def csrf(self) -> str:
        return "token"

    def value(self, name: str) -> str:
        return (self.query.get(name) or [""])[-1]

    def chosen(self, name: str) -> Sequence[str]:
        return self.query.get(name, ())

    def with_values(self, **changes: Any) -> dict[str, Any]:
        return {**self.query, **changes}

    def submitted(self, _name: str) -> Form:
        return Form()


def rendered(page: Page, language: str, answer: Mapping[str, Any], **query: str) -> str:
    facts = Facts({name: [value] for name, value in query.items()})
    people = [{"id": "per_1", "name": "민지", "role": "district_manager · 서울"}]
    return ENVIRONMENTS[language].get_template(page.template).render(answer, page=facts, demo_people=people)


@pytest.mark.parametrize("name", sorted(safelist()))
def test_document_is_valid_against_the_committed_schema(name: str, schema: GraphQLSchema) -> None:
    assert validate(schema, parse(safelist()[name])) == []


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_renders_with_all_that_it_selects(name: str, language: str, make_answer: Any) -> None:
    for enum_at in range(7):
        html = rendered(
            PAGES[name], language, make_answer(PAGES[name].document, enum_at=enum_at), q="마당", done="asked"
        )
        assert html.count("<h1") == 1


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_renders_when_all_that_may_be_missing_is(name: str, language: str, make_answer: Any) -> None:
    html = rendered(PAGES[name], language, make_answer(PAGES[name].document, sparse=True, asked=False))
    assert html.count("<h1") == 1
    assert "None" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_renders_for_nobody(name: str, make_answer: Any) -> None:
    answer = make_answer(PAGES[name].document, asked=False) | {"viewer": None}
    assert rendered(PAGES[name], "en", answer).count("<h1") == 1


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_escapes_what_the_answer_says(name: str, make_answer: Any) -> None:
    html = rendered(PAGES[name], "ko", make_answer(PAGES[name].document), q="<script>")
    assert "<&" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_has_no_inline_style_or_script(name: str, make_answer: Any) -> None:
    html = rendered(PAGES[name], "ko", make_answer(PAGES[name].document), q="마당")
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    for tag in re.findall(r"<script[^>]*>", html):
        assert "src=" in tag or 'type="application/json"' in tag


@pytest.mark.parametrize("name", sorted(PAGES))
def test_ids_of_a_page_are_unique_and_labels_point_to_them(name: str, make_answer: Any) -> None:
    html = rendered(PAGES[name], "ko", make_answer(PAGES[name].document, sparse=True))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    wanted = re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"', html)
    assert {each for value in wanted for each in value.split()} <= set(ids)

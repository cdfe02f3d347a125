"""/components shows every part, in both languages, from sample values that hold what each part selects."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import madang_frontend
import pytest
from graphql import GraphQLSchema
from madang_frontend.samples import Samples

from tests.frontend.test_pages import ENVIRONMENTS, Facts, Form

ROOT = Path(madang_frontend.__file__).parent
TEMPLATE = "pages/development/components.html"
_OF_THE_FRAME = {"section_links", "language_link", "search_dialog", "keys_dialog", "messages_button", "toasts"}
"""Stand on every page."""
_INNER = {"house", "mark", "opened", "zoom_buttons"}
"""Only other macros call them, or a canvas draws them: `opened` stands on the page of a cluster graph."""


def macros() -> set[str]:
    found: set[str] = set()
    for file in (ROOT / "parts").glob("*.html"):
        found |= set(re.findall(r"{%-? macro ([a-z]\w*)\(", file.read_text(encoding="utf-8")))
    return found - _OF_THE_FRAME - _INNER


def test_every_part_is_shown() -> None:
    text = (ROOT / TEMPLATE).read_text(encoding="utf-8")
    used = set(re.findall(r"(?:{{-?|{% call|\b)\s*([a-z]\w*)\(", text))
    assert macros() <= used, f"show them in {TEMPLATE}: {sorted(macros() - used)}"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_renders_from_samples(language: str, schema: GraphQLSchema) -> None:
    samples = Samples(schema, datetime(2026, 3, 2, tzinfo=UTC))
    html = (
        ENVIRONMENTS[language]
        .get_template(TEMPLATE)
        .render(page=Facts({}), viewer=None, sample=samples.of, at=samples.at, refused=Form())
    )
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert "None" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)

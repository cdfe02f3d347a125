"""A component is one part: template, style sheet, script and fragment of one name; its head says its parameters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.ours import ROOT

FRONTEND = ROOT / "frontend/madang_frontend"
PARTS = FRONTEND / "parts"
TEMPLATES = sorted([*PARTS.glob("*.html"), *(FRONTEND / "pages").rglob("*.html")])
FRAGMENTS_ALONE = {"desk", "eligibility", "introductions", "overlaps", "questions", "refusal"}
"""Fragments without a look of their own: several pages share them, or they would hide the rest of a document."""


def test_what_belongs_to_a_part_carries_its_name() -> None:
    named = {path.stem for path in PARTS.glob("*.html")} | FRAGMENTS_ALONE
    assert [path.name for path in PARTS.iterdir() if path.stem not in named] == []


def test_what_belongs_to_a_page_carries_its_name() -> None:
    pages = FRONTEND / "pages"
    beside = [*pages.rglob("*.css"), *pages.rglob("*.js")]
    templates = {path.relative_to(pages).with_suffix("") for path in pages.rglob("*.html")}
    documents = {path.parent.relative_to(pages) for path in pages.rglob("*.graphql")}
    strange = [p for p in beside if p.relative_to(pages).with_suffix("") not in templates]
    # A script of a page may be split into modules beside it.
    assert [str(p) for p in strange if p.suffix == ".css" or p.parent.relative_to(pages) not in documents] == []


@pytest.mark.parametrize("path", sorted(PARTS.glob("*.html")), ids=lambda path: path.stem)
def test_the_head_of_a_part_names_each_macro_with_its_parameters(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = re.match(r"\{#(.*?)#\}", text, re.DOTALL)
    assert head, "A part begins with a comment that says what it shows and what it takes."
    said = " ".join(head[1].split())
    for name, parameters in re.findall(r"\{%-? macro (\w+)\((.*?)\) -?%\}", text):
        if name.startswith("_") or path.stem == "frame":
            continue
        assert f"{name}(" in said, f"The head does not name {name}."
        for parameter in re.findall(r"(\w+)(?:=[^,]+)?", re.sub(r"=[^,]+", "", parameters)):
            assert re.search(rf"\b{parameter}\b", said), f"The head does not name {parameter} of {name}."


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FRONTEND)))
def test_a_template_has_no_inline_style_and_no_inline_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text)
    for opening in re.findall(r"<script[^>]*>", text):
        assert "src=" in opening or 'type="application/json"' in opening, opening


def test_style_sheets_take_their_colours_from_the_tokens() -> None:
    sheets = [*PARTS.glob("*.css"), *(FRONTEND / "pages").rglob("*.css"), *(FRONTEND / "styles").glob("*.css")]
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
    found = {
        f"{path.name}: {line.strip()}"
        for path in sheets
        if path.name not in {"tokens.css", "graphiql.css"}
        for line in re.sub(r"@media print \{.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).splitlines()
        if colour.search(line)
    }
    assert found == set()

"""The pages of the docs and the schema are what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from madang_graph.model.page import page as graph_page
from madang_server.api.codes import CODES
from madang_server.api.schema import build_schema
from madang_server.commands.pages import pages

from tests.architecture.ours import ROOT

DOCS = ROOT / "docs"
MADE = {"graph.md": graph_page(), **pages()}


@pytest.mark.parametrize("name", MADE)
def test_the_committed_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == MADE[name], "Make the pages anew; the first lines of each say how."


def test_the_committed_schema_is_what_the_code_says() -> None:
    committed = Path(ROOT / "server/madang_server/api/schema.graphql").read_text("utf-8")
    assert committed.strip() == build_schema().as_str().strip(), (
        "python -m madang_server.api.schema > server/madang_server/api/schema.graphql"
    )


def test_every_code_that_is_given_is_in_the_table() -> None:
    given = re.compile(
        r'(?:"code": |code = |code=|InvalidDocumentError\(\s*|RefusedError\(\d+, |Error, )"([A-Z][A-Z_]+)"'
        r'|_refusal\(\d+, "([A-Z_]+)"|_formatted\(error, "([A-Z_]+)"'
    )
    found: set[str] = set()
    for path in [*(ROOT / "server/madang_server/api").glob("*.py"), ROOT / "server/madang_server/security/errors.py"]:
        found |= {code for groups in given.findall(path.read_text("utf-8")) for code in groups if code}
    assert found == {code for code, _, _ in CODES}


def test_settings_and_commands_say_what_they_are_for() -> None:
    rows = [line for line in MADE["settings.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 10
    assert [row for row in rows if row.endswith("|  |")] == []
    assert [line for line in MADE["commands.md"].splitlines() if line.startswith("- ") and line.endswith(": ")] == []

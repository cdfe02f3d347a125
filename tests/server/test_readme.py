"""The README's lists of commands and settings say what the code says."""

from __future__ import annotations

import re
from typing import Any

from madang_server.commands import command_line
from madang_server.settings import PROJECT_FOLDER, Settings, variable_of
from typer.main import get_command

README = (PROJECT_FOLDER / "README.md").read_text(encoding="utf-8")


def leaves(command: Any, path: str) -> set[str]:
    inner = getattr(command, "commands", {})
    return set().union(*(leaves(each, f"{path} {name}") for name, each in inner.items())) if inner else {path}


def test_the_readme_lists_every_command() -> None:
    assert set(re.findall(r"^\| `(madang [a-z ]+)` \|", README, re.MULTILINE)) == leaves(
        get_command(command_line()), "madang"
    )


def settings_table() -> str:
    """Return the table as the README must have it."""
    rows = ["| variable | meaning |", "|---|---|"]
    rows += [f"| `{variable_of(name)}` | {field.description} |" for name, field in Settings.model_fields.items()]
    return "\n".join(rows)


def test_the_readme_has_the_settings_table_that_the_settings_make() -> None:
    assert settings_table() in README, f"put this into the README:\n{settings_table()}"

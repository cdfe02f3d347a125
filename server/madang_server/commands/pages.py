"""The reference pages of the docs, made from what they describe: settings, commands, error codes.

`python -m madang_server.commands.pages FOLDER` writes them; a test compares them with the committed files.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

_MADE = "Made by `python -m madang_server.commands.pages docs`; edit the source, not this page.\n"


def settings_page() -> str:
    """Return `settings.md`: each variable with its default and its docstring."""
    from madang_server.settings import PREFIX, Settings

    rows = ["| variable | default | what it says |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or f"{PREFIX}{name.upper()}")
        rows.append(f"| `{variable}` | {_default(name, field)} | {' '.join((field.description or '').split())} |")
    head = "# Settings\n\nRead from the environment and from one `.env` in the project's folder."
    return "\n".join([head, _MADE, *rows, ""])


def _default(name: str, field: FieldInfo) -> str:
    if name == "data_dir":
        return "`.madang` in the project's folder"
    value: Any = field.get_default(call_default_factory=True)
    text = "" if value is None else str(value)
    return f"`{text}`" if text else "unset"


def commands_page() -> str:
    """Return `commands.md`: each command with its arguments and options."""
    import typer.main

    from madang_server.commands import command_line

    root: Any = typer.main.get_command(command_line())
    parts = ["# Commands\n", "Each takes `--help`.", _MADE]
    parts += _commands(root, "./madang")
    return "\n".join(parts)


def _commands(group: Any, prefix: str) -> list[str]:
    parts: list[str] = []
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            parts += _commands(command, f"{prefix} {name}")
            continue
        words = [f"[{p.name.upper()}]" for p in command.params if p.param_type_name == "argument"]
        parts.append(f"## `{' '.join([prefix, name, *words])}`\n")
        parts.append(inspect.cleandoc(command.help or "").split("\f")[0] + "\n")
        options = [p for p in command.params if p.param_type_name == "option"]
        parts += [f"- `{', '.join([*p.opts, *p.secondary_opts])}`: {_sentence(p.help)}" for p in options]
        if options:
            parts.append("")
    return parts


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def error_codes_page() -> str:
    """Return `error-codes.md`: the codes of top-level errors, and the errors that mutations return."""
    from madang_server.api.codes import CODES
    from madang_server.api.user_errors import ERRORS

    rows = ["| code | HTTP status | when |", "|---|---|---|"]
    rows += [f"| `{code}` | {status} | {when} |" for code, status, when in CODES]
    head = (
        "# Error codes\n\nErrors on the top level of an answer are for bugs and transport, and have `extensions.code`. "
        "A query that is refused is answered with 200 as `application/json` and with the status of this table as "
        "`application/graphql-response+json`."
    )
    members = ["## Errors that mutations return\n", "Each has `message` and `path`.\n"]
    members += [f"- `{kind.__name__}`: {_sentence(_described(kind))}" for kind in ERRORS]
    return "\n".join([head, _MADE, *rows, "", *members, ""])


def _described(kind: Any) -> str:
    return kind.__strawberry_definition__.description


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    return {"settings.md": settings_page(), "commands.md": commands_page(), "error-codes.md": error_codes_page()}


if __name__ == "__main__":
    for name, text in pages().items():
        Path(sys.argv[1], name).write_text(text, "utf-8")

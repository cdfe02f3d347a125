"""How our modules are built: their size, their names, their docstrings."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.ours import ROOT, modules, of_packages

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base", "data", "info", "misc", "core"}
LONGER_FUNCTIONS: set[str] = set()
"""Functions that may be longer, as `path:name`. Keep it empty."""


def test_there_are_modules_to_look_at() -> None:
    assert len(of_packages()) > 100
    assert {path.split("/")[0] for path in of_packages()} == {"server", "graph", "matching", "frontend", "seeds"}


def test_no_module_is_longer_than_400_lines() -> None:
    lines = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in modules()}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{path}:{node.name}": length
        for path, module in of_packages().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert set(long) == LONGER_FUNCTIONS, long


def test_every_module_opens_with_a_docstring() -> None:
    silent = [path for path, module in of_packages().items() if module.body and not ast.get_docstring(module)]
    assert silent == []


def test_no_module_or_folder_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if FORBIDDEN_NAMES & set(Path(path).with_suffix("").parts)] == []


def test_no_package_reads_the_folder_of_the_tests() -> None:
    importing = [
        path
        for path, module in of_packages().items()
        for node in ast.walk(module)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tests")
        or (isinstance(node, ast.Import) and any(one.name.split(".")[0] == "tests" for one in node.names))
    ]
    assert importing == []

"""Our modules and what stands in them, read without importing."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("server", "graph", "matching", "frontend", "seeds")


@cache
def modules() -> dict[str, ast.Module]:
    """Return every Python module of the repository by its path, generated and installed ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    paths = sorted({path for path in listed if (ROOT / path).exists()})
    return {path: ast.parse((ROOT / path).read_text("utf-8")) for path in paths}


def of_packages() -> dict[str, ast.Module]:
    """Return the modules that ship, without those of the tests."""
    return {path: module for path, module in modules().items() if path.split("/")[0] in PACKAGES}


def texts(module: ast.Module) -> list[str]:
    """Return the text constants of a module that are no docstrings; f-strings count with their fields as `_`."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside = {id(part) for node in ast.walk(module) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    found = [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
        and id(node) not in inside
    ]
    return found + [
        "".join(str(part.value) if isinstance(part, ast.Constant) else "_" for part in node.values)
        for node in ast.walk(module)
        if isinstance(node, ast.JoinedStr)
    ]

"""Korean sentences that the server and the matching make: one tone, and no fixed particle behind what is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = ("server/madang_server", "matching/madang_matching", "graph/madang_graph")
FIXED = re.compile(r"\{\}[’”'\"]?(?:은|는|이|가|을|를|과|와|으로|로)(?=[ .,]|$)")


def sentences() -> Iterator[tuple[str, str]]:
    for path in (each for place in PLACES for each in sorted((ROOT / place).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            else:
                continue
            if re.search("[가-힣]", text):
                yield path.name, text


def test_statements_are_formal_and_requests_polite() -> None:
    found = [(name, said.strip()) for name, text in sentences() for said in re.findall(r"[^.?!:]+[.?!:]?", text)]
    assert len(found) > 100
    plain = [each for each in found if re.search(r"다\.$", each[1]) and not re.search(r"니다\.$", each[1])]
    friendly = [each for each in found if re.search(r"요[.!]$", each[1]) and not re.search(r"세요[.!]$", each[1])]
    assert plain + friendly == []


def test_no_fixed_particle_stands_behind_what_is_put_in() -> None:
    assert [each for each in sentences() if FIXED.search(each[1])] == []

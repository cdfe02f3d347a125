"""Suggestions by the start of a name: words, spaces, Korean initials, and what people type by accident."""

from __future__ import annotations

import pytest
from madang_graph.client import Graph
from madang_graph.name_starts import name_query, name_starts
from madang_graph.writes.name_starts import fill_name_starts

_FOUND = """
CALL db.index.fulltext.queryNodes('name_starts', $query, {limit: 50}) YIELD node, score
RETURN coalesce(node.name_ko, node.name_en)
ORDER BY score DESC, size(node.name_key), node.id
"""
_ADD = """
UNWIND $names AS name
CREATE (:Organisation {id: 'org_' + name[0], name_ko: name[1], name_en: name[2], name_key: coalesce(name[1], name[2])})
"""
NAMES = (
    ("a", "모루터정밀", "Moruteo Precision"),
    ("b", "서울 로봇 센터", None),
    ("c", "새마루비전", "Saemaru Vision"),
    ("d", None, "AI센서 Lab"),
    ("e", "강산 테크", None),
    ("f", "㈜한결진단", None),
)


def test_a_name_is_kept_from_every_word_on_with_its_initials() -> None:
    kept = name_starts("서울 로봇", "AI Lab").split()
    assert kept == ["_서울로봇", "서울로봇", "_ㅅㅇㄹㅂ", "ㅅㅇㄹㅂ", "로봇", "ㄹㅂ", "_ailab", "ailab", "lab"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("모루", "모루터정밀"),
        ("ㅁㄹㅌ", "모루터정밀"),
        ("모루ㅌ", "모루터정밀"),
        ("moru", "모루터정밀"),
        ("PREC", "모루터정밀"),
        ("로봇센", "서울 로봇 센터"),
        ("서울로봇센터", "서울 로봇 센터"),
        ("센터 서울", "서울 로봇 센터"),
        ("ㄹㅂ", "서울 로봇 센터"),
        ("새 마루", "새마루비전"),
        ("센서", "AI센서 Lab"),
        ("AI센", "AI센서 Lab"),
        ("ㄱㅅ", "강산 테크"),
        ("ㄳ", "강산 테크"),
        ("ㅎㄱ", "㈜한결진단"),
        ("(주)한결", "㈜한결진단"),
        ("주식회사 한결", "㈜한결진단"),
    ],
)
async def test_what_was_typed_finds_the_name(graph: Graph, typed: str, first: str) -> None:
    await graph.write(_ADD, {"names": [list(name) for name in NAMES]})
    assert await fill_name_starts(graph) == len(NAMES)
    assert await fill_name_starts(graph) == 0
    await graph.run_alone("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    assert (await graph.read(_FOUND, {"query": name_query(typed)}))[0][0] == first


@pytest.mark.parametrize("typed", ["", "   ", "💚", '"\\+-()[]{}*?:^~/', "_", "\u202e"])
def test_what_holds_no_letter_asks_nothing(typed: str) -> None:
    assert name_query(typed) == ""


def test_no_sign_of_the_query_language_is_left_of_what_was_typed() -> None:
    assert name_query("a*) OR (b:[c") == "_aorbc*^4 aorbc*^2 (a* AND or* AND b* AND c*)"
    assert len(name_query("가 " * 500)) < 400

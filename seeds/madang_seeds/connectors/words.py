"""The words of notices read as rules and purposes. What cannot be read is left to people, as prose.

Readings are kept for the next notice with the same words, so nobody may change them. A rule here is the JSON of
`madang_matching.eligibility`; its kinds and fields are named in that package's README.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

Rule = dict[str, Any]

REGIONS: dict[str, tuple[str, ...]] = {
    "서울": ("11",),
    "부산": ("26",),
    "대구": ("27",),
    "인천": ("28",),
    "광주": ("29",),
    "대전": ("30",),
    "울산": ("31",),
    "세종": ("36",),
    "경기": ("41",),
    "강원": ("42", "51"),
    "충북": ("43",),
    "충남": ("44",),
    "전북": ("45", "52"),
    "전남": ("46",),
    "경북": ("47",),
    "경남": ("48",),
    "제주": ("50",),
}
"""Official codes of the provinces by their short names; two became special provinces with a code of their own."""
_LONG_NAMES = {
    "충청북": "충북",
    "충청남": "충남",
    "전라북": "전북",
    "전라남": "전남",
    "경상북": "경북",
    "경상남": "경남",
}
_EVERYWHERE = frozenset({"전국", "전체", "해당없음", "해외"})
_AGE = re.compile(r"(\d{1,2})년(미만|이내|이하|이상|초과)")
_BAND = re.compile(r"(?:(?:만)?(\d{1,3})세(이상|초과))?~?(?:(?:만)?(\d{1,3})세(미만|이하))?")
_PURPOSES = {
    "사업화": "money",
    "융자": "money",
    "보증": "money",
    "금융": "money",
    "기술개발": "money",
    "r&d": "money",
    "기술": "money",
    "시설": "space",
    "공간": "space",
    "보육": "space",
    "멘토링": "mentoring",
    "컨설팅": "mentoring",
    "교육": "mentoring",
    "경영": "mentoring",
    "실증": "testing",
    "데이터": "data",
    "장비": "equipment",
}
PROSE_MOST = 1_000


def tokens(text: str) -> list[str]:
    """Return the parts of a comma list, in NFKC, without blanks inside and without repetitions."""
    parts = (re.sub(r"\s+", "", unicodedata.normalize("NFKC", part)) for part in re.split(r"[,;|/\n]", text))
    return list(dict.fromkeys(part for part in parts if part))


def prose(text: str) -> Rule:
    """Return the leaf for a sentence that no kind expresses; it always yields *check*."""
    kept = text[:PROSE_MOST]
    return {"kind": "prose", "text_ko": kept, "text_en": f"In the notice's own words: {kept}", "source_text": kept}


def _any(parts: Sequence[Rule]) -> Rule:
    return parts[0] if len(parts) == 1 else {"any": list(parts)}


@lru_cache(maxsize=4096)
def firm_age_rules(text: str) -> list[Rule]:
    """Read `예비창업자,1년미만,3년미만`: one token is enough, so the widest counts. 미만 excludes the anniversary.

    Returns: no rule when the list is empty, else one; a token that cannot be read makes the whole list *check*-able.
    """
    source = f"창업 업력: {', '.join(tokens(text))}"
    parts: list[Rule] = []
    upper: dict[str, int] = {}
    for token in tokens(text):
        match = _AGE.fullmatch(token)
        if token in {"예비창업자", "예비창업"}:
            parts.append(
                {"kind": "pre_founder", "wanted": "pre_founder", "reference": "unknown", "source_text": source}
            )
        elif match and match[2] in {"미만", "이내", "이하"}:
            upper[match[2]] = max(upper.get(match[2], 0), int(match[1]))
        elif match:
            parts.append(_age(int(match[1]), "min_years", match[2] == "이상", source))
        elif token not in {"전체", "제한없음", "해당없음"}:
            parts.append(prose(f"{source} ({token})"))
        else:
            return []
    if upper:
        word, years = max(upper.items(), key=lambda item: (item[1], item[0] != "미만"))
        parts.append(_age(years, "max_years", word != "미만", source))
    return [_any(parts)] if parts else []


def _age(years: int, end: str, inclusive: bool, source: str) -> Rule:
    return {
        "kind": "firm_age",
        "max_years": None,
        "min_years": None,
        "bound": "inclusive" if inclusive else "exclusive",
        "reference": "unknown",
        "source_text": source,
        end: years,
    }


@lru_cache(maxsize=4096)
def founder_age_rules(text: str) -> list[Rule]:
    """Read `만 20세 미만,만 20세 이상 ~ 만 39세 이하`: bands in whole years of age, both ends in.

    Returns: no rule when the list is empty or its bands together leave nobody out.
    """
    bands: list[dict[str, int]] = []
    source = f"대표자 연령: {', '.join(' '.join(part.split()) for part in text.split(',') if part.strip())}"
    for token in tokens(text):
        match = _BAND.fullmatch(token)
        if match is None or not (match[1] or match[3]):
            if token in {"전체", "제한없음", "해당없음", "연령무관"}:
                return []
            return [prose(source)]
        band: dict[str, int] = {}
        if match[1]:
            band["min_years"] = int(match[1]) + (match[2] == "초과")
        if match[3]:
            band["max_years"] = int(match[3]) - (match[4] == "미만")
        bands.append(band)
    joined = _joined(bands)
    if not joined or joined == [{}]:
        return []
    return [
        {"kind": "founder_age", "bands": joined, "bound": "inclusive", "reference": "unknown", "source_text": source}
    ]


def _joined(bands: Sequence[dict[str, int]]) -> list[dict[str, int]]:
    """Join bands that touch or overlap, lowest first."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted((band.get("min_years", 0), band.get("max_years", 999)) for band in bands):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return [
        {**({"min_years": low} if low else {}), **({"max_years": high} if high != 999 else {})} for low, high in joined
    ]


def region_name(token: str) -> str | None:
    """Return the short name of a province that the token begins with, in its short or its full form."""
    for long, short in _LONG_NAMES.items():
        if token.startswith(long):
            return short
    name = token[:2]
    rest = token[2:]
    known = name in REGIONS and rest in {"", "시", "도", "특별시", "광역시", "특별자치시", "특별자치도"}
    return name if known else None


@lru_cache(maxsize=4096)
def region_rules(text: str) -> list[Rule]:
    """Read region names in short or full form. 전국 is no condition. The notice does not say which site: any counts."""
    names: list[str] = []
    strange: list[str] = []
    for token in tokens(text):
        name = region_name(token)
        if token in _EVERYWHERE:
            return []
        (names if name else strange).append(name or token)
    source = f"지원 지역: {', '.join([*names, *strange])}"
    if len(set(names)) == len(REGIONS) or not (names or strange):
        return []
    parts: list[Rule] = []
    if names:
        codes = sorted({code for name in names for code in REGIONS[name]})
        parts.append({"kind": "region", "codes": codes, "site": "any", "source_text": source})
    if strange:
        parts.append(prose(source))
    return [_any(parts)]


_KINDS_OF_TARGETS: dict[str, tuple[str, ...]] = {
    "일반기업": ("startup", "sme", "corporate"),
    "기업": ("startup", "sme", "corporate"),
    "중소기업": ("startup", "sme"),
    "창업벤처": ("startup", "sme"),
    "창업기업": ("startup", "sme"),
    "중견기업": ("corporate",),
    "대기업": ("corporate",),
    "연구기관": ("research",),
    "대학": ("research",),
    "공공기관": ("public_body",),
}


@lru_cache(maxsize=4096)
def target_rules(text: str) -> list[Rule]:
    """Read who may apply. A target that is no kind of organisation (일반인, 청년) leaves the others to be checked."""
    found = tokens(text)
    source = f"지원 대상: {', '.join(found)}"
    kinds = sorted({kind for token in found for kind in _KINDS_OF_TARGETS.get(token, ())})
    strange = [token for token in found if token not in _KINDS_OF_TARGETS]
    parts: list[Rule] = []
    if kinds:
        parts.append({"kind": "organisation_kind", "include": kinds, "source_text": source})
    if strange:
        parts.append(prose(source))
    return [_any(parts)] if parts else []


@lru_cache(maxsize=4096)
def purposes_of(text: str) -> list[str]:
    """Return the purposes that the words name, each once; none for words that name none."""
    words = unicodedata.normalize("NFKC", text).casefold()
    return sorted({purpose for word, purpose in _PURPOSES.items() if word in words})

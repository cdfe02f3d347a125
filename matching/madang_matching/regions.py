"""Names of Korea's provinces and Seoul's gu by official code (행정표준코드)."""

from __future__ import annotations

REGION_NAMES: dict[str, tuple[str, str]] = {
    "11": ("서울특별시", "Seoul"),
    "26": ("부산광역시", "Busan"),
    "27": ("대구광역시", "Daegu"),
    "28": ("인천광역시", "Incheon"),
    "29": ("광주광역시", "Gwangju"),
    "30": ("대전광역시", "Daejeon"),
    "31": ("울산광역시", "Ulsan"),
    "36": ("세종특별자치시", "Sejong"),
    "41": ("경기도", "Gyeonggi-do"),
    "42": ("강원도", "Gangwon-do"),
    "43": ("충청북도", "Chungcheongbuk-do"),
    "44": ("충청남도", "Chungcheongnam-do"),
    "45": ("전라북도", "Jeollabuk-do"),
    "46": ("전라남도", "Jeollanam-do"),
    "47": ("경상북도", "Gyeongsangbuk-do"),
    "48": ("경상남도", "Gyeongsangnam-do"),
    "50": ("제주특별자치도", "Jeju"),
    "51": ("강원특별자치도", "Gangwon-do"),
    "52": ("전북특별자치도", "Jeonbuk-do"),
    "11110": ("종로구", "Jongno-gu"),
    "11140": ("중구", "Jung-gu"),
    "11170": ("용산구", "Yongsan-gu"),
    "11200": ("성동구", "Seongdong-gu"),
    "11215": ("광진구", "Gwangjin-gu"),
    "11230": ("동대문구", "Dongdaemun-gu"),
    "11260": ("중랑구", "Jungnang-gu"),
    "11290": ("성북구", "Seongbuk-gu"),
    "11305": ("강북구", "Gangbuk-gu"),
    "11320": ("도봉구", "Dobong-gu"),
    "11350": ("노원구", "Nowon-gu"),
    "11380": ("은평구", "Eunpyeong-gu"),
    "11410": ("서대문구", "Seodaemun-gu"),
    "11440": ("마포구", "Mapo-gu"),
    "11470": ("양천구", "Yangcheon-gu"),
    "11500": ("강서구", "Gangseo-gu"),
    "11530": ("구로구", "Guro-gu"),
    "11545": ("금천구", "Geumcheon-gu"),
    "11560": ("영등포구", "Yeongdeungpo-gu"),
    "11590": ("동작구", "Dongjak-gu"),
    "11620": ("관악구", "Gwanak-gu"),
    "11650": ("서초구", "Seocho-gu"),
    "11680": ("강남구", "Gangnam-gu"),
    "11710": ("송파구", "Songpa-gu"),
    "11740": ("강동구", "Gangdong-gu"),
}


_CAPITAL = ("11", "28", "41")
REGION_GROUPS: dict[str, tuple[str, ...]] = {
    "KOREA": tuple(code for code in REGION_NAMES if len(code) == 2),
    "CAPITAL": _CAPITAL,
    "NON_CAPITAL": tuple(code for code in REGION_NAMES if len(code) == 2 and code not in _CAPITAL),
}
"""Groups of provinces that notices name; the capital region is Seoul, Incheon and Gyeonggi."""
_GROUP_NAMES = {"KOREA": ("전국", "Korea"), "CAPITAL": ("수도권", "the capital region"),
                "NON_CAPITAL": ("비수도권", "the provinces outside the capital region")}  # fmt: skip


def region_codes(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return official codes: a group stands for those of its provinces."""
    return tuple(dict.fromkeys(code for name in names for code in REGION_GROUPS.get(name, (name,))))


def region_name(code: str) -> tuple[str, str]:
    """Return the Korean and English name of a region or group; of an unknown code the code itself."""
    return _GROUP_NAMES.get(code) or REGION_NAMES.get(code, (f"지역 {code}", f"region {code}"))


def finest(codes: tuple[str, ...]) -> str | None:
    """Return the longest code, the smallest area; None for none. Ties go to the first."""
    return max(codes, key=len) if codes else None

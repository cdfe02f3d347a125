"""Where the invented organisations are."""

from __future__ import annotations

from random import Random

from madang_seeds.seoul.districts import all_gu, covered_gu
from madang_seeds.seoul.firms.fields import Field
from madang_seeds.seoul.shapes import point_inside

# Shares of Seoul's business districts, roughly: the demo should look like the city, not be a census.
_WEIGHTS = {
    "강남구": 12,
    "서초구": 9,
    "금천구": 8,
    "구로구": 8,
    "마포구": 7,
    "성동구": 7,
    "영등포구": 8,
    "송파구": 5,
    "중구": 5,
    "종로구": 4,
    "강서구": 5,
    "관악구": 4,
    "용산구": 3,
    "동대문구": 3,
    "성북구": 2,
    "광진구": 2,
    "노원구": 2,
    "중랑구": 2,
    "은평구": 1,
    "서대문구": 2,
    "도봉구": 1,
    "강북구": 1,
    "양천구": 2,
    "동작구": 2,
    "강동구": 2,
}


def draw_place(random: Random, field: Field) -> tuple[str, str | None, tuple[float, float]]:
    """Return (gu, innovation district or None, point inside the gu as (longitude, latitude))."""
    chance = random.random()
    district: str | None = None
    if chance < 0.55:
        district = random.choice(field.districts)
        gu = random.choice(covered_gu()[district])
    elif chance < 0.75 and field.gu:
        gu = random.choice(field.gu)
    else:
        gu = random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
    return gu, district, point_inside(all_gu()[gu].polygons, random)

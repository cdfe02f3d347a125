"""What would have to be another value, in words: no code, no key and no row of digits reaches a reader."""

from __future__ import annotations

from datetime import date

import pytest
from madang_matching.eligibility.requirement import Change
from madang_matching.eligibility.values import Certificate, Investment
from madang_server.services.change_words import change_said

DAY = date(2026, 12, 1)
SAID = [
    ("own_share", 0.3, "30%", "30%"),
    ("assets_won", 420_000_000, "4억 2,000만 원", "₩420 million"),
    ("region_codes", ("11545", "11"), "금천구, 서울특별시", "Geumcheon-gu, Seoul"),
    (
        "certificates",
        (Certificate("venture", DAY),),
        "벤처기업 (2026. 12. 1.까지)",
        "venture firm (until 1 Dec 2026)",
    ),
    ("certificates", (Certificate("venture", None, True),), "벤처기업", "venture firm"),
    ("certificates", (), "없음", "none"),
    (
        "investments",
        (Investment(DAY, 200_000_000, True, "팁스 운영사"), Investment(None, 5_000, None)),
        "2억 원 (팁스 운영사, 2026. 12. 1.), 5,000원",
        "₩200 million (팁스 운영사, 1 Dec 2026), ₩5,000",
    ),
]


@pytest.mark.parametrize(("field", "value", "ko", "en"), SAID)
def test_a_value_is_said_as_people_say_it(field: str, value: object, ko: str, en: str) -> None:
    said = change_said(Change(field, value, "you"))
    assert (said["value_ko"], said["value_en"]) == (ko, en)

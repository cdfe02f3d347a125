"""What is read of the free text of a period: days, hours, until the money is used, at any time, not known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from madang_seeds.connectors import bizinfo, k_startup, periods
from madang_seeds.connectors.periods import Period, free_period

from tests.seeds.connectors.items import bizinfo_item, k_startup_item

JAN_TO_FEB = Period("2026-01-05", "2026-02-10")


@pytest.mark.parametrize(
    "text",
    [
        "20260105 ~ 20260210",
        "20260105-20260210",
        "2026.01.05 ~ 2026.02.10",
        "2026. 1. 5.(월) ~ 2. 10.(화)",
        "2026-01-05 - 2026-02-10",
        "2026-01-05 ∼ 2026-02-10",
        "2026-01-05 – 2026-02-10",
        "2026/1/5～2026/2/10",
        "2026년 1월 5일 ~ 2월 10일",
        "2026년 1월 5일부터 2026년 2월 10일까지",
        "'26.1.5 ~ '26.2.10",
        "26.01.05 ~ 26.02.10",
        "1차: 2026.1.5 ~ 1.20 / 2차: 2026.1.30 ~ 2.10",
        "(접수기간) 2026.1.5.∼2.10. ※ 예산 소진과 관계없이 접수",
    ],
)
def test_days_are_read_however_they_are_written_and_of_several_periods_the_widest_counts(text: str) -> None:
    assert free_period(text) == JAN_TO_FEB


@pytest.mark.parametrize(
    ("text", "closes_on", "closes_at"),
    [
        ("~ 2026.3.31 18:00", "2026-03-31", "2026-03-31T09:00:00Z"),
        ("2026.3.31까지", "2026-03-31", "2026-03-31T09:00:00Z"),
        ("2026.3.31.(화) 17시 30분까지", "2026-03-31", "2026-03-31T08:30:00Z"),
        ("접수 마감: 2026-03-31", "2026-03-31", "2026-03-31T09:00:00Z"),
        ("2026.3.2 ~ 2026.3.31 24:00", "2026-03-31", "2026-03-31T14:59:59Z"),
        ("2026.3.2 09:00 ~ 3.31 24시", "2026-03-31", "2026-03-31T14:59:59Z"),
        ("2026.3.2 ~ 3.31 오후 6시", "2026-03-31", "2026-03-31T09:00:00Z"),
        ("2026.3.2 ~ 3.31 00:00", "2026-03-31", "2026-03-30T15:00:00Z"),
        ("2026.12.1 ~ 1.15", "2027-01-15", "2027-01-15T09:00:00Z"),
        ("2026.3.2 ~ 3.31 99:99", "2026-03-31", "2026-03-31T09:00:00Z"),
    ],
)
def test_the_last_day_is_read_with_its_hour(text: str, closes_on: str, closes_at: str) -> None:
    period = free_period(text)
    assert (period.closes_on, period.closes_at()) == (closes_on, closes_at)


@pytest.mark.parametrize(
    ("text", "opens_on"),
    [
        ("예산 소진 시까지", None),
        ("예산소진시", None),
        ("소진시", None),
        ("자금 소진 시 마감", None),
        ("사업비 조기소진 시까지", None),
        ("선착순", None),
        ("선착순 접수", None),
        ("until funds are exhausted", None),
        ("2026-01-05~예산 소진시까지", "2026-01-05"),
        ("2026.1.5. ~ 예산 소진시까지", "2026-01-05"),
        ("2026.1.5부터 선착순 마감", "2026-01-05"),
        ("2026. 1. 5.(월) 10:00 ~ 소진 시까지", "2026-01-05"),
        ("2026.1.5 ~ 1.31, 2026.3.1 ~ 예산 소진시", "2026-01-05"),
        ("상시 (예산 소진 시까지)", None),
    ],
)
def test_until_the_money_is_used_is_a_state_of_its_own(text: str, opens_on: str | None) -> None:
    period = free_period(text)
    assert (period.opens_on, period.closes_on, period.until_funds, period.rolling) == (opens_on, None, True, True)


def test_money_that_may_be_used_before_the_last_day_is_told_beside_it() -> None:
    period = free_period("2026.1.5 ~ 2026.12.31 (예산 소진 시 조기 마감)")
    assert (period.closes_on, period.until_funds, period.rolling) == ("2026-12-31", True, False)


@pytest.mark.parametrize("text", ["상시", "상시 접수", "상시모집", "수시", "연중 수시 접수", "연중", "rolling"])
def test_at_any_time_is_rolling(text: str) -> None:
    assert free_period(text) == Period(rolling=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "세부사업별 상이",
        "추후 공지",
        "사업 공고문 참조",
        "모집 완료 시까지",
        "공고일로부터 2주",
        "2026년 12월",
        "2026.1 ~ 2026.3",
        "3.2 ~ 3.31",
        "2026.3.31",
        "상시근로자 5인 이상",
        "선착순 아님",
        "12345678901234",
    ],
)
def test_what_cannot_be_read_is_not_known(text: str) -> None:
    assert free_period(text) == Period()


@pytest.mark.parametrize("text", ["20260230 ~ 20260301", "2026.13.1 ~ 2026.14.1", "2026.2.1 ~ 2.30"])
def test_a_day_that_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="calendar"):
        free_period(text)


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FORMS = st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y/%m/%d", "%Y년 %m월 %d일"])
MARKS = st.sampled_from([" ~ ", "~", "～", " ∼ ", " - "])


@given(DAYS, st.integers(0, 900), FORMS, MARKS)
def test_any_two_days_in_any_usual_form_are_the_two_days(first: date, length: int, form: str, mark: str) -> None:
    last = first + timedelta(days=length)
    read = free_period(f"{first:{form}}{mark}{last:{form}}")
    assert read == Period(first.isoformat(), last.isoformat())
    assert free_period(f"{first:{form}}{mark}예산 소진시까지") == Period(first.isoformat(), None, True, True)


@given(st.text(alphabet=st.sampled_from("0123456789.~-/: 년월일시분까지부터마감예산소진상시오후"), max_size=60))
def test_whatever_stands_there_is_read_or_refused(text: str) -> None:
    try:
        period = free_period(text)
    except ValueError:
        return
    moments = [moment for moment in (period.opens_at(), period.closes_at()) if moment]
    assert [moment for moment in moments if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)] == []
    assert not (period.rolling and period.closes_on)


@pytest.mark.parametrize(
    ("item", "until_funds", "rolling"),
    [
        (k_startup_item(pbanc_rcpt_end_dt="예산 소진시까지"), True, True),
        (k_startup_item(pbanc_rcpt_end_dt="", pbanc_ctnt="<p>예산 소진 시까지 접수합니다.</p>"), True, True),
        (k_startup_item(pbanc_ctnt="※ 사업비 소진 시 조기 마감될 수 있음"), True, False),
        (k_startup_item(pbanc_rcpt_end_dt="상시"), False, True),
        (k_startup_item(pbanc_rcpt_end_dt="", biz_pbanc_nm="2026년 로봇 실증 상시 모집"), False, True),
        (k_startup_item(pbanc_rcpt_end_dt="추후 공지"), False, False),
        (k_startup_item(pbanc_ctnt="상시근로자 5인 이상. 예산 소진 시까지 지급. 수시로 알립니다."), False, False),
        (bizinfo_item(reqstBeginEndDe="예산 소진시까지"), True, True),
        (bizinfo_item(reqstBeginEndDe="", bsnsSumryCn="선착순으로 접수"), True, True),
        (bizinfo_item(reqstBeginEndDe="상시 접수"), False, True),
        (bizinfo_item(reqstBeginEndDe="세부사업별 상이"), False, False),
    ],
)
def test_both_sources_tell_how_applications_are_taken(item: dict[str, Any], until_funds: bool, rolling: bool) -> None:
    read = k_startup.read_item if "pbanc_sn" in item else bizinfo.read_item
    facts = read(item).facts()
    assert (facts.get("until_funds", False), facts.get("rolling", False)) == (until_funds, rolling)


def test_words_in_place_of_the_last_day_are_noted() -> None:
    assert "예산 소진시까지" in k_startup.read_item(k_startup_item(pbanc_rcpt_end_dt="예산 소진시까지")).note


@pytest.mark.parametrize("text", ["20260105", "2026-01-05", "2026.1.5", "2026-01-05 10:11:12"])
def test_a_day_of_a_field_is_read(text: str) -> None:
    assert periods.compact_day(text) == "2026-01-05"


@pytest.mark.parametrize("text", ["2026", "2026-01", "2026년 12월", "soon", "2026-02-30"])
def test_what_is_no_day_of_a_field_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="day"):
        periods.compact_day(text)

"""K-Startup: one item of `getAnnouncementInformation01` as a notice.

Source: open API of the Korea Institute of Startup & Entrepreneurship Development, data set 15125364 of data.go.kr.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from madang_seeds.connectors import cleaning, periods, words
from madang_seeds.connectors.notices import (
    AGENCY_MOST,
    KEY_MOST,
    NOTE_MOST,
    TEXT_MOST,
    TITLE_MOST,
    BadNoticeError,
    Notice,
    ensure_order,
    text_of,
)
from madang_seeds.connectors.periods import Period
from madang_seeds.connectors.words import Rule


def read_item(item: Mapping[str, Any]) -> Notice:
    """Read one item. Raises BadNoticeError."""
    key = text_of(item, "pbanc_sn").strip()
    if not key or len(key) > KEY_MOST or not key.isprintable():
        raise BadNoticeError("pbanc_sn", key, "is missing or too long")
    title = cleaning.line(text_of(item, "biz_pbanc_nm"), TITLE_MOST)
    title = title or cleaning.line(text_of(item, "intg_pbanc_biz_nm"), TITLE_MOST)
    if not title:
        raise BadNoticeError("biz_pbanc_nm", "", "a title is missing")
    text = cleaning.plain_text(text_of(item, "pbanc_ctnt"), TEXT_MOST)
    period, unread = _period(item, title, text)
    category = cleaning.line(text_of(item, "supt_biz_clsfc"), NOTE_MOST)
    return Notice(
        key=key,
        title=title,
        agency=cleaning.line(text_of(item, "pbanc_ntrp_nm") or text_of(item, "sprv_inst"), AGENCY_MOST),
        period=period,
        purposes=tuple(words.purposes_of(category)),
        text=text,
        url=cleaning.web_address(text_of(item, "detl_pg_url") or text_of(item, "biz_gdnc_url")),
        note=f"K-Startup {key}" + (f", {category}" if category else "") + unread,
        rules=tuple(_rules(item)),
    )


def _period(item: Mapping[str, Any], *texts: str) -> tuple[Period, str]:
    """Return the period, and what to note of one whose last day is words, such as 예산 소진 시까지."""
    opens = _day(item, "pbanc_rcpt_bgng_dt")
    last = cleaning.line(text_of(item, "pbanc_rcpt_end_dt"), NOTE_MOST)
    if last and not any(sign.isdigit() for sign in last):
        return replace(periods.free_period(last), opens_on=opens).told_in(*texts), f", 신청 기간: {last}"
    closes = _day(item, "pbanc_rcpt_end_dt")
    ensure_order("pbanc_rcpt_end_dt", opens, closes)
    return Period(opens, closes).told_in(*texts), ""


def _day(item: Mapping[str, Any], name: str) -> str | None:
    raw = text_of(item, name)
    try:
        return periods.compact_day(raw)
    except ValueError as error:
        raise BadNoticeError(name, raw, str(error)) from error


def _rules(item: Mapping[str, Any]) -> list[Rule]:
    def said(name: str) -> str:
        return cleaning.line(text_of(item, name), words.PROSE_MOST)

    rules = [
        *words.target_rules(said("aply_trgt")),
        *words.firm_age_rules(said("biz_enyy")),
        *words.founder_age_rules(said("biz_trgt_age")),
        *words.region_rules(said("supt_regin")),
    ]
    if target := said("aply_trgt_ctnt"):
        rules.append(words.prose(target))
    if left_out := said("aply_excl_trgt_ctnt"):
        rules.append(words.prose(f"신청 제외 대상: {left_out}"))
    return rules

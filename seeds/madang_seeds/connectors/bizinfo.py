"""Bizinfo (기업마당): one item of `bizinfoApi.do` as a notice. Its period is free text; tags mix fields and regions.

Source: open API of bizinfo.go.kr, operated for the Ministry of SMEs and Startups.
"""

from __future__ import annotations

from collections.abc import Mapping
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

SITE = "https://www.bizinfo.go.kr"


def read_item(item: Mapping[str, Any]) -> Notice:
    """Read one item. Raises BadNoticeError."""
    key = (text_of(item, "pblancId") or text_of(item, "seq")).strip()
    if not key or len(key) > KEY_MOST or not key.isprintable():
        raise BadNoticeError("pblancId", key, "is missing or too long")
    title = cleaning.line(text_of(item, "pblancNm") or text_of(item, "title"), TITLE_MOST)
    if not title:
        raise BadNoticeError("pblancNm", "", "a title is missing")
    said = cleaning.line(text_of(item, "reqstBeginEndDe") or text_of(item, "reqstDt"), NOTE_MOST)
    try:
        period = periods.free_period(said)
    except ValueError as error:
        raise BadNoticeError("reqstBeginEndDe", said, str(error)) from error
    ensure_order("reqstBeginEndDe", period.opens_on, period.closes_on)
    text = cleaning.plain_text(text_of(item, "bsnsSumryCn") or text_of(item, "description"), TEXT_MOST)
    agency = text_of(item, "excInsttNm") or text_of(item, "jrsdInsttNm") or text_of(item, "author")
    tags = cleaning.line(text_of(item, "hashtags") or text_of(item, "hashTags"), words.PROSE_MOST)
    field = cleaning.line(text_of(item, "pldirSportRealmLclasCodeNm") or text_of(item, "lcategory"), NOTE_MOST)
    unread = said if said and not period.closes_on else ""
    return Notice(
        key=key,
        title=title,
        agency=cleaning.line(agency, AGENCY_MOST),
        noticed_on=_noticed(item),
        period=period.told_in(title, text),
        purposes=tuple(words.purposes_of(field)),
        text=text,
        url=_address(text_of(item, "pblancUrl") or text_of(item, "link")),
        note=f"기업마당 {key}" + (f", 신청 기간: {unread}" if unread else ""),
        rules=(
            *words.target_rules(cleaning.line(text_of(item, "trgetNm"), words.PROSE_MOST)),
            *words.region_rules(",".join(tag for tag in words.tokens(tags) if words.region_name(tag))),
        ),
    )


def _noticed(item: Mapping[str, Any]) -> str | None:
    """Return the day of the notice. One that cannot be read is left out: the call is of use without it."""
    try:
        return periods.compact_day(text_of(item, "creatPnttm") or text_of(item, "pubDate"))
    except ValueError:
        return None


def _address(raw: str) -> str | None:
    return cleaning.web_address(SITE + raw if raw.startswith("/") and not raw.startswith("//") else raw)

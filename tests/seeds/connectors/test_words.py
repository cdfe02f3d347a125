"""What is read of the words of notices: ages, regions, targets, periods, HTML, addresses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from madang_matching.eligibility import parse_rules
from madang_seeds.connectors import bizinfo, cleaning, k_startup, words
from madang_seeds.connectors.notices import BadNoticeError, Notice

from tests.seeds.connectors.items import bizinfo_item, k_startup_item


def short(rules: list[dict[str, Any]]) -> list[Any]:
    """Rules without source sentences and fields that say nothing."""
    return [_short(rule) for rule in rules]


def _short(rule: dict[str, Any]) -> Any:
    for word in ("any", "all"):
        if word in rule:
            return {word: short(rule[word])}
    left = {"source_text", "reference", "text_en"}
    return {name: value for name, value in rule.items() if name not in left and value is not None}


BEFORE = {"kind": "pre_founder", "wanted": "pre_founder"}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("3년미만", [{"kind": "firm_age", "max_years": 3, "bound": "exclusive"}]),
        ("1년미만,2년미만, 7년 미만", [{"kind": "firm_age", "max_years": 7, "bound": "exclusive"}]),
        ("7년이내", [{"kind": "firm_age", "max_years": 7, "bound": "inclusive"}]),
        ("7년미만,7년이내", [{"kind": "firm_age", "max_years": 7, "bound": "inclusive"}]),
        ("예비창업자", [BEFORE]),
        ("예비창업자,3년미만", [{"any": [BEFORE, {"kind": "firm_age", "max_years": 3, "bound": "exclusive"}]}]),
        ("10년이상", [{"kind": "firm_age", "min_years": 10, "bound": "inclusive"}]),
        ("전체", []),
        ("", []),
    ],
)
def test_firm_ages(text: str, rules: list[Any]) -> None:
    assert short(words.firm_age_rules(text)) == rules


def test_an_age_that_cannot_be_read_stays_as_prose_beside_the_others() -> None:
    (rule,) = words.firm_age_rules("3년미만,업력무관(재창업)")
    assert [part["kind"] for part in rule["any"]] == ["prose", "firm_age"]


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("만 20세 미만", [{"max_years": 19}]),
        ("만 20세 이상 ~ 만 39세 이하", [{"min_years": 20, "max_years": 39}]),
        ("만 20세 미만,만 20세 이상 ~ 만 39세 이하", [{"max_years": 39}]),
        ("만 40세 이상", [{"min_years": 40}]),
        ("만 20세 미만,만 40세 이상", [{"max_years": 19}, {"min_years": 40}]),
        ("만 20세 미만,만 20세 이상 ~ 만 39세 이하,만 40세 이상", None),
        ("", None),
        ("전체", None),
    ],
)
def test_founder_ages_are_whole_years_and_bands_that_leave_nobody_out_are_no_condition(
    text: str, bands: list[dict[str, int]] | None
) -> None:
    rules = words.founder_age_rules(text)
    assert (rules[0]["bands"] if rules else None) == bands


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("서울", ["11"]),
        ("서울, 경기", ["11", "41"]),
        ("서울특별시", ["11"]),
        ("전라북도", ["45", "52"]),
        ("전북특별자치도", ["45", "52"]),
        ("전국", None),
        ("서울,전국", None),
        (",".join(words.REGIONS), None),
        ("", None),
    ],
)
def test_regions(text: str, codes: list[str] | None) -> None:
    rules = words.region_rules(text)
    assert (rules[0]["codes"] if rules else None) == codes


@pytest.mark.parametrize("text", ["서울숲", "광주시 북구", "Seoul"])
def test_a_region_that_is_not_known_is_prose(text: str) -> None:
    assert [rule["kind"] for rule in words.region_rules(text)] == ["prose"]


def test_targets_that_are_no_kind_of_organisation_leave_the_others_to_be_checked() -> None:
    assert short(words.target_rules("일반기업,연구기관")) == [
        {"kind": "organisation_kind", "include": ["corporate", "research", "sme", "startup"]}
    ]
    (rule,) = words.target_rules("일반기업,청소년")
    assert [part["kind"] for part in rule["any"]] == ["organisation_kind", "prose"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>가&nbsp;나</p><p>다</p>", "가 나\n다"),
        ("가<br/>나<script>alert(1)</script>", "가\n나"),
        ("&lt;img src=x onerror=alert(1)&gt;가", "가"),
        ("&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;가", "가"),
        (
            '<a href="javascript:alert(1)">가</a> <a href="https://a.kr/?x=1&amp;y=2">나</a>',
            "가 나 [https://a.kr/?x=1&y=2]",
        ),
        ("가\u202e나\x00다\u200b", "가나 다"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("<style>p{}</style><svg><desc>가</desc></svg>나", "나"),
    ],
)
def test_html_becomes_plain_paragraphs_and_links(raw: str, text: str) -> None:
    assert cleaning.plain_text(raw, 100) == text


@given(st.text(alphabet=st.sampled_from("<>&;/\"'= abscriptonerror가\n\x00\u202e#x3"), max_size=80))
def test_whatever_comes_no_control_or_direction_character_is_kept_and_the_length_holds(raw: str) -> None:
    kept = cleaning.plain_text(raw, 1_000)
    assert not {sign for sign in kept if sign in "\x00\u202e\r\t"}
    assert len(cleaning.plain_text(raw * 50, 30)) <= 30


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("www.k-startup.go.kr/a.do?x=1&amp;y=2", "https://www.k-startup.go.kr/a.do?x=1&y=2"),
        ("http://example.kr", "http://example.kr"),
        ("//example.kr/a", "https://example.kr/a"),
        ("example.kr:8080/a", "https://example.kr:8080/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://user:word@example.kr", None),
        ('https://example.kr/"><script>', None),
        ("https://exa mple.kr", None),
        ("https://[broken", None),
        ("https://example.kr/" + "a" * 500, None),
        ("localhost", None),
        ("", None),
    ],
)
def test_addresses(raw: str, address: str | None) -> None:
    assert cleaning.web_address(raw) == address


def test_the_rules_of_both_sources_are_rules_of_the_engine() -> None:
    for notice in (k_startup.read_item(k_startup_item()), bizinfo.read_item(bizinfo_item())):
        assert json.loads(notice.facts()["rules"]) == {"all": list(notice.rules)}
        parse_rules({"all": list(notice.rules)})
    everything = k_startup_item(
        biz_enyy="예비창업자,10년이상,이상한", biz_trgt_age="만 20세 미만,만 40세 이상", supt_regin="서울,달"
    )
    parse_rules({"all": list(k_startup.read_item(everything).rules)})


HOSTILE: list[Any] = [
    None,
    1,
    True,
    -1.5,
    [],
    {},
    "\x00",
    "가" * 100_000,
    "<" * 5_000,
    "&" * 5_000,
    "20269999",
    "{n}.id",
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("read", [k_startup.read_item, bizinfo.read_item])
def test_any_value_in_any_field_is_read_or_refused_with_its_field(read: Any, value: Any) -> None:
    item = k_startup_item() if read is k_startup.read_item else bizinfo_item()
    for name in item:
        try:
            notice = read({**item, name: value})
        except BadNoticeError as error:
            refused = (bool(error.column), len(error.value) <= 80)
            assert refused == (True, True)
        else:
            assert isinstance(notice, Notice)
            assert max(map(len, (notice.title, notice.agency, notice.text, notice.note))) <= 2_000
            parse_rules({"all": list(notice.rules)})

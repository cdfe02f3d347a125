"""Fetching from a source that has its bad days: what is asked again, what is given up, what is never said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from madang_seeds.connectors import fetching
from madang_seeds.connectors.errors import (
    BrokenSourceError,
    ConnectorError,
    NoWebAddressError,
    RefusedBySourceError,
    StatusError,
)
from madang_seeds.connectors.fetching import Fetched, Source, fetch_all
from madang_seeds.connectors.notices import text_of

from tests.seeds.connectors.items import k_startup_item
from tests.seeds.connectors.serving import NO_KEY, Give, Reply, Served, json_reply, k_startup_page, serving

SECRET = "a-secret+that/stays=ours"
ITEMS = [k_startup_item(number) for number in range(1, 26)]


def fetch(give: Give, *, size: int = 10, pauses: list[float] | None = None) -> tuple[Fetched, Served]:
    with serving(give) as served:
        source = Source("k-startup", served.address, {}, "page", "perPage", "serviceKey", SECRET, size)
        kept = pauses if pauses is not None else []
        return fetch_all(source, lambda item: text_of(item, "pbanc_sn"), kept.append), served


def whole(query: Mapping[str, str], _number: int) -> Reply:
    return k_startup_page(ITEMS, query)


def once(reply: Reply, at: int = 2) -> Give:
    """Answer one request otherwise."""
    return lambda query, number: reply if number == at else whole(query, number)


def test_all_pages_are_fetched_with_the_key_encoded_once() -> None:
    fetched, served = fetch(whole)
    assert (len(fetched.items), fetched.pages, fetched.complete, fetched.retries) == (25, 3, True, 0)
    assert {query["serviceKey"] for query in served.asked} == {SECRET}


@pytest.mark.parametrize(
    "reply",
    [
        (500, b"broken", {}),
        (503, b"", {}),
        (200, json_reply({"data": [], "totalCount": 25})[1][:15], {}),
        (200, b"<html>maintenance</html>", {}),
        (200, b"", {}),
        (200, b'{"surprise": 1}', {}),
        (200, b'"text"', {}),
        (200, b"[" * 100_000, {}),
        (200, whole({"page": "2", "perPage": "10"}, 2)[1][:200], {"Content-Length": "4000"}),
    ],
)
def test_a_page_that_fails_or_comes_in_half_is_asked_for_again(reply: Reply) -> None:
    pauses: list[float] = []
    fetched, _ = fetch(once(reply), pauses=pauses)
    assert (len(fetched.items), fetched.complete, fetched.retries, pauses) == (25, True, 1, [1.0])


def test_a_source_that_says_when_to_come_back_is_obeyed() -> None:
    pauses: list[float] = []
    fetched, _ = fetch(once((429, b"", {"Retry-After": "7"})), pauses=pauses)
    assert (fetched.complete, pauses) == (True, [7.0])


def test_pauses_double_and_a_page_that_never_comes_ends_it_with_what_came_before() -> None:
    pauses: list[float] = []

    def give(query: Mapping[str, str], number: int) -> Reply:
        return whole(query, number) if query["page"] == "1" else (500, b"", {})

    fetched, _ = fetch(give, pauses=pauses)
    assert (len(fetched.items), fetched.complete) == (10, False)
    assert pauses == [1.0, 2.0, 4.0, 8.0]
    assert "Page 2" in fetched.fault


def test_a_timeout_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr(fetching, "TIMEOUT_S", 0.2)

    def give(query: Mapping[str, str], number: int) -> Reply:
        if number == 1:
            time.sleep(0.6)
        return whole(query, number)

    fetched, _ = fetch(give)
    assert (len(fetched.items), fetched.complete, fetched.retries) == (25, True, 1)


def test_duplicate_pages_count_once_and_what_is_missing_is_noticed() -> None:
    def give(query: Mapping[str, str], number: int) -> Reply:
        return whole({**query, "page": "1" if query["page"] == "2" else query["page"]}, number)

    fetched, _ = fetch(give)
    assert (len(fetched.items), fetched.complete) == (15, False)
    assert "15 of 25" in fetched.fault


@pytest.mark.parametrize(
    "body",
    [
        json_reply({"response": {"header": {"resultCode": "03", "resultMsg": "NODATA_ERROR"}}})[1],
        json_reply({"resultCode": "03"})[1],
        json_reply({"code": 3})[1],
        b"<response><header><resultCode>03</resultCode></header></response>",
        json_reply({"data": [], "totalCount": 0})[1],
        b"[]",
    ],
)
def test_no_data_is_an_answer(body: bytes) -> None:
    fetched, served = fetch(lambda _query, _number: (200, body, {}))
    assert (list(fetched.items), fetched.complete, len(served.asked)) == ([], True, 1)


def test_a_source_that_does_not_say_how_many_there_are_is_read_to_its_last_page() -> None:
    def give(query: Mapping[str, str], _number: int) -> Reply:
        start = (int(query["page"]) - 1) * 10
        return json_reply({"jsonArray": ITEMS[start : start + 10]})

    fetched, _ = fetch(give)
    assert (len(fetched.items), fetched.complete) == (25, True)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ((200, NO_KEY, {}), RefusedBySourceError),
        (json_reply({"reqErr": "not a key"}), RefusedBySourceError),
        ((401, b"", {}), StatusError),
        ((302, b"", {"Location": "http://127.0.0.1:9/elsewhere"}), StatusError),
        ((500, b"", {}), BrokenSourceError),
    ],
)
def test_what_ends_it_is_said_without_the_key(
    reply: Reply, error: type[ConnectorError], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(error) as raised:
        fetch(lambda _query, _number: reply)
    said = [str(raised.value), repr(raised.value), caplog.text, str(raised.value.__cause__)]
    assert [text for text in said if SECRET in text or "a-secret" in text] == []


def test_a_source_that_is_not_there_is_said_without_the_key() -> None:
    source = Source("k-startup", "http://127.0.0.1:9/api", {}, "page", "perPage", "serviceKey", SECRET)
    with pytest.raises(BrokenSourceError) as raised:
        fetch_all(source, lambda item: "", lambda _: None)
    assert "secret" not in str(raised.value)
    assert "secret" not in repr(source)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org", "", "example.org"])
def test_only_web_addresses_are_asked(address: str) -> None:
    with pytest.raises(NoWebAddressError):
        Source("k-startup", address, {}, "page", "perPage", "serviceKey", SECRET)


def test_items_that_are_no_objects_are_passed_over_and_ones_without_an_id_stay() -> None:
    items: list[Any] = [1, None, "x", {"biz_pbanc_nm": "a"}, {"biz_pbanc_nm": "b"}, ITEMS[0]]
    give: Callable[..., Reply] = lambda _query, _number: json_reply({"data": items})  # noqa: E731
    fetched, _ = fetch(give)
    assert len(fetched.items) == 3

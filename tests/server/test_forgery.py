"""Requests that another site, or a stale form, makes the browser send."""

from __future__ import annotations

from typing import Any

import pytest
from madang_graph.viewer import ANONYMOUS, Viewer
from madang_server.security.cookies import Cookie, form_name
from madang_server.security.errors import ContentTypeError, CrossSiteError, StaleFormError
from madang_server.security.forgery import FIELD, Forgery, masked, unmasked
from starlette.requests import HTTPConnection

from tests.server.builders import ORIGIN, SECRET

SIGNED_IN = Viewer(person_id="per_a", session_hash="0" * 64, csrf="token-of-the-session")
MACHINE = Viewer(person_id="per_a")
JSON = {"content-type": "application/json"}


def make_forgery(origin: str = ORIGIN, secret: str = SECRET) -> Forgery:
    return Forgery(secret.encode(), origin)


def make_request(scheme: str = "http", **headers: str) -> HTTPConnection:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [(name.encode(), value.encode()) for name, value in ({"host": "127.0.0.1:8000"} | named).items()]
    cookies: list[Cookie] = []
    return HTTPConnection(
        {"type": "http", "scheme": scheme, "path": "/", "headers": raw, "state": {"cookies": cookies}}
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},
        {"origin": ORIGIN},
        {"origin": "http://localhost:9000", "host": "localhost:9000"},
    ],
)
def test_our_own_pages_and_programs_pass(headers: dict[str, str]) -> None:
    make_forgery().check_origin(make_request(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": ORIGIN},
        {"sec_fetch_site": ""},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8001"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"origin": "http://["},
        {"origin": ""},
    ],
)
def test_other_sites_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(CrossSiteError):
        make_forgery().check_origin(make_request(**headers))


def test_behind_a_proxy_the_public_origin_is_ours() -> None:
    forgery = make_forgery("https://madang.example")
    forgery.check_origin(make_request(origin="https://madang.example", host="10.0.0.5:8000"))


def test_a_form_of_the_session_passes() -> None:
    forgery = make_forgery()
    token = forgery.form_token(make_request(), SIGNED_IN)
    forgery.check_form(make_request(), SIGNED_IN, {FIELD: token})


@pytest.mark.parametrize(
    "token",
    ["", "another", "tökën", "token-of-the-session", masked("another"), masked("token-of-the-session ")[1:], None, 7],
)
def test_a_stale_form_of_the_session_is_refused(token: Any) -> None:
    with pytest.raises(StaleFormError):
        make_forgery().check_form(make_request(), SIGNED_IN, {FIELD: token})


def test_a_token_never_stands_in_a_page_and_never_twice_the_same() -> None:
    forgery = make_forgery()
    tokens = {forgery.form_token(make_request(), SIGNED_IN) for _ in range(50)}
    assert len(tokens) == 50
    assert len({token[:8] for token in tokens}) == 50
    assert {unmasked(token) for token in tokens} == {SIGNED_IN.csrf}
    assert len({len(token) for token in tokens}) == 1


def anonymous_form(forgery: Forgery) -> tuple[str, Cookie]:
    request = make_request()
    token = forgery.form_token(request, ANONYMOUS)
    assert unmasked(forgery.form_token(request, ANONYMOUS)) == unmasked(token)
    (cookie,) = request.state.cookies
    return token, cookie


def test_an_anonymous_form_is_bound_to_the_cookie_set_with_it() -> None:
    forgery = make_forgery()
    token, cookie = anonymous_form(forgery)
    assert cookie.name == form_name(False)
    request = make_request(cookie=f"{cookie.name}={cookie.value}")
    forgery.check_form(request, ANONYMOUS, {FIELD: token})
    assert unmasked(forgery.form_token(request, ANONYMOUS)) == unmasked(token)
    assert request.state.cookies == []


def test_an_anonymous_form_without_its_cookie_or_with_another_is_refused() -> None:
    forgery = make_forgery()
    token, cookie = anonymous_form(forgery)
    for headers in ({}, {"cookie": f"{cookie.name}=planted"}):
        with pytest.raises(StaleFormError):
            forgery.check_form(make_request(**headers), ANONYMOUS, {FIELD: token})


def test_who_plants_a_cookie_cannot_make_its_token() -> None:
    _, cookie = anonymous_form(make_forgery())
    forged = masked(make_forgery(secret="a" * 40)._signed(cookie.value))
    with pytest.raises(StaleFormError):
        make_forgery().check_form(make_request(cookie=f"{cookie.name}={cookie.value}"), ANONYMOUS, {FIELD: forged})


def test_the_form_of_the_anonymous_does_not_pass_for_a_session() -> None:
    forgery = make_forgery()
    token, cookie = anonymous_form(forgery)
    with pytest.raises(StaleFormError):
        forgery.check_form(make_request(cookie=f"{cookie.name}={cookie.value}"), SIGNED_IN, {FIELD: token})


def test_a_right_token_from_another_site_is_refused() -> None:
    with pytest.raises(CrossSiteError):
        make_forgery().check_form(
            make_request(sec_fetch_site="cross-site"), SIGNED_IN, {FIELD: masked(SIGNED_IN.csrf or "")}
        )


@pytest.mark.parametrize("viewer", [ANONYMOUS, SIGNED_IN])
def test_the_api_takes_json_from_our_pages_and_from_programs(viewer: Viewer) -> None:
    make_forgery().check_api(make_request(content_type="application/json; charset=utf-8"), viewer)
    make_forgery().check_api(make_request(content_type="application/json", sec_fetch_site="same-origin"), viewer)


@pytest.mark.parametrize("viewer", [ANONYMOUS, SIGNED_IN])
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_the_api_takes_nothing_that_a_foreign_form_could_send(viewer: Viewer, content_type: str) -> None:
    with pytest.raises(ContentTypeError):
        make_forgery().check_api(make_request(content_type=content_type), viewer)


@pytest.mark.parametrize("viewer", [ANONYMOUS, SIGNED_IN])
def test_the_api_refuses_other_sites(viewer: Viewer) -> None:
    with pytest.raises(CrossSiteError):
        make_forgery().check_api(make_request(sec_fetch_site="cross-site", content_type="application/json"), viewer)


def test_a_bearer_token_needs_no_origin() -> None:
    make_forgery().check_api(make_request(sec_fetch_site="cross-site"), MACHINE)

"""From a request to its viewer, over HTTP: cookies, tokens, languages, and what a wrong one leads to."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from madang_graph.errors import GraphUnavailableError
from madang_server.operations.logs import configure_logs
from madang_server.security.passwords import Passwords
from madang_server.security.viewers import ViewerMiddleware
from madang_server.services import accounts
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.server.builders import NOW, ORIGIN, QUICK, Clock, make_yard
from tests.server.web import ask, browser, mutate, open_app, warm

WHO = "{ viewer { name email organisations { edges { role node { id } } } } }"
PERSON = {
    "name": "Hana",
    "email": "hana@example.kr",
    "password": "long enough!",
    "organisationKind": "STARTUP",
    "organisationNameEn": "Hana Lab",
}
CREDENTIALS = {"email": "hana@example.kr", "password": "long enough!"}


CLOCK = Clock()


@pytest.fixture
def clock() -> Clock:
    CLOCK.now = NOW
    return CLOCK


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def app(prepared_graph: Graph, neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    async with open_app(neo4j_address, valkey_url, CLOCK) as app:
        await warm(app, WHO)
        yield app


@pytest_asyncio.fixture(loop_scope="session")
async def client(graph: Graph, clock: Clock, app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client


async def test_who_registers_is_signed_in_until_signing_out(client: httpx.AsyncClient) -> None:
    assert await ask(client, WHO) == {"viewer": None}
    done = await mutate(client, "register", "Registered", PERSON, "viewer { name email language }")
    assert done == {
        "__typename": "Registered",
        "viewer": {"name": "Hana", "email": "hana@example.kr", "language": "KO"},
    }
    viewer = (await ask(client, WHO))["viewer"]
    assert viewer["name"] == "Hana"
    assert [edge["role"] for edge in viewer["organisations"]["edges"]] == ["OWNER"]
    kept = dict(client.cookies)
    assert await mutate(client, "signOut", "SignedOut", {}, "ok") == {"__typename": "SignedOut", "ok": True}
    assert dict(client.cookies) == {}
    client.cookies.update(kept)
    assert await ask(client, WHO) == {"viewer": None}


async def test_signing_in_changes_the_session_and_ends_the_former_one(client: httpx.AsyncClient) -> None:
    await mutate(client, "register", "Registered", PERSON)
    former = client.cookies["madang_session"]
    done = await mutate(client, "signIn", "SignedIn", CREDENTIALS, "viewer { name }")
    assert done == {"__typename": "SignedIn", "viewer": {"name": "Hana"}}
    fresh = client.cookies["madang_session"]
    assert fresh != former
    client.cookies.set("madang_session", former, domain="127.0.0.1", path="/")
    assert await ask(client, WHO) == {"viewer": None}


async def test_a_stale_cookie_does_not_hinder_a_fresh_sign_in(client: httpx.AsyncClient) -> None:
    await mutate(client, "register", "Registered", PERSON)
    client.cookies.clear()
    headers = {"cookie": "madang_session=stale"}
    response = await client.post(
        "/graphql",
        json={
            "query": "mutation($input: SignInInput!) { signIn(input: $input) { __typename } }",
            "variables": {"input": CREDENTIALS},
        },
        headers=headers,
    )
    assert response.json() == {"data": {"signIn": {"__typename": "SignedIn"}}}
    (cookie,) = response.headers.get_list("set-cookie")
    assert "Max-Age=2592000" in cookie


async def test_a_session_ends_after_thirty_days(client: httpx.AsyncClient, clock: Clock) -> None:
    await mutate(client, "register", "Registered", PERSON)
    clock.wait(days=30)
    assert await ask(client, WHO) == {"viewer": None}


@pytest.mark.parametrize("value", ["wrong", "a" * 43, "a" * 5_000, "%00", '"quoted"'])
async def test_a_wrong_cookie_is_anonymous_and_short_ones_are_cleared(client: httpx.AsyncClient, value: str) -> None:
    response = await client.post("/graphql", json={"query": WHO}, headers={"cookie": f"madang_session={value}"})
    assert response.json() == {"data": {"viewer": None}}
    cleared = [cookie for cookie in response.headers.get_list("set-cookie") if "Max-Age=0" in cookie]
    assert len(cleared) == (1 if len(value) <= 128 else 0)


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/graphql",
        json={
            "query": "mutation($input: RegisterInput!) { register(input: $input) { __typename } }",
            "variables": {"input": PERSON},
        },
    )
    (cookie,) = response.headers.get_list("set-cookie")
    name, _, rest = cookie.partition("=")
    assert name == "madang_session"
    assert set(rest.split("; ")[1:]) == {"Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=2592000"}
    assert response.headers["cache-control"] == "private, no-store"
    assert len(rest.split(";")[0]) == 43


async def test_under_https_the_cookie_is_bound_to_host_and_transport(
    graph: Graph, neo4j_address: GraphAddress, valkey_url: str, clock: Clock
) -> None:
    origin = "https://madang.example"
    async with open_app(neo4j_address, valkey_url, clock, origin=origin) as app, browser(app, origin) as client:
        await mutate(client, "register", "Registered", PERSON, origin=origin)
        assert [*client.cookies.keys()] == ["__Host-madang"]
        (cookie,) = [c for c in client.cookies.jar if c.name == "__Host-madang"]
        assert cookie.secure
        assert (await ask(client, WHO))["viewer"]["name"] == "Hana"
        response = await client.get("/health/live")
        assert response.headers["strict-transport-security"].startswith("max-age=31536000")


async def token_for(graph: Graph, scopes: set[str], lifetime: timedelta = timedelta(days=1)) -> str:
    await accounts.add_person(
        graph,
        email="robot@example.kr",
        name="Robot",
        password="long enough!",
        admin=True,
        now=NOW,
        passwords=Passwords(QUICK),
    )
    return await accounts.issue_token(graph, "robot@example.kr", scopes, NOW, lifetime=lifetime)


async def test_a_token_names_its_person(client: httpx.AsyncClient, graph: Graph) -> None:
    token = await token_for(graph, {"read"})
    data = await ask(client, WHO, authorization=f"Bearer {token}")
    assert data["viewer"]["name"] == "Robot"


async def test_a_token_that_may_only_read_cannot_write(client: httpx.AsyncClient, graph: Graph) -> None:
    await make_yard(graph)
    token = await token_for(graph, {"read"})
    given = {"id": "org_a", "version": 1, "employees": 3}
    result = await mutate(client, "editOrganisation", "OrganisationEdited", given, authorization=f"Bearer {token}")
    assert result["__typename"] == "NotPermitted"


async def test_a_token_that_may_write_writes(client: httpx.AsyncClient, graph: Graph) -> None:
    await make_yard(graph)
    token = await token_for(graph, {"read", "write"})
    given = {"id": "org_a", "version": 1, "employees": 3}
    result = await mutate(
        client,
        "editOrganisation",
        "OrganisationEdited",
        given,
        "organisation { id employees version }",
        authorization=f"bearer {token}",
    )
    assert result["organisation"] == {"id": "org_a", "employees": 3, "version": 2}


@pytest.mark.parametrize("token", ["", "mdg_wrong", "x" * 5_000])
async def test_a_wrong_token_is_refused_with_what_to_do(client: httpx.AsyncClient, token: str) -> None:
    response = await client.post(
        "/graphql", json={"query": WHO}, headers={"authorization": f"Bearer {token}", "accept-language": "en"}
    )
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "UNAUTHENTICATED"}
    assert "madang user token" in error["message"]


async def test_an_expired_token_is_refused(client: httpx.AsyncClient, graph: Graph, clock: Clock) -> None:
    token = await token_for(graph, {"read"}, timedelta(hours=1))
    clock.wait(hours=1)
    response = await client.post("/graphql", json={"query": WHO}, headers={"authorization": f"Bearer {token}"})
    assert response.status_code == 401


async def test_a_token_never_falls_back_to_the_cookie(client: httpx.AsyncClient) -> None:
    await mutate(client, "register", "Registered", PERSON)
    response = await client.post("/graphql", json={"query": WHO}, headers={"authorization": "Bearer mdg_wrong"})
    assert response.status_code == 401


@pytest.mark.parametrize("site", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
async def test_other_sites_cannot_use_the_session(client: httpx.AsyncClient, site: dict[str, str]) -> None:
    await mutate(client, "register", "Registered", PERSON)
    response = await client.post("/graphql", json={"query": WHO}, headers=site)
    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"] == {"code": "CROSS_SITE"}


async def test_no_write_by_get(client: httpx.AsyncClient) -> None:
    await mutate(client, "register", "Registered", PERSON)
    document = "mutation { signOut(input: {}) { __typename } }"
    assert (await client.get("/graphql", params={"query": document})).status_code == 405
    assert (await ask(client, WHO))["viewer"]["name"] == "Hana"


@pytest.mark.parametrize(
    ("accepted", "message"),
    [
        ("en", "Address and password do not belong together. Check both and try again."),
        ("ko-KR,ko;q=0.9,en;q=0.8", "이메일 또는 비밀번호가 맞지 않습니다. 다시 확인해 주세요."),
        ("en;q=0.5,ko;q=0.6", "이메일 또는 비밀번호가 맞지 않습니다. 다시 확인해 주세요."),
        ("fr,de;q=x,,;", "이메일 또는 비밀번호가 맞지 않습니다. 다시 확인해 주세요."),
    ],
)
async def test_messages_come_in_the_language_asked_for(client: httpx.AsyncClient, accepted: str, message: str) -> None:
    result = await mutate(client, "signIn", "SignedIn", CREDENTIALS, **{"accept-language": accepted})
    assert result == {
        "__typename": "ValidationFailed",
        "message": message,
        "path": ["email"],
        "problems": [{"message": message, "path": ["email"]}],
    }


async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient) -> None:
    nonces = set()
    for path in ("/health/live", "/graphql?query={__typename}", "/nothing-here", "/"):
        headers = (await client.get(path)).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        own, nonce = policy["script-src"].split(" ")
        assert own == "'self'"
        nonces.add(nonce)
        assert "unsafe" not in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers
    assert len(nonces) == 4


class AwayGraph:
    """A graph that does not answer; what the real one does then is tested in faults/."""

    async def read(self, *_arguments: object, **_named: object) -> list[list[object]]:
        raise GraphUnavailableError("bolt://127.0.0.1:1", "refused")


async def test_while_the_graph_is_away_nobody_is_taken_for_someone_else(clock: Clock) -> None:
    async def whoever(request: Request) -> Response:
        return PlainTextResponse(str(request.state.viewer.person_id))

    app = Starlette(
        routes=[Route("/graphql", whoever), Route("/health/live", whoever)], middleware=[Middleware(ViewerMiddleware)]
    )
    app.state.services = SimpleNamespace(graph=AwayGraph(), clock=clock, settings=SimpleNamespace(origin=ORIGIN))
    async with browser(app) as client:
        assert (await client.get("/graphql")).text == "None"
        client.cookies.set("madang_session", "a" * 43, domain="127.0.0.1", path="/")
        response = await client.get("/graphql")
        assert response.status_code == 503
        assert "set-cookie" not in response.headers
        assert (await client.get("/health/live")).status_code == 200


async def test_logs_hold_no_secret_and_no_person(client: httpx.AsyncClient, graph: Graph) -> None:
    lines = io.StringIO()
    configure_logs("json", "debug", lines)
    await mutate(client, "register", "Registered", PERSON)
    session_id = client.cookies["madang_session"]
    await mutate(client, "signIn", "SignedIn", CREDENTIALS | {"password": "wrong password"})
    await mutate(client, "register", "Registered", PERSON | {"email": "a b"})
    await client.post("/graphql", json={"query": WHO}, headers={"authorization": "Bearer mdg_a-leaked-token"})
    await mutate(client, "signOut", "SignedOut", {})
    token = await token_for(graph, {"read"})
    await ask(client, WHO, authorization=f"Bearer {token}")
    written = lines.getvalue()
    assert written.count('"route": "/graphql"') + written.count('"route":"/graphql"') >= 5
    for secret in (session_id, "long enough!", "wrong password", "mdg_", "example.kr", "Hana", "Robot"):
        assert secret not in written

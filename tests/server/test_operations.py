"""Operations: request ids, logs without personal data, metrics, and what is shown when something fails."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio
import structlog
from madang_graph.client import Graph, GraphAddress
from madang_server.operations.logs import configure_logs, without_personal_data
from madang_server.operations.request_ids import request_id
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.server.builders import Clock
from tests.server.web import browser, mutate, open_app

EMAIL = "kim.founder@example.kr"
PASSWORD = "정말 긴 비밀번호 하나"
TOKEN = "mdg_" + "Zk3vQ9" * 8
SEARCHED = "폐업한 옆집 카페"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def app(prepared_graph: Graph, neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    """One application for all tests here: opening one takes seconds, and none of them looks at the data."""
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened
    await prepared_graph.write("MATCH (node) DETACH DELETE node", timeout_s=60)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged from now on, as JSON lines."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    configure_logs("json", "debug", stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def test_the_logs_of_a_journey_hold_nothing_personal(app: Starlette, logged: io.StringIO) -> None:
    given = {
        "name": "김창업",
        "email": EMAIL,
        "password": PASSWORD,
        "organisationKind": "STARTUP",
        "organisationNameKo": "가온",
    }
    async with browser(app) as client:
        client.headers["x-forwarded-for"] = "203.0.113.77"
        await mutate(client, "register", "Registered", given)
        await mutate(client, "register", "Registered", given)  # the address is taken now
        await mutate(client, "signIn", "SignedIn", {"email": EMAIL, "password": "falsch"})
        await client.get("/search", params={"q": SEARCHED}, headers={"accept": "text/html"})
        await client.get(f"/no/{EMAIL}", headers={"authorization": f"Bearer {TOKEN}", "accept": "text/html"})
        cookies = list(client.cookies.values())
    text = logged.getvalue()
    assert cookies, "registering signs in"
    for secret in (EMAIL, PASSWORD, TOKEN, SEARCHED, "203.0.113.77", "127.0.0.1:123", *cookies):
        assert secret not in text
    requests = [line for line in lines(logged) if line["event"] == "request"]
    assert {line["route"] for line in requests} >= {"/graphql", "/search"}
    assert all(line["request_id"] for line in requests)


def test_errors_of_drivers_lose_what_they_quote() -> None:
    quoted = f"Node(1) exists with property `email` = '{EMAIL}' at redis://:geheim123@127.0.0.1:6379/0 Bearer {TOKEN}"
    cleaned = without_personal_data(quoted)
    assert EMAIL not in cleaned
    assert "geheim123" not in cleaned
    assert TOKEN not in cleaned
    assert "org_abcdefghij234567" in without_personal_data("not found: org_abcdefghij234567")


def test_a_traceback_is_cleaned_too(logged: io.StringIO) -> None:
    try:
        raise ValueError(EMAIL)
    except ValueError:
        structlog.get_logger("x").exception("failed")
        logging.getLogger("library").exception("of %s", EMAIL)
    assert len(lines(logged)) == 2
    assert EMAIL not in logged.getvalue()


@pytest.mark.parametrize(
    "given", ["0a1b2c3d4e5f", "123e4567-e89b-12d3-a456-426614174000", "01HF3Z5Q1R2S3T4V5W6X7Y8Z9A"]
)
def test_a_wellformed_request_id_is_kept(given: str) -> None:
    assert request_id([(b"x-request-id", given.encode())]) == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, 'x" event="forged', "line\nbreak-1", "한글한글한글한글"])
def test_any_other_request_id_is_replaced(given: str) -> None:
    made = request_id([(b"x-request-id", given.encode())])
    assert made != given
    assert len(made) == 16


async def test_every_answer_carries_its_request_id(app: Starlette) -> None:
    async with browser(app) as client:
        sent = await client.get("/health/live", headers={"x-request-id": "0123456789abcdef"})
        fresh = [(await client.get("/nothing-here")).headers["x-request-id"] for _ in range(2)]
    assert sent.headers["x-request-id"] == "0123456789abcdef"
    assert len(set(fresh)) == 2


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_an_unexpected_error_is_logged_with_an_id_and_only_the_id_is_shown(
    app: Starlette, logged: io.StringIO, accept: str
) -> None:
    async def fail(_request: Request) -> Response:
        raise RuntimeError("the inside of the house")

    broken = Route("/broken", fail)
    app.router.routes.insert(0, broken)
    async with browser(app) as client:
        response = await client.get("/broken", headers={"accept": accept})
    app.router.routes.remove(broken)
    (entry,) = [line for line in lines(logged) if line["event"] == "unexpected error"]
    assert response.status_code == 500
    assert str(entry["error_id"]) in response.text
    assert "the inside of the house" in str(entry["exception"])
    assert "inside" not in response.text
    assert response.headers["content-type"].startswith(accept)
    assert "content-security-policy" in response.headers


async def test_metrics_count_by_route_and_never_by_address(app: Starlette) -> None:
    async with browser(app) as client:
        await client.get("/organisations/org_aaaaaaaaaaaaaaaa", headers={"accept": "text/html"})
        await client.request("SPILL", "/wp-login.php")
        text = (await client.get("/metrics")).text
    # Whatever it answered: on a busy machine the graph may be too slow.
    assert re.search(r'madang_requests_total{method="GET",route="/organisations/{id}",status="\d+"} 1.0', text)
    assert 'madang_requests_total{method="OTHER",route="unmatched",status="404"} 1.0' in text
    assert "org_aaaa" not in text
    assert "wp-login" not in text
    for name in ("madang_graph_statements", "madang_jobs_waiting ", "madang_jobs_in_outbox "):
        assert name in text


@pytest.mark.parametrize(
    ("client_host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.5", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "203.0.113.5"}, 404),
        ("127.0.0.1", {"forwarded": "for=203.0.113.5"}, 404),
    ],
)
async def test_metrics_are_for_this_machine(
    app: Starlette, client_host: str, headers: dict[str, str], status: int
) -> None:
    transport = httpx.ASGITransport(app=app, client=(client_host, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_the_report_of_a_browser_is_noted_without_addresses(app: Starlette, logged: io.StringIO) -> None:
    report = {"csp-report": {"effective-directive": "script-src", "blocked-uri": f"https://evil.example/?m={EMAIL}"}}
    async with browser(app) as client:
        answers = [
            await client.post("/csp-report", json=report),
            await client.post("/csp-report", json=[{"type": "csp-violation", "body": {"blockedURL": "inline"}}]),
            await client.post("/csp-report", content=b"{not json"),
            await client.post("/csp-report", json=[1, None, {"csp-report": 3}]),
        ]
    assert {answer.status_code for answer in answers} == {204}
    noted = [(line["directive"], line["blocked"]) for line in lines(logged) if line["event"] == "content policy"]
    assert noted == [("script-src", "https://evil.example"), ("unknown", "inline")]
    assert EMAIL not in logged.getvalue()

"""What if: an unsaved profile is judged, and neither the graph nor the log knows of it afterwards."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from madang_server.operations.logs import configure_logs
from madang_server.security.attempts import CHECK_BY_ADDRESS, LIMITS
from madang_server.services import checks
from madang_server.services.errors import LimitReachedError, NotFoundError, ValidationError
from madang_server.services.facts import FactText
from starlette.applications import Starlette

from tests.server.builders import NOBODY, NOW, OUTSIDER, OWNER, Clock, everything, make_identity, make_yard
from tests.server.test_facts import make_call
from tests.server.web import browser, open_app

DOCUMENT = """mutation($input: CheckProfileInput!) { checkProfile(input: $input) {
  __typename ... on ProfileChecked { results { id: callId name: callName(language: EN) verdict
    conditions { kind verdict missing } fixes { field answer } window { until } } }
  ... on ValidationFailed { problems { path message } } ... on UserError { message path } } }"""


async def check(graph: Graph, viewer: Any = NOBODY, identity: Any = None, **given: Any) -> list[dict[str, Any]]:
    answers = [FactText(name, value) for name, value in given.pop("facts", {}).items()]
    asked: dict[str, Any] = {"call_ids": None, "organisation_id": None, "address": "192.0.2.7", "now": NOW}
    return await checks.check(graph, viewer, identity or make_identity(), answers, **(asked | given))


async def test_an_unsaved_profile_is_judged_and_nothing_is_stored(graph: Graph) -> None:
    await make_yard(graph)
    await make_call(graph)
    before = await everything(graph)
    (unknown,) = await check(graph)
    assert unknown["verdict"] == "check"
    facts = {"founded_on": "2022.2.28", "tax_arrears": "no"}
    (fits,) = await check(graph, facts=facts)
    assert (fits["verdict"], fits["as_of"], fits["fixes"]) == ("eligible", "2026-11-24", [])
    (old,) = await check(graph, facts=facts | {"founded_on": "2001-01-01"})
    assert old["verdict"] == "not_eligible"
    assert await everything(graph) == before


async def test_named_calls_are_judged_with_what_would_change_it(graph: Graph) -> None:
    await make_yard(graph)
    await make_call(graph)
    (found,) = await check(graph, facts={"founded_on": "2022-02-28"}, call_ids=["call_one", "call_none"])
    assert [(each["field"], each["answer"]) for each in found["fixes"]] == [("tax_arrears", "no")]
    with pytest.raises(ValidationError):
        await check(graph, call_ids=[f"call_{n}" for n in range(11)])


async def test_stored_values_count_for_ones_own_organisation_alone(graph: Graph) -> None:
    await make_yard(graph)
    await make_call(graph)
    facts = {"tax_arrears": "no"}
    assert [each["verdict"] for each in await check(graph, OWNER, organisation_id="org_a", facts=facts)] == ["eligible"]
    for viewer in (NOBODY, OUTSIDER):
        with pytest.raises(NotFoundError):
            await check(graph, viewer, organisation_id="org_a", facts=facts)


async def test_closed_archived_and_withdrawn_calls_are_not_judged(graph: Graph) -> None:
    await make_yard(graph)
    await make_call(graph)
    assert len(await check(graph)) == 1
    for change in (
        "closes_at: '2026-11-01T00:00:00Z'",
        "archived_at: '2026-11-01T00:00:00Z'",
        "withdrawn_on: '2026-11-01'",
    ):
        await make_call(graph)
        await graph.write("MATCH (c:Call {id: 'call_one'}) SET c += {" + change + "}")  # pyright: ignore
        assert await check(graph) == []
        await graph.write("MATCH (c:Call {id: 'call_one'}) SET c.archived_at = null, c.withdrawn_on = null")


async def test_tries_are_limited_by_address(graph: Graph) -> None:
    await make_yard(graph)
    identity = make_identity()
    for _ in range(LIMITS[CHECK_BY_ADDRESS].most):
        await identity.attempts.allows(CHECK_BY_ADDRESS, "192.0.2.7")
    with pytest.raises(LimitReachedError):
        await check(graph, identity=identity)
    assert await check(graph, identity=identity, address="192.0.2.8") is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [("employees", "-1"), ("industry_code", "'; DROP"), ("nothing", "1"), ("kind", "pirate"), ("statements", "{}")],
)
async def test_what_cannot_be_read_is_refused_at_its_place(graph: Graph, name: str, value: str) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError) as refused:
        await check(graph, facts={name: value})
    assert [problem.field for problem in refused.value.problems] == [f"facts.{name}"]


@pytest_asyncio.fixture(loop_scope="session")
async def app(graph: Graph, neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    await make_call(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as app:
        yield app


SECRETS = {"founder_born_on": "1973-08-19", "assets_won": "777123456", "employees": "4711", "own_share": "93.7%"}


async def test_the_log_knows_nothing_of_it(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    configure_logs("json", "debug", stream)
    facts = [{"name": name, "value": value} for name, value in SECRETS.items()]
    refused = [*facts, {"name": "legal_form", "value": "pirate-secret"}]
    async with browser(app) as client:
        answers = [
            (await client.post("/graphql", json={"query": DOCUMENT, "variables": {"input": {"facts": each}}})).json()
            for each in (facts, refused, [{"name": "employees", "value": ["4711"]}])
        ]

        def broken(*_: Any, **__: Any) -> None:
            raise RuntimeError("out of order")

        monkeypatch.setattr(checks, "judged", broken)
        failed = await client.post("/graphql", json={"query": DOCUMENT, "variables": {"input": {"facts": facts}}})
    assert not answers[0].get("errors"), answers[0]
    assert answers[0]["data"]["checkProfile"]["results"][0]["id"] == "call_one", answers[0]
    assert answers[1]["data"]["checkProfile"]["problems"][0]["path"] == ["facts.legal_form"]
    assert answers[2]["errors"]
    assert failed.json()["errors"]
    logged = stream.getvalue()
    assert "out of order" in logged or "error" in logged
    for value in [*SECRETS.values(), "pirate-secret", "1973"]:
        assert value not in logged


async def test_the_page_judges_what_was_typed_and_keeps_it_in_the_form(app: Starlette) -> None:
    async with browser(app) as client:
        shown = await client.get("/en/check")
        assert shown.status_code == 200
        token = shown.text.split('name="csrf" value="')[1].split('"')[0]
        form = {"csrf": token, "form": "checks/check", "facts.founded_on": "2022-02-28", "facts.tax_arrears": "no"}
        checked = await client.post("/en/check", data=form, headers={"origin": "http://127.0.0.1:8000"})
        assert checked.status_code == 200, checked.text
        assert "you could apply for one call" in checked.text
        assert 'value="2022-02-28"' in checked.text
        wrong = await client.post(
            "/en/check", data=form | {"facts.own_share": "much"}, headers={"origin": "http://127.0.0.1:8000"}
        )
    assert wrong.status_code == 422
    assert "Own share: Write the share as 20%." in wrong.text

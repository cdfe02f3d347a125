"""Every mutation over HTTP, with what it gives back: read after the write, by the rules of every other read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from madang_server.security.passwords import Passwords
from madang_server.services import accounts
from starlette.applications import Starlette

from tests.server.builders import NOW, QUICK, Clock, jobs_of, make_yard
from tests.server.web import ask, browser, mutate, open_app, warm

TEXT = "함께 불량을 줄이고 싶습니다"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def app(prepared_graph: Graph, neo4j_address: GraphAddress, valkey_url: str) -> AsyncIterator[Starlette]:
    async with open_app(neo4j_address, valkey_url, Clock()) as app:
        await warm(app, "{ viewer { id } }")
        yield app


async def sign_in_as_editor(graph: Graph, client: httpx.AsyncClient, organisation_id: str, email: str) -> None:
    """Sign an editor of the organisation in."""
    password = "long enough!"
    person_id = await accounts.add_person(
        graph, email=email, name="Editor", password=password, admin=False, now=NOW, passwords=Passwords(QUICK)
    )
    await graph.write(
        """
MATCH (p:Person {id: $person_id})
MATCH (o:Organisation {id: $organisation_id})
CREATE (p)-[:ACTS_FOR {role: 'editor'}]->(o)
""",
        {"person_id": person_id, "organisation_id": organisation_id},
    )
    result = await mutate(client, "signIn", "SignedIn", {"email": email, "password": password})
    assert result["__typename"] == "SignedIn"


@pytest_asyncio.fixture(loop_scope="session")
async def editor(graph: Graph, app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    await make_yard(graph)
    async with browser(app) as client:
        await sign_in_as_editor(graph, client, "org_a", "a@example.kr")
        yield client


async def test_an_edit_gives_back_the_profile_as_it_is_now(editor: httpx.AsyncClient, graph: Graph) -> None:
    given: dict[str, Any] = {
        "id": "org_a",
        "version": 1,
        "nameKo": "가온누리",
        "nameEn": None,
        "kind": "SME",
        "stage": "GROWTH",
        "visibility": "MEMBERS",
        "foundedOn": "2019-05-02",
        "revenueWon": 7_000_000_000,
        "industryId": "ind_c29",
        "districtId": "dst_mapo",
        "technologyIds": ["tec_ai", "tec_iot"],
        "certificates": ["venture"],
    }
    selection = """organisation {
      name nameEn kind stage visibility foundedOn revenueWon version isMine
      industry { code } district { id } technologies(sort: NAME_ASC) { totalCount nodes { id } } certificates
    }"""
    result = await mutate(editor, "editOrganisation", "OrganisationEdited", given, selection)
    assert result["organisation"] == {
        "name": "가온누리",
        "nameEn": None,
        "kind": "SME",
        "stage": "GROWTH",
        "visibility": "MEMBERS",
        "foundedOn": "2019-05-02",
        "revenueWon": 7_000_000_000,
        "version": 2,
        "isMine": True,
        "industry": {"code": "C29"},
        "district": {"id": "dst_mapo"},
        "technologies": {"totalCount": 2, "nodes": [{"id": "tec_iot"}, {"id": "tec_ai"}]},
        "certificates": ["venture"],
    }
    again = await mutate(editor, "editOrganisation", "OrganisationEdited", given, selection)
    assert (again["__typename"], again["path"]) == ("Conflict", ["version"])


async def test_every_problem_of_a_form_is_told_at_its_field(editor: httpx.AsyncClient) -> None:
    given = {"id": "org_a", "version": 1, "nameKo": "가" * 201, "trl": 10}
    result = await mutate(editor, "editOrganisation", "OrganisationEdited", given, **{"accept-language": "ko"})
    assert result == {
        "__typename": "ValidationFailed",
        "message": "200자까지 쓸 수 있습니다. 줄여 주세요.",
        "path": ["nameKo"],
        "problems": [
            {"message": "200자까지 쓸 수 있습니다. 줄여 주세요.", "path": ["nameKo"]},
            {"message": "1에서 9 사이의 수를 입력해 주세요.", "path": ["trl"]},
        ],
    }


async def test_a_posted_need_and_offer_come_back(editor: httpx.AsyncClient) -> None:
    given = {"organisationId": "org_a", "text": TEXT, "language": "KO", "barrier": "SKILL", "budgetWon": 10**12}
    need = await mutate(
        editor, "postNeed", "NeedPosted", given, "need { text language barrier budgetWon state organisation { id } }"
    )
    assert need["need"] == {
        "text": TEXT,
        "language": "KO",
        "barrier": "SKILL",
        "budgetWon": 10**12,
        "state": "OPEN",
        "organisation": {"id": "org_a"},
    }
    given = {"organisationId": "org_a", "text": TEXT, "technologyIds": ["tec_ai"]}
    offer = await mutate(editor, "postOffer", "OfferPosted", given, "offer { text technologies { nodes { id } } }")
    assert offer["offer"] == {"text": TEXT, "technologies": {"nodes": [{"id": "tec_ai"}]}}


async def test_a_dismissed_call_is_among_the_dismissed_until_it_is_restored(editor: httpx.AsyncClient) -> None:
    given = {"organisationId": "org_a", "subjectId": "call_one"}
    selection = "organisation { dismissedCalls { edges { reason node { id } } } }"
    said = given | {"reason": "BAD_TIMING"}
    hidden = await mutate(editor, "dismissSuggestion", "SuggestionDismissed", said, selection)
    expected = [{"reason": "BAD_TIMING", "node": {"id": "call_one"}}]
    assert hidden["organisation"] == {"dismissedCalls": {"edges": expected}}
    shown = await mutate(editor, "restoreSuggestion", "SuggestionRestored", given, selection)
    assert shown["organisation"] == {"dismissedCalls": {"edges": []}}


async def test_two_sides_of_an_introduction(editor: httpx.AsyncClient, graph: Graph, app: Starlette) -> None:
    given = {"fromId": "org_a", "toId": "org_b", "message": TEXT, "needId": "need_b"}
    asked = await mutate(
        editor,
        "requestIntroduction",
        "IntroductionRequested",
        given,
        "introduction { id state message asker { id } asked { id } need { id } }",
    )
    introduction = asked["introduction"]
    introduction_id = introduction.pop("id")
    assert introduction == {
        "state": "REQUESTED",
        "message": TEXT,
        "asker": {"id": "org_a"},
        "asked": {"id": "org_b"},
        "need": {"id": "need_b"},
    }
    async with browser(app) as partner:
        await sign_in_as_editor(graph, partner, "org_b", "b@example.kr")
        given = {"id": introduction_id, "accept": True, "answer": "반갑습니다"}
        answered = await mutate(
            partner, "answerIntroduction", "IntroductionAnswered", given, "introduction { state answer }"
        )
        assert answered["introduction"] == {"state": "ACCEPTED", "answer": "반갑습니다"}


async def test_the_same_key_gives_the_same_answer(editor: httpx.AsyncClient, graph: Graph) -> None:
    given = {"organisationId": "org_a", "text": TEXT, "idempotencyKey": "once"}
    first = await mutate(editor, "postNeed", "NeedPosted", given, "need { id }")
    assert await mutate(editor, "postNeed", "NeedPosted", given, "need { id }") == first
    assert len(await jobs_of(graph)) <= 1
    other = await mutate(editor, "postNeed", "NeedPosted", given | {"text": TEXT + "!"}, "need { id }")
    assert (other["__typename"], other["path"]) == ("Conflict", ["idempotencyKey"])


async def test_several_mutations_of_one_document_follow_each_other(editor: httpx.AsyncClient) -> None:
    # Has the statement planned that reads the payloads: this document cannot be sent twice.
    edit = {"id": "org_a", "version": 1, "trl": 2}
    await mutate(editor, "editOrganisation", "OrganisationEdited", edit, "organisation { trl version }")
    data = await ask(
        editor,
        """mutation {
          one: editOrganisation(input: {id: "org_a", version: 2, trl: 3}) {
            ... on OrganisationEdited { organisation { trl version } }
          }
          two: editOrganisation(input: {id: "org_a", version: 3, trl: 4}) {
            ... on OrganisationEdited { organisation { trl version } }
          }
          out: signOut(input: {}) { ... on SignedOut { ok } }
          three: editOrganisation(input: {id: "org_a", version: 4, trl: 5}) { __typename }
        }""",
    )
    assert data == {
        "one": {"organisation": {"trl": 3, "version": 3}},
        "two": {"organisation": {"trl": 4, "version": 4}},
        "out": {"ok": True},
        "three": {"__typename": "NotPermitted"},
    }

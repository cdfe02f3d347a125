"""Accounts from the command line: people and API tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.writes.sessions import viewer_of_token
from madang_server.security.digests import digest_of
from madang_server.security.passwords import Passwords
from madang_server.services import accounts
from madang_server.services.errors import EmailTakenError, NotFoundError, ValidationError

from tests.server.builders import NOW, QUICK, audit_of, everything, values_of


async def add(graph: Graph, **overrides: Any) -> str:
    fields: dict[str, Any] = {"email": "ada@example.kr", "name": "Ada", "password": "long enough!", "admin": False}
    return await accounts.add_person(graph, **(fields | overrides), now=NOW, passwords=Passwords(QUICK))


async def test_a_person_is_added_with_an_audit_entry(graph: Graph) -> None:
    person_id = await add(graph, admin=True)
    stored = await values_of(graph, person_id)
    assert (stored["email"], stored["admin"], stored["demo"]) == ("ada@example.kr", True, False)
    assert await audit_of(graph) == [("", "people.add", person_id, ("admin", "person"))]


async def test_an_address_is_added_once(graph: Graph) -> None:
    await add(graph)
    with pytest.raises(EmailTakenError):
        await add(graph, email=" ADA@example.kr ")


async def test_a_weak_password_is_refused(graph: Graph) -> None:
    with pytest.raises(ValidationError):
        await add(graph, password="short")
    assert await everything(graph) == []


async def test_a_token_works_until_it_expires_and_is_kept_as_a_hash(graph: Graph) -> None:
    person_id = await add(graph)
    token = await accounts.issue_token(graph, "Ada@example.kr", {"read"}, NOW, lifetime=timedelta(days=1))
    assert token.startswith("mdg_")
    assert token not in repr(await everything(graph))
    viewer = await viewer_of_token(graph, digest_of(token), NOW)
    assert viewer is not None
    assert (viewer.person_id, viewer.scopes, viewer.session_hash) == (person_id, frozenset({"read"}), None)
    assert await viewer_of_token(graph, digest_of(token), NOW + timedelta(days=1)) is None


@pytest.mark.parametrize("scopes", [set(), {"admin"}, {"read", "all"}])
async def test_an_unknown_scope_is_refused(graph: Graph, scopes: set[str]) -> None:
    await add(graph)
    with pytest.raises(ValidationError):
        await accounts.issue_token(graph, "ada@example.kr", scopes, NOW)


async def test_an_unknown_address_gets_no_token(graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        await accounts.issue_token(graph, "nobody@example.kr", {"read"}, NOW)
    assert await everything(graph) == []

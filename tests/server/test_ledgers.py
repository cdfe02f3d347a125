"""An organisation's own lists: awards, applications, documents. Recorded, changed, taken off, put back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.viewer import Viewer
from madang_server.api.de_minimis import de_minimis
from madang_server.services import applications, awards, documents, ledgers
from madang_server.services.applications import ApplicationDraft
from madang_server.services.awards import AwardDraft
from madang_server.services.documents import DocumentDraft
from madang_server.services.errors import (
    DomainError,
    LimitReachedError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    ValidationError,
)

from tests.server.builders import ADMIN, NOBODY, NOW, OUTSIDER, OWNER, READER, audit_of, everything, jobs_of, make_yard


async def save_award(graph: Graph, viewer: Viewer = OWNER, key: str | None = None, **fields: Any) -> str:
    given: dict[str, Any] = {"organisation_id": "org_a", "name": "R&D 바우처", "received_on": "2026-03-02"} | fields
    return await awards.save(graph, viewer, AwardDraft(**given), now=NOW, idempotency_key=key)


async def save_application(graph: Graph, viewer: Viewer = OWNER, **fields: Any) -> str:
    given: dict[str, Any] = {"organisation_id": "org_a", "call_id": "call_one"} | fields
    return await applications.save(graph, viewer, ApplicationDraft(**given), now=NOW)


async def save_document(graph: Graph, viewer: Viewer = OWNER, **fields: Any) -> str:
    given: dict[str, Any] = {"organisation_id": "org_a", "kind": "tax_clearance"} | fields
    return await documents.save(graph, viewer, DocumentDraft(**given), now=NOW)


SAVERS: dict[str, Callable[..., Awaitable[str]]] = {
    "awards": save_award,
    "applications": save_application,
    "documents": save_document,
}
LISTED = {"awards": awards.LISTED, "applications": applications.LISTED, "documents": documents.LISTED}


async def entry(graph: Graph, entry_id: str) -> dict[str, Any]:
    ((values,),) = await graph.read(
        "MATCH (n:Award|Application|Document {id: $id}) RETURN properties(n)", {"id": entry_id}
    )
    return values


async def marked(graph: Graph, listed: str, entry_id: str, removed: bool, viewer: Viewer = OWNER) -> str:
    return await ledgers.set_removed(graph, viewer, LISTED[listed], entry_id, removed=removed, now=NOW, key=None)


async def test_an_award_is_recorded_audited_and_matched_anew(graph: Graph) -> None:
    await make_yard(graph)
    award_id = await save_award(graph, regime="de_minimis", de_minimis_eur=40_000, amount_won=60_000_000)
    assert await entry(graph, award_id) == {
        "id": award_id, "name": "R&D 바우처", "amount_won": 60_000_000, "received_on": "2026-03-02",
        "state": "received", "regime": "de_minimis", "de_minimis_eur": 40_000, "version": 1,
        "recorded_at": "2026-11-24T03:00:00Z",
    }  # fmt: skip
    ((person, action, subject, fields),) = await audit_of(graph)
    assert (person, action, subject) == ("per_owner", "awards.save", award_id)
    assert {"amount_won", "de_minimis_eur"} <= set(fields)
    assert await jobs_of(graph) == [("suggestions.refresh", {"organisation_id": "org_a"})]


async def test_an_entry_is_replaced_whole_and_only_from_its_newest_version(graph: Graph) -> None:
    await make_yard(graph)
    award_id = await save_award(graph, plan="과제 1", amount_won=5)
    assert await save_award(graph, id=award_id, version=1, amount_won=7) == award_id
    assert {k: v for k, v in (await entry(graph, award_id)).items() if k in ("plan", "amount_won", "version")} == {
        "amount_won": 7,
        "version": 2,
    }
    before = await everything(graph)
    with pytest.raises(StaleVersionError):
        await save_award(graph, id=award_id, version=1, amount_won=9)
    with pytest.raises(StaleVersionError):
        await save_award(graph, id=award_id, amount_won=9)
    assert await everything(graph) == before


@pytest.mark.parametrize("listed", SAVERS)
async def test_what_was_taken_off_can_be_put_back_as_it_was(graph: Graph, listed: str) -> None:
    await make_yard(graph)
    entry_id = await SAVERS[listed](graph)
    before = await entry(graph, entry_id)
    await marked(graph, listed, entry_id, removed=True)
    assert (await entry(graph, entry_id))["removed_at"] == "2026-11-24T03:00:00Z"
    with pytest.raises(NotFoundError):
        await SAVERS[listed](graph, id=entry_id, version=2)
    await marked(graph, listed, entry_id, removed=True)
    await marked(graph, listed, entry_id, removed=False)
    assert await entry(graph, entry_id) == before | {"version": 3}
    actions = [action for _, action, _, _ in await audit_of(graph)]
    assert sorted(actions) == [f"{listed}.remove", f"{listed}.restore", f"{listed}.save"]


@pytest.mark.parametrize("listed", SAVERS)
async def test_only_those_who_may_edit_the_organisation_write_on_its_lists(graph: Graph, listed: str) -> None:
    await make_yard(graph)
    entry_id = await SAVERS[listed](graph)
    await SAVERS[listed](graph, viewer=ADMIN)
    before = await everything(graph)
    for viewer in (NOBODY, READER, OUTSIDER):
        with pytest.raises((NotPermittedError, NotFoundError)):
            await SAVERS[listed](graph, viewer=viewer)
        with pytest.raises((NotPermittedError, NotFoundError)):
            await marked(graph, listed, entry_id, removed=True, viewer=viewer)
    assert await everything(graph) == before


@pytest.mark.parametrize("listed", SAVERS)
async def test_an_entry_of_another_organisation_cannot_be_taken_over(graph: Graph, listed: str) -> None:
    await make_yard(graph)
    theirs = await SAVERS[listed](graph, viewer=ADMIN, organisation_id="org_b")
    before = await everything(graph)
    with pytest.raises(NotFoundError):
        await SAVERS[listed](graph, id=theirs, version=1)
    other = {"awards": "applications", "applications": "documents", "documents": "awards"}[listed]
    with pytest.raises(NotFoundError):
        await marked(graph, other, theirs, removed=True)
    assert await everything(graph) == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"received_on": None}, "receivedOn"),
        ({"received_on": "2026-02-30"}, "receivedOn"),
        ({"received_on": "2031-01-01"}, "receivedOn"),
        ({"ends_on": "2026-03-01"}, "endsOn"),
        ({"amount_won": -1}, "amountWon"),
        ({"regime": "de_minimis"}, "deMinimisEur"),
        ({"regime": "other", "de_minimis_eur": 5}, "deMinimisEur"),
        ({"de_minimis_eur": -5}, "deMinimisEur"),
        ({"state": "lost"}, "state"),
        ({"name": None}, "name"),
        ({"name": "가\u202e나"}, "name"),
        ({"programme_id": "prg_none"}, "programmeId"),
        ({"programme_id": "call_one"}, "programmeId"),
        ({"programme_id": "'; MATCH (n)"}, "programmeId"),
    ],
)
async def test_an_award_that_cannot_be_is_refused_at_its_field(
    graph: Graph, fields: dict[str, Any], field: str
) -> None:
    await make_yard(graph)
    before = await everything(graph)
    with pytest.raises(ValidationError) as refused:
        await save_award(graph, **fields)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert await everything(graph) == before


async def test_an_application_takes_the_name_of_its_call_and_can_lose_the_call(graph: Graph) -> None:
    await make_yard(graph)
    application_id = await save_application(graph)
    assert (await entry(graph, application_id))["name"] == "공고"
    await save_application(graph, id=application_id, version=1, call_id=None, name="다른 공모")
    ties = await graph.read("MATCH (a:Application {id: $id})-->(c) RETURN c.id", {"id": application_id})
    assert ties == []
    with pytest.raises(ValidationError):
        await save_application(graph, call_id="call_none")


async def test_a_list_has_an_end(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_yard(graph)
    monkeypatch.setattr(ledgers, "ENTRIES_MOST", 1)
    first = await save_document(graph)
    with pytest.raises(LimitReachedError):
        await save_document(graph)
    await marked(graph, "documents", first, removed=True)
    await save_document(graph)
    with pytest.raises(LimitReachedError):
        await marked(graph, "documents", first, removed=False)


async def test_the_same_key_records_once(graph: Graph) -> None:
    await make_yard(graph)
    assert await save_award(graph, key="k") == await save_award(graph, key="k")
    with pytest.raises(DomainError):
        await save_award(graph, key="k", amount_won=9)


def summed(awards: list[tuple[str, int]], new: int = 0, on: str | None = None) -> dict[str, Any]:
    alone = ['{"affiliate_awards": []}', [False, 0, []], []]
    made = de_minimis(["2026-11-23T15:00:00Z", [list(one) for one in awards], *alone], {"newEur": new, "on": on})
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("received", "on", "used"),
    [
        ("2023-11-24", None, 0),  # midnight in Seoul has passed: today is the 24th, and the day left with it
        ("2023-11-25", None, 100),
        ("2026-11-24", None, 100),
        ("2026-11-25", None, 0),
        ("2023-11-24", "2026-11-23", 100),
        ("2021-02-28", "2024-02-29", 0),
        ("2021-03-01", "2024-02-29", 100),
        ("2024-02-29", "2027-02-28", 100),
        ("2024-02-29", "2027-03-01", 0),
        ("2025-12-31", "2028-12-30", 100),
        ("2025-12-31", "2028-12-31", 0),
    ],
)
def test_three_years_are_counted_to_the_day(received: str, on: str | None, used: int) -> None:
    assert summed([(received, 100)], on=on)["used_eur"] == used


def test_a_new_award_is_added_and_what_is_over_is_named_with_the_day_on_which_it_fits() -> None:
    ledger = [("2024-05-01", 200_000), ("2025-06-02", 50_000)]
    fits = summed(ledger, new=50_000)
    assert (fits["total_eur"], fits["left_eur"], fits["over_eur"], fits["next_on"]) == (300_000, 0, 0, None)
    over = summed(ledger, new=50_001)
    assert (over["total_eur"], over["left_eur"], over["over_eur"]) == (300_001, 0, 1)
    assert over["next_on"] == "2027-05-01"
    assert summed(ledger, new=50_001, on="2027-05-01")["over_eur"] == 0
    assert summed(ledger, new=50_001, on="2027-04-30")["over_eur"] == 1
    assert summed(ledger, new=300_001)["next_on"] is None


def test_a_day_that_is_none_counts_as_today() -> None:
    assert summed([("2026-11-24", 7)], on="tomorrow")["on_day"] == "2026-11-24"
    assert de_minimis(None, {}) is None

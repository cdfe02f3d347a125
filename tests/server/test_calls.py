"""Calls on the owner's desk: plan an edition, who learns of it, change its facts, publish it by four eyes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from madang_graph.client import Graph
from madang_graph.viewer import Viewer
from madang_graph.writes import snapshots
from madang_graph.writes.open_calls import open_call_rows
from madang_server.services import applications, calls, rule_sets, suggestions, watches
from madang_server.services.applications import ApplicationDraft
from madang_server.services.call_facts import CallFacts, edition_names, merged
from madang_server.services.calls import CallChange, CallPlan
from madang_server.services.errors import (
    ConflictError,
    LimitReachedError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    ValidationError,
)
from madang_server.services.rule_sets import RuleEdit

from tests.server.builders import (
    ADMIN,
    NOBODY,
    NOW,
    OUTSIDER,
    OWNER,
    READER,
    audit_of,
    everything,
    jobs_of,
    make_viewer,
)
from tests.server.test_rule_sets import LIVE, edit, make_desk

OPENS, CLOSES = "2027-03-02T00:00:00Z", "2027-04-02T09:00:00Z"
FACTS: dict[str, Any] = {"name_ko": "새 공고", "opens_at": OPENS, "closes_at": CLOSES, "amount_max_won": 50_000_000}
SECOND = make_viewer("per_second", edits=("org_a",))


async def plan(graph: Graph, viewer: Viewer = OWNER, **facts: Any) -> str:
    asked = CallPlan(programme_id=facts.pop("programme_id", "prg_one"), facts=CallFacts(**facts or FACTS))
    return await calls.plan(graph, viewer, asked, now=NOW)


async def change(graph: Graph, call_id: str, version: int, viewer: Viewer = OWNER, **facts: Any) -> str:
    asked = CallChange(id=call_id, version=version, facts=CallFacts(**facts))
    return await calls.edit(graph, viewer, asked, now=NOW)


async def at_the_desk(graph: Graph, *people: str) -> None:
    await graph.write(
        "MATCH (o:Organisation {id: 'org_a'}) UNWIND $people AS id "
        "CREATE (:Person {id: id, name: id})-[:ACTS_FOR {role: 'editor'}]->(o)",
        {"people": list(people)},
    )


async def facts_of(graph: Graph, call_id: str) -> dict[str, Any]:
    ((values,),) = await graph.read("MATCH (c:Call|PlannedCall {id: $id}) RETURN properties(c)", {"id": call_id})
    return values


async def publish(graph: Graph, call_id: str, sender: Viewer = OWNER, publisher: Viewer = OWNER) -> None:
    await rule_sets.send_for_review(graph, sender, call_id, 1, now=NOW)
    await rule_sets.publish(graph, publisher, call_id, 2, now=NOW)


async def test_a_new_edition_begins_as_a_draft_with_the_rules_papers_and_technologies_of_the_last(graph: Graph) -> None:
    await make_desk(graph)
    await graph.write(
        "MATCH (c:Call {id: 'call_one'}), (t:Technology {id: 'tec_ai'}) "
        "SET c.documents = ['tax_clearance'], c.opens_at = '2026-03-02T00:00:00Z' CREATE (c)-[:ABOUT]->(t)"
    )
    call_id = await plan(graph)
    facts = await facts_of(graph, call_id)
    assert {name: facts[name] for name in FACTS} == FACTS
    assert facts["rolling"] is False
    rows = await graph.read(
        "MATCH (:Programme {id: 'prg_one'})-[:PLANS]->(c:PlannedCall {id: $id})-[:HAS_RULE_SET]->(s:RuleSet) "
        "RETURN s.number, s.state, s.rules, s.documents, COLLECT { MATCH (c)-[:ABOUT]->(t) RETURN t.id }",
        {"id": call_id},
    )
    assert [(n, state, json.loads(rules), papers, about) for n, state, rules, papers, about in rows] == [
        (1, "draft", LIVE, ["tax_clearance"], ["tec_ai"])
    ]
    ((person, action, subject, names),) = await audit_of(graph)
    assert (person, action, subject) == ("per_owner", "calls.plan", call_id)
    assert set(FACTS) <= set(names)
    assert await jobs_of(graph) == []


async def test_a_plan_without_a_name_is_named_after_programme_year_and_number(graph: Graph) -> None:
    await make_desk(graph)
    await graph.write("MATCH (c:Call {id: 'call_one'}) SET c.opens_at = '2027-01-31T23:00:00Z'")
    first = await plan(graph, opens_at=OPENS)
    assert (await facts_of(graph, first))["name_ko"] == "사업 2027년 2차 공고"
    assert (await facts_of(graph, await plan(graph, opens_at=OPENS)))["name_ko"] == "사업 2027년 3차 공고"
    assert (await facts_of(graph, await plan(graph, intake="rolling")))["name_ko"] == "사업 2026년 1차 공고"


def test_the_year_of_an_edition_is_that_of_seoul() -> None:
    new_year = "2026-12-31T15:00:00Z"
    assert edition_names(("사업", "Aid"), [new_year], new_year, NOW) == {
        "name_ko": "사업 2027년 2차 공고",
        "name_en": "Aid, call 2 of 2027",
    }


@pytest.mark.parametrize("viewer", [NOBODY, OUTSIDER, READER], ids=["nobody", "outsider", "reader"])
async def test_others_may_neither_plan_nor_learn_of_what_is_planned(graph: Graph, viewer: Viewer) -> None:
    await make_desk(graph)
    await at_the_desk(graph, "per_owner", "per_stranger", "per_reader")
    call_id = await plan(graph)
    before = await everything(graph)
    with pytest.raises(NotPermittedError):
        await plan(graph, viewer)
    # Its own readers see it; to others it is not there, whatever they try.
    expected = NotFoundError if viewer is OUTSIDER else NotPermittedError
    step = RuleEdit(call_id=call_id, version=1, act="not", at="0")
    for deed in (
        change(graph, call_id, 1, viewer, own_share="20%"),
        rule_sets.edit(graph, viewer, step, now=NOW),
        rule_sets.send_for_review(graph, viewer, call_id, 1, now=NOW),
        rule_sets.publish(graph, viewer, call_id, 1, now=NOW),
        rule_sets.discard(graph, viewer, call_id, 1, now=NOW),
        rule_sets.archive_call(graph, viewer, call_id, archived=True, now=NOW),
    ):
        with pytest.raises(expected):
            await deed
    if viewer is OUTSIDER:
        for deed in (
            watches.watch_call(graph, viewer, call_id, now=NOW),
            suggestions.dismiss(
                graph, viewer, suggestions.Dismissal(organisation_id="org_else", subject_id=call_id), now=NOW
            ),
            _apply(graph, call_id),
        ):
            with pytest.raises((NotFoundError, ValidationError)):
                await deed
    assert await everything(graph) == before


async def _apply(graph: Graph, call_id: str) -> str:
    draft = ApplicationDraft(organisation_id="org_else", call_id=call_id)
    return await applications.save(graph, OUTSIDER, draft, now=NOW)


async def test_what_reads_calls_in_bulk_knows_nothing_of_a_planned_one(graph: Graph) -> None:
    await make_desk(graph)
    before = await snapshots.data_version(graph)
    call_id = await plan(graph)
    assert call_id not in {row[0] for row in await open_call_rows(graph, NOW)}
    assert await open_call_rows(graph, NOW, [call_id]) == []
    assert call_id not in {row[0] for row in await snapshots.call_rows(graph, NOW)}
    assert await snapshots.data_version(graph) == before
    await publish(graph, call_id)
    assert call_id in {row[0] for row in await open_call_rows(graph, NOW)}
    assert call_id in {row[0] for row in await snapshots.call_rows(graph, NOW)}
    assert await snapshots.data_version(graph) != before


async def test_published_it_is_a_call_under_the_same_id_found_by_its_name_and_matched(graph: Graph) -> None:
    await make_desk(graph)
    call_id = await plan(graph)
    await publish(graph, call_id)
    rows = await graph.read(
        "MATCH (:Programme {id: 'prg_one'})-[:HAS_CALL]->(c:Call {id: $id}) "
        "RETURN labels(c), c.rules, c.search_text, c.name_starts IS NOT NULL, EXISTS { ()-[:PLANS]->(c) }",
        {"id": call_id},
    )
    assert [(label, json.loads(rules), *rest) for label, rules, *rest in rows] == [
        (["Call"], LIVE, "새 공고", True, False)
    ]
    assert [job for job, _ in await jobs_of(graph)] == ["matches.all"]
    assert [action for _, action, _, _ in await audit_of(graph)] == ["calls.plan", "rules.publish", "rules.review"]


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"name_ko": "공고"}, {"opensAt", "closesAt"}),
        ({"name_ko": "공고", "opens_at": OPENS}, {"closesAt"}),
        ({"name_ko": "공고", "opens_at": OPENS, "intake": "rolling"}, set()),
        ({"name_ko": "공고", "opens_at": OPENS, "intake": "until_funds"}, set()),
        ({"name_ko": "공고", "opens_at": "2026-01-02T00:00:00Z", "closes_at": "2026-11-24T03:00:00Z"}, {"closesAt"}),
    ],
)
async def test_only_what_says_when_to_apply_can_be_published(
    graph: Graph, facts: dict[str, Any], fields: set[str]
) -> None:
    await make_desk(graph)
    call_id = await plan(graph, **facts)
    if not fields:
        await publish(graph, call_id)
        assert (await facts_of(graph, call_id))["rolling"] is True
        return
    with pytest.raises(ValidationError) as refused:
        await rule_sets.send_for_review(graph, OWNER, call_id, 1, now=NOW)
    assert {problem.field for problem in refused.value.problems} == fields


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"closes_at": OPENS, "opens_at": CLOSES}, {"closesAt"}),
        ({"noticed_on": "2027-03-03"}, {"noticedOn"}),
        ({"contract_on": "2027-04-01"}, {"contractOn"}),
        ({"intake": "rolling"}, {"closesAt"}),
        ({"intake": "sometimes", "amount_max_won": -1}, {"intake", "amountMaxWon"}),
        ({"purposes": ("money", "gold")}, {"purposes"}),
        ({"opens_at": "2027-03-02 09:00"}, {"opensAt"}),
        ({"opens_at": "9" * 50, "noticed_on": "2027-02-30"}, {"opensAt", "noticedOn"}),
        ({"url": "javascript:alert(1)"}, {"url"}),
        ({"name_ko": None}, {"nameKo"}),
        ({"own_share": "x" * 301, "name_en": "x" * 201}, {"ownShare", "nameEn"}),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(graph: Graph, facts: dict[str, Any], fields: set[str]) -> None:
    await make_desk(graph)
    call_id = await plan(graph)
    before = await everything(graph)
    with pytest.raises(ValidationError) as refused:
        await change(graph, call_id, 1, **facts)
    assert {problem.field for problem in refused.value.problems} == fields
    if facts != {"name_ko": None}:
        with pytest.raises(ValidationError) as refused:
            await plan(graph, **FACTS | facts)
        assert {problem.field for problem in refused.value.problems} == fields
    assert await everything(graph) == before


_MOMENTS = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")
)
_DAYS = st.none() | st.dates(datetime(2026, 1, 1).date(), datetime(2028, 12, 31).date()).map(str)


def _seoul(moment: str) -> str:
    return (datetime.fromisoformat(moment) + timedelta(hours=9)).date().isoformat()


@given(opens=_MOMENTS, closes=_MOMENTS, noticed=_DAYS, contract=_DAYS, intake=st.sampled_from(["dated", "until_funds"]))
def test_days_are_taken_when_each_stands_in_its_order_in_seoul(
    opens: str | None, closes: str | None, noticed: str | None, contract: str | None, intake: str
) -> None:
    wanted = {
        "opens_at": opens, "closes_at": closes, "noticed_on": noticed, "contract_on": contract, "intake": intake,
    }  # fmt: skip
    wrong = set[str]()
    if opens and closes and not opens < closes:
        wrong.add("closesAt")
    first, last = opens or closes, closes or opens
    if first and noticed and not noticed <= _seoul(first):
        wrong.add("noticedOn")
    if last and contract and not _seoul(last) <= contract:
        wrong.add("contractOn")
    if wrong:
        with pytest.raises(ValidationError) as refused:
            merged({}, wanted)
        assert {problem.field for problem in refused.value.problems} == wrong
        return
    facts = merged({}, wanted)
    assert (facts["rolling"], facts["until_funds"]) == (intake == "until_funds" and not closes, intake == "until_funds")


async def test_of_two_who_change_the_facts_the_second_is_told_and_nothing_is_lost(graph: Graph) -> None:
    await make_desk(graph)
    await change(graph, "call_one", 0, closes_at=CLOSES)
    before = await everything(graph)
    with pytest.raises(StaleVersionError):
        await change(graph, "call_one", 0, ADMIN, closes_at="2027-05-02T09:00:00Z")
    assert await everything(graph) == before
    await change(graph, "call_one", 1, closes_at=CLOSES)  # nothing is another: no audit, no job
    assert await everything(graph) == before
    facts = await facts_of(graph, "call_one")
    assert (facts["version"], facts["kept_fields"]) == (1, ["closes_at"])
    assert [job for job, _ in await jobs_of(graph)] == ["matches.all"]


async def test_changed_facts_of_a_planned_call_in_review_make_it_a_draft_again(graph: Graph) -> None:
    await make_desk(graph)
    call_id = await plan(graph)
    await rule_sets.send_for_review(graph, OWNER, call_id, 1, now=NOW)
    await change(graph, call_id, 1, own_share="20%")
    with pytest.raises(StaleVersionError):
        await rule_sets.publish(graph, OWNER, call_id, 2, now=NOW)
    with pytest.raises(ConflictError):
        await rule_sets.publish(graph, OWNER, call_id, 3, now=NOW)
    assert await jobs_of(graph) == []


async def test_whoever_sent_it_does_not_publish_where_another_can(graph: Graph) -> None:
    await make_desk(graph)
    await at_the_desk(graph, "per_owner", "per_second")
    await graph.write("CREATE (:Person {id: 'per_admin', name: 'admin'})")
    await edit(graph)
    await rule_sets.send_for_review(graph, OWNER, "call_one", 2, now=NOW)
    before = await everything(graph)
    with pytest.raises(NotPermittedError) as refused:
        await rule_sets.publish(graph, OWNER, "call_one", 3, now=NOW)
    assert "per_second" in refused.value.sentence.en
    assert "per_second 님" in refused.value.sentence.ko
    assert await everything(graph) == before
    await rule_sets.publish(graph, SECOND, "call_one", 3, now=NOW)
    await edit(graph, act="not", at="0")
    await rule_sets.send_for_review(graph, ADMIN, "call_one", 2, now=NOW)
    with pytest.raises(NotPermittedError):
        await rule_sets.publish(graph, ADMIN, "call_one", 3, now=NOW)
    await rule_sets.publish(graph, OWNER, "call_one", 3, now=NOW)
    people = [(person, action) for person, action, _, _ in await audit_of(graph) if action != "rules.edit"]
    assert people == [
        ("per_admin", "rules.review"), ("per_owner", "rules.publish"), ("per_owner", "rules.review"),
        ("per_second", "rules.publish"),
    ]  # fmt: skip


async def test_a_change_after_sending_ends_who_sent_it(graph: Graph) -> None:
    await make_desk(graph)
    await at_the_desk(graph, "per_owner", "per_second")
    await edit(graph)
    await rule_sets.send_for_review(graph, OWNER, "call_one", 2, now=NOW)
    await edit(graph, viewer=SECOND, version=3, act="not", at="0")
    await rule_sets.send_for_review(graph, SECOND, "call_one", 4, now=NOW)
    await rule_sets.publish(graph, OWNER, "call_one", 5, now=NOW)


async def test_who_is_alone_at_a_desk_publishes_alone_and_readers_do_not_count(graph: Graph) -> None:
    await make_desk(graph)
    await at_the_desk(graph, "per_owner")
    await graph.write(
        "MATCH (o:Organisation {id: 'org_a'}) CREATE (:Person {id: 'per_reader'})-[:ACTS_FOR {role: 'reader'}]->(o)"
    )
    call_id = await plan(graph)
    await publish(graph, call_id)
    assert (await facts_of(graph, call_id))["name_ko"] == "새 공고"


async def test_what_was_taken_off_is_put_back_before_it_is_published(graph: Graph) -> None:
    await make_desk(graph)
    call_id = await plan(graph)
    await rule_sets.archive_call(graph, OWNER, call_id, archived=True, now=NOW)
    with pytest.raises(ConflictError):
        await rule_sets.send_for_review(graph, OWNER, call_id, 1, now=NOW)
    await rule_sets.archive_call(graph, OWNER, call_id, archived=False, now=NOW)
    assert await jobs_of(graph) == []
    await publish(graph, call_id)


async def test_a_draft_of_a_planned_call_that_was_given_up_begins_anew_from_the_last_edition(graph: Graph) -> None:
    await make_desk(graph)
    call_id = await plan(graph)
    await rule_sets.edit(graph, OWNER, RuleEdit(call_id=call_id, version=1, act="not", at="0"), now=NOW)
    await rule_sets.discard(graph, OWNER, call_id, 2, now=NOW)
    step = RuleEdit(call_id=call_id, version=0, act="any", at="0")
    await rule_sets.edit(graph, OWNER, step, now=NOW)
    rows = await graph.read("MATCH (s:RuleSet) RETURN s.number, s.state, s.rules ORDER BY s.number")
    assert [(number, state, json.loads(rules)) for number, state, rules in rows] == [
        (1, "archived", {"all": [{"not": LIVE["all"][0]}]}),
        (2, "draft", {"all": [{"any": LIVE["all"]}]}),
    ]


async def test_a_programme_has_a_limit_of_calls_in_preparation(graph: Graph) -> None:
    await make_desk(graph)
    await graph.write(
        "MATCH (p:Programme {id: 'prg_one'}) UNWIND range(1, $most) AS i "
        "CREATE (p)-[:PLANS]->(:PlannedCall {id: 'c' + i})",
        {"most": calls.PLANNED_MOST},
    )
    with pytest.raises(LimitReachedError):
        await plan(graph)
    for programme_id in ("prg_none", "no such id!"):
        with pytest.raises(NotFoundError):
            await plan(graph, programme_id=programme_id, name_ko="공고")


async def test_the_same_key_plans_one_call(graph: Graph) -> None:
    await make_desk(graph)
    asked = CallPlan(programme_id="prg_one", facts=CallFacts(**FACTS))
    first = await calls.plan(graph, OWNER, asked, now=NOW, key="once")
    assert await calls.plan(graph, OWNER, asked, now=NOW, key="once") == first
    assert await graph.read("MATCH (c:PlannedCall) RETURN count(c)") == [[1]]

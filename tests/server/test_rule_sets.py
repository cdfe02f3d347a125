"""The owner's desk: from a draft to rules in force, who may, and what two editors see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from madang_graph.client import Graph
from madang_graph.viewer import Viewer
from madang_server.services import rule_previews, rule_sets
from madang_server.services.errors import (
    ConflictError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    ValidationError,
)
from madang_server.services.rule_sets import RuleEdit, RulesDraft
from madang_server.services.rule_texts import ValueText

from tests.server.builders import ADMIN, NOBODY, NOW, OUTSIDER, OWNER, READER, audit_of, everything, jobs_of, make_yard

LIVE: dict[str, Any] = {"all": [{"kind": "organisation_kind", "include": ["startup"], "source_text": "창업기업"}]}
AGE = (ValueText("max_years", "7"), ValueText("reference", "notice"))


async def make_desk(graph: Graph) -> None:
    """The yard, with a programme that org_a runs and whose call has one rule."""
    await make_yard(graph)
    await graph.write(
        "MATCH (o:Organisation {id: 'org_a'}), (c:Call {id: 'call_one'}) "
        "CREATE (o)-[:RUNS]->(:Programme {id: 'prg_one', name_ko: '사업', name_key: '사업'})-[:HAS_CALL]->(c) "
        "SET c.rules = $rules, c.noticed_on = '2026-11-01'",
        {"rules": json.dumps(LIVE)},
    )


async def edit(graph: Graph, viewer: Viewer = OWNER, version: int = 0, act: str = "add", **fields: Any) -> str:
    extra: dict[str, Any] = {"kind": "firm_age", "values": AGE} if act == "add" else {}
    given: dict[str, Any] = {"call_id": "call_one"} | extra | fields
    return await rule_sets.edit(graph, viewer, RuleEdit(version=version, act=act, **given), now=NOW)


async def sets(graph: Graph) -> list[tuple[int, str, int, Any]]:
    rows = await graph.read("MATCH (s:RuleSet) RETURN s.number, s.state, s.version, s.rules ORDER BY s.number")
    return [(number, state, version, json.loads(rules)) for number, state, version, rules in rows]


async def live(graph: Graph) -> Any:
    ((rules,),) = await graph.read("MATCH (c:Call {id: 'call_one'}) RETURN c.rules")
    return json.loads(rules)


async def test_the_first_change_begins_a_draft_and_leaves_what_is_in_force(graph: Graph) -> None:
    await make_desk(graph)
    await edit(graph, source_text="공고일 기준 7년 이내")
    added = {"kind": "firm_age", "max_years": 7, "reference": "notice", "source_text": "공고일 기준 7년 이내"}
    assert await sets(graph) == [(1, "published", 1, LIVE), (2, "draft", 2, {"all": [*LIVE["all"], added]})]
    assert await live(graph) == LIVE
    assert await audit_of(graph) == [("per_owner", "rules.edit", "call_one", ("add", "rules"))]
    assert await jobs_of(graph) == []


async def test_a_draft_goes_through_review_into_force_and_every_version_is_kept(graph: Graph) -> None:
    await make_desk(graph)
    await edit(graph)
    with pytest.raises(ConflictError):
        await rule_sets.publish(graph, OWNER, "call_one", 2, now=NOW)
    await rule_sets.send_for_review(graph, OWNER, "call_one", 2, now=NOW)
    await rule_sets.publish(graph, OWNER, "call_one", 3, now=NOW)
    assert [(number, state) for number, state, *_ in await sets(graph)] == [(1, "archived"), (2, "published")]
    assert [one["kind"] for one in (await live(graph))["all"]] == ["organisation_kind", "firm_age"]
    assert [job for job, _ in await jobs_of(graph)] == ["matches.all"]
    await edit(graph, act="remove", at="0")
    assert [(number, state) for number, state, *_ in await sets(graph)] == [
        (1, "archived"), (2, "published"), (3, "draft"),
    ]  # fmt: skip
    actions = [action for _, action, _, _ in await audit_of(graph)]
    assert actions == sorted(["rules.edit", "rules.review", "rules.publish", "rules.edit"])


async def test_a_change_in_review_makes_it_a_draft_again(graph: Graph) -> None:
    await make_desk(graph)
    await edit(graph)
    await rule_sets.send_for_review(graph, OWNER, "call_one", 2, now=NOW)
    await edit(graph, version=3, act="not", at="0")
    assert (await sets(graph))[1][1:3] == ("draft", 4)


async def test_of_two_editors_the_second_is_told_and_nothing_is_lost(graph: Graph) -> None:
    await make_desk(graph)
    await edit(graph)
    await edit(graph, version=2, act="up", at="1")
    before = await everything(graph)
    for version in (0, 2, 7):
        with pytest.raises(StaleVersionError):
            await edit(graph, version=version, act="remove", at="0")
    with pytest.raises(StaleVersionError):
        await rule_sets.send_for_review(graph, ADMIN, "call_one", 2, now=NOW)
    with pytest.raises(StaleVersionError):
        await rule_previews.preview(graph, OWNER, "call_one", 2, now=NOW)
    assert await everything(graph) == before


async def test_a_draft_that_was_given_up_is_kept_and_the_next_begins_from_what_is_in_force(graph: Graph) -> None:
    await make_desk(graph)
    await edit(graph)
    await rule_sets.discard(graph, OWNER, "call_one", 2, now=NOW)
    with pytest.raises(ConflictError):
        await rule_sets.discard(graph, OWNER, "call_one", 3, now=NOW)
    await edit(graph, act="not", at="0")
    assert [(number, state) for number, state, *_ in await sets(graph)] == [
        (1, "published"), (2, "archived"), (3, "draft"),
    ]  # fmt: skip
    assert (await sets(graph))[2][3] == {"all": [{"not": LIVE["all"][0]}]}


async def test_only_those_who_may_edit_the_owner_may_do_any_of_it(graph: Graph) -> None:
    await make_desk(graph)
    await edit(graph, viewer=ADMIN)
    before = await everything(graph)
    for viewer in (NOBODY, READER, OUTSIDER):
        draft = RulesDraft(call_id="call_one", version=2, documents=("tax_clearance",))
        for deed in (
            edit(graph, viewer=viewer, version=2),
            rule_sets.save(graph, viewer, draft, now=NOW),
            rule_sets.send_for_review(graph, viewer, "call_one", 2, now=NOW),
            rule_sets.publish(graph, viewer, "call_one", 2, now=NOW),
            rule_sets.discard(graph, viewer, "call_one", 2, now=NOW),
            rule_sets.archive_call(graph, viewer, "call_one", archived=True, now=NOW),
            rule_previews.preview(graph, viewer, "call_one", 2, now=NOW),
        ):
            with pytest.raises(NotPermittedError):
                await deed
    with pytest.raises(NotFoundError):
        await edit(graph, call_id="call_none")
    assert await everything(graph) == before


async def test_rules_can_be_saved_whole_with_their_papers(graph: Graph) -> None:
    await make_desk(graph)
    tree = {"any": [{"kind": "prose", "text_ko": "가"}, {"not": {"kind": "firm_age", "max_years": 3}}]}
    draft = RulesDraft(call_id="call_one", version=0, rules=json.dumps(tree), documents=("tax_clearance",))
    await rule_sets.save(graph, OWNER, draft, now=NOW)
    assert (await sets(graph))[1][3] == {"all": [tree]}
    await rule_sets.send_for_review(graph, OWNER, "call_one", 2, now=NOW)
    await rule_sets.publish(graph, OWNER, "call_one", 3, now=NOW)
    assert await live(graph) == {"all": [tree]}
    assert await graph.read("MATCH (c:Call {id: 'call_one'}) RETURN c.documents") == [[["tax_clearance"]]]


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ("nonsense", "rules"),
        ("[]", "rules"),
        ('{"all": [{"kind": "firm_age", "max_years": "7"}]}', "rules.all[0].max_years"),
        ('{"all": []}', ""),
        (json.dumps({"all": [{"kind": "prose", "text_ko": "x"}] * 1_001}), "rules.all[1000]"),
        ('{"not": ' * 3_000 + '{"kind": "prose", "text_ko": "x"}' + "}" * 3_000, "rules"),
        (" " * 200_001, "rules"),
    ],
)
async def test_a_tree_that_cannot_be_is_refused_at_its_path(graph: Graph, rules: str, field: str) -> None:
    await make_desk(graph)
    draft = RulesDraft(call_id="call_one", version=0, rules=rules)
    if not field:
        await rule_sets.save(graph, OWNER, draft, now=NOW)
        with pytest.raises(ValidationError):
            await rule_sets.send_for_review(graph, OWNER, "call_one", 2, now=NOW)
        return
    before = await everything(graph)
    with pytest.raises(ValidationError) as refused:
        await rule_sets.save(graph, OWNER, draft, now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert await everything(graph) == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"act": "drop"}, "act"),
        ({"act": "remove", "at": "5"}, "at"),
        ({"act": "save", "at": "", "kind": "prose"}, "at"),
        ({"kind": "nonsense"}, "kind"),
        ({"values": (ValueText("max_years", "-1"),)}, "values.max_years"),
        ({"values": ()}, "kind"),
    ],
)
async def test_a_step_that_cannot_be_is_refused_at_its_field(graph: Graph, fields: dict[str, Any], field: str) -> None:
    await make_desk(graph)
    before = await everything(graph)
    with pytest.raises(ValidationError) as refused:
        await edit(graph, **fields)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert await everything(graph) == before


async def test_a_call_is_taken_off_and_put_back(graph: Graph) -> None:
    await make_desk(graph)
    for archived in (True, True, False):
        await rule_sets.archive_call(graph, OWNER, "call_one", archived=archived, now=NOW)
    actions = [action for _, action, _, _ in await audit_of(graph)]
    assert sorted(actions) == ["calls.archive", "calls.restore"]


async def previewed(graph: Graph, viewer: Viewer, version: int) -> tuple[dict[str, Any], dict[str, set[str]]]:
    await rule_previews.preview(graph, viewer, "call_one", version, now=NOW)
    ((counts, by),) = await graph.read("MATCH (s:RuleSet {state: 'draft'}) RETURN s.preview, s.preview_by")
    assert by == viewer.person_id
    ties = await graph.read("MATCH (:RuleSet)-[r]->(o:Organisation) RETURN type(r), o.id")
    return json.loads(counts), {kind: {id_ for k, id_ in ties if k == kind} for kind in ("PASSES", "GAINS", "LOSES")}


async def test_a_preview_names_who_passes_and_who_loses_of_those_whom_the_viewer_may_see(graph: Graph) -> None:
    await make_desk(graph)
    await graph.write(
        "MATCH (o:Organisation) MERGE (p:Person {id: 'per_of_' + o.id}) MERGE (p)-[:ACTS_FOR]->(o) "
        "SET o.founded_on = CASE o.id WHEN 'org_b' THEN '2010-01-01' ELSE '2024-01-01' END"
    )
    await edit(graph)
    counts, named = await previewed(graph, OWNER, 2)
    assert named == {"PASSES": {"org_a", "org_else"}, "GAINS": set(), "LOSES": {"org_b"}}
    assert {word: counts[word] for word in ("firms", "eligible", "not_eligible", "eligible_now", "losses")} == {
        "firms": 3, "eligible": 2, "not_eligible": 1, "eligible_now": 3, "losses": 1,
    }  # fmt: skip
    counts, named = await previewed(graph, ADMIN, 2)
    assert counts["firms"] == 4
    assert named["PASSES"] == {"org_a", "org_else", "org_hidden"}


async def test_a_preview_does_not_tell_what_the_owner_may_not_see_of_a_firm(graph: Graph) -> None:
    """Rules on employees, revenue or answers of others would let an owner find them out by halving."""
    await make_desk(graph)
    facts = json.dumps({"tax_arrears": {"value": False, "source": "self", "on": "2026-11-01"}})
    await graph.write(
        "MATCH (o:Organisation) MERGE (p:Person {id: 'per_of_' + o.id}) MERGE (p)-[:ACTS_FOR]->(o) "
        "SET o.employees = 30, o.revenue_won = 5000000000, o.facts = $facts",
        {"facts": facts},
    )
    tree = {"all": [{"kind": "size", "employees_min": 10}, {"kind": "disqualification", "of": ["tax_arrears"]}]}
    await rule_sets.save(graph, OWNER, RulesDraft(call_id="call_one", version=0, rules=json.dumps(tree)), now=NOW)
    counts, named = await previewed(graph, OWNER, 2)
    assert named["PASSES"] == {"org_a"}
    assert (counts["eligible"], counts["check"], counts["not_eligible"]) == (1, 2, 0)

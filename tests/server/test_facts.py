"""Answers to what rules ask, and the verdict: stored, refused, hidden from others, judged as of today."""

from __future__ import annotations

import json
from typing import Any

import pytest
from madang_frontend.terms import TERMS
from madang_graph.client import Graph
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.facts import FACT_TYPE
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_graph.writes import snapshots
from madang_graph.writes.lists import Lists, replace_lists
from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.kinds.certificate import CERTIFICATE_NAMES
from madang_matching.eligibility.profile import FIELDS
from madang_server.api.eligibility import READS
from madang_server.api.execute import Api
from madang_server.api.schema import build_schema
from madang_server.pages.gathering import gather
from madang_server.services import facts
from madang_server.services.errors import NotFoundError, NotPermittedError, ValidationError
from madang_server.services.facts import FactText

from tests.graph.test_reading import FUNCTIONS
from tests.server.builders import ADMIN, NOBODY, NOW, OUTSIDER, OWNER, READER, audit_of, jobs_of, make_yard, values_of

ASKED = """query ($call: ID!, $firm: ID!) { eligibility(callId: $call, organisationId: $firm) {
  verdict asOf conditions { kind verdict missing mine valueSource } window { since until qualifiesFrom qualifiesUntil }
  fixes { field by label value answer } coverage { checked total } toRead { text } } }"""
RULES = {
    "all": [
        {"kind": "firm_age", "max_years": 7, "bound": "inclusive", "reference": "closing"},
        {"kind": "disqualification", "of": ["tax_arrears"], "source_text": "국세 체납이 없을 것"},
    ]
}


@pytest.fixture
def api(graph: Graph) -> Api:
    compiler = Compiler(ENTITIES, ONES, MANYS, FUNCTIONS | READS, CursorSigner(b"test"), LEAVES)
    return Api(graph, build_schema(), compiler, lambda: NOW, lambda *_: None, read_timeout_s=60)


async def read(api: Api, document: str, viewer: Viewer, **variables: Any) -> Any:
    answer = await api.execute(document, variables, viewer)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return answer.data


async def save(graph: Graph, viewer: Viewer = OWNER, key: str | None = None, **answers: str | None) -> str:
    given = [FactText(name, value) for name, value in answers.items()]
    return await facts.save(graph, viewer, "org_a", given, now=NOW, idempotency_key=key)


async def make_call(graph: Graph, rules: object = RULES) -> None:
    await graph.write(
        "MATCH (c:Call {id: 'call_one'}) SET c.rules = $rules, c.opens_at = '2026-11-01T00:00:00Z', "
        "c.closes_at = '2026-12-20T09:00:00Z', c.noticed_on = '2026-10-20' "
        "WITH c MATCH (o:Organisation {id: 'org_a'}) SET o.founded_on = '2022-02-28'",
        {"rules": json.dumps(rules)},
    )


async def test_answers_are_stored_with_their_source_and_day_and_the_matching_is_told(graph: Graph) -> None:
    await make_yard(graph)
    await save(graph, tax_arrears="no", assets_won="3.2억", own_share="20%", founder_born_on="1990.2.3")
    stored = json.loads((await values_of(graph, "org_a"))["facts"])
    assert {name: fact["value"] for name, fact in stored.items()} == {
        "tax_arrears": False,
        "assets_won": 320_000_000,
        "own_share": 0.2,
        "founder_born_on": "1990-02-03",
    }
    assert stored["tax_arrears"] == {"value": False, "source": "self", "on": "2026-11-24"}
    assert [entry[1:3] for entry in await audit_of(graph)] == [("facts.save", "org_a")]
    assert len(await jobs_of(graph)) == 1


async def test_an_answer_that_is_given_again_changes_nothing_and_a_blank_one_takes_it_back(graph: Graph) -> None:
    await make_yard(graph)
    await save(graph, tax_arrears="no", in_default="no")
    await save(graph, tax_arrears="no")
    assert len(await audit_of(graph)) == 1
    await save(graph, tax_arrears="")
    assert json.loads((await values_of(graph, "org_a"))["facts"]).keys() == {"in_default"}
    await save(graph, in_default=None)
    assert "facts" not in await values_of(graph, "org_a")


async def test_questions_of_single_notices_are_kept_one_by_one(graph: Graph) -> None:
    await make_yard(graph)
    await facts.save(graph, OWNER, "org_a", [FactText("statement:has_lab", "yes")], now=NOW)
    await facts.save(graph, OWNER, "org_a", [FactText("statement:is_new", "no")], now=NOW)
    stored = json.loads((await values_of(graph, "org_a"))["facts"])
    assert stored["statements"]["value"] == {"has_lab": True, "is_new": False}
    await facts.save(
        graph, OWNER, "org_a", [FactText("statement:has_lab", ""), FactText("statement:is_new", "")], now=NOW
    )
    assert "facts" not in await values_of(graph, "org_a")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tax_arrears", "perhaps"),
        ("founder_born_on", "1990-02-30"),
        ("assets_won", "-5"),
        ("assets_won", "9" * 40),
        ("group_employees", "1e9"),
        ("own_share", "nan"),
        ("own_share", "120%%"),
        ("legal_form", "pirate"),
        ("certificates", '{"name": "venture"}'),
        ("certificates", '[{"expires_on": "2026-01-01"}]'),
        ("certificates", "[" * 5_000),
        ("investments", json.dumps([{"amount_won": "1"}] * 51)),
        ("employees", "5"),
        ("awards", '[{"programme": "x"}]'),
        ("no_such_fact", "5"),
        ("statement:<b>", "yes"),
        ("__class__", "yes"),
    ],
)
async def test_what_cannot_be_read_is_refused_at_its_place(graph: Graph, name: str, text: str) -> None:
    await make_yard(graph)
    with pytest.raises(ValidationError) as refused:
        await facts.save(graph, OWNER, "org_a", [FactText(name, text)], now=NOW)
    assert [problem.field for problem in refused.value.problems] == [f"facts.{name}"]
    assert "facts" not in await values_of(graph, "org_a")


@pytest.mark.parametrize("viewer", [NOBODY, READER, OUTSIDER])
async def test_others_cannot_answer(graph: Graph, viewer: Viewer) -> None:
    await make_yard(graph)
    with pytest.raises((NotPermittedError, NotFoundError)):
        await save(graph, viewer, tax_arrears="no")
    assert "facts" not in await values_of(graph, "org_a")


async def test_only_its_own_people_and_administrators_read_answers(graph: Graph, api: Api) -> None:
    await make_yard(graph)
    await save(graph, tax_arrears="yes")
    document = '{ organisation(id: "org_a") { facts { name value source on } sources { edges { fields } } } }'
    seen = {"facts": [{"name": "tax_arrears", "value": "yes", "source": "self", "on": "2026-11-24"}]}
    for viewer in (OWNER, READER, ADMIN):
        assert (await read(api, document, viewer))["organisation"] == seen | {"sources": {"edges": []}}
    for viewer in (NOBODY, OUTSIDER):
        assert (await read(api, document, viewer))["organisation"] == {"facts": [], "sources": {"edges": []}}


async def test_an_answer_turns_a_check_into_a_verdict(graph: Graph, api: Api) -> None:
    await make_yard(graph)
    await make_call(graph)
    before = (await read(api, ASKED, OWNER, call="call_one", firm="org_a"))["eligibility"]
    assert (before["verdict"], before["asOf"]) == ("CHECK", "2026-11-24")
    assert before["coverage"] == {"checked": 1, "total": 2}
    (fix,) = before["fixes"]
    assert (fix["field"], fix["by"], fix["answer"]) == ("tax_arrears", "YOU", "no")
    await save(graph, **{fix["field"]: fix["answer"]})
    after = (await read(api, ASKED, OWNER, call="call_one", firm="org_a"))["eligibility"]
    assert (after["verdict"], after["fixes"]) == ("ELIGIBLE", [])
    assert after["window"]["until"] == "2026-12-20"
    assert after["coverage"] == {"checked": 2, "total": 2}
    assert "2026-11-24" in after["conditions"][1]["valueSource"]
    await save(graph, tax_arrears="yes")
    assert (await read(api, ASKED, OWNER, call="call_one", firm="org_a"))["eligibility"]["verdict"] == "NOT_ELIGIBLE"


async def test_a_rule_of_the_contract_day_decides_once_the_call_says_that_day(graph: Graph, api: Api) -> None:
    await make_yard(graph)
    await make_call(
        graph, {"all": [{"kind": "firm_age", "max_years": 4, "bound": "inclusive", "reference": "contract"}]}
    )
    days: list[tuple[str | None, str]] = [(None, "CHECK"), ("2026-02-28", "ELIGIBLE"), ("2026-03-01", "NOT_ELIGIBLE")]
    for day, expected in days:
        await graph.write("MATCH (c:Call {id: 'call_one'}) SET c.contract_on = $day", {"day": day})
        judged = (await read(api, ASKED, OWNER, call="call_one", firm="org_a"))["eligibility"]
        assert judged["verdict"] == expected
        (row,) = [row for row in await snapshots.call_rows(graph, NOW) if row[0] == "call_one"]
        assert row[15] == day, "and the lists are made with it"


async def test_nobody_asks_for_the_eligibility_of_others(graph: Graph, api: Api) -> None:
    await make_yard(graph)
    await make_call(graph)
    for viewer in (NOBODY, OUTSIDER):
        assert (await read(api, ASKED, viewer, call="call_one", firm="org_a"))["eligibility"] is None
    assert (await read(api, ASKED, OWNER, call="call_none", firm="org_a"))["eligibility"] is None
    ours = '{ call(id: "call_one") { ourEligibility { organisationId verdict } } }'
    assert (await read(api, ours, OWNER))["call"]["ourEligibility"] == [{"organisationId": "org_a", "verdict": "CHECK"}]
    assert (await read(api, ours, NOBODY))["call"]["ourEligibility"] == []
    assert (await read(api, ours, ADMIN))["call"]["ourEligibility"] == []


async def test_rules_and_facts_that_are_damaged_give_check(graph: Graph, api: Api) -> None:
    await make_yard(graph)
    await make_call(graph)
    await graph.write("MATCH (c:Call {id: 'call_one'}) SET c.rules = '{broken'")
    await graph.write("MATCH (o:Organisation {id: 'org_a'}) SET o.facts = '[1, 2'")
    assert (await read(api, ASKED, OWNER, call="call_one", firm="org_a"))["eligibility"]["verdict"] == "CHECK"


def test_every_field_that_rules_ask_has_a_type_and_words_on_the_pages() -> None:
    assert {field.type for field in FIELDS.values()} == set(FACT_TYPE.words)
    assert set(FIELDS) <= set(TERMS["fact"])
    assert set(FIELDS) <= set(TERMS["fact question"])
    assert {field.group for field in FIELDS.values()} == set(TERMS["fact group"])
    assert set(CERTIFICATE_NAMES) <= set(TERMS["held certificate"])
    assert set(KINDS) <= set(TERMS["rule"])


def test_a_form_gathers_values_and_rows() -> None:
    typed = {
        "facts.tax_arrears": ["no"],
        "facts.certificates.0.name": ["venture"],
        "facts.certificates.0.expires_on": ["2027.3.1"],
        "facts.certificates.1.expires_on": [""],
        "facts.investments.0.on": [""],
        "facts.investments.none": ["yes"],
        "factsx": ["no"],
        "facts.a b": ["x"],
    }
    assert sorted(gather(typed, "facts"), key=lambda each: str(each["name"])) == [
        {"name": "certificates", "value": '[{"name": "venture", "expires_on": "2027.3.1"}]'},
        {"name": "investments", "value": "[]"},
        {"name": "tax_arrears", "value": "no"},
    ]


async def test_calls_are_found_by_the_verdict_of_ones_own_organisation_alone(graph: Graph, api: Api) -> None:
    await make_yard(graph)
    await make_call(graph)
    judged = {"eligible": ["call_one"], "check": ["call_none"], "not_eligible": []}
    await replace_lists(graph, [Lists("org_a", "v1", NOW, [], [], "", judged)])
    document = """query ($is: [Verdict!]!) {
  calls(where: {verdict: {for: "org_a", in: $is}}) { totalCount nodes { id intake } }
  others: calls(where: {not: {verdict: {for: "org_a", in: $is}}}) { totalCount } }"""
    found = await read(api, document, OWNER, **{"is": ["ELIGIBLE", "CHECK"]})
    assert found["calls"] == {"totalCount": 1, "nodes": [{"id": "call_one", "intake": "OPEN"}]}
    assert (await read(api, document, OWNER, **{"is": ["NOT_ELIGIBLE"]}))["calls"]["totalCount"] == 0
    for viewer in (NOBODY, OUTSIDER):
        hidden = await read(api, document, viewer, **{"is": ["ELIGIBLE", "CHECK", "NOT_ELIGIBLE"]})
        assert (hidden["calls"]["totalCount"], hidden["others"]["totalCount"]) == (0, 1)


@pytest.mark.parametrize(
    ("properties", "intake"),
    [
        ({"opens_at": "2026-12-01T00:00:00Z"}, "UPCOMING"),
        ({"opens_at": "2026-11-01T00:00:00Z", "closes_at": "2026-11-24T03:00:00Z"}, "OPEN"),
        ({"opens_at": "2026-11-01T00:00:00Z", "closes_at": "2026-11-24T02:59:59Z"}, "CLOSED"),
        ({"opens_at": "2026-11-01T00:00:00Z", "rolling": True}, "ROLLING"),
        ({"opens_at": "2026-11-01T00:00:00Z", "rolling": True, "until_funds": True}, "UNTIL_FUNDS"),
        ({"rolling": True}, "ROLLING"),
        ({"rolling": True, "until_funds": True}, "UNTIL_FUNDS"),
        ({"closes_at": "2026-12-24T03:00:00Z", "until_funds": True}, "UNTIL_FUNDS"),
        ({"closes_at": "2026-11-24T02:59:59Z", "until_funds": True}, "CLOSED"),
        ({"opens_at": "2026-12-01T00:00:00Z", "rolling": True, "until_funds": True}, "UPCOMING"),
        ({}, "UNKNOWN"),
        ({"opens_at": "2026-11-01T00:00:00Z"}, "UNKNOWN"),
    ],
)
async def test_how_a_call_takes_applications(graph: Graph, api: Api, properties: dict[str, Any], intake: str) -> None:
    await graph.write(
        "CREATE (c:Call {id: 'call_two', name_key: 'x'}) SET c += $properties", {"properties": properties}
    )
    assert (await read(api, '{ call(id: "call_two") { intake } }', NOBODY))["call"] == {"intake": intake}

"""Who may change what: a table written by hand from what people were promised, walked over every mutation.

The yard: org_a has an owner, an editor and a reader; org_b asks to meet org_a; everyone else is a stranger to both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from madang_graph.client import Graph
from madang_graph.viewer import Viewer
from madang_server.api.context import RequestContext
from madang_server.api.execute import Api
from madang_server.api.schema import build_schema
from madang_server.settings import Settings

from tests.server.builders import NOBODY, NOW, everything, make_identity, make_viewer, make_yard

EDITOR = make_viewer("per_editor", edits=("org_a",))
VIEWERS: dict[str, Viewer] = {
    "anonymous": NOBODY,
    "stranger": make_viewer("per_stranger", edits=("org_else",)),
    "reader": make_viewer("per_reader", organisation_ids=("org_a",)),
    "editor": EDITOR,
    "read-only token": replace(EDITOR, scopes=frozenset({"read"})),
    "other side": make_viewer("per_partner", edits=("org_b",)),
    "district manager": make_viewer("per_manager", district_ids=("dst_seoul", "dst_gangnam")),
    "administrator": make_viewer("per_admin", admin=True),
}

EVERYONE = set(VIEWERS)
EDITORS = {"editor", "administrator"}
PEOPLE = EVERYONE - {"anonymous", "read-only token"}
OWN_ONES = ("watchCall", "saveSearch", "setDigest", "renewFeeds")
"""Each for oneself; of the watches of others nobody learns anything."""

# mutation → who may do it on org_a. Nobody else.
MAY: dict[str, set[str]] = {
    "register": {"anonymous"},
    "signIn": EVERYONE,
    "demoSignIn": EVERYONE,
    "signOut": EVERYONE,
    "editOrganisation": EDITORS,
    "saveFacts": EDITORS,
    "checkProfile": EVERYONE,
    "postNeed": EDITORS,
    "postOffer": EDITORS,
    "dismissSuggestion": EDITORS,
    "endorseSuggestion": EDITORS,
    "restoreSuggestion": EDITORS,
    "requestIntroduction": {"editor"},
    "nameAffiliate": {"editor"},
    "dropAffiliate": {"editor"},
    "answerIntroduction": {"editor"},
    "reportOutcome": {"editor"},
    "withdrawIntroduction": {"editor"},
    "closeNeed": EDITORS,
    "reopenNeed": EDITORS,
    **dict.fromkeys(OWN_ONES, PEOPLE),
    "removeWatch": {"editor"},
    "restoreWatch": {"editor"},
    **dict.fromkeys(
        [f"{verb}{noun}" for noun in ("Award", "Application", "Document") for verb in ("save", "remove", "restore")],
        EDITORS,
    ),
    # of the call of a programme that org_a runs
    "editRules": EDITORS,
    "saveRules": EDITORS,
    "previewRules": EDITORS,
    "sendRulesForReview": EDITORS,
    "publishRules": EDITORS,
    "discardRules": EDITORS,
    "archiveCall": EDITORS,
    "restoreCall": EDITORS,
    "planCall": EDITORS,
    "editCall": EDITORS,
    "decideDoubt": {"administrator"},
    "undoDoubt": {"administrator"},
}

# To whom the introduction between org_a and org_b does not exist.
BLIND = {
    (mutation, who)
    for mutation in ("answerIntroduction", "withdrawIntroduction", "reportOutcome")
    for who in ("stranger", "district manager")
}

BLIND |= {
    (mutation, who) for mutation in ("removeWatch", "restoreWatch") for who in PEOPLE - {"editor", "read-only token"}
}
# To whom there are no doubts between notices.
BLIND |= {(mutation, who) for mutation in ("decideDoubt", "undoDoubt") for who in PEOPLE - {"administrator"}}

TEXT = "함께 불량을 줄이고 싶습니다"
INPUTS: dict[str, dict[str, Any]] = {
    "watchCall": {"callId": "call_one"},
    "saveSearch": {"query": "purpose=MONEY"},
    "setDigest": {"digest": "WEEKLY"},
    "renewFeeds": {},
    "removeWatch": {"id": "wat_editor"},
    "restoreWatch": {"id": "wat_editor"},
    "register": {
        "name": "New",
        "email": "new@example.kr",
        "password": "long enough!",
        "organisationKind": "SME",
        "organisationNameEn": "New",
    },
    "signIn": {"email": "old@example.kr", "password": "long enough!"},
    "demoSignIn": {"personId": "per_demo"},
    "signOut": {},
    "editOrganisation": {"id": "org_a", "version": 1, "employees": 5},
    "saveFacts": {"organisationId": "org_a", "facts": [{"name": "tax_arrears", "value": "no"}]},
    "checkProfile": {"facts": [{"name": "employees", "value": "5"}]},
    "postNeed": {"organisationId": "org_a", "text": TEXT},
    "postOffer": {"organisationId": "org_a", "text": TEXT},
    "dismissSuggestion": {"organisationId": "org_a", "subjectId": "call_one"},
    "endorseSuggestion": {"organisationId": "org_a", "subjectId": "call_one"},
    "restoreSuggestion": {"organisationId": "org_a", "subjectId": "org_else"},
    "requestIntroduction": {"fromId": "org_a", "toId": "org_else", "message": TEXT},
    "nameAffiliate": {"organisationId": "org_a", "affiliateId": "org_b"},
    "dropAffiliate": {"organisationId": "org_a", "affiliateId": "org_else"},
    "answerIntroduction": {"id": "int_1", "accept": True},
    "reportOutcome": {"id": "int_3", "organisationId": "org_a", "worked": True},
    "withdrawIntroduction": {"id": "int_2"},
    "closeNeed": {"id": "need_a", "met": True},
    "reopenNeed": {"id": "need_a"},
    "saveAward": {"organisationId": "org_a", "name": "바우처", "receivedOn": "2026-01-01"},
    "removeAward": {"id": "awd_a"},
    "restoreAward": {"id": "awd_a"},
    "saveApplication": {"organisationId": "org_a", "callId": "call_one"},
    "removeApplication": {"id": "apl_a"},
    "restoreApplication": {"id": "apl_a"},
    "saveDocument": {"organisationId": "org_a", "kind": "TAX_CLEARANCE"},
    "removeDocument": {"id": "doc_a"},
    "restoreDocument": {"id": "doc_a"},
    "editRules": {"id": "call_one", "version": 3, "act": "not", "at": "0"},
    "saveRules": {"id": "call_one", "version": 3, "documents": ["TAX_CLEARANCE"]},
    "previewRules": {"id": "call_one", "version": 3},
    "sendRulesForReview": {"id": "call_one", "version": 3},
    "publishRules": {"id": "call_one", "version": 3},
    "discardRules": {"id": "call_one", "version": 3},
    "archiveCall": {"id": "call_one"},
    "restoreCall": {"id": "call_one"},
    "planCall": {"programmeId": "prg_one", "nameEn": "New"},
    "editCall": {"id": "call_one", "version": 0, "amountMaxWon": 5},
    "decideDoubt": {"id": "dbt_one", "verdict": "SAME", "version": 1},
    "undoDoubt": {"id": "dbt_one", "version": 1},
}

SCHEMA = build_schema()
MUTATIONS = list(SCHEMA._schema.mutation_type.fields) if SCHEMA._schema.mutation_type else []
REFUSALS = {"ValidationFailed", "NotPermitted", "Conflict", "LimitReached", "NotFound"}


async def prepare(graph: Graph) -> None:
    await make_yard(graph)
    password_hash = await make_identity().passwords.hash("long enough!")
    await graph.write(
        """
MATCH (a:Organisation {id: 'org_a'}), (b:Organisation {id: 'org_b'}), (e:Organisation {id: 'org_else'})
CREATE (b)-[:ASKED]->(:Introduction {id: 'int_1', state: 'requested', expires_at: '2027-01-01T00:00:00Z'})-[:ASKS]->(a)
CREATE (a)-[:ASKED]->(:Introduction {id: 'int_2', state: 'requested', expires_at: '2027-01-01T00:00:00Z'})-[:ASKS]->(b)
CREATE (b)-[:ASKED]->(:Introduction {id: 'int_3', state: 'accepted', expires_at: '2027-01-01T00:00:00Z'})-[:ASKS]->(a)
CREATE (a)-[:SEEKS]->(:Need {id: 'need_a', text: '자동 검사를 찾습니다', language: 'ko', state: 'open'})
CREATE (a)-[:DISMISSED]->(e)
CREATE (a)-[:NAMES_AFFILIATE {since_at: '2026-01-01T00:00:00Z', by: 'per_editor'}]->(e)
CREATE (a)-[:RECEIVED]->(:Award {id: 'awd_a', version: 1})
CREATE (a)-[:APPLIED_WITH]->(:Application {id: 'apl_a', version: 1})
CREATE (a)-[:KEEPS]->(:Document {id: 'doc_a', version: 1, kind: 'tax_clearance'})
CREATE (a)-[:RUNS]->(g:Programme {id: 'prg_one', name_key: '사업'})
WITH g
MATCH (c:Call {id: 'call_one'})
CREATE (g)-[:HAS_CALL]->(c)-[:HAS_RULE_SET]->(:RuleSet {
  id: 'rls_one', number: 1, state: 'review', version: 3, rules: '{"all": [{"kind": "prose", "text_ko": "가"}]}'
})
CREATE (n:Notice {id: 'ntc_one', place: 1})-[:GIVEN_BY]->(:Source {id: 'src_one', key: 'k-startup'})
CREATE (:Doubt {id: 'dbt_one', state: 'same', version: 1})-[:BETWEEN]->(n)
CREATE (:Person {id: 'per_old', email: 'old@example.kr', name: 'Old', password_hash: $hash})
CREATE (:Person {id: 'per_demo', email: 'demo@example.kr', name: 'Demo', demo: true})
WITH 1 AS one
UNWIND $people AS person
CREATE (p:Person {id: person})
FOREACH (_ IN CASE person WHEN 'per_editor' THEN [1] ELSE [] END |
  CREATE (p)-[:KEEPS_WATCH]->(:Watch {id: 'wat_editor', kind: 'search', query: '[]'}))
""",
        {"hash": password_hash, "people": sorted({viewer.person_id for viewer in VIEWERS.values()} - {None})},
    )


async def result_of(graph: Graph, mutation: str, viewer: Viewer, given: dict[str, Any], **settings: Any) -> str:
    context = RequestContext(
        api=cast(Api, None),  # only __typename is asked for: nothing is read back
        graph=graph,
        viewer=viewer,
        settings=Settings(**({"demo": True} | settings)),
        identity=make_identity(),
        now=lambda: NOW,
        wake_jobs=lambda: None,
        address="192.0.2.1",
    )
    input_type = f"{mutation[0].upper()}{mutation[1:]}Input"
    document = f"mutation($input: {input_type}!) {{ {mutation}(input: $input) {{ __typename }} }}"
    result = await SCHEMA.execute(document, variable_values={"input": given}, context_value=context)
    assert not result.errors, result.errors
    assert result.data is not None
    return result.data[mutation]["__typename"]


def test_every_mutation_has_a_row() -> None:
    assert set(MAY) == set(INPUTS) == set(MUTATIONS)


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_only_those_in_the_table_may(graph: Graph, mutation: str) -> None:
    for who, viewer in VIEWERS.items():
        await prepare(graph)
        before = await everything(graph)
        result = await result_of(graph, mutation, viewer, INPUTS[mutation])
        if who in MAY[mutation]:
            assert result not in REFUSALS, (who, result)
        else:
            expected = "NotFound" if (mutation, who) in BLIND else "NotPermitted"
            assert (who, result) == (who, expected)
            assert await everything(graph) == before, who
        await graph.write("MATCH (n) DETACH DELETE n")


ON_AN_ORGANISATION = {
    "editOrganisation": "id",
    "postNeed": "organisationId",
    "postOffer": "organisationId",
    "dismissSuggestion": "organisationId",
    "endorseSuggestion": "organisationId",
    "restoreSuggestion": "organisationId",
    "requestIntroduction": "fromId",
    "nameAffiliate": "organisationId",
    "dropAffiliate": "organisationId",
    "saveAward": "organisationId",
    "saveApplication": "organisationId",
    "saveDocument": "organisationId",
}


@pytest.mark.parametrize("mutation", ON_AN_ORGANISATION)
@pytest.mark.parametrize("who", ["stranger", "reader", "editor", "other side", "district manager"])
async def test_of_a_hidden_organisation_nobody_learns_that_it_is_there(graph: Graph, mutation: str, who: str) -> None:
    await prepare(graph)
    for target in ("org_hidden", "org_missing"):
        given = INPUTS[mutation] | {ON_AN_ORGANISATION[mutation]: target}
        assert await result_of(graph, mutation, VIEWERS[who], given) == "NotFound"


async def test_outside_demo_mode_nobody_is_a_demo_account(graph: Graph) -> None:
    await prepare(graph)
    for viewer in VIEWERS.values():
        result = await result_of(graph, "demoSignIn", viewer, INPUTS["demoSignIn"], demo=False)
        assert result == "NotPermitted"


def test_every_input_takes_an_idempotency_key_and_everything_is_described() -> None:
    mutation_type = SCHEMA._schema.mutation_type
    assert mutation_type is not None
    for name, field in mutation_type.fields.items():
        assert field.description, name
        fields = cast(Any, field.args["input"].type).of_type.fields
        assert "idempotencyKey" in fields, name
        for member, declared in fields.items():
            assert declared.description, (name, member)


def test_every_result_is_the_success_and_the_five_errors() -> None:
    mutation_type = SCHEMA._schema.mutation_type
    assert mutation_type is not None
    for name, field in mutation_type.fields.items():
        members = {member.name for member in cast(Any, field.type).of_type.types}
        assert members > REFUSALS, name
        assert len(members) == 6, name

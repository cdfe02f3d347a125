"""Programmes and their dated calls."""

from madang_graph.model.declare import (
    Node,
    Relationship,
    date,
    flag,
    instant,
    integer,
    json,
    named,
    text,
    texts,
    vector,
    won,
)

PURPOSES = ("money", "space", "equipment", "mentoring", "data", "testing")

PROGRAMME = Node(
    "Programme",
    "Lasting support. What one may apply for are its calls.",
    {
        **named("programme"),
        "summary_ko": text("What it gives to whom, in Korean."),
        "summary_en": text("What it gives to whom, in English."),
        "owner_name": text("Who runs it, in the words of the source."),
        "purposes": texts("What it gives: money, space, equipment, mentoring, data, testing."),
        "as_of_year": integer("Year for which the facts were seen."),
        "source_note": text("Where the facts were seen."),
        "text_vector": vector("Sentence vector of name and summary."),
        "text_vector_key": text("Which encoder and which text the vector stands for; another text needs a new one."),
        "updated_at": instant("Last change."),
    },
    prefix="prg_",
    search=True,
)

CALL = Node(
    "Call",
    "One dated edition of a programme, with its rules, budget, opening and closing time.",
    {
        **named("call"),
        "summary_ko": text("What this edition supports, in Korean."),
        "summary_en": text("What this edition supports, in English."),
        "purposes": texts("What it gives: money, space, equipment, mentoring, data, testing."),
        "noticed_on": date("Day of the notice; the usual reference day of age rules."),
        "opens_at": instant("First moment of applying; missing: not known."),
        "closes_at": instant("Last moment of applying; missing: rolling, or not known."),
        "contract_on": date("Day on which contracts are signed, where rules count to it; missing: not known."),
        "rolling": flag("True: applications are taken at any time, without a last day."),
        "until_funds": flag("True: they are taken until the budget is used."),
        "amount_max_won": won("Most that one applicant may get."),
        "own_share": text("Own share, in the words of the notice."),
        "amount_note": text("What the notice says on amounts."),
        "rules": json("Rule tree of `madang_matching.eligibility`: all, any, not over typed conditions."),
        "documents": texts("Papers that applicants hand in, of the kinds of `documents.DOCUMENT_KINDS`."),
        "archived_at": instant("When its owner took it off; missing: it stands."),
        "demo_dates": flag("True: a real programme shown with invented dates, marked as an example."),
        "as_of_year": integer("Year for which the facts were seen."),
        "source_note": text("Where the facts were seen."),
        "url": text("Address of the notice at its source."),
        "withdrawn_on": date("Day on which no source listed it any more, before it closed; missing: it stands."),
        "kept_fields": texts("Properties that people set here; imports leave them alone."),
        "version": integer("Counts every change of its facts by those who run it; a form sends the one it began from."),
        "text_vector": vector("Sentence vector of name and summary."),
        "text_vector_key": text("Which encoder and which text the vector stands for; another text needs a new one."),
        "updated_at": instant("Last change."),
    },
    prefix="call_",
    search=True,
)

FACTS = (
    "name_ko",
    "name_en",
    "summary_ko",
    "summary_en",
    "purposes",
    "noticed_on",
    "opens_at",
    "closes_at",
    "contract_on",
    "rolling",
    "until_funds",
    "amount_max_won",
    "own_share",
    "amount_note",
    "url",
)
"""What those who run a programme write of a call, beside its rules and papers."""

PLANNED_CALL = Node(
    "PlannedCall",
    "An edition that those who run the programme still work on; nobody else sees it. Published, it is a Call.",
    {
        name: CALL.properties[name]
        for name in (
            "id",
            "name_key",
            "synthetic",
            *FACTS,
            "rules",
            "documents",
            "archived_at",
            "version",
            "updated_at",
        )
    },
    prefix=CALL.prefix,
)

RELATIONSHIPS = (
    Relationship("(:Programme)-[:HAS_CALL]->(:Call)", "This edition belongs to this programme.", {}),
    Relationship("(:Programme)-[:PLANS]->(:PlannedCall)", "This edition is being prepared.", {}),
    Relationship("(:Programme)-[:ABOUT]->(:Technology)", "It supports work on this technology.", {}),
    Relationship("(:Call)-[:ABOUT]->(:Technology)", "This edition supports work on this technology.", {}),
    Relationship("(:PlannedCall)-[:ABOUT]->(:Technology)", "This edition will support work on this technology.", {}),
)

"""Organisations: anyone who takes part in the district, and what ties them to the rest."""

from madang_graph.model.declare import (
    Node,
    Relationship,
    date,
    flag,
    instant,
    integer,
    json,
    named,
    number,
    point,
    text,
    texts,
    vector,
    won,
)

ORGANISATION_KINDS = ("startup", "sme", "corporate", "research", "public_body", "investor", "civic")
STAGES = ("idea", "seed", "early", "growth", "mature")
VISIBILITIES = ("public", "members", "private")

ORGANISATION = Node(
    "Organisation",
    "Anyone who takes part: a startup, SME, corporate, research body, public body, investor or civic group.",
    {
        **named("organisation"),
        "kind": text("What it is.", *ORGANISATION_KINDS),
        "summary_ko": text("What it does, in Korean."),
        "summary_en": text("What it does, in English."),
        "founded_on": date("Day of registration; for imports that know the year only, 1 January of it."),
        "employees": integer("People employed, head included."),
        "revenue_won": won("Revenue of the last closed year."),
        "industry_code": text("KSIC code, section letter and digits, as in C29."),
        "stage": text("Stage of the firm.", *STAGES),
        "trl": integer("Technology readiness level of its main product, 1 to 9."),
        "maturity": integer("Digital maturity of the latest assessment, 0 to 100."),
        "homepage": text("Address of its site."),
        "country": text("ISO 3166 code of two letters."),
        "visibility": text("Who may see it: all, signed-in people, its own people.", *VISIBILITIES),
        "certificates": texts("Certificates held, such as venture, innobiz, research_lab."),
        "facts": json(
            "What rules of calls ask beyond the profile: name in `madang_matching.eligibility.profile` to "
            "{value, source, on}. Only its own people may know."
        ),
        "affiliate_ids": texts(
            "Ids of the other members of its single undertaking, kept in step by the writes of NAMES_AFFILIATE."
        ),
        "location": point("Where its head office is."),
        "text_vector": vector("Sentence vector of its summary."),
        "text_vector_key": text("Which encoder and which text the vector stands for; another text needs a new one."),
        "profiling": flag("False: opted out of profiling; only rules are applied."),
        "lists_version": text("Version of its lists that is shown; entries of others are being written, or old."),
        "lists_computed_at": instant("When the data that these lists were computed from were read."),
        "calls_eligible": texts("Calls that had not closed at the latest lists and that it may apply for, by id."),
        "calls_to_check": texts("Those of them of which that is still to be checked."),
        "calls_not_eligible": texts("Those of them that it may not apply for."),
        "lists_model": text("Version of the model that scored these lists; empty: basic matching."),
        "version": integer("Counts edits; a form that was filled on an older one is a conflict."),
        "updated_at": instant("Last edit of the profile."),
        "changed_fields": texts("Names of the properties and ties that the last edit changed."),
    },
    prefix="org_",
    search=True,
)

ASSESSMENT = Node(
    "Assessment",
    "One measurement of digital maturity in six dimensions.",
    {
        "id": text("Public id of the assessment."),
        "taken_on": date("Day of the answers."),
        "questionnaire": text("Version of the questionnaire."),
        "strategy": integer("Strategy and leadership, 0 to 100."),
        "processes": integer("Digital processes, 0 to 100."),
        "data": integer("Use of data, 0 to 100."),
        "technology": integer("Technology in use, 0 to 100."),
        "people": integer("Skills of the people, 0 to 100."),
        "customers": integer("Digital contact with customers, 0 to 100."),
        "total": integer("Mean of the six, rounded, 0 to 100."),
    },
    prefix="asm_",
)

PROJECT = Node(
    "Project",
    "A joint undertaking of several organisations: the history of who worked with whom.",
    {
        **named("project"),
        "started_on": date("First day."),
        "ended_on": date("Last day, planned or real."),
        "size": integer("Number of organisations that took part."),
        "amount_eur": number("Public money for the whole project, EUR."),
    },
    prefix="prj_",
)

RELATIONSHIPS = (
    Relationship(
        "(:Organisation)-[:NAMES_AFFILIATE]->(:Organisation)",
        "It says that the other is its affiliate: control in the sense of the single undertaking, Regulation (EU) "
        "2023/2831, article 2(2). It counts once both have named each other.",
        {
            "since_at": instant("When it was named."),
            "by": text("Id of the person who named it."),
            "declined_at": instant("When the other declined; missing: it has not."),
        },
    ),
    Relationship("(:Organisation)-[:LOCATED_IN]->(:District)", "Its head office is in this gu.", {}),
    Relationship(
        "(:Organisation)-[:MEMBER_OF]->(:District)",
        "It counts among the members of this gu, innovation district or city.",
        {},
    ),
    Relationship("(:Organisation)-[:IN_INDUSTRY]->(:Industry)", "Its main industry.", {}),
    Relationship("(:Organisation)-[:USES]->(:Technology)", "It works with this technology.", {}),
    Relationship("(:Organisation)-[:ASSESSED_BY]->(:Assessment)", "Its digital maturity was measured.", {}),
    Relationship("(:Organisation)-[:RUNS]->(:Programme)", "It runs this programme.", {}),
    Relationship("(:Organisation)-[:RUNS]->(:Space)", "It runs this space.", {}),
    Relationship(
        "(:Organisation)-[:TOOK_PART_IN]->(:Project)",
        "It was a partner of this project.",
        {
            "role": text("Word of the source: coordinator, participant, partner."),
            "since_on": date("From when."),
            "amount_eur": number("Public money for this organisation, EUR."),
        },
    ),
    Relationship(
        "(:Organisation)-[:TOOK_PART_IN]->(:Programme)",
        "It was, or is, a member of this programme.",
        {
            "role": text("Word of the source, such as member."),
            "since_on": date("From when."),
            "until_on": date("Until when; missing: still there."),
        },
    ),
    Relationship("(:Project)-[:FUNDED_BY]->(:Programme)", "Which programme paid.", {}),
    Relationship("(:Project)-[:ABOUT]->(:Technology)", "What the project worked on.", {}),
)

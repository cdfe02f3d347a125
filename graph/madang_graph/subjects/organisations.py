"""Organisations, their assessments, and the projects they shared."""

from madang_graph.model.organisations import ASSESSMENT, ORGANISATION, PROJECT, RELATIONSHIPS
from madang_graph.reading.declare import Entity, Many, One, Sort, boolean, stored
from madang_graph.subjects import policies
from madang_graph.subjects.affiliates import AFFILIATES
from madang_graph.subjects.facts import FACTS
from madang_graph.subjects.ledgers import DE_MINIMIS_FIELD, ENTRIES
from madang_graph.subjects.questions import HELPFUL
from madang_graph.subjects.shared import BY_NAME, SOURCES, name_fields, place_fields, summary_fields, technologies
from madang_graph.subjects.suggestions import (
    DISMISSED_CALLS,
    DISMISSED_PARTNERS,
    PARTNER_SUGGESTIONS,
    PROGRAMME_FITS,
)
from madang_graph.subjects.words import ORGANISATION_KIND, STAGE, VISIBILITY

_TOOK_PART = {r.pattern: r for r in RELATIONSHIPS}
IN_PROJECT = _TOOK_PART["(:Organisation)-[:TOOK_PART_IN]->(:Project)"]
IN_PROGRAMME = _TOOK_PART["(:Organisation)-[:TOOK_PART_IN]->(:Programme)"]

PART_FIELDS = (stored(IN_PROJECT, "role", of="{r}"), stored(IN_PROJECT, "since_on", of="{r}"))
MEMBER_FIELDS = (*PART_FIELDS, stored(IN_PROGRAMME, "until_on", of="{r}"))

ENTITY = Entity(
    "Organisation",
    ORGANISATION,
    ORGANISATION.description,
    (
        *name_fields(ORGANISATION),
        *summary_fields(ORGANISATION),
        stored(ORGANISATION, "kind", words=ORGANISATION_KIND, nullable=False, filter=True),
        stored(ORGANISATION, "founded_on", filter=True),
        stored(ORGANISATION, "stage", words=STAGE, filter=True),
        stored(ORGANISATION, "trl", filter=True),
        stored(ORGANISATION, "industry_code", filter=True),
        stored(ORGANISATION, "homepage"),
        stored(ORGANISATION, "country", filter=True),
        stored(ORGANISATION, "certificates"),
        stored(ORGANISATION, "updated_at", filter=True),
        *place_fields(),
        stored(ORGANISATION, "employees", visible=policies.OWN_OR_MANAGER, filter=True),
        stored(ORGANISATION, "revenue_won", visible=policies.OWN_OR_MANAGER, filter=True),
        stored(ORGANISATION, "maturity", visible=policies.OWN_OR_MANAGER, filter=True),
        stored(ORGANISATION, "visibility", words=VISIBILITY, visible=policies.OWN),
        stored(ORGANISATION, "version", visible=policies.OWN),
        stored(ORGANISATION, "profiling", visible=policies.OWN),
        stored(ORGANISATION, "changed_fields", visible=policies.OWN),
        FACTS,
        HELPFUL,
        boolean("isMine", "{n}.id IN $viewer_organisations", "The viewer may act for it."),
        AFFILIATES,
        DE_MINIMIS_FIELD,
    ),
    (
        One("district", "District", "({n})-[:LOCATED_IN]->({m}:District)", "The gu of its head office."),
        One("industry", "Industry", "({n})-[:IN_INDUSTRY]->({m}:Industry)", "Its main industry."),
        Many("districts", "District", "({n})-[:MEMBER_OF]->({m}:District)", "Districts that count it as a member."),
        technologies("({n})-[:USES]->({m}:Technology)", "Technologies it works with."),
        Many("needs", "Need", "({n})-[:SEEKS]->({m}:Need)", "What it looks for."),
        Many("offers", "Offer", "({n})-[:OFFERS]->({m}:Offer)", "What it can supply."),
        Many("programmes", "Programme", "({n})-[:RUNS]->({m}:Programme)", "Programmes it runs."),
        Many("spaces", "Space", "({n})-[:RUNS]->({m}:Space)", "Spaces it runs."),
        Many(
            "projects",
            "Project",
            "({n})-[{r}:TOOK_PART_IN]->({m}:Project)",
            "Projects it was a partner of.",
            edge="ProjectPart",
            edge_fields=PART_FIELDS,
        ),
        Many(
            "memberships",
            "Programme",
            "({n})-[{r}:TOOK_PART_IN]->({m}:Programme)",
            "Programmes it is or was in.",
            edge="ProgrammeMembership",
            edge_fields=MEMBER_FIELDS,
        ),
        PROGRAMME_FITS,
        PARTNER_SUGGESTIONS,
        DISMISSED_CALLS,
        DISMISSED_PARTNERS,
        Many(
            "judgements",
            "Judgement",
            "({n})-[:JUDGED]->({m}:Judgement)",
            "What it said of suggestions, and what became of them.",
            visible=policies.OWN,
            filter=False,
        ),
        *ENTRIES,
        Many(
            "introductionsAsked",
            "Introduction",
            "({n})-[:ASKED]->({m}:Introduction)",
            "Introductions it asked for.",
            visible=policies.OWN,
            filter=False,
        ),
        Many(
            "introductionsReceived",
            "Introduction",
            "({n})<-[:ASKS]-({m}:Introduction)",
            "Introductions it was asked for.",
            visible=policies.OWN,
            filter=False,
        ),
        Many(
            "assessments",
            "Assessment",
            "({n})-[:ASSESSED_BY]->({m}:Assessment)",
            "Measurements of its digital maturity.",
            visible=policies.OWN_OR_MANAGER,
            filter=False,
        ),
        Many(
            "people",
            "Person",
            "({n})<-[:ACTS_FOR]-({m}:Person)",
            "People who act for it.",
            visible=policies.OWN,
            filter=False,
        ),
        SOURCES,
    ),
    (BY_NAME, Sort("FOUNDED", "{n}.founded_on", nullable=True, descending=True)),
    visible=policies.ORGANISATION,
)

ASSESSMENT_ENTITY = Entity(
    "Assessment",
    ASSESSMENT,
    ASSESSMENT.description,
    (
        stored(ASSESSMENT, "id"),
        stored(ASSESSMENT, "taken_on"),
        stored(ASSESSMENT, "questionnaire"),
        stored(ASSESSMENT, "strategy"),
        stored(ASSESSMENT, "processes"),
        stored(ASSESSMENT, "data"),
        stored(ASSESSMENT, "technology"),
        stored(ASSESSMENT, "people"),
        stored(ASSESSMENT, "customers"),
        stored(ASSESSMENT, "total"),
    ),
    sorts=(Sort("TAKEN_ON", "{n}.taken_on", nullable=True, descending=True),),
    visible=policies.ASSESSMENT,
)

PROJECT_ENTITY = Entity(
    "Project",
    PROJECT,
    PROJECT.description,
    (
        *name_fields(PROJECT),
        stored(PROJECT, "started_on", filter=True),
        stored(PROJECT, "ended_on"),
        stored(PROJECT, "size"),
        stored(PROJECT, "amount_eur"),
    ),
    (
        Many(
            "participants",
            "Organisation",
            "({n})<-[{r}:TOOK_PART_IN]-({m}:Organisation)",
            "Its partners.",
            edge="ProjectPartner",
            edge_fields=PART_FIELDS,
        ),
        technologies("({n})-[:ABOUT]->({m}:Technology)", "What it worked on."),
        Many("fundedBy", "Programme", "({n})-[:FUNDED_BY]->({m}:Programme)", "Programmes that paid."),
        SOURCES,
    ),
    (Sort("STARTED", "{n}.started_on", nullable=True, descending=True), BY_NAME),
)

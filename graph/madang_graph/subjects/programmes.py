"""Programmes and calls."""

from typing import LiteralString

from madang_graph.model.programmes import CALL, PROGRAMME
from madang_graph.reading.declare import Entity, Facet, Field, Many, One, Sort, Test, boolean, stored
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects import policies
from madang_graph.subjects.eligibility import OURS
from madang_graph.subjects.organisations import MEMBER_FIELDS
from madang_graph.subjects.rule_sets import RULE_PLACE
from madang_graph.subjects.shared import BY_NAME, SOURCES, name_fields, summary_fields, technologies
from madang_graph.subjects.suggestions import BACK, FIT_FIELDS, HIDDEN, RETURNED
from madang_graph.subjects.words import CALL_STATE, DOCUMENT_KIND, INTAKE, PURPOSE, VERDICT

_UPDATED = Sort("UPDATED", "{n}.updated_at", nullable=True, descending=True)
# Of the calls that one may still apply for: the first to close, and the greatest amount.
_CLOSES = Sort(
    "CLOSES",
    "reduce(first = null, at IN [({n})-[:HAS_CALL]->(c:Call) WHERE c.closes_at >= $now | c.closes_at] | "
    "CASE WHEN first IS NULL OR at < first THEN at ELSE first END)",
    nullable=True,
)
_AMOUNT = Sort(
    "AMOUNT",
    "reduce(most = null, won IN [({n})-[:HAS_CALL]->(c:Call) WHERE c.amount_max_won IS NOT NULL "
    "AND (c.closes_at >= $now OR (c.closes_at IS NULL AND c.rolling)) | c.amount_max_won] | "
    "CASE WHEN most IS NULL OR won > most THEN won ELSE most END)",
    nullable=True,
    descending=True,
)

PROGRAMME_ENTITY = Entity(
    "Programme",
    PROGRAMME,
    PROGRAMME.description,
    (
        *name_fields(PROGRAMME),
        *summary_fields(PROGRAMME),
        stored(PROGRAMME, "owner_name", filter=True),
        stored(PROGRAMME, "purposes", words=PURPOSE, filter=True),
        stored(PROGRAMME, "as_of_year", filter=True),
        stored(PROGRAMME, "source_note"),
        boolean("mayEdit", policies.OWN_PROGRAMME, "The viewer may work on its calls: it runs it.", filter=True),
    ),
    (
        Many("calls", "Call", "({n})-[:HAS_CALL]->({m}:Call)", "Its dated editions."),
        Many(
            "plannedCalls",
            "PlannedCall",
            "({n})-[:PLANS]->({m}:PlannedCall)",
            "Editions that are not published yet, for those who run it.",
            filter=False,
        ),
        technologies("({n})-[:ABOUT]->({m}:Technology)", "Technologies it supports."),
        Many("runBy", "Organisation", "({n})<-[:RUNS]-({m}:Organisation)", "Who runs it."),
        Many(
            "members",
            "Organisation",
            "({n})<-[{r}:TOOK_PART_IN]-({m}:Organisation)",
            "Who is or was in it.",
            edge="ProgrammeMember",
            edge_fields=MEMBER_FIELDS,
        ),
        Many("projects", "Project", "({n})<-[:FUNDED_BY]-({m}:Project)", "Projects it paid for."),
        SOURCES,
    ),
    (BY_NAME, _UPDATED, _CLOSES, _AMOUNT),
)

_STATE: LiteralString = (
    "CASE WHEN {n}.archived_at IS NOT NULL OR {n}.withdrawn_on IS NOT NULL OR {n}.closes_at < $now THEN 'closed' "
    "WHEN {n}.opens_at > $now THEN 'upcoming' "
    "WHEN {n}.closes_at IS NOT NULL OR {n}.rolling THEN 'open' ELSE 'unknown' END"
)
_INTAKE: LiteralString = (
    "CASE WHEN {n}.archived_at IS NOT NULL OR {n}.withdrawn_on IS NOT NULL OR {n}.closes_at < $now THEN 'closed' "
    "WHEN {n}.opens_at > $now THEN 'upcoming' WHEN {n}.until_funds THEN 'until_funds' "
    "WHEN {n}.closes_at IS NOT NULL THEN 'open' WHEN {n}.rolling THEN 'rolling' ELSE 'unknown' END"
)
_DAYS_LEFT: LiteralString = (
    "CASE WHEN {n}.closes_at >= $now THEN "
    "duration.inDays(date(datetime({datetime: datetime($now), timezone: 'Asia/Seoul'})), "
    "date(datetime({datetime: datetime({n}.closes_at), timezone: 'Asia/Seoul'}))).days END"
)

# A rule of region is one flat object with its kind and codes; the same code in a rule of industry does not count.
_NAMES_REGION: LiteralString = (
    "{n}.rules =~ ('(?s).*\\\\{[^{}]*\"region\"[^{}]*\"' + named.code + '\"[^{}]*\\\\}.*') OR "
    "{n}.rules =~ ('(?s).*\\\\{[^{}]*\"' + named.code + '\"[^{}]*\"region\"[^{}]*\\\\}.*')"
)
_REGION_CODES: LiteralString = (
    "COLLECT { MATCH (named:District) WHERE {n}.rules CONTAINS '\"region\"' "
    "AND {n}.rules CONTAINS ('\"' + named.code + '\"') AND (" + _NAMES_REGION + ") "
    "RETURN named.code ORDER BY named.code }"
)
# The best fit for one of the organisations that the viewer acts for.
_FIT: LiteralString = (
    "reduce(best = null, score IN [({n})<-[f:FITS]-(o:Organisation) WHERE o.id IN $viewer_organisations "
    "AND (o.lists_version IS NULL OR f.version = o.lists_version) | f.score] | "
    "CASE WHEN best IS NULL OR score > best THEN score ELSE best END)"
)

RULE_LINE = Value(
    "RuleLine",
    "One condition of a call, in words.",
    (
        ValueField("kind", Scalar.STRING, "kind", "Kind of the condition.", nullable=False),
        ValueField("text", Scalar.STRING, "text", "What the condition asks, in words.", nullable=False, localised=True),
        ValueField("sourceText", Scalar.STRING, "source_text", "The sentence of the notice."),
    ),
)
# Stored with the lists of the organisation: every call that had not closed then.
_JUDGED = Test(
    "verdict",
    VERDICT,
    "for",
    "EXISTS { (judged:Organisation) WHERE judged.id IN $viewer_organisations "
    "AND ($t_of IS NULL OR judged.id = $t_of) AND any(word IN $t_words WHERE {n}.id IN "
    "CASE word WHEN 'eligible' THEN coalesce(judged.calls_eligible, []) "
    "WHEN 'check' THEN coalesce(judged.calls_to_check, []) ELSE coalesce(judged.calls_not_eligible, []) END) }",
    "Whether an organisation that the viewer acts for may apply, as of its latest lists.",
)

_WON: LiteralString = "[10000000, 30000000, 50000000, 100000000, 300000000, 500000000, 1000000000]"
_FACETS = (
    Facet("STATE", "[toUpper(" + _STATE + ")]", "Where they stand."),
    Facet("PURPOSE", "[word IN coalesce({n}.purposes, []) | toUpper(word)]", "What they give."),
    Facet("REGION", _REGION_CODES, "Codes of the districts that their rules of region name."),
    Facet(
        "CLOSING",
        "[days IN [7, 31] WHERE " + _DAYS_LEFT + " <= days | toString(days)]",
        "Those that close within 7 and within 31 days.",
    ),
    Facet(
        "AMOUNT_FROM",
        "[won IN " + _WON + " WHERE {n}.amount_max_won >= won | toString(won)]",
        "Those that give up to this much or more, in won.",
    ),
    Facet(
        "AMOUNT_UP_TO",
        "[won IN " + _WON + " WHERE {n}.amount_max_won <= won | toString(won)]",
        "Those that give at most this much, in won.",
    ),
)

CALL_ENTITY = Entity(
    "Call",
    CALL,
    CALL.description,
    (
        *name_fields(CALL),
        *summary_fields(CALL),
        stored(CALL, "purposes", words=PURPOSE, filter=True),
        stored(CALL, "noticed_on"),
        stored(CALL, "opens_at", filter=True),
        stored(CALL, "closes_at", filter=True),
        stored(CALL, "contract_on"),
        boolean("rolling", "{n}.rolling", CALL.properties["rolling"].description, filter=True),
        stored(CALL, "amount_max_won", filter=True),
        stored(CALL, "own_share"),
        stored(CALL, "amount_note"),
        Field(
            "regionCodes",
            Scalar.STRING,
            _REGION_CODES,
            "Codes of the districts that its rules of region name.",
            nullable=False,
            many=True,
            filter=True,
        ),
        stored(CALL, "updated_at"),
        stored(CALL, "version"),
        boolean("demoDates", "{n}.demo_dates", CALL.properties["demo_dates"].description),
        stored(CALL, "as_of_year"),
        stored(CALL, "source_note"),
        stored(CALL, "url"),
        stored(CALL, "withdrawn_on"),
        boolean("untilFunds", "{n}.until_funds", CALL.properties["until_funds"].description),
        Field("intake", INTAKE, _INTAKE, "How it takes applications at the time of the request.", nullable=False),
        Field("state", CALL_STATE, _STATE, "Where it stands at the time of the request.", nullable=False, filter=True),
        Field(
            "daysLeft", Scalar.INT, _DAYS_LEFT, "Days to the closing day in Seoul; 0 on the day itself.", filter=True
        ),
        Field(
            "rules", RULE_LINE, "{n}.rules", "Its conditions in words.", nullable=False, many=True, compute="rule_lines"
        ),
        OURS,
        Field(
            "rulePlaces",
            RULE_PLACE,
            "{n}.rules",
            "The places of its rule tree, from top to bottom.",
            nullable=False,
            many=True,
            compute="rule_places",
            cost=100,
        ),
        stored(CALL, "documents", words=DOCUMENT_KIND),
        stored(CALL, "archived_at"),
        boolean("mayEdit", policies.OWN_CALL, "The viewer may work on its rules: it runs the programme."),
    ),
    (
        One("programme", "Programme", "({n})<-[:HAS_CALL]-({m}:Programme)", "The programme it belongs to."),
        One("watch", "Watch", "({n})<-[:WATCHES]-({m}:Watch)", "The viewer's own watch of it."),
        technologies("({n})-[:ABOUT]->({m}:Technology)", "Technologies it supports."),
        Many(
            "ruleSets",
            "RuleSet",
            "({n})-[:HAS_RULE_SET]->({m}:RuleSet)",
            "Versions of its rules, for those who run the programme.",
            visible=policies.OWN_CALL,
            filter=False,
        ),
        Many(
            "fitsOf",
            "Organisation",
            "({n})<-[{r}:FITS]-({m}:Organisation)",
            "On whose list of programme fits it is, of the organisations that the viewer acts for.",
            condition="({m}.id IN $viewer_organisations OR $viewer_admin) "
            "AND ({m}.lists_version IS NULL OR {r}.version = {m}.lists_version)",
            edge="CallFit",
            edge_fields=FIT_FIELDS,
            sorts=(Sort("SCORE", "{r}.score", descending=True),),
            filter=False,
        ),
        Many(
            "dismissedBy",
            "Organisation",
            "({n})<-[{r}:DISMISSED]-({m}:Organisation)",
            "Who hid it, of the organisations that the viewer acts for.",
            condition="({m}.id IN $viewer_organisations OR $viewer_admin) AND " + HIDDEN,
            filter=False,
        ),
        Many(
            "returnedTo",
            "Organisation",
            "({n})<-[{r}:DISMISSED]-({m}:Organisation)",
            "Who hid it until it changed or until a day that has come, of the organisations that the viewer acts for.",
            condition="({m}.id IN $viewer_organisations OR $viewer_admin) AND " + BACK,
            edge="ReturnedCall",
            edge_fields=RETURNED,
            filter=False,
        ),
        SOURCES,
    ),
    (
        Sort("CLOSES", "{n}.closes_at", nullable=True),
        BY_NAME,
        Sort("AMOUNT", "{n}.amount_max_won", nullable=True, descending=True),
        Sort("OPENS", "{n}.opens_at", nullable=True, descending=True),
        Sort("FIT", _FIT, nullable=True, descending=True),
        _UPDATED,
    ),
    tests=(_JUDGED,),
    facets=_FACETS,
)

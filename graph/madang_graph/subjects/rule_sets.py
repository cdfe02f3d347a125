"""Rule sets: the versions of a call's conditions, as those who run the programme see them."""

from typing import LiteralString

from madang_graph.model.rule_sets import RULE_SET
from madang_graph.reading.declare import Entity, Field, Many, One, Sort, boolean, stored
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects import policies
from madang_graph.subjects.eligibility import COVERAGE
from madang_graph.subjects.words import DOCUMENT_KIND, RULE_SET_STATE

RULE_VALUE = Value(
    "RuleValue",
    "One field of a condition as it stands in a form.",
    (
        ValueField("name", Scalar.STRING, "name", "Name of the field.", nullable=False),
        ValueField("value", Scalar.STRING, "value", "Its value as text; of a list, parted by commas.", nullable=False),
    ),
)
RULE_PLACE = Value(
    "RulePlace",
    "One place of a rule tree: a condition, or a group of them.",
    (
        ValueField("at", Scalar.STRING, "at", "Where it is: places from the top, as in 0.2.", nullable=False),
        ValueField("depth", Scalar.INT, "depth", "How deep; the top is 0.", nullable=False),
        ValueField("word", Scalar.STRING, "word", "all, any, not, or kind for a condition.", nullable=False),
        ValueField("kind", Scalar.STRING, "kind", "Kind of the condition."),
        ValueField("label", Scalar.STRING, "label", "The kind in words.", localised=True),
        ValueField("text", Scalar.STRING, "text", "What it asks, in words.", localised=True),
        ValueField("sourceText", Scalar.STRING, "source_text", "The sentence of the notice."),
        ValueField("checkable", Scalar.BOOLEAN, "checkable", "Values can decide it; else people read it.", False),
        ValueField("first", Scalar.BOOLEAN, "first", "Nothing of its group stands before it.", False),
        ValueField("last", Scalar.BOOLEAN, "last", "Nothing of its group stands after it.", False),
        ValueField("values", RULE_VALUE, "values", "Its fields.", nullable=False, many=True),
    ),
)
RULE_CLASH = Value(
    "RuleClash",
    "Conditions that nobody can meet together.",
    (ValueField("text", Scalar.STRING, "text", "The conditions, in words.", nullable=False, localised=True),),
)
RULE_PREVIEW = Value(
    "RulePreview",
    "Who would pass, of the firms that the person who asked may see, judged by what that person may see of them.",
    (
        ValueField("at", Scalar.INSTANT, "at", "When it was counted.", nullable=False),
        ValueField("version", Scalar.INT, "version", "The version it was counted for.", nullable=False),
        ValueField("firms", Scalar.INT, "firms", "How many firms were judged.", nullable=False),
        ValueField("eligible", Scalar.INT, "eligible", "How many pass.", nullable=False),
        ValueField("check", Scalar.INT, "check", "Of how many something has to be checked.", nullable=False),
        ValueField("notEligible", Scalar.INT, "not_eligible", "How many do not pass.", nullable=False),
        ValueField("eligibleNow", Scalar.INT, "eligible_now", "How many pass the rules in force.", nullable=False),
        ValueField("checkNow", Scalar.INT, "check_now", "The same, to be checked.", nullable=False),
        ValueField("notEligibleNow", Scalar.INT, "not_eligible_now", "The same, not passing.", nullable=False),
        ValueField("gains", Scalar.INT, "gains", "How many would come to pass.", nullable=False),
        ValueField("losses", Scalar.INT, "losses", "How many would cease to pass.", nullable=False),
    ),
)


def _named(name: str, pattern: LiteralString, description: str) -> Many:
    """A list of firms of the preview; the compiler leaves out whom the viewer may not see."""
    return Many(name, "Organisation", pattern, description, visible=policies.OWN_PREVIEW, filter=False)


_AT_THE_DESK: LiteralString = (
    "MATCH ({n})<-[:HAS_RULE_SET]-(:Call|PlannedCall)<-[:HAS_CALL|PLANS]-(:Programme)<-[:RUNS]-"
    "(owner:Organisation)<-[acts:ACTS_FOR]-(who:Person) WHERE acts.role <> 'reader' "
)
_EDITORS: LiteralString = "size(COLLECT { " + _AT_THE_DESK + "RETURN DISTINCT who.id })"
# Of other organisations that run the same programme, names are not told.
_OTHERS: LiteralString = (
    "COLLECT { " + _AT_THE_DESK + "AND (owner.id IN $viewer_organisations OR $viewer_admin) AND who.name IS NOT NULL "
    "AND who.id <> $viewer_person AND NOT EXISTS { ({n})-[:SENT_BY]->(who) } "
    "RETURN DISTINCT who.name AS name ORDER BY name LIMIT 20 }"
)

ENTITY = Entity(
    "RuleSet",
    RULE_SET,
    RULE_SET.description,
    (
        stored(RULE_SET, "id"),
        stored(RULE_SET, "number", nullable=False),
        stored(RULE_SET, "state", words=RULE_SET_STATE, nullable=False, filter=True),
        stored(RULE_SET, "version", nullable=False),
        stored(RULE_SET, "saved_at"),
        stored(RULE_SET, "published_at"),
        stored(RULE_SET, "documents", words=DOCUMENT_KIND),
        Field(
            "editors",
            Scalar.INT,
            _EDITORS,
            "How many people may edit for those who run the programme.",
            nullable=False,
        ),
        Field(
            "publishers",
            Scalar.STRING,
            _OTHERS,
            "Names of others who may publish it once it was sent, as far as they are the viewer's colleagues.",
            nullable=False,
            many=True,
        ),
        boolean(
            "mayPublish",
            "{n}.state = 'review' AND NOT (EXISTS { ({n})-[:SENT_BY]->(:Person {id: $viewer_person}) } AND "
            + _EDITORS
            + " > 1)",
            "It is in review, and the viewer is not who sent it, or nobody else could.",
        ),
        Field("rules", Scalar.STRING, "{n}.rules", "The rule tree as JSON."),
        Field(
            "places",
            RULE_PLACE,
            "{n}.rules",
            "Every place of the tree, from top to bottom.",
            nullable=False,
            many=True,
            compute="rule_places",
            cost=100,
        ),
        Field(
            "coverage",
            COVERAGE,
            "{n}.rules",
            "How many of its criteria values can decide.",
            nullable=False,
            compute="rule_coverage",
        ),
        Field(
            "clashes",
            RULE_CLASH,
            "[{n}.rules, head(COLLECT { MATCH (of:Call|PlannedCall)-[:HAS_RULE_SET]->({n}) "
            "RETURN [of.noticed_on, of.opens_at, of.closes_at, of.contract_on] })]",
            "Conditions that contradict each other, so that nobody can pass.",
            nullable=False,
            many=True,
            compute="rule_clashes",
        ),
        Field(
            "preview",
            RULE_PREVIEW,
            "{n}.preview",
            "Who would pass, as last counted for the viewer.",
            visible=policies.OWN_PREVIEW,
            compute="rule_preview",
        ),
    ),
    (
        One("call", "Call", "({n})<-[:HAS_RULE_SET]-({m}:Call)", "The call; null while it is not published."),
        One("sentBy", "Person", "({n})-[:SENT_BY]->({m}:Person)", "Who sent it for review, as it stands."),
        _named("passing", "({n})-[:PASSES]->({m}:Organisation)", "Firms that would pass; at most 200 are kept."),
        _named("gaining", "({n})-[:GAINS]->({m}:Organisation)", "Firms that would come to pass; at most 200 are kept."),
        _named("losing", "({n})-[:LOSES]->({m}:Organisation)", "Firms that would cease to pass; at most 200 are kept."),
    ),
    (Sort("NUMBER", "{n}.number", descending=True),),
    visible=policies.RULE_SET,
)

_OPTION = Value(
    "ConditionOption",
    "One word that a field may have.",
    (
        ValueField("value", Scalar.STRING, "value", "The word as it is stored.", nullable=False),
        ValueField("label", Scalar.STRING, "label", "What it means.", nullable=False, localised=True),
    ),
)
_INPUT = Value(
    "ConditionInput",
    "One field of a kind of condition.",
    (
        ValueField("name", Scalar.STRING, "name", "Name of the field.", nullable=False),
        ValueField("type", Scalar.STRING, "type", "Type of its value.", nullable=False),
        ValueField("label", Scalar.STRING, "label", "What it is.", nullable=False, localised=True),
        ValueField("needed", Scalar.BOOLEAN, "needed", "The condition cannot be without it.", nullable=False),
        ValueField("options", _OPTION, "options", "The words it may have; empty: any.", nullable=False, many=True),
    ),
)
CONDITION_KIND = Value(
    "ConditionKind",
    "A kind of condition, with the fields that a form asks for.",
    (
        ValueField("name", Scalar.STRING, "name", "Name of the kind.", nullable=False),
        ValueField("label", Scalar.STRING, "label", "What it is about.", nullable=False, localised=True),
        ValueField("inputs", _INPUT, "inputs", "Its fields.", nullable=False, many=True),
    ),
)
ROOT = Field(
    "conditionKinds",
    CONDITION_KIND,
    "null",
    "Every kind of condition that rules can be made of.",
    nullable=False,
    many=True,
    compute="condition_kinds",
    cost=50,
)

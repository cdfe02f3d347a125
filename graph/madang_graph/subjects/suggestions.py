"""Suggestions: what the lists of the matching hold, and what people hid from them."""

import json
from typing import Any, LiteralString

from madang_graph.model.suggestions import RELATIONSHIPS
from madang_graph.reading.declare import Field, Many, Sort, boolean, stored
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects.policies import OWN
from madang_graph.subjects.words import CALL_PART, JUDGEMENT_REASON, VERDICT

FITS, SUGGESTED, DISMISSED_CALL, _DISMISSED_PARTNER = RELATIONSHIPS

REASON = Value(
    "Reason",
    "Why something is suggested: one contribution to its score, with the fact behind it.",
    (
        ValueField("kind", Scalar.STRING, "kind", "Which feature it comes from.", nullable=False),
        ValueField("weight", Scalar.FLOAT, "weight", "What it adds to the score, in log-odds.", nullable=False),
        ValueField(
            "points",
            Scalar.INT,
            "points",
            "Its share of the score out of 100; the shares of all reasons add up to it.",
            nullable=False,
        ),
        ValueField("sentence", Scalar.STRING, "", "The reason as a sentence.", nullable=False, localised=True),
        ValueField("fact", Scalar.STRING, "fact", "What it rests on: a technology, a partner, a place."),
    ),
)

CONDITION = Value(
    "Condition",
    "One condition of a call, judged for one organisation.",
    (
        ValueField("kind", Scalar.STRING, "kind", "Kind of the condition.", nullable=False),
        ValueField("verdict", VERDICT, "verdict", "Whether it holds.", nullable=False),
        ValueField("required", Scalar.STRING, "required", "What the call asks.", nullable=False, localised=True),
        ValueField("mine", Scalar.STRING, "mine", "What the organisation has.", localised=True),
        ValueField("sourceText", Scalar.STRING, "source_text", "The sentence of the notice."),
        ValueField("valueSource", Scalar.STRING, "value_source", "Where the organisation's value came from, and when."),
        ValueField(
            "missing",
            Scalar.STRING,
            "missing",
            "Properties of the organisation that are not filled in and that it waits for.",
            nullable=False,
            many=True,
        ),
        ValueField("spared", Scalar.BOOLEAN, "spared", "True: another condition of the same choice holds instead."),
    ),
)


def from_json(value: Any, _arguments: dict[str, Any]) -> Any:
    """Return a JSON property as its value; missing is an empty list."""
    return json.loads(value) if value else []


def with_points(reasons: list[dict[str, Any]], score: float) -> list[dict[str, Any]]:
    """Return the reasons with their shares of the score out of 100: by weight, whole, adding up to the rounded score.

    What is lost by rounding down goes to the largest remainders, ties to the earlier. Reasons that add nothing have 0
    points; when none adds anything, the score has no parts.
    """
    weights = [max(float(reason["weight"]), 0.0) for reason in reasons]
    total, whole = sum(weights), round(score * 100)
    if not total:
        return [{**reason, "points": 0} for reason in reasons]
    exact = [weight / total * whole for weight in weights]
    points = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: points[place] - exact[place])
    for place in by_remainder[: whole - sum(points)]:
        points[place] += 1
    return [{**reason, "points": each} for reason, each in zip(reasons, points, strict=True)]


def scored_reasons(value: list[Any], arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """Return reasons kept as JSON text with their points, from the text and the score."""
    reasons, score = value
    return with_points(from_json(reasons, arguments), score)


_ENTRY = (
    stored(FITS, "rank", nullable=False, of="{r}"),
    stored(FITS, "score", nullable=False, of="{r}"),
    Field(
        "reasons",
        REASON,
        "[{r}.reasons, {r}.score]",
        "Why, strongest first.",
        nullable=False,
        many=True,
        compute=scored_reasons,
    ),
    stored(FITS, "version", nullable=False, of="{r}"),
    Field(
        "modelVersion",
        Scalar.STRING,
        "startNode({r}).lists_model",
        "Version of the model that scored the list; empty: basic matching.",
    ),
    stored(FITS, "computed_at", nullable=False, of="{r}"),
)
FIT_FIELDS = (
    *_ENTRY,
    stored(FITS, "verdict", nullable=False, words=VERDICT, filter=True, of="{r}"),
    Field(
        "conditions",
        CONDITION,
        "{r}.conditions",
        "Every condition of the call with its own verdict.",
        nullable=False,
        many=True,
        compute=from_json,
    ),
)
HIDDEN: LiteralString = "({r}.lapsed_at IS NULL AND ({r}.again_at IS NULL OR {r}.again_at > $now))"
"""Whether a dismissal holds at the time of the request."""

_BY_RANK = Sort("RANK", "{r}.rank")
_BY_SCORE = Sort("SCORE", "{r}.score", descending=True)

# The version is asked once and then followed: while a new list is being put in place, old and new entries stand side
# by side (`writes.lists`), and only those of one version are a list. Lists without a version are shown as they are.
_SHOWN: LiteralString = (
    "({r}_shown IS NULL OR {r}.version = {r}_shown) AND NOT EXISTS { ({n})-[hid:DISMISSED]->({m}) WHERE "
    + HIDDEN.replace("{r}", "hid")
    + " }"
)
_USEFUL = boolean(
    "useful",
    "EXISTS { ({n})-[:JUDGED]->(said:Judgement {verdict: 'useful'})-[:JUDGES]->({m}) WHERE said.ended_at IS NULL }",
    "The organisation said that it is useful.",
)

PROGRAMME_FITS = Many(
    "programmeFits",
    "Call",
    "({n})-[{r}:FITS]->({m}:Call)",
    "Calls that may fit, best first, each with verdict, conditions and reasons; hidden ones left out.",
    visible=OWN,
    clause="WITH {n}.lists_version AS {r}_shown MATCH ({n})-[{r}:FITS]->({m}:Call)",
    condition=_SHOWN,
    edge="ProgrammeFit",
    edge_fields=(*FIT_FIELDS, _USEFUL),
    sorts=(_BY_RANK, _BY_SCORE),
    filter=False,
)
PARTNER_SUGGESTIONS = Many(
    "partnerSuggestions",
    "Organisation",
    "({n})-[{r}:SUGGESTED]->({m}:Organisation)",
    "Organisations to work with, best first, each with reasons; hidden ones left out.",
    visible=OWN,
    clause="WITH {n}.lists_version AS {r}_shown MATCH ({n})-[{r}:SUGGESTED]->({m}:Organisation)",
    condition=_SHOWN,
    edge="PartnerSuggestion",
    edge_fields=(*_ENTRY, _USEFUL),
    sorts=(_BY_RANK, _BY_SCORE),
    filter=False,
)
BACK: LiteralString = "({r}.lapsed_at IS NOT NULL OR {r}.again_at <= $now)"
"""Whether a dismissal is over by a change or by its day."""

_DISMISSAL = (
    stored(DISMISSED_CALL, "dismissed_at", of="{r}"),
    stored(DISMISSED_CALL, "reason", words=JUDGEMENT_REASON, of="{r}"),
    stored(DISMISSED_CALL, "note", of="{r}"),
    stored(DISMISSED_CALL, "again_at", of="{r}"),
)
RETURNED = (
    stored(DISMISSED_CALL, "dismissed_at", of="{r}"),
    stored(DISMISSED_CALL, "lapsed_at", of="{r}"),
    stored(DISMISSED_CALL, "lapsed_for", words=CALL_PART, of="{r}"),
)
_NEWEST = Sort("DISMISSED_AT", "{r}.dismissed_at", nullable=True, descending=True)
DISMISSED_CALLS = Many(
    "dismissedCalls",
    "Call",
    "({n})-[{r}:DISMISSED]->({m}:Call)",
    "Calls that were hidden, latest first.",
    visible=OWN,
    condition=HIDDEN,
    edge="DismissedCall",
    edge_fields=_DISMISSAL,
    sorts=(_NEWEST,),
    filter=False,
)
DISMISSED_PARTNERS = Many(
    "dismissedPartners",
    "Organisation",
    "({n})-[{r}:DISMISSED]->({m}:Organisation)",
    "Suggestions that were hidden, latest first.",
    visible=OWN,
    condition=HIDDEN,
    edge="DismissedPartner",
    edge_fields=_DISMISSAL,
    sorts=(_NEWEST,),
    filter=False,
)

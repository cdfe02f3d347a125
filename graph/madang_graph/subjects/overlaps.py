"""Programmes that overlap, two by two: what the matching makes of public calls and of visible firms."""

import json
from typing import Any

from madang_graph.reading.declare import Argument, Field, Many, boolean
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.subjects.words import CALL_STATE, PURPOSE

MOST = 100
ORDER = Words("OverlapOrder", ("degree", "firms", "days"), "Orders of overlaps, most first.")
STACKING = Words(
    "Stacking",
    ("forbidden", "to_check", "not_named"),
    "Whether both may be received at once. FORBIDDEN: a rule of one names the other. TO_CHECK: a rule names a family "
    "of programmes, or the same plan. NOT_NAMED: no rule on record names the other.",
)

_SHARE = "0 to 1."
_SIDE = Value(
    "OverlapSide",
    "One of two programmes that overlap, with the call that overlaps most.",
    (
        ValueField("programmeId", Scalar.ID, "programme_id", "The programme.", nullable=False),
        ValueField("programmeName", Scalar.STRING, "programme", "Its name.", nullable=False, localised=True),
        ValueField("ownerName", Scalar.STRING, "owner_name", "Who runs it, in the words of the source."),
        ValueField("mayEdit", Scalar.BOOLEAN, "may_edit", "The viewer may work on its calls: it runs it."),
        ValueField("callId", Scalar.ID, "call_id", "The call.", nullable=False),
        ValueField("callName", Scalar.STRING, "call", "Its name.", nullable=False, localised=True),
        ValueField("synthetic", Scalar.BOOLEAN, "synthetic", "The call is invented, as an example."),
        ValueField("demoDates", Scalar.BOOLEAN, "demo_dates", "Its dates are invented, as an example."),
        ValueField("state", CALL_STATE, "state", "Where the call stands at the time of the request.", nullable=False),
        ValueField("opensAt", Scalar.INSTANT, "opens_at", "First moment of applying; null: not known."),
        ValueField("closesAt", Scalar.INSTANT, "closes_at", "Last moment; null: rolling, or not known."),
        ValueField("purposes", PURPOSE, "purposes", "What it gives.", nullable=False, many=True),
    ),
)
_CONDITION = Value(
    "OverlapCondition",
    "Conditions of one kind of two calls; each sentence on a line of its own.",
    (
        ValueField("kind", Scalar.STRING, "kind", "Kind of the conditions.", nullable=False),
        ValueField("both", Scalar.STRING, "both", "What both ask, in the same words.", localised=True),
        ValueField("first", Scalar.STRING, "first", "What the first asks alone.", localised=True),
        ValueField("second", Scalar.STRING, "second", "What the second asks alone.", localised=True),
    ),
)
OVERLAP = Value(
    "Overlap",
    "Two programmes whose calls are for the same firms, purposes and days, as far as rules and dates on record say.",
    (
        ValueField(
            "degree",
            Scalar.FLOAT,
            "degree",
            "How much they overlap, 0 to 1: the geometric mean of the shares of purposes, target and time.",
            nullable=False,
        ),
        ValueField(
            "purposesShare",
            Scalar.FLOAT,
            "purposes_share",
            "Purposes in common among those of both. " + _SHARE,
            nullable=False,
        ),
        ValueField(
            "targetShare",
            Scalar.FLOAT,
            "target_share",
            "How far they are for the same firms: firms · (1 + conditions) / 2, of firms that neither rules out among "
            "those that one does not rule out, and of conditions in common among those of both. " + _SHARE,
            nullable=False,
        ),
        ValueField(
            "timeShare",
            Scalar.FLOAT,
            "time_share",
            "Days in common among those of the shorter window; without one, half the share of months in common in "
            "editions so far. " + _SHARE,
            nullable=False,
        ),
        ValueField("purposes", PURPOSE, "purposes", "Purposes in common.", nullable=False, many=True),
        ValueField(
            "firms",
            Scalar.INT,
            "firms",
            "Firms that the viewer may see and that neither call rules out by what the viewer may see of them, as if "
            "both were announced today.",
            nullable=False,
        ),
        ValueField("firmsOfEither", Scalar.INT, "either", "Those that one of them does not rule out.", nullable=False),
        ValueField("firmsCertain", Scalar.INT, "certain", "Those that may certainly apply to both.", nullable=False),
        ValueField("days", Scalar.INT, "days", "Days in common, today or later.", nullable=False),
        ValueField("daysFrom", Scalar.DATE, "days_from", "The first of them, in Seoul."),
        ValueField("daysUntil", Scalar.DATE, "days_until", "The last; null: there is none, or both are open-ended."),
        ValueField(
            "months",
            Scalar.INT,
            "months",
            "Months of the year, 1 to 12, in which both have taken applications.",
            nullable=False,
            many=True,
        ),
        ValueField("stacking", STACKING, "stacking", "Whether both may be received at once.", nullable=False),
        ValueField("stackingText", Scalar.STRING, "stacking_text", "The rules that say so.", localised=True),
        ValueField(
            "conditions", _CONDITION, "conditions", "What they ask, in common ones first.", nullable=False, many=True
        ),
        ValueField("first", _SIDE, "first", "The programme that comes first by id.", nullable=False),
        ValueField("second", _SIDE, "second", "The other programme.", nullable=False),
    ),
)
# The type of this name is made with the connections; here is where a value of it is read from.
_PAGE_INFO = Value(
    "PageInfo",
    "Whether there is more of a list.",
    (
        ValueField("hasNextPage", Scalar.BOOLEAN, "more", "There are entries after it.", nullable=False),
        ValueField("hasPreviousPage", Scalar.BOOLEAN, "earlier", "It was asked for by a cursor.", nullable=False),
        ValueField("startCursor", Scalar.STRING, "start", "Of the first entry."),
        ValueField("endCursor", Scalar.STRING, "end", "Of the last entry."),
    ),
)
_PAGE = Value(
    "OverlapConnection",
    "A page of the list of overlaps.",
    (
        ValueField("nodes", OVERLAP, "nodes", "The overlaps of the page.", nullable=False, many=True),
        ValueField("pageInfo", _PAGE_INFO, "page", "Whether there is more.", nullable=False),
        ValueField("totalCount", Scalar.INT, "total", "How many there are in all.", nullable=False),
        ValueField(
            "programmes",
            Scalar.INT,
            "programmes",
            "Programmes that are compared.",
            nullable=False,
        ),
    ),
)


def _page(value: str, _arguments: dict[str, Any]) -> Any:
    """Return the page from its JSON text."""
    return json.loads(value)


_DISTRICT = Argument("district", Scalar.ID, "Compare targets among the members of this district alone.")

ROOT = Field(
    "overlaps",
    _PAGE,
    "$a_prepared",
    "Programmes that overlap: pairs whose calls are for the same firms, purposes and days.",
    nullable=False,
    arguments=(
        Argument("purpose", PURPOSE, "Only those that have one of these in common.", many=True),
        _DISTRICT,
        Argument("openNow", Scalar.BOOLEAN, "True: only those whose calls are both open."),
        Argument("owner", Scalar.STRING, "Only those of which one is run by an owner whose name has these words."),
        Argument("mine", Scalar.BOOLEAN, "True: only those of which one is run by an organisation of the viewer."),
        Argument("programme", Scalar.ID, "Only those of this programme."),
        Argument("other", Scalar.ID, "Only those of this programme too."),
        Argument("order", ORDER, "In which order, most first; without it by degree."),
        Argument("first", Scalar.INT, f"How many to return, 0 to {MOST}.", default=20),
        Argument("after", Scalar.STRING, "Return what comes after this cursor."),
    ),
    prepare="overlaps",
    compute=_page,
)

# The matching says which; this statement lets through what the viewer may see of it.
FIRMS = Many(
    "overlapFirms",
    "Organisation",
    "",
    "Firms that neither of two calls that overlap rules out, by what the viewer may see of them.",
    clause=("UNWIND $a_prepared AS hit MATCH ({m}:Organisation {id: hit.id}) WITH {m}, {certain: hit.certain} AS {r}"),
    prepare="overlap_firms",
    edge="OverlapFirm",
    edge_fields=(boolean("certain", "{r}.certain", "It may certainly apply to both; else some of it is to check."),),
    arguments=(
        Argument("programme", Scalar.ID, "One of the programmes.", required=True),
        Argument("other", Scalar.ID, "The other one.", required=True),
        _DISTRICT,
    ),
)

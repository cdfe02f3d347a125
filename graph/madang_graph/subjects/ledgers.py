"""What an organisation keeps of its own dealings with programmes: lists of entries, and what they add up to."""

from typing import LiteralString

from madang_graph.affiliates import GROUP, OTHERS
from madang_graph.reading.declare import Argument, Field, Many
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.subjects import policies


def _entries(name: str, target: str, pattern: LiteralString, description: str) -> Many:
    return Many(name, target, pattern, description, visible=policies.OWN, filter=False)


ENTRIES = (
    _entries("awards", "Award", "({n})-[:RECEIVED]->({m}:Award)", "What it received; its own people's record."),
    _entries(
        "applications", "Application", "({n})-[:APPLIED_WITH]->({m}:Application)", "What it applies, or applied, for."
    ),
    _entries("documents", "Document", "({n})-[:KEEPS]->({m}:Document)", "Papers that it has ready."),
)

_LEDGER: LiteralString = (
    "[$now, COLLECT { MATCH ({n})-[:RECEIVED]->(a:Award) WHERE a.removed_at IS NULL AND a.de_minimis_eur IS NOT NULL "
    "AND a.received_on IS NOT NULL RETURN [a.received_on, a.de_minimis_eur] ORDER BY a.received_on, a.id }, "
    "{n}.facts, "
    + GROUP.replace("{o}", "{n}")
    + ", COLLECT { "
    + OTHERS.replace("{o}", "{n}")
    + " WITH linked, EXISTS { ({n})-[:NAMES_AFFILIATE]->(linked) } OR "
    + policies.ORGANISATION.replace("{n}", "linked")
    + " AS seen RETURN [CASE WHEN seen THEN linked.id END, CASE WHEN seen THEN linked.name_ko END, "
    "CASE WHEN seen THEN linked.name_en END] }]"
)
GROUP_STATE = Words(
    "GroupState",
    ("unknown", "none", "waiting", "known"),
    "What is known of the affiliates. UNKNOWN: none is named, nor is it said that there are none. NONE: it is said. "
    "WAITING: one has not confirmed, or keeps no ledger. KNOWN: all have, and do.",
)
AFFILIATE_AID = Value(
    "AffiliateAid",
    "What another member of the single undertaking adds to the sum.",
    (
        ValueField("organisationId", Scalar.ID, "id", "Its id; null: the viewer may not know which one it is."),
        ValueField("name", Scalar.STRING, "name", "Its name, likewise.", localised=True),
        ValueField("usedEur", Scalar.INT, "used_eur", "What its ledger holds within the three years.", nullable=False),
        ValueField("kept", Scalar.BOOLEAN, "kept", "False: it keeps no ledger, so there may be more.", nullable=False),
    ),
)

DE_MINIMIS = Value(
    "DeMinimis",
    "De minimis aid in three years, rolling, against the ceiling per single undertaking.",
    (
        ValueField("onDay", Scalar.DATE, "on_day", "Day for which it is summed, the last of the three years."),
        ValueField("since", Scalar.DATE, "since", "First day of the three years."),
        ValueField("usedEur", Scalar.INT, "used_eur", "What all ledgers hold within them.", nullable=False),
        ValueField("ownEur", Scalar.INT, "own_eur", "What of it the organisation's own does.", nullable=False),
        ValueField("affiliates", AFFILIATE_AID, "affiliates", "What the others add.", nullable=False, many=True),
        ValueField("group", GROUP_STATE, "group", "Whether the affiliates are known.", nullable=False),
        ValueField("newEur", Scalar.INT, "new_eur", "The new award asked about.", nullable=False),
        ValueField("totalEur", Scalar.INT, "total_eur", "Both together.", nullable=False),
        ValueField("ceilingEur", Scalar.INT, "ceiling_eur", "The ceiling.", nullable=False),
        ValueField("leftEur", Scalar.INT, "left_eur", "What is left below it; 0 where it is passed.", nullable=False),
        ValueField("overEur", Scalar.INT, "over_eur", "By how much it is passed; 0 where it is not.", nullable=False),
        ValueField("awards", Scalar.INT, "awards", "How many of its own entries were summed.", nullable=False),
        ValueField("nextOn", Scalar.DATE, "next_on", "Day from which the new award fits, if it does not yet."),
    ),
)

DE_MINIMIS_FIELD = Field(
    "deMinimis",
    DE_MINIMIS,
    _LEDGER,
    "De minimis aid that it and its affiliates received in three years, and with a new award.",
    visible=policies.OWN,
    arguments=(
        Argument("newEur", Scalar.INT, "A new award, in euros.", default=0, most=10_000_000),
        Argument("on", Scalar.DATE, "Day on which it would be granted; without it, today."),
    ),
    compute="de_minimis",
    cost=50,
)

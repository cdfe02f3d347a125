"""What an organisation keeps of its own dealings with programmes: lists of entries, and what they add up to."""

from typing import LiteralString

from madang_graph.reading.declare import Argument, Field, Many
from madang_graph.reading.types import Scalar, Value, ValueField
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
    "AND a.received_on IS NOT NULL RETURN [a.received_on, a.de_minimis_eur] ORDER BY a.received_on, a.id }]"
)

DE_MINIMIS = Value(
    "DeMinimis",
    "De minimis aid in three years, rolling, against the ceiling per single undertaking.",
    (
        ValueField("onDay", Scalar.DATE, "on_day", "Day for which it is summed, the last of the three years."),
        ValueField("since", Scalar.DATE, "since", "First day of the three years."),
        ValueField("usedEur", Scalar.INT, "used_eur", "What the ledger holds within them.", nullable=False),
        ValueField("newEur", Scalar.INT, "new_eur", "The new award asked about.", nullable=False),
        ValueField("totalEur", Scalar.INT, "total_eur", "Both together.", nullable=False),
        ValueField("ceilingEur", Scalar.INT, "ceiling_eur", "The ceiling.", nullable=False),
        ValueField("leftEur", Scalar.INT, "left_eur", "What is left below it; 0 where it is passed.", nullable=False),
        ValueField("overEur", Scalar.INT, "over_eur", "By how much it is passed; 0 where it is not.", nullable=False),
        ValueField("awards", Scalar.INT, "awards", "How many entries were summed.", nullable=False),
        ValueField("nextOn", Scalar.DATE, "next_on", "Day from which the new award fits, if it does not yet."),
    ),
)

DE_MINIMIS_FIELD = Field(
    "deMinimis",
    DE_MINIMIS,
    _LEDGER,
    "De minimis aid that it received in three years, and with a new award.",
    visible=policies.OWN,
    arguments=(
        Argument("newEur", Scalar.INT, "A new award, in euros.", default=0, most=10_000_000),
        Argument("on", Scalar.DATE, "Day on which it would be granted; without it, today."),
    ),
    compute="de_minimis",
)

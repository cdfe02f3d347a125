"""Affiliates: whom an organisation names as one, who names it, and who belongs to it over others."""

from typing import Any, LiteralString

from madang_graph.affiliates import OTHERS
from madang_graph.reading.declare import Field
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.subjects.policies import ORGANISATION, OWN

AFFILIATE_STATE = Words(
    "AffiliateState",
    ("confirmed", "asked", "declined", "asks", "through"),
    "How two organisations stand as affiliates. CONFIRMED: both say so. ASKED: this one says so, the other has not "
    "answered. DECLINED: the other has. ASKS: the other says so. THROUGH: both are tied over others.",
)
AFFILIATE = Value(
    "Affiliate",
    "Another organisation that is, or is said to be, an affiliate.",
    (
        ValueField("organisationId", Scalar.ID, "id", "Its id; null: the viewer may not know which one it is."),
        ValueField("name", Scalar.STRING, "name", "Its name, likewise.", localised=True),
        ValueField("state", AFFILIATE_STATE, "state", "How the two stand.", nullable=False),
        ValueField("sinceAt", Scalar.INSTANT, "since_at", "Since when it is said; null: not by one of the two."),
    ),
)

_SEEN: LiteralString = ORGANISATION.replace("{n}", "other")
_BACK: LiteralString = "EXISTS { (other)-[:NAMES_AFFILIATE]->({n}) }"
_NAMED: LiteralString = (
    "COLLECT { MATCH ({n})-[said:NAMES_AFFILIATE]->(other:Organisation) WITH said, other, "
    "CASE WHEN " + _BACK + " THEN 'confirmed' WHEN said.declined_at IS NULL THEN 'asked' ELSE 'declined' END AS state, "
    + _SEEN + " AS seen "
    "RETURN [other.id, CASE WHEN seen OR state = 'confirmed' THEN other.name_ko END, "
    "CASE WHEN seen OR state = 'confirmed' THEN other.name_en END, state, said.since_at] "
    "ORDER BY said.since_at, other.id }"
)  # fmt: skip
_NAMED_BY: LiteralString = (
    "COLLECT { MATCH ({n})<-[said:NAMES_AFFILIATE]-(other:Organisation) WHERE said.declined_at IS NULL "
    "AND NOT EXISTS { ({n})-[:NAMES_AFFILIATE]->(other) } "
    "RETURN [other.id, other.name_ko, other.name_en, 'asks', said.since_at] "
    "ORDER BY said.since_at, other.id LIMIT 100 }"
)
_THROUGH: LiteralString = (
    "COLLECT { " + OTHERS.replace("{o}", "{n}") + " WITH linked AS other "
    "WHERE NOT EXISTS { ({n})-[:NAMES_AFFILIATE]->(other) } "
    "WITH other, " + _SEEN + " AS seen RETURN [CASE WHEN seen THEN other.id END, "
    "CASE WHEN seen THEN other.name_ko END, "
    "CASE WHEN seen THEN other.name_en END, 'through', null] }"
)


def affiliates(value: Any, _arguments: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows by key; None for whom they do not concern."""
    if value is None:
        return None
    return [dict(zip(("id", "name_ko", "name_en", "state", "since_at"), row, strict=True)) for row in value]


AFFILIATES = Field(
    "affiliates",
    AFFILIATE,
    _NAMED_BY + " + " + _NAMED + " + " + _THROUGH,
    "Who is, or is said to be, its affiliate: those that wait for its answer first.",
    visible=OWN,
    many=True,
    compute=affiliates,
    cost=100,
)

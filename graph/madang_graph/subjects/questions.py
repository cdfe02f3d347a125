"""The one answer that decides most calls for an organisation: raw values that the API judges."""

from typing import LiteralString

from madang_graph.reading.declare import Field
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects.eligibility import APPLICANT, CALL_DAYS
from madang_graph.subjects.facts import FACT_FIELD
from madang_graph.subjects.policies import OWN

WAITING_CALL = Value(
    "WaitingCall",
    "A call that an answer decides.",
    (
        ValueField("id", Scalar.ID, "id", "The call.", nullable=False),
        ValueField("name", Scalar.STRING, "name", "Its name.", nullable=False, localised=True),
    ),
)
QUESTION = Value(
    "HelpfulQuestion",
    "A value that is not known yet, and that decides more calls than any other.",
    (
        ValueField("field", FACT_FIELD, "field", "What is asked.", nullable=False),
        ValueField("calls", WAITING_CALL, "calls", "Calls that some answer decides.", nullable=False, many=True),
        ValueField("couldQualify", Scalar.INT, "could", "For how many it may open the way.", nullable=False),
    ),
)

_OPEN_CALLS: LiteralString = (
    "COLLECT { MATCH (waits:Call) WHERE (waits.closes_at >= $now OR waits.closes_at IS NULL) "
    "AND waits.archived_at IS NULL AND waits.withdrawn_on IS NULL "
    "WITH waits ORDER BY waits.closes_at, waits.id LIMIT 2000 RETURN " + CALL_DAYS.replace("{c}", "waits") + " }"
)
HELPFUL = Field(
    "helpfulQuestion",
    QUESTION,
    "[$now, " + _OPEN_CALLS + ", " + APPLICANT.replace("{o}", "{n}") + "]",
    "The question whose answer decides most open calls, judged at the time of the request; null: none decides any.",
    visible=OWN,
    compute="helpful_question",
    cost=200,
)

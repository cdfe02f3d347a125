"""Whether an organisation may apply to a call, as of the day of the request: raw values that the API judges."""

from typing import LiteralString

from madang_graph.affiliates import GROUP
from madang_graph.reading.declare import Argument, Field
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.subjects.policies import OWN
from madang_graph.subjects.suggestions import CONDITION
from madang_graph.subjects.words import VERDICT

CONTROL = Words(
    "Control",
    ("you", "time", "outside"),
    "Who can change a value. YOU: the organisation itself. TIME: it comes by itself. OUTSIDE: neither.",
)
WINDOW = Value(
    "EligibilityWindow",
    "The days of applying for which the verdict holds, and when it becomes ELIGIBLE. Days of Seoul.",
    (
        ValueField("since", Scalar.DATE, "since", "First day of the present verdict; null: not known, or always."),
        ValueField("until", Scalar.DATE, "until", "Last day of it; null: it does not change as far as is known."),
        ValueField("qualifiesFrom", Scalar.DATE, "qualifies_from", "First day, today or later, on which it is met."),
        ValueField("qualifiesUntil", Scalar.DATE, "qualifies_until", "Last day of that span; null: no end is known."),
    ),
)
CHANGE = Value(
    "EligibilityChange",
    "One value that would have to be another one.",
    (
        ValueField("field", Scalar.STRING, "field", "Name of the fact or property.", nullable=False),
        ValueField("by", CONTROL, "by", "Who can bring it about.", nullable=False),
        ValueField("label", Scalar.STRING, "label", "What it is, in words.", nullable=False, localised=True),
        ValueField("value", Scalar.STRING, "value", "What it would have to be, in words.", localised=True),
        ValueField("answer", Scalar.STRING, "answer", "The same as `saveFacts` takes it; null: it is no such fact."),
    ),
)
COVERAGE = Value(
    "RuleCoverage",
    "How many of the criteria of a call can be checked by rules.",
    (
        ValueField("checked", Scalar.INT, "checked", "Criteria that rules express.", nullable=False),
        ValueField("total", Scalar.INT, "total", "All criteria, those in prose included.", nullable=False),
    ),
)
LEFT = Value(
    "CriterionToRead",
    "A criterion that no rule expresses: people have to read it.",
    (ValueField("text", Scalar.STRING, "text", "The criterion.", nullable=False, localised=True),),
)
ELIGIBILITY = Value(
    "Eligibility",
    "Whether one organisation may apply to one call: the verdict of today, every condition, and what would change it.",
    (
        ValueField("callId", Scalar.ID, "call_id", "The call.", nullable=False),
        ValueField("callName", Scalar.STRING, "call_name", "Its name.", localised=True),
        ValueField("closesAt", Scalar.INSTANT, "closes_at", "When the call closes; null: not known, or rolling."),
        ValueField("organisationId", Scalar.ID, "organisation_id", "The organisation.", nullable=False),
        ValueField("organisationName", Scalar.STRING, "name", "Its name.", localised=True),
        ValueField("verdict", VERDICT, "verdict", "May it apply?", nullable=False),
        ValueField("asOf", Scalar.DATE, "as_of", "Day in Seoul for which this holds.", nullable=False),
        ValueField("conditions", CONDITION, "conditions", "Every condition.", nullable=False, many=True),
        ValueField("window", WINDOW, "window", "When the verdict changes; null: nothing is known of that."),
        ValueField(
            "fixes",
            CHANGE,
            "fixes",
            "The smallest set of changes that makes it ELIGIBLE; empty when it is, or when none is known.",
            nullable=False,
            many=True,
        ),
        ValueField("coverage", COVERAGE, "coverage", "How many criteria were checked.", nullable=False),
        ValueField("toRead", LEFT, "to_read", "What is left to read.", nullable=False, many=True),
    ),
)

# The order is that of `ApplicantRow` in the server: what conditions may look at, and nothing else.
APPLICANT: LiteralString = (
    "[{o}.id, {o}.kind, {o}.founded_on, {o}.employees, {o}.revenue_won, {o}.industry_code, {o}.stage, {o}.trl, "
    "{o}.certificates, {o}.facts, "
    "COLLECT { MATCH ({o})-[:LOCATED_IN]->(gu:District) WHERE gu.code <> '' RETURN gu.code ORDER BY gu.code }, "
    "COLLECT { MATCH ({o})-[s:STATED_BY]->(x:Source) "
    "RETURN [s.fields, CASE WHEN x.synthetic THEN 'demo' WHEN x.key = 'self' THEN x.key "
    "ELSE coalesce(x.title_ko, x.title_en, x.key) END, coalesce(s.as_of, x.as_of)] "
    "ORDER BY coalesce(s.as_of, x.as_of) }, "
    "COLLECT { MATCH ({o})-[:RECEIVED]->(a:Award) WHERE a.removed_at IS NULL "
    "RETURN [coalesce(head(COLLECT { MATCH (a)-[:UNDER]->(under:Programme) RETURN under.id }), a.name, ''), "
    "a.received_on, a.ends_on, a.amount_won, a.state, a.regime, a.de_minimis_eur, a.plan, a.programme_group, "
    "a.recorded_at] ORDER BY a.id }, {o}.name_ko, {o}.name_en, " + GROUP + "]"
)
CALL_DAYS: LiteralString = (
    "[{c}.id, {c}.rules, {c}.noticed_on, {c}.opens_at, {c}.closes_at, {c}.rolling, {c}.name_ko, {c}.name_en, "
    "{c}.contract_on]"
)

OURS = Field(
    "ourEligibility",
    ELIGIBILITY,
    "[$now, "
    + CALL_DAYS.replace("{c}", "{n}")
    + ", COLLECT { MATCH (ours:Organisation) WHERE ours.id IN $viewer_organisations "
    "WITH ours ORDER BY ours.id LIMIT 5 RETURN " + APPLICANT.replace("{o}", "ours") + " }]",
    "Whether the organisations that the viewer acts for may apply, judged at the time of the request; five at most.",
    nullable=False,
    many=True,
    compute="eligibility_of_ours",
    cost=50,
)

ROOT = Field(
    "eligibility",
    ELIGIBILITY,
    "head(COLLECT { MATCH (firm:Organisation {id: $a_organisationId}) WHERE "
    + OWN.replace("{n}", "firm")
    + " MATCH (asked:Call {id: $a_callId}) RETURN [$now, "
    + CALL_DAYS.replace("{c}", "asked")
    + ", "
    + APPLICANT.replace("{o}", "firm")
    + "] })",
    "Whether an organisation may apply to a call, judged at the time of the request; null when there is no such call, "
    "or no such organisation that the viewer acts for.",
    arguments=(
        Argument("callId", Scalar.ID, "The call.", required=True),
        Argument("organisationId", Scalar.ID, "The organisation.", required=True),
    ),
    compute="eligibility",
)

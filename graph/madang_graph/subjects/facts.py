"""What rules of calls may ask of an applicant, and what an organisation has answered."""

import json
from typing import Any, cast

from madang_graph.model.organisations import ORGANISATION
from madang_graph.reading.declare import Field
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.subjects.eligibility import CONTROL
from madang_graph.subjects.policies import OWN
from madang_graph.writes.facts import read_facts

FACT_TYPE = Words(
    "FactType",
    (
        "flag",
        "day",
        "count",
        "won",
        "share",
        "choice",
        "code",
        "codes",
        "certificates",
        "awards",
        "aid",
        "investments",
        "statements",
    ),
    "How a fact is written as text. FLAG: yes or no. DAY: YYYY-MM-DD. SHARE: 0 to 1, or with %. CODES: parted by "
    "commas. CERTIFICATES, AWARDS, AID and INVESTMENTS: a JSON list of objects. STATEMENTS: a JSON object.",
)
OPTION = Value(
    "FactOption",
    "One of the values that may be chosen.",
    (
        ValueField("value", Scalar.STRING, "value", "As it is given.", nullable=False),
        ValueField("label", Scalar.STRING, "label", "In words.", nullable=False, localised=True),
    ),
)
FACT_FIELD = Value(
    "FactField",
    "One thing that rules of calls may ask of an applicant.",
    (
        ValueField("name", Scalar.STRING, "name", "Its name, as in `Condition.missing`.", nullable=False),
        ValueField("type", FACT_TYPE, "type", "How it is written.", nullable=False),
        ValueField("group", Scalar.STRING, "group", "What it belongs to, as in founder.", nullable=False),
        ValueField("by", CONTROL, "by", "Who can change it.", nullable=False),
        ValueField("label", Scalar.STRING, "label", "What it is.", nullable=False, localised=True),
        ValueField(
            "question", Scalar.STRING, "question", "The question that asks for it.", nullable=False, localised=True
        ),
        ValueField("options", OPTION, "options", "What may be chosen; empty: anything.", nullable=False, many=True),
        ValueField(
            "ofProfile",
            Scalar.BOOLEAN,
            "of_profile",
            "True: it is part of the profile, or of the ledger of awards, and not saved as a fact.",
            nullable=False,
        ),
    ),
)
FACT = Value(
    "Fact",
    "What an organisation has answered.",
    (
        ValueField(
            "name",
            Scalar.STRING,
            "name",
            "Name of the field; statement:KEY for questions of one notice.",
            nullable=False,
        ),
        ValueField(
            "value", Scalar.STRING, "value", "The value as text, in the form of the field's type.", nullable=False
        ),
        ValueField("source", Scalar.STRING, "source", "Who says so."),
        ValueField("on", Scalar.DATE, "on", "Since when."),
    ),
)


def stored_facts(value: Any, _arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the stored facts, statements one by one, by name."""
    found: list[dict[str, Any]] = []
    for name, entry in sorted(read_facts(value).items()):
        known = {"source": entry.get("source"), "on": entry.get("on")}
        if name == "statements" and isinstance(entry["value"], dict):
            answers = cast("dict[str, Any]", entry["value"])
            found += [{"name": f"statement:{key}", "value": as_text(answers[key]), **known} for key in sorted(answers)]
        else:
            found.append({"name": name, "value": as_text(entry["value"]), **known})
    return found


def as_text(value: Any) -> str:
    """Return a stored value as `saveFacts` takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and value:
        entries = cast("list[Any]", value)
        if all(isinstance(each, str) for each in entries):
            return ", ".join(entries)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


FACTS = Field(
    "facts",
    FACT,
    "{n}.facts",
    ORGANISATION.properties["facts"].description,
    visible=OWN,
    nullable=False,
    many=True,
    compute=stored_facts,
    cost=60,
)

FACT_FIELDS = Field(
    "factFields",
    FACT_FIELD,
    "true",
    "Everything that rules of calls may ask of an applicant, in the order of the form.",
    nullable=False,
    many=True,
    compute="fact_fields",
    cost=60,
)

"""Facts: the mutation that stores answers to what rules of calls ask."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry
from madang_server.api.context import RequestContext
from madang_server.api.verbs import Success, Verb, given, key, said
from madang_server.services import facts
from madang_server.services.facts import FactText
from strawberry import ID, UNSET


@strawberry.input(description="One answer.")
class FactInput:
    name: str = strawberry.field(description="Name of a `FactField`, or statement:KEY for a question of one notice.")
    value: str | None = strawberry.field(
        description="The answer as text, in the form of the field's type; null or blank takes it back.", default=UNSET
    )

    def __repr__(self) -> str:
        return "<FactInput>"


@dataclass(kw_only=True)
class SaveFactsInput:
    """Answers of an organisation. What is left out stays as it is."""

    organisation_id: ID = said("The organisation.")
    facts: list[FactInput] = said("The answers, at most 100.")
    idempotency_key: str | None = key()


def fact_texts(inputs: list[FactInput]) -> list[FactText]:
    """Return the answers without what GraphQL adds to them."""
    return [FactText(each.name, given(each.value)) for each in inputs]


async def _save(context: RequestContext, asked: SaveFactsInput) -> str:
    return await facts.save(
        context.graph,
        context.viewer,
        asked.organisation_id,
        fact_texts(asked.facts),
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )


VERBS = (
    Verb(
        "saveFacts",
        "Store answers to what rules of calls ask. Verdicts are made anew within a second.",
        SaveFactsInput,
        Success("FactsSaved", "organisation", "Organisation", "The answers were saved."),
        _save,
    ),
)

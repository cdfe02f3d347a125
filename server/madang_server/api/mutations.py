"""All mutations, gathered from the subjects and made into one Strawberry type over the types of the read model."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, get_type_hints

import strawberry
from madang_server.api import (
    affiliates,
    calls,
    checks,
    doubts,
    facts,
    introductions,
    ledgers,
    needs,
    organisations,
    people,
    rule_sets,
    suggestions,
    watches,
)
from madang_server.api.context import RequestContext
from madang_server.api.payloads import read_payload, read_values
from madang_server.api.user_errors import ERRORS, user_error
from madang_server.api.verbs import Success, Verb
from madang_server.services.errors import DomainError
from strawberry.types import Info

VERBS: tuple[Verb, ...] = (
    *people.VERBS,
    *organisations.VERBS,
    *facts.VERBS,
    *checks.VERBS,
    *needs.VERBS,
    *suggestions.VERBS,
    *introductions.VERBS,
    *ledgers.VERBS,
    *affiliates.VERBS,
    *doubts.VERBS,
    *rule_sets.VERBS,
    *calls.VERBS,
    *watches.VERBS,
)


def build_mutation(types: Mapping[str, Any]) -> type:
    """Return the Strawberry type `Mutation`.

    Args:    types: the types of the read model by name: the entities that payloads read, and the enums and scalars
             that inputs name (OrganisationKind, Stage, Visibility, Barrier, Language, Date, Won).
    """

    @cache
    def success_type(success: Success) -> type:
        return _success_type(success, types)

    fields = {verb.name: _field(verb, types, success_type(verb.success)) for verb in VERBS}
    mutation = type("Mutation", (), {"__annotations__": {}, **fields})
    return strawberry.type(mutation, description="What people and machines can change.")


def _field(verb: Verb, types: Mapping[str, Any], success: type) -> Any:
    members: Any = (success, *ERRORS)
    result_name = verb.name[0].upper() + verb.name[1:] + "Result"
    description = f"What {verb.name} answers."
    result = Annotated[members[0] | _union(members[1:]), strawberry.union(result_name, description=description)]

    async def resolve(info: Info, input: Any) -> Any:
        return await _run(verb, success, info.context, input)

    resolve.__annotations__ = {"info": Info, "input": _input_type(verb.input, types), "return": result}
    return strawberry.mutation(resolve, name=verb.name, description=verb.description)


def _union(members: tuple[type, ...]) -> Any:
    union: Any = members[0]
    for member in members[1:]:
        union = union | member
    return union


async def _run(verb: Verb, success: type, context: RequestContext, asked: Any) -> Any:
    if asked.idempotency_key is strawberry.UNSET:
        asked.idempotency_key = None
    try:
        entity_id = await verb.run(context, asked)
    except DomainError as error:
        return user_error(error, context.viewer.language)
    context.wake_jobs()
    return success(entity_id=entity_id)


def _input_type(plain: type, types: Mapping[str, Any]) -> type:
    """Make a Strawberry input of a plain dataclass; names in its annotations become the types of the read model."""
    names = {**vars(sys.modules[plain.__module__]), **types}
    annotations = get_type_hints(plain, globalns=names, include_extras=True)
    # Strawberry's own would show every value, passwords too, wherever an input is logged.
    namespace: dict[str, Any] = {
        "__annotations__": annotations,
        "__module__": plain.__module__,
        "__repr__": lambda _: f"<{plain.__name__}>",
    }
    for declared in dataclasses.fields(plain):
        namespace[declared.name] = strawberry.field(
            description=declared.metadata["description"],
            **({} if declared.default is dataclasses.MISSING else {"default": declared.default}),
        )
    return strawberry.input(type(plain.__name__, (), namespace), description=plain.__doc__)


def _success_type(success: Success, types: Mapping[str, Any]) -> type:
    """Make the object that a mutation answers with: it holds the id, and its one field is read by it."""
    resolver = _true
    if success.reads:
        read = _reader(success.reads, types, nullable=success.planned is not None)
        resolver = _values(success.reads, types) if success.values else read
    namespace: dict[str, Any] = {
        "__annotations__": {"entity_id": strawberry.Private[Any]},
        success.field: strawberry.field(resolver, name=success.field, description=success.description),
    }
    if success.planned:
        name = success.planned[0].lower() + success.planned[1:]
        resolver = _reader(success.planned, types, nullable=True)
        namespace[name] = strawberry.field(resolver, name=name, description="The same, where it is not published yet.")
    return strawberry.type(type(success.name, (), namespace), description=success.description)


def _reader(type_name: str, types: Mapping[str, Any], *, nullable: bool = False) -> Callable[..., Any]:
    async def read(root: Any, info: Info) -> Any:
        return await read_payload(info, type_name, root.entity_id)

    kind = types[type_name]
    read.__annotations__ = {"root": Any, "info": Info, "return": kind | None if nullable else kind}
    return read


def _values(type_name: str, types: Mapping[str, Any]) -> Callable[..., Any]:
    def read(root: Any, info: Info) -> Any:
        return read_values(info, type_name, root.entity_id)

    read.__annotations__ = {"root": Any, "info": Info, "return": list[types[type_name]]}
    return read


def _true() -> bool:
    return True

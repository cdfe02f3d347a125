"""The errors that people can cause, as members of every mutation's result, and the table that translates to them."""

from __future__ import annotations

import strawberry
from madang_graph.viewer import Language
from madang_server.services import errors


@strawberry.interface(description="Something that a person can put right.")
class UserError:
    message: str = strawberry.field(description="What is wrong and what to do, in the language of the request.")
    path: list[str] = strawberry.field(description="The field of the input that it is about; empty when it is none.")


@strawberry.type(description="What is wrong with one field.")
class FieldProblem:
    message: str = strawberry.field(description="What is wrong and what to do, in the language of the request.")
    path: list[str] = strawberry.field(description="The field of the input.")


@strawberry.type(description="One or more fields of the input cannot be taken.")
class ValidationFailed(UserError):
    problems: list[FieldProblem] = strawberry.field(description="Every problem; `message` and `path` are the first.")


@strawberry.type(description="It can be seen, but not done by this person.")
class NotPermitted(UserError):
    pass


@strawberry.type(description="The present state stands against it: a stale version, an open request, a taken address.")
class Conflict(UserError):
    pass


@strawberry.type(description="A number of things or tries is used up.")
class LimitReached(UserError):
    pass


@strawberry.type(description="There is no such thing, or none that this person may see.")
class NotFound(UserError):
    pass


ERRORS: tuple[type[UserError], ...] = (ValidationFailed, NotPermitted, Conflict, LimitReached, NotFound)

_MEMBERS: dict[type[errors.DomainError], type[UserError]] = {
    errors.NotPermittedError: NotPermitted,
    errors.NotFoundError: NotFound,
    errors.ConflictError: Conflict,
    errors.LimitReachedError: LimitReached,
}


def user_error(error: errors.DomainError, language: Language) -> UserError:
    """Return the member of the result that tells of the error."""
    message = error.sentence.in_language(language)
    path = [error.field] if error.field else []
    for kind, member in _MEMBERS.items():
        if isinstance(error, kind):
            return member(message=message, path=path)
    return ValidationFailed(message=message, path=path, problems=_problems(error, language))


def _problems(error: errors.DomainError, language: Language) -> list[FieldProblem]:
    if isinstance(error, errors.ValidationError):
        return [FieldProblem(message=p.sentence.in_language(language), path=[p.field]) for p in error.problems]
    path = [error.field] if error.field else []
    return [FieldProblem(message=error.sentence.in_language(language), path=path)]

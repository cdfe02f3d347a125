"""What the pages need of the rest of the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from graphql import GraphQLSchema
from madang_graph.viewer import Viewer
from starlette.requests import HTTPConnection


class Answer(Protocol):
    """What came of an operation."""

    @property
    def data(self) -> dict[str, Any] | None: ...

    @property
    def errors(self) -> list[dict[str, Any]]: ...

    @property
    def cookies(self) -> Sequence[Any]: ...


class Execute(Protocol):
    """Runs one document for a viewer. `address` is the caller's, for limits of tries."""

    async def __call__(
        self, document: str, variables: Mapping[str, Any], viewer: Viewer, *, address: str = ""
    ) -> Answer: ...


class Forgery(Protocol):
    """Tells whether a form is ours, and what a form of ours carries."""

    @property
    def origin(self) -> str: ...

    def form_token(self, connection: HTTPConnection, viewer: Viewer) -> str: ...

    def check_form(self, connection: HTTPConnection, viewer: Viewer, form: Mapping[str, object]) -> None: ...


Clock = Callable[[], datetime]
DemoPeople = Callable[[], list[dict[str, str]]]

__all__ = ["Answer", "Clock", "DemoPeople", "Execute", "Forgery", "GraphQLSchema"]

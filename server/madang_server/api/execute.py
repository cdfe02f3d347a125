"""The one way of a read or write through the API: document → plan → one statement → one record → answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
import strawberry
from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode
from graphql import execute as run_introspection
from madang_graph.client import READ_TIMEOUT_S, Graph
from madang_graph.reading.compiler import Compiler, Plan
from madang_graph.viewer import Viewer
from madang_server.api.failures import failure, of_execution
from madang_server.api.later import arrived
from madang_server.api.plans import MOST_PLANS, Bounded, Known, Plans, Ready

MakeContext = Callable[["Api", Viewer, str], Any]
"""(api, viewer, client address) → the context that mutations get."""


FIRST_TIMEOUT_S = 5.0
"""Time limit of a statement that this process sends for the first time."""
OWN_FIRST_TIMEOUT_S = 20.0
"""The same for the documents of our own pages. A plan that the limit breaks off is not kept, so that on a busy machine
the same page would fail again and again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an operation."""

    data: dict[str, Any] | None
    errors: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    status: int = 200
    """HTTP status for a response of type application/graphql-response+json."""
    cookies: tuple[Any, ...] = ()
    """Cookies that a mutation wants set."""

    def json(self) -> bytes:
        if not self.errors:
            return orjson.dumps({"data": self.data})
        if self.data is None and self.status != 200:
            return orjson.dumps({"errors": self.errors})
        return orjson.dumps({"errors": self.errors, "data": self.data})


class NotByGetError(Exception):
    """A mutation was sent by GET."""


class Api:
    """Executes operations for viewers. Made once per process, by the wiring."""

    def __init__(
        self,
        graph: Graph,
        schema: strawberry.Schema,
        compiler: Compiler,
        clock: Callable[[], datetime],
        make_context: MakeContext,
        read_timeout_s: float = READ_TIMEOUT_S,
        own_documents: Collection[str] = (),
    ) -> None:
        self.graph = graph
        self.schema = schema._schema
        """GraphQL's own schema, for those who read types."""
        self._executor = schema
        self.plans = Plans(schema._schema, compiler)
        self._clock = clock
        self._make_context = make_context
        self._timeout_s = read_timeout_s
        self._own = frozenset(own_documents)
        self._planned: Bounded[int, bool] = Bounded(MOST_PLANS)

    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any],
        viewer: Viewer,
        operation_name: str | None = None,
        *,
        address: str = "",
        queries_only: bool = False,
    ) -> Answer:
        """Run one operation for a viewer and return what came of it; errors are in the answer, never raised.

        Raises: NotByGetError for a mutation when `queries_only`.
        """
        try:
            known = self.plans.known(document, operation_name)
            if not known.is_query:
                if queries_only:
                    raise NotByGetError
                self.plans.check_counted(known, self.plans.coerced(known, variables))
                return await self._mutate(document, variables, viewer, operation_name, address)
            given = self.plans.coerced(known, variables)
            ready = self.plans.ready(document, operation_name, known, given)
            first_s = OWN_FIRST_TIMEOUT_S if document in self._own else FIRST_TIMEOUT_S
            return Answer(await self._read(known, ready, given, viewer, first_s))
        except NotByGetError:
            raise
        except Exception as error:
            status, errors = failure(error)
            return Answer(None, errors, status)

    async def _read(
        self, known: Known, ready: Ready, variables: Mapping[str, Any], viewer: Viewer, first_s: float
    ) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if ready.plan is not None:
            parameters = await arrived(ready.plan.parameters(variables, viewer, self.now()), self.graph, viewer)
            record = await self._record(ready.plan, parameters, first_s)
            data = ready.plan.answer(record, parameters, variables)
        if not ready.asked and (ready.plan is not None):
            return data
        return self._with_introspection(known, ready, data, variables)

    def _with_introspection(
        self, known: Known, ready: Ready, data: dict[str, Any], variables: Mapping[str, Any]
    ) -> dict[str, Any]:
        about = _introspection(known.document, known.operation, ready.asked, variables, self.plans)
        return {key: data[key] if key in data else about.get(key, "Query") for key in ready.keys}

    async def read_entity(
        self, entity_name: str, entity_id: str, picks: tuple[Any, ...], variables: Mapping[str, Any], viewer: Viewer
    ) -> dict[str, Any] | None:
        """Read one entity by the compiler, as the payload of a mutation; None when the viewer may not see it."""
        plan = self.plans.compiler.compile_entity(entity_name, picks)
        given = {**variables, "id": entity_id}
        parameters = plan.parameters(given, viewer, self.now())
        record = await self._record(plan, parameters)
        return plan.answer(record, parameters, given)["entity"]

    async def _record(self, plan: Plan, parameters: Mapping[str, Any], first_s: float = FIRST_TIMEOUT_S) -> list[Any]:
        """Run a plan's statement. Its first time here it may take longer: Neo4j has to plan it, once."""
        known = hash(plan.text)
        timeout_s = self._timeout_s if self._planned.find(known) else max(self._timeout_s, first_s)
        (record,) = await self.graph.read(plan.text, parameters, timeout_s=timeout_s)
        self._planned.keep(known, True)
        return record

    async def _mutate(
        self,
        document: str,
        variables: Mapping[str, Any],
        viewer: Viewer,
        operation_name: str | None,
        address: str,
    ) -> Answer:
        context = self._make_context(self, viewer, address)
        result = await self._executor.execute(
            document, variable_values=dict(variables), context_value=context, operation_name=operation_name
        )
        errors = of_execution(list(result.errors or ()))
        return Answer(result.data, errors, cookies=tuple(context.cookies))  # pyright: ignore[reportArgumentType]

    def now(self) -> str:
        """Return the time of the request as the graph stores instants."""
        return self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")


def _introspection(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    asked: tuple[FieldNode, ...],
    variables: Mapping[str, Any],
    plans: Plans,
) -> dict[str, Any]:
    """Answer `__schema` and `__type` by the library's own executor, which touches no data."""
    if not asked:
        return {}
    alone = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=asked),
    )
    fragments = tuple(d for d in document.definitions if isinstance(d, FragmentDefinitionNode))
    result = run_introspection(
        plans.schema, DocumentNode(definitions=(alone, *fragments)), variable_values=dict(variables)
    )
    return dict(result.data or {})  # pyright: ignore[reportAttributeAccessIssue]

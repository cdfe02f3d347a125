"""The one client of the graph: auto-commit reads with their own retry, managed write transactions, typed errors."""

# The driver leaves its configuration arguments untyped.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    NotificationMinimumSeverity,
    Query,
)
from neo4j import exceptions as driver_errors

from madang_graph.errors import (
    ConstraintViolatedError,
    GraphAuthError,
    GraphError,
    GraphTimeoutError,
    GraphUnavailableError,
    StatementError,
)

T = TypeVar("T")
Row = list[Any]

READ_TIMEOUT_S = 2.0
WRITE_TIMEOUT_S = 10.0
_READ_TRIES = 3
_RETRY_PAUSE_S = 0.05


@dataclass(frozen=True, slots=True)
class GraphAddress:
    """Where the graph is, and as whom to enter."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str = "neo4j"


class Transaction:
    """An open write transaction."""

    def __init__(self, inner: AsyncManagedTransaction) -> None:
        self._inner = inner

    async def run(self, statement: LiteralString, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run one statement and return its rows, each a list of values in the order of RETURN."""
        result = await self._inner.run(statement, dict(parameters or {}))
        return [list(record.values()) async for record in result]


class Graph:
    """Reads and writes. Made by `open_graph`; one per event loop."""

    def __init__(self, driver: AsyncDriver, address: GraphAddress, bookmarks: Any) -> None:
        self._driver = driver
        self._bookmarks = bookmarks
        self.address = address
        self.statements_sent = 0
        """Statements sent so far, reads and writes, tries counted once; for metrics and tests."""

    async def read(
        self,
        statement: LiteralString,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout_s: float = READ_TIMEOUT_S,
    ) -> list[Row]:
        """Run one read-only statement outside a transaction function (half the driver's cost).

        Returns: rows, each a list of values in the order of RETURN.
        Raises:  GraphUnavailableError, GraphTimeoutError, GraphAuthError, StatementError.
        """
        self.statements_sent += 1
        for attempt in range(1, _READ_TRIES + 1):
            try:
                return await self._read_once(statement, parameters, timeout_s)
            except (driver_errors.DriverError, driver_errors.Neo4jError) as error:
                if attempt == _READ_TRIES or not _worth_a_second_try(error):
                    raise self._translated(error, timeout_s) from error
            await asyncio.sleep(_RETRY_PAUSE_S * attempt)
        raise AssertionError("unreachable")

    async def _read_once(
        self, statement: LiteralString, parameters: Mapping[str, object] | None, timeout_s: float
    ) -> list[Row]:
        async with self._driver.session(
            database=self.address.database,
            default_access_mode=READ_ACCESS,
            bookmark_manager=self._bookmarks,
            fetch_size=-1,
        ) as session:
            result = await session.run(Query(statement, timeout=timeout_s), dict(parameters or {}))
            return [list(record.values()) async for record in result]

    async def write(
        self,
        statement: LiteralString,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout_s: float = WRITE_TIMEOUT_S,
    ) -> list[Row]:
        """Run one statement in a managed write transaction; it may run twice, so keep it idempotent."""

        async def work(transaction: Transaction) -> list[Row]:
            return await transaction.run(statement, parameters)

        return await self.transact(work, timeout_s=timeout_s)

    async def transact(self, work: Callable[[Transaction], Awaitable[T]], *, timeout_s: float = WRITE_TIMEOUT_S) -> T:
        """Run `work` in one managed write transaction, again after a transient failure; keep it idempotent.

        Raises:  ConstraintViolatedError, GraphUnavailableError, GraphTimeoutError, StatementError; what `work` raises
                 passes through after a rollback.
        """
        self.statements_sent += 1

        async def inner(transaction: AsyncManagedTransaction) -> T:
            return await work(Transaction(transaction))

        bounded = _with_timeout(inner, timeout_s)
        try:
            async with self._driver.session(
                database=self.address.database,
                default_access_mode=WRITE_ACCESS,
                bookmark_manager=self._bookmarks,
            ) as session:
                return await session.execute_write(bounded)
        except (driver_errors.DriverError, driver_errors.Neo4jError) as error:
            raise self._translated(error, timeout_s) from error

    async def run_alone(self, statement: LiteralString, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a statement that opens its own transactions or changes the schema. Not retried, no time limit."""
        self.statements_sent += 1
        try:
            async with self._driver.session(
                database=self.address.database, bookmark_manager=self._bookmarks
            ) as session:
                result = await session.run(statement, dict(parameters or {}))
                return [list(record.values()) async for record in result]
        except (driver_errors.DriverError, driver_errors.Neo4jError) as error:
            raise self._translated(error, WRITE_TIMEOUT_S) from error

    async def verify(self) -> None:
        """Reach the server once. Raises GraphUnavailableError or GraphAuthError."""
        try:
            await self._driver.verify_connectivity(database=self.address.database)
        except (driver_errors.DriverError, driver_errors.Neo4jError) as error:
            raise self._translated(error, READ_TIMEOUT_S) from error

    def _translated(self, error: Exception, timeout_s: float) -> GraphError:
        if isinstance(error, driver_errors.AuthError):
            return GraphAuthError(self.address.uri)
        if isinstance(error, driver_errors.ConstraintError):
            return ConstraintViolatedError(error.message or "")
        if isinstance(error, driver_errors.Neo4jError):
            if "TransactionTimedOut" in (error.code or ""):
                return GraphTimeoutError(timeout_s)
            if error.is_retryable():
                return GraphUnavailableError(self.address.uri, error.code or "")
            return StatementError(error.code or "", error.message or "")
        return GraphUnavailableError(self.address.uri, type(error).__name__)


def _with_timeout(
    work: Callable[[AsyncManagedTransaction], Awaitable[T]], timeout_s: float
) -> Callable[[AsyncManagedTransaction], Awaitable[T]]:
    from neo4j import unit_of_work

    return unit_of_work(timeout=timeout_s)(work)


def _worth_a_second_try(error: driver_errors.DriverError | driver_errors.Neo4jError) -> bool:
    """Transient server errors (a lock, a leader that moved) and a connection lost in the middle; never a timeout,
    because the second try would take as long."""
    if isinstance(error, driver_errors.Neo4jError):
        return error.is_retryable() and "TransactionTimedOut" not in (error.code or "")
    return isinstance(error, driver_errors.SessionExpired | driver_errors.ServiceUnavailable)


@asynccontextmanager
async def open_graph(address: GraphAddress) -> AsyncGenerator[Graph]:
    """Give a client for the server at `address`. No connection is made before the first statement.

    The pool holds at most 20 connections; a caller waits up to 10 s for one.
    """
    bookmarks = AsyncGraphDatabase.bookmark_manager()
    driver = AsyncGraphDatabase.driver(
        address.uri,
        auth=(address.username, address.password),
        max_connection_pool_size=20,
        liveness_check_timeout=60,
        connection_acquisition_timeout=10,
        connection_timeout=5,
        max_transaction_retry_time=10,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
        user_agent="madang",
    )
    async with driver:
        yield Graph(driver, address, bookmarks)

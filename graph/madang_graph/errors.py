"""Everything that can go wrong in the graph.

GraphError
├── GraphUnavailableError     the server cannot be reached
├── GraphAuthError            the server refuses name or password
├── GraphTimeoutError         a statement ran longer than it may
├── ConstraintViolatedError   a unique value exists already
├── StatementError            the server refuses a statement: a bug
├── MigrationError            a migration was changed after it was applied, or is locked
├── SelectionError            a selection asks for what is not declared: a bug of the caller
├── CursorError               a cursor was not made by this server, or for another order
└── ContractBrokenError       stored data break their declaration
"""

from __future__ import annotations


class GraphError(Exception):
    """Root of the package's errors."""


class GraphUnavailableError(GraphError):
    def __init__(self, uri: str, cause: str) -> None:
        super().__init__(f"Neo4j at {uri} does not answer ({cause}). Check that it runs and that NEO4J_URI is right.")
        self.uri = uri


class GraphAuthError(GraphError):
    def __init__(self, uri: str) -> None:
        super().__init__(
            f"Neo4j at {uri} refuses the name or password. Set NEO4J_USERNAME and NEO4J_PASSWORD as on the server."
        )
        self.uri = uri


class GraphTimeoutError(GraphError):
    def __init__(self, timeout_s: float) -> None:
        super().__init__(f"The graph did not answer within {timeout_s:g} s. Ask for less, or try again.")
        self.timeout_s = timeout_s


class ConstraintViolatedError(GraphError):
    def __init__(self, detail: str) -> None:
        super().__init__(f"A value that must be unique exists already: {detail}")
        self.detail = detail


class StatementError(GraphError):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


class MigrationError(GraphError):
    """A migration cannot be applied; the message says which and what to do."""


class SelectionError(GraphError):
    """A selection names a field, argument or filter that is not declared."""


class CursorError(GraphError):
    def __init__(self) -> None:
        super().__init__("This cursor was not given out for this list in this order. Start again without `after`.")


class ContractBrokenError(GraphError):
    def __init__(self, place: str, value: object, expected: str) -> None:
        super().__init__(f"{place} holds {type(value).__name__}, declared as {expected}.")
        self.place = place

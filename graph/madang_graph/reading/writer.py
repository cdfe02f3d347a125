"""What a compilation gathers on its way: parameters and where their values come from, names, and builder code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from madang_graph.errors import ContractBrokenError, SelectionError
from madang_graph.reading.declare import Argument
from madang_graph.reading.selection import Const, Given, Var
from madang_graph.reading.types import Scalar, Words

Enter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a parameter's value comes from: a constant, or a path into a variable; then through `enter`."""

    given: Any
    enter: Enter | None = None

    def value(self, variables: Mapping[str, Any]) -> Any:
        value = fill(self.given, variables)
        return self.enter(value) if self.enter is not None else value


def fill(given: Given | None, variables: Mapping[str, Any]) -> Any:
    """Return the value of an argument with the variables of a request in place."""
    if isinstance(given, Const):
        return given.value
    if isinstance(given, Var):
        value: Any = variables.get(given.name)
        for step in given.path:
            value = value[step]
        return value
    if isinstance(given, Mapping):
        return {key: fill(value, variables) for key, value in given.items()}
    return None if given is None else [fill(value, variables) for value in given]


@dataclass(slots=True)
class Writer:
    """Mutable state of one compilation."""

    functions: Mapping[str, Callable[..., Any]]
    """What the API hands over: computed fields and argument transforms by name."""
    sources: list[Source] = field(default_factory=list[Source])
    arguments: list[dict[str, Source]] = field(default_factory=list[dict[str, Source]])
    """Arguments of computed fields, filled in anew for each request."""
    code: list[str] = field(default_factory=list[str])
    """Lines of the builder's functions, inner ones first."""
    constants: dict[str, Any] = field(default_factory=dict[str, Any])
    viewer_parameters: set[str] = field(default_factory=set[str])
    _variables: int = 0
    _functions: int = 0

    def variable(self, stem: str = "n") -> str:
        self._variables += 1
        return f"{stem}{self._variables}"

    def parameter(self, given: Given | None, enter: Enter | None = None) -> str:
        """Add a parameter and return its name without `$`."""
        self.sources.append(Source(given, enter))
        return f"p{len(self.sources) - 1}"

    def argument_set(self, sources: dict[str, Source]) -> int:
        self.arguments.append(sources)
        return len(self.arguments) - 1

    def constant(self, value: Any) -> str:
        """Return the builder's name for a Python object."""
        for name, known in self.constants.items():
            if known is value:
                return name
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def function(self, stem: str, parameters: str, body: list[str]) -> str:
        """Add a function to the builder and return its name."""
        self._functions += 1
        name = f"{stem}{self._functions}"
        self.code.append(f"def {name}({parameters}):")
        self.code.extend(f"    {line}" for line in body)
        return name

    def named(self, name: str) -> Callable[..., Any]:
        try:
            return self.functions[name]
        except KeyError:
            raise SelectionError(f"No function {name!r} was handed to the compiler.") from None

    def argument(self, declared: Argument, given: Given | None) -> Source:
        """Return the source of a declared argument: its default when missing, checked and transformed."""
        present = Const(declared.default) if given is None else given
        return Source(present, self._entrance(declared))

    def prepared(self, name: str, declared: Iterable[Argument], given: Mapping[str, Given]) -> str:
        """Add the parameter that a function of the API makes of all arguments together, and return its name."""
        together = {each.name: given.get(each.name, Const(each.default)) for each in declared}
        return self.parameter(together, self.named(name))

    def _entrance(self, declared: Argument) -> Enter | None:
        if declared.enter:
            return self.named(declared.enter)
        if declared.many:
            return as_set
        if declared.most is not None:
            return bounded(declared.name, declared.most, declared.default)
        if isinstance(declared.type, Words):
            return stored_word
        return None


class ArgumentError(SelectionError):
    """An argument's value is outside its range; the message says which range."""


def bounded(name: str, most: int, default: int | None, *, add: int = 0) -> Enter:
    """Return a transform that checks 0 ≤ value ≤ most; null means the default."""

    def enter(value: Any) -> int:
        number: int | None = default if value is None else value
        if number is None or not 0 <= number <= most:
            raise ArgumentError(f"`{name}` must be between 0 and {most}.")
        return number + add

    return enter


def as_set(values: Any) -> dict[str, bool]:
    """Return a map with each member as a key; null is the empty set. Of a list, the server plans each size anew."""
    return dict.fromkeys(values or (), True)


def stored_word(value: Any) -> Any:
    """Return the stored form of a word of a closed list, or of a list of them."""
    if isinstance(value, list):
        return [word.lower() for word in value]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return None if value is None else value.lower()


def int_32(value: Any) -> Any:
    if value is None or (value.__class__ is int and -2147483648 <= value <= 2147483647):
        return value
    raise ContractBrokenError("An Int", value, "a 32-bit integer")


def whole(value: Any) -> Any:
    if value is None or value.__class__ is int:
        return value
    raise ContractBrokenError("A Won", value, "a whole number")


def finite(value: Any) -> Any:
    if value is None:
        return None
    if value.__class__ in (float, int) and value - value == 0:
        return float(value)
    raise ContractBrokenError("A Float", value, "a finite number")


def dated(value: Any) -> Any:
    if value is None or (value.__class__ is str and value[4:5] == "-" and len(value) in (10, 20)):
        return value
    raise ContractBrokenError("A date", value, "ISO text")


CHECKS: dict[Scalar, Callable[[Any], Any]] = {
    Scalar.INT: int_32,
    Scalar.WON: whole,
    Scalar.FLOAT: finite,
    Scalar.DATE: dated,
    Scalar.INSTANT: dated,
}

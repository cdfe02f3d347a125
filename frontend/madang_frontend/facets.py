"""Numbers beside filters: what each value would show, counted over a list that is in the answer as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from madang_frontend.money import read_won, won

Row = Mapping[str, Any]
Test = Callable[[Row, Sequence[str]], bool]
"""(row, chosen values, at least one) → whether the filter lets the row through."""


class Address(Protocol):
    """The values of the page's address."""

    def chosen(self, name: str) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Facets:
    """A list seen with the filters of an address."""

    rows: Sequence[Row]
    tests: Mapping[str, Test]
    chosen: Mapping[str, Sequence[str]]

    def counts(self, name: str, options: Iterable[tuple[str, object]]) -> dict[str, int]:
        """Return how many rows each value of a filter would show beside the other filters; "" is all."""
        others = self._kept(name)
        test = self.tests[name]
        return {value: sum(test(row, [value]) for row in others) if value else len(others) for value, _ in options}

    @property
    def shown(self) -> list[Row]:
        """The rows that all filters let through."""
        return self._kept("")

    def active(self, besides: str = "") -> int:
        """Return how many values of filters are chosen, without those of one filter that has tabs of its own."""
        return sum(len(values) for name, values in self.chosen.items() if name != besides)

    def _kept(self, besides: str) -> list[Row]:
        used = {name: values for name, values in self.chosen.items() if name != besides and values}
        return [row for row in self.rows if all(self.tests[name](row, values) for name, values in used.items())]


def facets(rows: Sequence[Row], tests: Mapping[str, Test], page: Address) -> Facets:
    """Return the list as the filters of the address see it. The tests mirror the page's variables."""
    return Facets(rows, tests, {name: [text for text in page.chosen(name) if text.strip()] for name in tests})


_PROGRAMMES: Mapping[str, Test] = {
    "purpose": lambda row, chosen: bool(set(chosen) & set(row["purposes"])),
    "state": lambda row, chosen: any(call["state"] == chosen[-1] for call in row["calls"]["nodes"]),
}


def programme_facets(connection: Mapping[str, Any], page: Address) -> Facets | None:
    """Return the facets of all programmes; None when the answer does not hold them all, so that no number is wrong."""
    nodes = connection["nodes"]
    return facets(nodes, _PROGRAMMES, page) if len(nodes) == connection["totalCount"] else None


def counted(counts: Sequence[Row]) -> dict[str, int]:
    """Return what the graph has counted, {value, count} each, by value."""
    return {each["value"]: each["count"] for each in counts}


def limits(counts: Sequence[Row], typed: str, language: str) -> list[tuple[str, str, int | None]]:
    """Return (value, amount in words, how many) of the amounts that occur, the smallest first.

    What the address holds is among them, as it was typed there; how many it shows is not known if it is another one.
    """
    found = {int(each["value"]): (each["value"], each["count"]) for each in counts if each["value"].isdigit()}
    try:
        chosen = read_won(typed) if typed.strip() else None
    except ValueError:
        chosen = None
    if chosen is not None:
        found[chosen] = (typed, found[chosen][1] if chosen in found else None)
    return [(value, won(amount, language), number) for amount, (value, number) in sorted(found.items())]

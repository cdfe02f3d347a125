"""What the list of matched programmes says of all its entries: numbers beside filters, and what calls wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Edge = Mapping[str, Any]
"""An entry of `programmeFits`: verdict, conditions (verdict, missing, spared), node (id, purposes, daysLeft)."""


class Address(Protocol):
    """The values of the page's address."""

    def chosen(self, name: str) -> Sequence[str]: ...


def _closes_within(edge: Edge, chosen: Sequence[str]) -> bool:
    days = edge["node"]["daysLeft"]
    return days is not None and any(text.strip().isdecimal() and days <= int(text) for text in chosen[-1:])


# The same tests as those of the page's variables `fits`; here they count what each value would give.
_TESTS: Mapping[str, Callable[[Edge, Sequence[str]], bool]] = {
    "verdict": lambda edge, chosen: edge["verdict"] == chosen[-1],
    "purpose": lambda edge, chosen: bool(set(chosen) & set(edge["node"]["purposes"])),
    "closing": _closes_within,
}


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole list, seen with the filters of an address."""

    edges: Sequence[Edge]
    chosen: Mapping[str, Sequence[str]]

    def counts(self, name: str, options: Iterable[tuple[str, object]]) -> dict[str, int]:
        """Return how many entries each value of a filter would show beside the other filters; "" is all."""
        others = self._kept(name)
        return {
            value: sum(_TESTS[name](edge, [value]) for edge in others) if value else len(others) for value, _ in options
        }

    @property
    def shown(self) -> list[Edge]:
        """The entries that all filters let through."""
        return self._kept("")

    @property
    def active(self) -> int:
        """How many values of filters are chosen; the verdict has its tabs and does not count."""
        return sum(len(values) for name, values in self.chosen.items() if name != "verdict")

    def waiting_besides(self, edge: Edge) -> int:
        """Return how many other entries wait for a value that this one waits for."""
        wanted = set(missing_of(edge))
        return sum(
            bool(wanted & set(missing_of(other))) for other in self.edges if other["node"]["id"] != edge["node"]["id"]
        )

    def _kept(self, besides: str) -> list[Edge]:
        used = {name: values for name, values in self.chosen.items() if name != besides and values}
        return [edge for edge in self.edges if all(_TESTS[name](edge, values) for name, values in used.items())]


def overview(edges: Sequence[Edge], page: Address) -> Overview:
    """Return the list as the filters of the address see it."""
    return Overview(edges, {name: [text for text in page.chosen(name) if text.strip()] for name in _TESTS})


def missing_of(edge: Edge) -> list[str]:
    """Return the values of the organisation that this entry waits for, each once, in the order of the rules."""
    waiting = (each for each in edge["conditions"] if each["verdict"] == "CHECK" and not each["spared"])
    return list(dict.fromkeys(name for condition in waiting for name in condition["missing"]))


_FIELDS = {
    "founded_on": "foundedOn",
    "firm_age": "foundedOn",
    "employees": "employees",
    "size": "employees",
    "revenue_won": "revenueWon",
    "industry_code": "industryId",
    "industry": "industryId",
    "region_codes": "districtId",
    "region": "districtId",
    "kind": "kind",
    "organisation_kind": "kind",
}


def profile_field(name: str) -> str:
    """Return the place in the profile's form where a value, or the value that a kind of rule looks at, is entered;
    empty when there is none, as for rules in prose."""
    return f"#organisations-save-{_FIELDS[name]}" if name in _FIELDS else ""

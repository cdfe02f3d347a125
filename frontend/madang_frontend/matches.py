"""What the list of matched programmes says of all its entries: numbers beside filters, and what calls wait for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from madang_frontend.facets import Address, Facets, Row, Test, facets
from madang_frontend.terms import TERMS


def _closes_within(edge: Row, chosen: Sequence[str]) -> bool:
    days = edge["node"]["daysLeft"]
    return days is not None and days <= int(chosen[-1])


# A list of matches is short and in the answer as a whole, so it is filtered and ordered here: one statement of one
# shape serves every address.
_TESTS: Mapping[str, Test] = {
    "verdict": lambda edge, chosen: edge["verdict"] == chosen[-1],
    "purpose": lambda edge, chosen: bool(set(chosen) & set(edge["node"]["purposes"])),
    "closing": _closes_within,
}


_KNOWN: Mapping[str, Callable[[str], bool]] = {
    "verdict": TERMS["verdict"].__contains__,
    "purpose": TERMS["purpose"].__contains__,
    "closing": lambda text: text.isdecimal() and len(text) < 5,
}


def overview(edges: Sequence[Row], page: Address) -> Facets:
    """Return the list as the filters of the address see it; values that no filter has are left out.

    Args: edges: all entries of `programmeFits`: verdict, conditions (verdict, missing, spared), node (id, purposes,
        daysLeft).
    """
    view = facets(edges, _TESTS, page)
    return replace(view, chosen={name: [v for v in values if _KNOWN[name](v)] for name, values in view.chosen.items()})


def in_order(edges: Sequence[Row], sort: str) -> list[Row]:
    """Return entries in the order of the address: as the matching ranked them, by closing time, or by amount; entries
    without one come last."""
    if sort == "CLOSES_ASC":
        return sorted(edges, key=lambda edge: edge["node"]["closesAt"] or "9999")
    if sort == "AMOUNT_DESC":
        return sorted(edges, key=lambda edge: -(edge["node"]["amountMaxWon"] or 0))
    return list(edges)


def rows_wanted(text: str) -> int:
    """Return how many rows an address asks for: ten, or more up to a hundred."""
    return min(max(int(text), 10), 100) if text.isdecimal() and len(text) < 5 else 10


def waiting_besides(edges: Sequence[Row], edge: Row) -> int:
    """Return how many other entries wait for a value that this one waits for."""
    wanted = set(missing_of(edge))
    others = (other for other in edges if other["node"]["id"] != edge["node"]["id"])
    return sum(bool(wanted & set(missing_of(other))) for other in others)


def missing_of(edge: Row) -> list[str]:
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


def answer_address(name: str) -> str:
    """Return where a value of our own is entered: the profile's field, else that of the answers."""
    return "/my/profile" + profile_field(name) if name in _FIELDS else f"/my/facts#facts-save-facts.{name}"

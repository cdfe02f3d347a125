"""What the list of matched programmes says of all its entries."""

from __future__ import annotations

from datetime import date
from typing import Any

from madang_frontend.facets import programme_facets
from madang_frontend.matches import in_order, missing_of, overview, profile_field, rows_wanted, waiting_besides
from madang_frontend.ruler import ruler


def entry(name: str, verdict: str = "ELIGIBLE", days: int | None = None, *, missing: str = "", **more: Any) -> Any:
    condition = {"verdict": "CHECK", "missing": [missing] if missing else [], "spared": more.pop("spared", False)}
    return {
        "verdict": verdict,
        "conditions": [condition],
        "node": {"id": name, "purposes": ["MONEY"], "daysLeft": days, **more},
    }


class Address:
    def __init__(self, **values: str) -> None:
        self.values = values

    def chosen(self, name: str) -> list[str]:
        return [self.values[name]] if name in self.values else []


EDGES = [
    entry("a", days=3, missing="employees"),
    entry("b", "CHECK", 20, purposes=["SPACE", "MONEY"], missing="employees"),
    entry("c", "CHECK", 20, purposes=["SPACE"], missing="founded_on", spared=True),
    entry("d", "NOT_ELIGIBLE", None),
]


def test_each_filter_counts_beside_the_others() -> None:
    view = overview(EDGES, Address(verdict="CHECK", purpose="SPACE"))
    assert [edge["node"]["id"] for edge in view.shown] == ["b", "c"]
    assert view.counts("purpose", [("MONEY", ""), ("SPACE", "")]) == {"MONEY": 1, "SPACE": 2}
    assert view.counts("closing", [("", ""), ("14", ""), ("31", "")]) == {"": 2, "14": 0, "31": 2}
    assert view.active("verdict") == 1


def test_values_that_no_filter_has_are_left_out() -> None:
    assert overview(EDGES, Address(closing="soon", verdict="MAYBE", purpose="GLORY")).shown == EDGES


def test_orders_put_what_is_not_known_last() -> None:
    edges = [
        entry("a", closesAt=None, amountMaxWon=None),
        entry("b", closesAt="2026-12-02T00:00:00Z", amountMaxWon=1),
        entry("c", closesAt="2026-12-01T00:00:00Z", amountMaxWon=5),
    ]
    sorts = ("", "CLOSES_ASC", "AMOUNT_DESC")
    orders = {sort: "".join(edge["node"]["id"] for edge in in_order(edges, sort)) for sort in sorts}
    assert orders == {"": "abc", "CLOSES_ASC": "cba", "AMOUNT_DESC": "cba"}


def test_the_length_of_the_list_stays_within_ten_and_a_hundred() -> None:
    assert [rows_wanted(text) for text in ("", "20", "3", "900", "many", "99999999")] == [10, 20, 10, 100, 10, 10]


def test_a_spared_condition_waits_for_nothing_and_an_entry_is_not_its_own_other() -> None:
    view = overview(EDGES, Address())
    assert missing_of(EDGES[2]) == []
    assert waiting_besides(view.rows, EDGES[0]) == 1
    assert waiting_besides(view.rows, EDGES[2]) == 0


def test_rules_and_values_lead_to_their_field_of_the_profile() -> None:
    assert profile_field("firm_age") == profile_field("founded_on") == "#organisations-save-foundedOn"
    assert profile_field("prose") == ""


def test_the_ruler_stacks_a_day_and_says_what_did_not_fit() -> None:
    line = ruler([entry(str(n), days=42) for n in range(7)] + [entry("far", days=43), EDGES[3]], date(2026, 11, 24))
    assert [(mark.left, mark.up) for mark in line.marks] == [(100.0, up) for up in range(5)]
    assert (line.rows, line.more, line.today) == (5, 2, "2026-11-24")
    assert [tick.day for tick in line.ticks if tick.day][:2] == ["2026-11-30", "2026-12-07"]


def test_an_empty_ruler_has_no_squares() -> None:
    assert ruler([], date(2026, 11, 24)).marks == []


def test_programmes_are_counted_only_when_the_answer_holds_them_all() -> None:
    nodes = [
        {"purposes": ["MONEY"], "calls": {"nodes": [{"state": "OPEN"}, {"state": "CLOSED"}]}},
        {"purposes": ["SPACE", "MONEY"], "calls": {"nodes": [{"state": "UPCOMING"}]}},
    ]
    view = programme_facets({"nodes": nodes, "totalCount": 2}, Address(state="OPEN"))
    assert view is not None
    assert view.counts("purpose", [("MONEY", ""), ("SPACE", "")]) == {"MONEY": 1, "SPACE": 0}
    assert view.counts("state", [("", ""), ("OPEN", ""), ("UPCOMING", "")]) == {"": 2, "OPEN": 1, "UPCOMING": 1}
    assert programme_facets({"nodes": nodes, "totalCount": 3}, Address()) is None

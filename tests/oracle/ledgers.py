"""De minimis aid of three years, summed a second time, three years to a day by the day's text alone; and affiliates."""

from __future__ import annotations

from typing import Any

from madang_graph.viewer import Viewer
from madang_server.api.de_minimis import de_minimis

from tests.oracle.answers import Said
from tests.oracle.policy import ends, organisation, starts
from tests.small_district import District


def mutual(district: District, node: str) -> set[str]:
    """Who has named this one and was named by it."""
    return ends(district, node, "NAMES_AFFILIATE") & starts(district, node, "NAMES_AFFILIATE")


def others_of(district: District, node: str) -> list[str]:
    """The other members of its single undertaking, by id; links to a third of those are links to it."""
    found, left = set[str](), [node]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += mutual(district, one)
    return sorted(found - {node})


def affiliates_of(district: District, viewer: Viewer, node: str) -> list[Said]:
    """Those that ask first, then those named, then those tied over others."""

    def shown(other: str, state: str, since_at: str | None, known: bool) -> dict[str, Any]:
        values = district.nodes[other][1] if known else {}
        direct = other if since_at or known else None
        return {"id": direct, "state": state, "since_at": since_at} | {
            name: values.get(name) for name in ("name_ko", "name_en")
        }

    ties = {(s, e): said for s, kind, e, said in district.ties if kind == "NAMES_AFFILIATE"}
    asking, named, through = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
    for other in sorted({end for pair in ties for end in pair} - {node}):
        mine, theirs = ties.get((node, other)), ties.get((other, node))
        seen = organisation(district, viewer, other)
        if mine and theirs:
            named.append(shown(other, "confirmed", mine["since_at"], True))
        elif mine:
            state = "declined" if mine.get("declined_at") else "asked"
            named.append(shown(other, state, mine["since_at"], seen))
        elif theirs and not theirs.get("declined_at"):
            asking.append(shown(other, "asks", theirs["since_at"], True))
        if not mine and other in others_of(district, node):
            through.append(shown(other, "through", None, seen))
    by_day = [sorted(part, key=lambda one: one["since_at"]) for part in (asking, named)]
    return [Said(one) for one in (*by_day[0], *by_day[1], *through)]


def held_by(district: District, node: str) -> list[dict[str, Any]]:
    """The awards that stand on its ledger, by day."""
    held = [district.nodes[one][1] for one in ends(district, node, "RECEIVED")]
    return sorted((one for one in held if "removed_at" not in one), key=lambda one: one["received_on"])


def de_minimis_of(district: District, viewer: Viewer, node: str, now: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the product's sum over the awards that stand, checked against a sum of its own.

    No award of the small district was received on a 29 February.
    """
    asked = arguments.get("on")
    on = asked if asked and asked[:2] in ("19", "20", "21") else now[:10]
    before = f"{int(on[:4]) - 3}{on[4:]}"
    own = _aid(district, node)
    others = others_of(district, node)
    members = [[_waits(district, one), None if held_by(district, one) else "{}", _aid(district, one)] for one in others]
    named: list[list[Any]] = []
    for one in others:
        seen = one in ends(district, node, "NAMES_AFFILIATE") or organisation(district, viewer, one)
        values = district.nodes[one][1] if seen else {}
        named.append([one if seen else None, values.get("name_ko"), values.get("name_en")])
    group = [_waits(district, node), len(others), members]
    made = de_minimis([now, own, district.nodes[node][1].get("facts"), group, named], arguments) or {}
    new = arguments.get("newEur") or 0
    within = [eur for day, eur in own if before < day <= on]
    shared = [eur for member in members for day, eur in member[2] if before < day <= on]
    assert (made["own_eur"], made["awards"], made["new_eur"]) == (sum(within), len(within), new)
    assert (
        made["used_eur"]
        == sum(within) + sum(shared)
        == made["own_eur"] + sum(part["used_eur"] for part in made["affiliates"])
    )
    assert made["total_eur"] == made["used_eur"] + new
    assert made["left_eur"] - made["over_eur"] == 300_000 - made["total_eur"]
    return made


def _aid(district: District, node: str) -> list[list[Any]]:
    return [[one["received_on"], one["de_minimis_eur"]] for one in held_by(district, node)]


def _waits(district: District, node: str) -> bool:
    return bool(ends(district, node, "NAMES_AFFILIATE") - starts(district, node, "NAMES_AFFILIATE"))

"""The stage of a cluster graph: where squares, lines and names of the closed yards are drawn, and who bridges them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from madang_frontend.stage_room import HEIGHT, LETTER, LINE, WIDTH, Point, Room, width_of, wrapped
from madang_frontend.stage_time import Period

NEARLY_CLOSED = 0.1
"""Share of ties outwards below which a yard looks closed."""

_SMALLEST, _LARGEST = 24, 68
"""Side of a square in pixels: the part of it that grows with the root of the size is their difference."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 732, 50, 540
"""Where middles of squares may stand; the tools are at the right, names below."""
_THINNEST, _THICKEST = 1.0, 8.0
_BRIDGES, _POSTS = 12, 4
"""Bridging organisations that are listed, and those of them that stand on the stage."""

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Yard:
    """One community, as square and as row."""

    number: int
    name: str
    size: int
    inner: int
    outer: int
    share: float
    """Of its ties that lead outwards, 0 to 1."""
    closed: bool
    """Nearly closed: hardly any tie leads outwards."""
    chosen: bool
    side: int = 0
    """Of its square; 0: it is not drawn."""
    place: Point = (0.0, 0.0)
    """Middle of its square on a stage of `WIDTH` by `HEIGHT`."""
    label: tuple[str, ...] = ()

    @property
    def drawn(self) -> bool:
        return self.side > 0

    @property
    def left(self) -> str:
        return _percent(self.place[0], WIDTH)

    @property
    def top(self) -> str:
        return _percent(self.place[1], HEIGHT)

    @property
    def below(self) -> int:
        """Distance of its name from the middle of its square."""
        return self.side // 2 + 20

    @property
    def walls(self) -> str:
        """Path of the square around its middle; its gate, in the lower wall, is as wide as the share outwards."""
        half = self.side / 2
        if not self.share:
            return f"M{-half:g} {half:g}V{-half:g}H{half:g}V{half:g}Z"
        gate = half * min(0.85, max(0.12, self.share))
        return f"M{-gate:.1f} {half:g}H{-half:g}V{-half:g}H{half:g}V{half:g}H{gate:.1f}"


@dataclass(frozen=True, slots=True)
class Line:
    """Ties between two drawn yards."""

    ends: tuple[str, str, str, str]
    """x1, y1, x2, y2 in percent."""
    middle: tuple[str, str]
    width: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Bridge:
    """An organisation with ties to other yards than its own."""

    id: str
    name: str
    kind: str
    home: str
    """Name of its own yard."""
    betweenness: float
    reached: int
    """Other yards that it has ties to."""
    cut: int
    """Of those, yards that its own yard has no other tie to."""
    foremost: str
    """Name of the yard that it has most ties to."""
    ties: int
    """Its ties to the foremost."""
    all_ties: int
    """Ties between its own yard and the foremost."""
    place: tuple[str, str] | None = None
    """On the stage in percent; None: the line is not drawn."""
    label: str = ""
    """Its name on the stage; empty where it finds no room."""
    leftwards: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that the page shows of a cluster graph."""

    yards: tuple[Yard, ...]
    """Those with ties, largest first."""
    untied: int
    """Organisations without any tie."""
    lines: tuple[Line, ...]
    bridges: tuple[Bridge, ...]
    """Those of the chosen yard, else the foremost of all; highest betweenness first."""
    chosen: Yard | None
    neighbours: tuple[tuple[Yard, int], ...]
    """Yards tied to the chosen one, with the ties between, most first."""

    @property
    def drawn(self) -> tuple[Yard, ...]:
        return tuple(yard for yard in self.yards if yard.drawn)

    @property
    def closed(self) -> int:
        return sum(yard.closed for yard in self.yards if yard.drawn)

    @property
    def ties(self) -> int:
        """All ties of the yards."""
        return sum(yard.inner for yard in self.yards) + self.crossing

    @property
    def crossing(self) -> int:
        """Ties that lead from one yard to another."""
        return sum(yard.outer for yard in self.yards) // 2


def stage_of(graph: Facts, asked: str, unnamed: str, period: Period | None = None) -> Stage:
    """Return the stage of a cluster graph.

    Args:
        graph: fields of pages/districts/clusters.graphql.
        asked: number of the chosen yard, as the address has it.
        unnamed: name of a yard without one, with `%(number)s`.
        period: lines are of the ties that began in it; None: of all.
    """
    number = int(asked) if asked.isascii() and asked.isdigit() else -1
    found = sorted(graph["communities"], key=lambda each: (-each["size"], each["number"]))
    tied = [each for each in found if each["innerEdges"] or each["outerEdges"]]
    largest = max((each["size"] for each in tied), default=1)
    yards = {each["number"]: _yard(each, largest, number, unnamed) for each in tied}
    ties = {(tie["source"], tie["target"]): tie["count"] for tie in graph["communityTies"]}
    chosen = yards.get(number)
    room = _furnished(yards.values())
    return Stage(
        tuple(yards.values()),
        sum(each["size"] for each in graph["communities"] if each["number"] not in yards),
        tuple(_lines(ties if period is None or period.whole else period.ties, yards, number, room)),
        tuple(_bridges(graph, yards, ties, number if chosen else None, room)),
        chosen,
        tuple((yards[other], count) for other, count in _neighbours(ties, number) if other in yards),
    )


def _yard(each: Facts, largest: int, chosen: int, unnamed: str) -> Yard:
    ties = each["innerEdges"] + each["outerEdges"]
    share = each["outerEdges"] / ties
    name = each["name"] or unnamed % {"number": each["number"] + 1}
    x, y = each["x"], each["y"]
    placed = None if x is None or y is None else (x + 1, y + 1)
    across, down = placed or (0, 0)
    return Yard(
        each["number"],
        name,
        each["size"],
        each["innerEdges"],
        each["outerEdges"],
        share,
        closed=share < NEARLY_CLOSED,
        chosen=each["number"] == chosen,
        side=round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(each["size"] / largest)) if placed else 0,
        place=(_LEFT + (_RIGHT - _LEFT) / 2 * across, _TOP + (_BOTTOM - _TOP) / 2 * down),
        label=wrapped(name),
    )


def _furnished(yards: Iterable[Yard]) -> Room:
    """Return the room that squares and their names leave."""
    room = Room()
    for yard in yards:
        if yard.drawn:
            (x, y), half = yard.place, yard.side / 2 + 4
            room.take((x - half, y - half, x + half, y + half))
            wide = max(width_of(line) for line in yard.label) * LETTER / 2
            lines = len(yard.label) + yard.closed
            room.take((x - wide, y + half, x + wide, y + half + 6 + LINE * lines))
    return room


def _lines(ties: Mapping[tuple[int, int], int], yards: Mapping[int, Yard], chosen: int, room: Room) -> list[Line]:
    drawn = [
        (pair, count)
        for pair, count in ties.items()
        if pair[0] != pair[1] and all(end in yards and yards[end].drawn for end in pair)
    ]
    most = max((count for _, count in drawn), default=1)
    lines: list[Line] = []
    for (one, other), count in drawn:
        from_, to, here = yards[one], yards[other], chosen in (one, other)
        x, y = room.count_on(from_.place, to.place, len(str(count))) if here else (0.0, 0.0)
        lines.append(
            Line(
                (from_.left, from_.top, to.left, to.top),
                (_percent(x, WIDTH), _percent(y, HEIGHT)),
                f"{_THINNEST + (_THICKEST - _THINNEST) * (count - 1) / max(most - 1, 1):.1f}",
                count,
                here,
            )
        )
    return sorted(lines, key=lambda line: line.chosen)  # the chosen ones on top


def _neighbours(ties: Mapping[tuple[int, int], int], chosen: int) -> list[tuple[int, int]]:
    found = [(pair[0] if pair[1] == chosen else pair[1], count) for pair, count in ties.items() if chosen in pair]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _bridges(
    graph: Facts,
    yards: Mapping[int, Yard],
    ties: Mapping[tuple[int, int], int],
    chosen: int | None,
    room: Room,
) -> list[Bridge]:
    reached: dict[int, dict[int, int]] = {}
    for crossing in graph["crossings"]:
        if crossing["community"] in yards:
            reached.setdefault(crossing["position"], {})[crossing["community"]] = crossing["ties"]
    found: list[Bridge] = []
    for node in graph["bridges"]:
        others = reached.get(node["position"])
        home = node["community"]
        if not others or home not in yards or len(found) == _BRIDGES:
            continue
        if chosen is not None and chosen != home and chosen not in others:
            continue
        to = chosen if chosen is not None and chosen != home else next(iter(others))
        bridge = _bridge(node, yards, others, to, ties)
        if len(found) < _POSTS and yards[home].drawn and yards[to].drawn:
            (x, y), leftwards, label = room.post_on(yards[home].place, yards[to].place, bridge.label)
            place = _percent(x, WIDTH), _percent(y, HEIGHT)
            bridge = replace(bridge, place=place, leftwards=leftwards, label=label)
        found.append(bridge)
    return found


def _bridge(
    node: Facts,
    yards: Mapping[int, Yard],
    others: Mapping[int, int],
    to: int,
    ties: Mapping[tuple[int, int], int],
) -> Bridge:
    home = node["community"]
    between = {other: ties.get((min(home, other), max(home, other)), 0) for other in others}
    return Bridge(
        id=node["organisation"]["id"],
        name=node["organisation"]["name"],
        kind=node["organisation"]["kind"],
        home=yards[home].name,
        betweenness=node["betweenness"],
        reached=len(others),
        cut=sum(own >= between[other] for other, own in others.items()),
        foremost=yards[to].name,
        ties=others[to],
        all_ties=between[to],
        label=wrapped(node["organisation"]["name"], lines=1)[0],
    )


def _percent(value: float, whole: float) -> str:
    return f"{100 * value / whole:.2f}%"

"""The report of overlaps: public calls compared among the firms that the viewer may see, by what the viewer may see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import orjson
from madang_graph.client import Graph, Row
from madang_graph.model.programmes import PURPOSES
from madang_graph.overlaps import edition_rows, member_ids
from madang_graph.reading.writer import ArgumentError, bounded, stored_word
from madang_graph.subjects.overlaps import MOST
from madang_graph.viewer import Viewer
from madang_graph.writes.previews import firm_rows
from madang_matching.eligibility.columns import Columns
from madang_matching.overlaps import Overlap, Overlaps, conditions_of, conditions_side_by_side, overlaps, stacking
from madang_matching.overlaps import usable_by as usable
from madang_matching.records import Call
from madang_server.api.later import Later
from madang_server.api.plans import Bounded
from madang_server.matches.applicants import applicant_of, rules_of
from madang_server.services.judging import seoul_today

FRESH_S = 30.0
"""How long a report serves those who see the same; it is made of thousands of verdicts."""
_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """What one viewer may see of overlaps, before filters."""

    rows: Sequence[Row]
    """As `edition_rows` gives them."""
    calls: Sequence[Call]
    firm_ids: Sequence[str]
    columns: Columns
    now: str
    pairs: Overlaps

    def rows_of(self, at: int) -> tuple[Row, Row]:
        """Return the calls of a pair."""
        return self.rows[int(self.pairs.first[at])], self.rows[int(self.pairs.second[at])]

    def ids(self, at: int) -> tuple[str, str]:
        """Return the programmes of a pair."""
        one, other = self.rows_of(at)
        return one[0], other[0]


class OverlapReports:
    """Makes reports, and keeps the latest for half a minute."""

    def __init__(self, fresh_s: float = FRESH_S, clock: Callable[[], float] = monotonic) -> None:
        """Store for how many seconds a report may serve, and what counts them."""
        self._fresh_s, self._clock = fresh_s, clock
        self._kept: Bounded[tuple[object, ...], tuple[float, Report]] = Bounded(_KEPT)
        self._one = asyncio.Lock()

    def overlaps(self, arguments: Mapping[str, Any]) -> OverlapQuery:
        """Return what is asked, from the arguments of the field. Raises ArgumentError."""
        asked = {name: arguments[name] or None for name in ("district", "programme", "other", "after")}
        return OverlapQuery(
            reports=self,
            purposes=frozenset(stored_word(list(arguments["purpose"] or ()))),
            owner=" ".join((arguments["owner"] or "").casefold().split()),
            open_now=bool(arguments["openNow"]),
            mine=bool(arguments["mine"]),
            order=stored_word(arguments["order"]) or "degree",
            first=bounded("first", MOST, 20)(arguments["first"]),
            **asked,
        )

    def firms(self, arguments: Mapping[str, Any]) -> OverlapFirms:
        """Return whose firms are asked for, from the arguments of the field."""
        return OverlapFirms(arguments["programme"], arguments["other"], arguments["district"] or None, self)

    async def report(self, graph: Graph, viewer: Viewer, now: str, district: str | None) -> Report:
        """Return the report for a viewer; only firms of one district count where one is given. Raises GraphError."""
        scope = (viewer.signed_in, viewer.organisation_ids, viewer.district_ids, viewer.admin)
        key = (scope, district, seoul_today(now))
        async with self._one:
            kept = self._kept.find(key)
            if kept is not None and self._clock() - kept[0] < self._fresh_s:
                return kept[1]
            editions, firms = await asyncio.gather(edition_rows(graph, viewer, now), firm_rows(graph, viewer))
            if district is not None:
                members = await member_ids(graph, district)
                firms = [row for row in firms if row[0] in members]
                editions = editions if firms else []
            made = await asyncio.to_thread(_made, editions, firms, now)
            return self._kept.keep(key, (self._clock(), made))[1]


def _made(editions: Sequence[Row], firms: Sequence[Row], now: str) -> Report:
    calls = [_call(row) for row in editions]
    columns = Columns.of(applicant_of(row) for row in firms)
    pairs = overlaps(calls, columns, seoul_today(now))
    return Report(editions, calls, [row[0] for row in firms], columns, now, pairs)


def _call(row: Row) -> Call:
    return Call(
        id=row[5],
        purposes=tuple(row[8]),
        rules=rules_of(row[9]) or {},
        noticed_on=row[10],
        opens_at=row[11],
        closes_at=row[12],
        rolling=row[13],
        programme=row[0],
    )


@dataclass(frozen=True, slots=True)
class OverlapQuery(Later):
    """A page of the list."""

    district: str | None
    programme: str | None
    other: str | None
    purposes: frozenset[str]
    owner: str
    open_now: bool
    mine: bool
    order: str
    first: int
    after: str | None
    reports: OverlapReports = field(repr=False)

    async def value(self, graph: Graph, viewer: Viewer, now: str) -> str:
        """Return the keys of `subjects.overlaps.ROOT` as JSON text. Raises GraphError, ArgumentError."""
        report = await self.reports.report(graph, viewer, now, self.district)
        return await asyncio.to_thread(self._page, report)

    def _page(self, report: Report) -> str:
        found = self._found(report)
        start = self._start(report, found)
        shown = found[start : start + self.first]
        page = {
            "more": start + self.first < len(found),
            "earlier": self.after is not None,
            "start": _cursor(report, shown[0]) if shown else None,
            "end": _cursor(report, shown[-1]) if shown else None,
        }
        nodes = [_said(report, report.pairs[at]) for at in shown]
        total = {"total": len(found), "programmes": report.pairs.programmes}
        return orjson.dumps({"nodes": nodes, "page": page, **total}).decode()

    def _found(self, report: Report) -> list[int]:
        """Return the places of the pairs that are asked for, in the order that is asked for."""
        found = [at for at in range(len(report.pairs)) if self._fits(*report.rows_of(at))]
        keys = {"firms": report.pairs.both, "days": report.pairs.days}
        return sorted(found, key=lambda at: -int(keys[self.order][at])) if self.order in keys else found

    def _fits(self, one: Row, other: Row) -> bool:
        ids = {one[0], other[0]}
        return (
            (self.programme is None or self.programme in ids)
            and (self.other is None or (self.other in ids and self.other != self.programme))
            and (not self.purposes or bool(self.purposes & set(one[8]) & set(other[8])))
            and (not self.open_now or one[14] == other[14] == "open")
            and (not self.mine or one[4] or other[4])
            and (not self.owner or any(_has_words(row[3], self.owner) for row in (one, other)))
        )

    def _start(self, report: Report, found: Sequence[int]) -> int:
        if self.after is None:
            return 0
        for place, at in enumerate(found):
            if _cursor(report, at) == self.after:
                return place + 1
        raise ArgumentError("`after` is no place of this list any more. Begin again without it.")


@dataclass(frozen=True, slots=True)
class OverlapFirms(Later):
    """The firms that neither call of a pair rules out."""

    programme: str
    other: str
    district: str | None
    reports: OverlapReports = field(repr=False)

    async def value(self, graph: Graph, viewer: Viewer, now: str) -> list[dict[str, Any]]:
        """Return id and certainty of each; none where the two do not overlap. Raises GraphError."""
        report = await self.reports.report(graph, viewer, now, self.district)
        return await asyncio.to_thread(self._usable, report)

    def _usable(self, report: Report) -> list[dict[str, Any]]:
        wanted = tuple(sorted((self.programme, self.other)))
        at = next((at for at in range(len(report.pairs)) if report.ids(at) == wanted), None)
        if at is None:
            return []
        one, other = report.calls[int(report.pairs.first[at])], report.calls[int(report.pairs.second[at])]
        left, certain = usable(one, other, report.columns, seoul_today(report.now))
        sure = set(certain.tolist())
        return [{"id": report.firm_ids[place], "certain": place in sure} for place in left.tolist()]


def _has_words(name: str | None, words: str) -> bool:
    return all(word in (name or "").casefold() for word in words.split())


def _cursor(report: Report, at: int) -> str:
    return "~".join(report.ids(at))


def _said(report: Report, pair: Overlap) -> dict[str, Any]:
    """Return the keys of `subjects.overlaps.OVERLAP`."""
    one, other = report.rows[pair.first], report.rows[pair.second]
    days = pair.days
    return {
        "degree": pair.degree,
        "purposes_share": pair.purposes,
        "target_share": pair.target,
        "time_share": pair.time,
        "purposes": [each for each in PURPOSES if each in one[8] and each in other[8]],
        "firms": pair.both,
        "either": pair.either,
        "certain": pair.certain,
        "days": days.days if days else 0,
        "days_from": days.first.isoformat() if days else None,
        "days_until": days.last.isoformat() if days and not days.open_ended else None,
        "months": pair.months,
        "first": _side(one),
        "second": _side(other),
        **_rules_said(report, pair),
    }


def _rules_said(report: Report, pair: Overlap) -> dict[str, Any]:
    one, other = report.calls[pair.first].rules, report.calls[pair.second].rules
    names, others = ([name for name in report.rows[place][:3] if name] for place in (pair.first, pair.second))
    stacked = stacking(one, other, names, others)
    compared = conditions_side_by_side(conditions_of(one), conditions_of(other))
    return {
        "stacking": stacked.said,
        "stacking_text_ko": _lines(each.ko for each in stacked.sentences),
        "stacking_text_en": _lines(each.en for each in stacked.sentences),
        "conditions": [
            {"kind": each.kind}
            | {f"{side}_ko": _lines(line.required_ko for line in getattr(each, side)) for side in _SIDES}
            | {f"{side}_en": _lines(line.required_en for line in getattr(each, side)) for side in _SIDES}
            for each in compared
        ],
    }


_SIDES = ("both", "first", "second")


def _lines(sentences: Any) -> str | None:
    return "\n".join(sentences) or None


def _side(row: Row) -> dict[str, Any]:
    return {
        "programme_id": row[0],
        "programme_ko": row[1],
        "programme_en": row[2],
        "owner_name": row[3],
        "may_edit": row[4],
        "call_id": row[5],
        "call_ko": row[6],
        "call_en": row[7],
        "purposes": [each for each in PURPOSES if each in row[8]],
        "opens_at": row[11],
        "closes_at": row[12],
        "state": row[14],
        "synthetic": row[15],
        "demo_dates": row[16],
    }

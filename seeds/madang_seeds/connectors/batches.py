"""A batch of an import of notices as rows of the graph: notices, calls put together anew, programmes, doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from madang_graph.announcements import Announcement, combined, doubt_id, programme_id, provenances
from madang_graph.writes.imports import Batch, EdgeRow, NodeRow

from madang_seeds.connectors.likeness import programme_key, programme_name
from madang_seeds.connectors.notices import Notice, Stated
from madang_seeds.connectors.planning import Change
from madang_seeds.records import named


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of this import, and the day on which it runs."""

    source_key: str
    source_id: str
    day: date


def make_batch(
    changes: Sequence[Change],
    announced: Mapping[str, Sequence[Announcement]],
    kept: Mapping[str, Sequence[str]],
    origin: Origin,
) -> Batch:
    """Return the rows of the changes.

    Args:   announced: present announcements of the calls that are there already.  kept: properties that people set.
    """
    rows = _Rows(origin)
    calls: dict[str, dict[str, Announcement]] = {}
    for change in changes:
        members = calls.setdefault(change.call_id, {each.notice_id: each for each in announced.get(change.call_id, ())})
        stated = change.notice.stated() if change.notice else None
        rows.add_notice(change, stated)
        members[change.id] = _announcement(change, stated, members.get(change.id), origin)
        if change.is_new and not any(pair.sure for pair in change.pairs) and change.notice:
            rows.add_programme(change.call_id, change.notice, change.title_key)
        rows.add_doubts(change)
    for call_id, members in calls.items():
        rows.add_call(call_id, list(members.values()), kept.get(call_id, ()))
    return rows.batch()


def _announcement(change: Change, stated: Stated | None, before: Announcement | None, origin: Origin) -> Announcement:
    if change.notice is None or stated is None:
        if before is None:
            raise LookupError(f"{change.id} is withdrawn but was never announced")
        day = origin.day.isoformat()
        return Announcement(
            before.notice_id, before.source_key, before.source_id, before.agency, before.facts, before.as_of, day
        )
    notice = change.notice
    as_of = notice.period.opens_on or notice.period.closes_on
    return Announcement(change.id, origin.source_key, origin.source_id, notice.agency, stated.facts, as_of)


class _Rows:
    """Rows by label and by pattern."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._nodes: dict[str, list[NodeRow]] = {}
        self._edges: dict[str, list[EdgeRow]] = {}
        self._programmes: set[str] = set()
        self._now = f"{origin.day.isoformat()}T00:00:00Z"

    def batch(self) -> Batch:
        """Return what was added; programmes come before the calls that hang on them."""
        return Batch(self._nodes, self._edges)

    def add_notice(self, change: Change, stated: Stated | None) -> None:
        notice = change.notice
        if notice is None or stated is None:
            self._node("Notice", change.id, {"state": "withdrawn", "withdrawn_on": self._origin.day.isoformat()})
            return
        properties = {
            "source_key": self._origin.source_key,
            "key": notice.key,
            "title": notice.title,
            "title_key": change.title_key,
            "agency": notice.agency,
            "opens_on": notice.period.opens_on,
            "closes_on": notice.period.closes_on,
            "url": notice.url,
            "facts": stated.text,
            "digest": stated.digest,
            "place": change.place,
            "state": "listed",
            "withdrawn_on": None,
        }
        self._node("Notice", change.id, properties)
        if change.is_new:
            self._edge("(:Notice)-[:GIVEN_BY]->(:Source)", change.id, self._origin.source_id)
            self._edge("(:Call)-[:ANNOUNCED_BY]->(:Notice)", change.call_id, change.id)

    def add_programme(self, call_id: str, notice: Notice, title_key: str) -> None:
        agency = notice.agency
        identity = programme_id(agency, programme_key(title_key))
        self._edge("(:Programme)-[:HAS_CALL]->(:Call)", identity, call_id)
        if identity in self._programmes:
            return
        self._programmes.add(identity)
        properties = {
            **named(programme_name(notice.title), None, agency),
            "summary_ko": notice.text or None,
            "owner_name": agency or None,
            "purposes": list(notice.purposes) or None,
            "source_note": notice.note or None,
            "synthetic": False,
            "updated_at": self._now,
        }
        stated = [name for name in ("name_ko", "owner_name", "purposes", "summary_ko") if properties[name]]
        self._node("Programme", identity, properties, [[self._origin.source_id, stated, notice.period.opens_on]])

    def add_doubts(self, change: Change) -> None:
        for pair in change.pairs:
            identity = doubt_id(change.id, pair.other_id)
            state = "same" if pair.sure else "open"
            properties = {"score": pair.score, "why": list(pair.why), "state": state, "version": 1}
            self._node("Doubt", identity, properties)
            for end in (change.id, pair.other_id):
                self._edge("(:Doubt)-[:BETWEEN]->(:Notice)", identity, end)

    def add_call(self, call_id: str, members: Sequence[Announcement], kept: Sequence[str]) -> None:
        properties = {**combined(members, kept), "updated_at": self._now}
        stated = [[each.source_id, list(each.fields), each.as_of] for each in provenances(members)]
        self._node("Call", call_id, properties, stated)

    def _node(self, label: str, identity: str, properties: Mapping[str, Any], stated: Sequence[object] = ()) -> None:
        self._nodes.setdefault(label, []).append([identity, dict(properties), list(stated)])

    def _edge(self, pattern: str, start: str, end: str) -> None:
        self._edges.setdefault(pattern, []).append([start, end, {}])

"""Desks: who may work on a call of a programme, and who of them may publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from madang_graph.client import Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import rule_sets
from madang_graph.writes.rule_sets import OwnedCall, RuleSet

from madang_server.services import fields
from madang_server.services.errors import NotFoundError, NotPermittedError, Sentence

OPEN = ("draft", "review")
_NAMED_MOST = 5


@dataclass(frozen=True, slots=True)
class Worked:
    """A call under its lock, with the version that is being worked on, if any."""

    call: OwnedCall
    sets: Sequence[RuleSet]

    @property
    def open(self) -> RuleSet | None:
        return next((each for each in self.sets if each.state in OPEN), None)


async def find_owned(transaction: Transaction, viewer: Viewer, call_id: str) -> Worked:
    """Return the call, locked, with its versions.

    Raises:  NotFoundError: no such call, or one that another still plans.  NotPermittedError: published calls can be
             seen, but this one is another's to work on.
    """
    call = await rule_sets.find_call(transaction, call_id) if fields.is_id(call_id) else None
    if call is None:
        raise NotFoundError("id")
    if not may_edit(viewer, call.owner_ids):
        if call.planned and not call.owner_ids & set(viewer.organisation_ids):
            raise NotFoundError("id")
        raise NotPermittedError(not_the_owner())
    return Worked(call, await rule_sets.sets_of(transaction, call_id))


def may_edit(viewer: Viewer, owner_ids: frozenset[str]) -> bool:
    """Whether the viewer may edit for one of the organisations that run a programme."""
    return viewer.admin or bool(owner_ids & set(viewer.editable_ids))


def ensure_may_publish(viewer: Viewer, call: OwnedCall, reviewed: RuleSet) -> None:
    """Raise NotPermittedError where the viewer sent the version for review and another could publish it."""
    if reviewed.sent_by is None or reviewed.sent_by != viewer.person_id or len(call.editors) < 2:
        return
    # Of other organisations that run the same programme, names are not told.
    seen = set(viewer.organisation_ids)
    others = [
        one.name
        for one in call.editors
        if one.id != viewer.person_id and one.name and (viewer.admin or one.organisation_ids & seen)
    ]
    raise NotPermittedError(another_publishes(others[:_NAMED_MOST]))


def another_publishes(names: Sequence[str]) -> Sentence:
    ko = ", ".join(f"{name} 님" for name in names) or "운영 기관의 다른 담당자"
    en = ", ".join(names) or "Another person of those who run the programme"
    return Sentence(
        f"검토를 요청한 사람은 시행할 수 없습니다. 시행할 수 있는 사람: {ko}.",
        f"Whoever sent it for review may not publish it. Who can: {en}.",
    )


def nothing_drafted() -> Sentence:
    return Sentence(
        "작업 중인 초안이 없습니다. 새로 열어 확인해 주세요.", "No draft is being worked on. Reload the page."
    )


def not_the_owner() -> Sentence:
    return Sentence(
        "이 지원사업을 운영하는 기관의 편집 권한이 필요합니다.",
        "Only people who may edit the organisation that runs this programme can do so.",
    )

"""Calls: those who run a programme plan an edition and change the facts of those that they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from madang_graph.client import Graph, Transaction
from madang_graph.model.documents import DOCUMENT_KINDS
from madang_graph.viewer import Viewer
from madang_graph.writes import calls, outbox, rule_sets
from madang_graph.writes.calls import Edition
from madang_graph.writes.rule_sets import RuleSet

from madang_server.services import fields, rule_trees, sentences
from madang_server.services.call_facts import CallFacts, edition_names, merged, read_facts
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.desks import Worked, find_owned, may_edit, not_the_owner
from madang_server.services.errors import (
    LimitReachedError,
    NotFoundError,
    NotPermittedError,
    Problem,
    Sentence,
    StaleVersionError,
    ValidationError,
)
from madang_server.services.fields import KEEP, Checked, Keep
from madang_server.services.permissions import ensure_can_write

PLANNED_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPlan:
    """A new edition. What is not said of its papers is taken from the last edition; rules always are."""

    programme_id: str
    facts: CallFacts
    documents: Sequence[str] | Keep | None = KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChange:
    """Facts that become others. `version`: of the facts that the form was filled from."""

    id: str
    version: int
    facts: CallFacts


async def plan(graph: Graph, viewer: Viewer, asked: CallPlan, *, now: datetime, key: str | None = None) -> str:
    """Begin an edition as a draft that nobody else sees, with the rules of the last one. Returns its id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, LimitReachedError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    wanted = read_facts(checked, asked.facts)
    documents = (
        None if isinstance(asked.documents, Keep) else checked.words("documents", asked.documents, DOCUMENT_KINDS)
    )
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        edition = await _find_edition(transaction, viewer, asked.programme_id)
        if not wanted.get("name_ko") and not wanted.get("name_en"):
            wanted.update(edition_names(edition.names, edition.opened_on, wanted.get("opens_at"), now))
        facts = {name: value for name, value in merged({}, wanted).items() if value is not None}
        _ensure_named(facts)
        papers = edition.documents if documents is None else tuple(documents)
        call_id = await calls.plan(transaction, edition, facts, papers, now)
        rules = rule_trees.write_tree(rule_trees.read_tree(edition.rules))
        await rule_sets.add(transaction, call_id, RuleSet("", 1, "draft", 1, rules, papers), now)
        return Outcome(call_id, call_id, sorted(facts))

    return await perform(graph, Deed(viewer, "calls.plan", _given(asked), now, key), work)


async def _find_edition(transaction: Transaction, viewer: Viewer, programme_id: str) -> Edition:
    edition = await calls.find_edition(transaction, programme_id) if fields.is_id(programme_id) else None
    if edition is None:
        raise NotFoundError("programmeId")
    if not may_edit(viewer, edition.owner_ids):
        raise NotPermittedError(not_the_owner())
    if edition.planned >= PLANNED_MOST:
        raise LimitReachedError(PLANNED_MOST, too_many_planned())
    return edition


async def edit(graph: Graph, viewer: Viewer, asked: CallChange, *, now: datetime, key: str | None = None) -> str:
    """Change facts of a call. Of a published one, verdicts are made anew, and who watches it is told. Returns its id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    wanted = read_facts(checked, asked.facts)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        worked = await find_owned(transaction, viewer, asked.id)
        call = worked.call
        if call.version != asked.version:
            raise StaleVersionError(call.version)
        facts = merged(call.facts, wanted)
        _ensure_named(facts)
        changed = {name: value for name, value in facts.items() if (value or None) != (call.facts.get(name) or None)}
        if changed:
            await calls.change(transaction, call.id, changed, now)
            await _follow(transaction, worked, now)
        return Outcome(call.id, call.id, sorted(changed), changed=bool(changed))

    return await perform(graph, Deed(viewer, "calls.edit", _given(asked), now, key), work)


async def _follow(transaction: Transaction, worked: Worked, now: datetime) -> None:
    """Of a published call, have verdicts made anew; of a planned one, what was looked at in review is another now."""
    if not worked.call.planned:
        await outbox.add_job(transaction, outbox.outbox_row("matches.all", {}, now))
    elif worked.open is not None and worked.open.state == "review":
        await rule_sets.save(transaction, worked.open.id, worked.open.rules, worked.open.documents, "draft", now)


def _ensure_named(facts: dict[str, Any]) -> None:
    if not facts.get("name_ko") and not facts.get("name_en"):
        raise ValidationError([Problem("nameKo", sentences.one_name_needed())])


def _given(asked: CallPlan | CallChange) -> dict[str, Any]:
    """The whole input, flat, so that what was left out is left out."""
    whole = asdict(asked)
    return {**whole.pop("facts"), **whole}


def too_many_planned() -> Sentence:
    return Sentence(
        f"준비 중인 공고는 지원사업마다 {PLANNED_MOST}개까지 둘 수 있습니다. 먼저 하나를 시행해 주세요.",
        f"A programme has at most {PLANNED_MOST} calls in preparation. Publish one of them first.",
    )

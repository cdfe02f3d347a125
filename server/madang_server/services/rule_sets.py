"""Rule sets: those who run a programme work on the conditions of its calls, from a draft to what is in force."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from madang_graph.client import Graph, Transaction
from madang_graph.model.documents import DOCUMENT_KINDS
from madang_graph.viewer import Viewer
from madang_graph.writes import calls, outbox, rule_sets
from madang_graph.writes.rule_sets import RuleSet

from madang_server.services import call_facts, rule_trees, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.desks import Worked, ensure_may_publish, find_owned, nothing_drafted
from madang_server.services.errors import ConflictError, Problem, Sentence, StaleVersionError, ValidationError
from madang_server.services.permissions import ensure_can_write
from madang_server.services.rule_checks import ensure_readable, path_of
from madang_server.services.rule_texts import ValueText, leaf_of
from madang_server.services.rule_trees import Node, NoSuchPlaceError

ACTS = ("add", "save", "remove", "up", "down", "all", "any", "not", "unwrap")
RULES_MOST = 200_000
"""Letters of a rule tree as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEdit:
    """One step of work on a tree. `version`: of the draft; 0 where there is none yet."""

    call_id: str
    version: int
    act: str
    at: str = ""
    kind: str | None = None
    values: Sequence[ValueText] = ()
    source_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDraft:
    """A whole version. None: stays as it is."""

    call_id: str
    version: int
    rules: str | None = None
    documents: Sequence[str] | None = None


async def edit(graph: Graph, viewer: Viewer, asked: RuleEdit, *, now: datetime, key: str | None = None) -> str:
    """Do one step on the draft; the first one begins it from the rules in force. Returns the call's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    if asked.act not in ACTS:
        raise ValidationError([Problem("act", sentences.not_a_word(ACTS))])

    async def work(transaction: Transaction) -> Outcome:
        draft = await _draft(transaction, viewer, asked.call_id, asked.version, now)
        tree = rule_trees.read_tree(draft.rules)
        try:
            changed = _edited(tree, asked)
        except NoSuchPlaceError as error:
            raise ValidationError([Problem("at", sentences.unknown_choice())]) from error
        stored = rule_trees.write_tree(changed)
        if len(stored) > RULES_MOST:
            raise ValidationError([Problem("rules", sentences.too_long(RULES_MOST))])
        await rule_sets.save(transaction, draft.id, stored, draft.documents, "draft", now)
        return Outcome(asked.call_id, asked.call_id, ("rules", asked.act), changed=True)

    given = asdict(asked)
    return await perform(graph, Deed(viewer, "rules.edit", given, now, key), work)


def _edited(tree: Node, asked: RuleEdit) -> Node:
    steps: dict[str, Callable[[], Node]] = {
        "remove": lambda: rule_trees.removed(tree, asked.at),
        "up": lambda: rule_trees.moved(tree, asked.at, -1),
        "down": lambda: rule_trees.moved(tree, asked.at, 1),
        "unwrap": lambda: rule_trees.unwrapped(tree, asked.at),
        **{word: lambda word=word: rule_trees.wrapped(tree, asked.at, word) for word in ("all", "any", "not")},
    }
    if asked.act in steps:
        changed, place = steps[asked.act](), ""
    else:
        before = rule_trees.node_at(tree, asked.at)
        leaf = leaf_of(asked.kind or "", asked.values, asked.source_text, before if asked.act == "save" else {})
        put = rule_trees.replaced if asked.act == "save" else rule_trees.added
        changed = put(tree, asked.at, leaf)
        at = asked.at if asked.act == "save" else _last_of(changed, asked.at)
        place = path_of(at, _words_to(changed, at))
    ensure_readable(changed, place)
    return changed


def _last_of(tree: Node, at: str) -> str:
    last = len(rule_trees.parts_of(rule_trees.node_at(tree, at))) - 1
    return f"{at}.{last}" if at else str(last)


def _words_to(tree: Node, at: str) -> list[str]:
    words, node = [], tree
    for step in at.split("."):
        words.append(rule_trees.word_of(node))
        node = rule_trees.parts_of(node)[int(step)]
    return words


async def save(graph: Graph, viewer: Viewer, asked: RulesDraft, *, now: datetime, key: str | None = None) -> str:
    """Replace the draft's rules or papers, or begin one. Returns the call's id.

    Raises:  ValidationError: with the path of what cannot be read, as in `rules.all[2].max_years`; NotPermittedError,
             NotFoundError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    tree = None if asked.rules is None else _parsed(asked.rules)
    documents = None if asked.documents is None else tuple(dict.fromkeys(asked.documents))
    if documents is not None and any(one not in DOCUMENT_KINDS for one in documents):
        raise ValidationError([Problem("documents", sentences.not_a_word(DOCUMENT_KINDS))])

    async def work(transaction: Transaction) -> Outcome:
        draft = await _draft(transaction, viewer, asked.call_id, asked.version, now)
        rules = draft.rules if tree is None else rule_trees.write_tree(tree)
        papers = draft.documents if documents is None else documents
        await rule_sets.save(transaction, draft.id, rules, papers, "draft", now)
        names = [name for name, value in (("rules", tree), ("documents", documents)) if value is not None]
        return Outcome(asked.call_id, asked.call_id, names)

    return await perform(graph, Deed(viewer, "rules.save", asdict(asked), now, key), work)


def _parsed(text: str) -> Node:
    if len(text) > RULES_MOST:
        raise ValidationError([Problem("rules", sentences.too_long(RULES_MOST))])
    try:
        found: object = orjson.loads(text) if text.strip() else {}
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise ValidationError([Problem("rules", not_json())]) from error
    if not isinstance(found, dict):
        raise ValidationError([Problem("rules", not_json())])
    ensure_readable(found)
    tree = rule_trees.rooted(found)  # pyright: ignore[reportUnknownArgumentType]
    ensure_readable(tree)
    return tree


Step = Callable[[Transaction, Worked, RuleSet], Awaitable[Sequence[str]]]


async def _step(
    graph: Graph, viewer: Viewer, call_id: str, version: int, action: str, step: Step, now: datetime, key: str | None
) -> str:
    """Do something with the version that is being worked on, of which the caller has seen the newest state."""
    ensure_can_write(viewer)

    async def work(transaction: Transaction) -> Outcome:
        worked = await find_owned(transaction, viewer, call_id)
        current = worked.open
        if current is None:
            raise ConflictError(nothing_drafted(), "version")
        if current.version != version:
            raise StaleVersionError(current.version)
        return Outcome(call_id, call_id, await step(transaction, worked, current))

    return await perform(graph, Deed(viewer, action, {"id": call_id, "version": version}, now, key), work)


async def send_for_review(
    graph: Graph, viewer: Viewer, call_id: str, version: int, *, now: datetime, key: str | None = None
) -> str:
    """Say that the draft is ready to be looked at. Returns the call's id.

    Raises:  ValidationError: it has no condition, or a planned call lacks its dates; NotPermittedError, NotFoundError,
             ConflictError, KeyReusedError.
    """

    async def step(transaction: Transaction, worked: Worked, draft: RuleSet) -> Sequence[str]:
        _ensure_complete(worked, draft, now)
        await rule_sets.save(transaction, draft.id, draft.rules, draft.documents, "review", now)
        await rule_sets.note_sender(transaction, draft.id, viewer.person_id or "")
        return ("state",)

    return await _step(graph, viewer, call_id, version, "rules.review", step, now, key)


async def publish(
    graph: Graph, viewer: Viewer, call_id: str, version: int, *, now: datetime, key: str | None = None
) -> str:
    """Put what was reviewed into force and have all verdicts made anew; a planned call becomes one that everybody sees.
    Returns the call's id.

    Raises:  ValidationError, NotPermittedError: also for who sent it, where others could publish; NotFoundError,
             ConflictError: also where it was not sent for review.
    """

    async def step(transaction: Transaction, worked: Worked, reviewed: RuleSet) -> Sequence[str]:
        if reviewed.state != "review":
            raise ConflictError(review_first(), "version")
        ensure_may_publish(viewer, worked.call, reviewed)
        _ensure_complete(worked, reviewed, now)
        if worked.call.planned:
            await calls.publish(transaction, worked.call.id, now)
        await rule_sets.publish(transaction, worked.call.id, reviewed.id, now)
        await outbox.add_job(transaction, outbox.outbox_row("matches.all", {}, now))
        return ("rules", "documents", "state")

    return await _step(graph, viewer, call_id, version, "rules.publish", step, now, key)


async def discard(
    graph: Graph, viewer: Viewer, call_id: str, version: int, *, now: datetime, key: str | None = None
) -> str:
    """Give the draft up; it is kept among the archived versions. Returns the call's id."""

    async def step(transaction: Transaction, _worked: Worked, draft: RuleSet) -> Sequence[str]:
        await rule_sets.save(transaction, draft.id, draft.rules, draft.documents, "archived", now)
        return ("state",)

    return await _step(graph, viewer, call_id, version, "rules.discard", step, now, key)


async def archive_call(
    graph: Graph, viewer: Viewer, call_id: str, *, archived: bool, now: datetime, key: str | None = None
) -> str:
    """Take a call off, or put it back; doing so again changes nothing. Returns the call's id."""
    ensure_can_write(viewer)

    async def work(transaction: Transaction) -> Outcome:
        call = (await find_owned(transaction, viewer, call_id)).call
        if call.archived is not archived:
            await rule_sets.archive_call(transaction, call.id, archived, now)
        if call.archived is not archived and not call.planned:
            await outbox.add_job(transaction, outbox.outbox_row("matches.all", {}, now))
        return Outcome(call.id, call.id, ("archived_at",), changed=call.archived is not archived)

    action = "calls.archive" if archived else "calls.restore"
    return await perform(graph, Deed(viewer, action, {"id": call_id}, now, key), work)


async def _draft(transaction: Transaction, viewer: Viewer, call_id: str, version: int, now: datetime) -> RuleSet:
    """Return the version that is being worked on, or begin one; `version` must be its newest, or 0 to begin."""
    worked = await find_owned(transaction, viewer, call_id)
    current = worked.open
    if current is not None:
        if current.version != version:
            raise StaleVersionError(current.version)
        return current
    if version != 0:
        raise StaleVersionError(0)
    number = max((each.number for each in worked.sets), default=0)
    stored = rule_trees.write_tree(rule_trees.read_tree(worked.call.rules))
    live = RuleSet("", number + 1, "published", 1, stored, worked.call.documents)
    if not worked.sets and not worked.call.planned:
        live = await rule_sets.add(transaction, call_id, live, now)
        number = live.number
    return await rule_sets.add(transaction, call_id, replace(live, number=number + 1, state="draft"), now)


def _ensure_complete(worked: Worked, draft: RuleSet, now: datetime) -> None:
    if worked.call.planned:
        if worked.call.archived:
            raise ConflictError(put_back_first())
        call_facts.ensure_complete(worked.call.facts, now)
    tree: dict[str, Any] = rule_trees.read_tree(draft.rules)
    if not tree["all"]:
        raise ValidationError([Problem("rules", no_condition())])
    ensure_readable(tree)


def not_json() -> Sentence:
    return Sentence("조건 나무를 JSON 객체로 주세요.", "Give the rule tree as a JSON object.")


def no_condition() -> Sentence:
    return Sentence("조건을 하나 이상 추가해 주세요.", "Add at least one condition.")


def put_back_first() -> Sentence:
    return Sentence("내린 공고입니다. 먼저 다시 올려 주세요.", "The call was taken off. Put it back first.")


def review_first() -> Sentence:
    return Sentence("먼저 검토를 요청해 주세요.", "Send it for review first.")

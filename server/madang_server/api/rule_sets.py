"""Rule sets: what is read of them, and the mutations of those who run a programme."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import strawberry
from madang_matching.eligibility import describe_rules, read_rules
from madang_matching.eligibility.clashes import clashes
from madang_matching.eligibility.coverage import coverage_of
from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.tree import Leaf
from madang_matching.records import Call
from madang_server.api.context import RequestContext
from madang_server.api.names import DocumentKind
from madang_server.api.verbs import Success, Verb, given, key, said, word
from madang_server.services import rule_previews, rule_sets, rule_trees
from madang_server.services.rule_sets import RuleEdit, RulesDraft
from madang_server.services.rule_texts import ValueText, texts_of
from strawberry import ID, UNSET

_GROUP_WORDS = {
    "all": ("모두 충족", "All of these"),
    "any": ("하나 이상 충족", "One of these"),
    "not": ("해당하지 않을 것", "Must not hold"),
}


def rule_places(value: str | None, _arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every place of a stored tree."""
    return [_place(place) for place in rule_trees.walk(rule_trees.read_tree(value))]


def _place(place: rule_trees.Place) -> dict[str, Any]:
    row: dict[str, Any] = {
        "at": place.at,
        "depth": place.depth,
        "word": place.word,
        "first": place.first,
        "last": place.last,
        "checkable": False,
        "values": [],
    }
    if place.word != "kind":
        korean, english = _GROUP_WORDS[place.word]
        return row | {"text_ko": korean, "text_en": english}
    (line,) = describe_rules(place.node or {"kind": ""})
    kind = KINDS.get(line.kind)
    rule = read_rules(place.node)
    return row | {
        "kind": line.kind,
        "label_ko": kind.ko if kind else line.kind,
        "label_en": kind.en if kind else line.kind,
        "text_ko": line.required_ko,
        "text_en": line.required_en,
        "source_text": line.source_text or None,
        "checkable": isinstance(rule, Leaf) and bool(rule.requirement.fields),
        "values": texts_of(place.node),
    }


def rule_coverage(value: str | None, _arguments: Mapping[str, Any]) -> dict[str, int]:
    """Return how many criteria of a stored tree can be checked."""
    tree = rule_trees.read_tree(value)
    found = coverage_of(tree) if tree["all"] else None
    return {"checked": found.checkable, "total": found.total} if found else {"checked": 0, "total": 0}


def rule_clashes(value: list[Any], _arguments: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what contradicts itself in [stored tree, days of the call]."""
    stored, days = value
    tree = rule_trees.read_tree(stored)
    noticed, opens, closes, contract = days or (None, None, None, None)
    if not tree["all"]:
        return []
    call = Call("", noticed_on=noticed, opens_at=opens, closes_at=closes, contract_on=contract)
    return [_clash(each) for each in clashes(tree, call)]


def _clash(leaves: tuple[Leaf, ...]) -> dict[str, str]:
    said_of = [leaf.requirement.sentence() for leaf in leaves]
    return {"text_ko": " ↔ ".join(one.ko for one in said_of), "text_en": " ↔ ".join(one.en for one in said_of)}


def rule_preview(value: str | None, _arguments: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a stored preview."""
    return orjson.loads(value) if value else None


def condition_kinds(_value: Any, _arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the table of kinds with the fields of each."""
    return [
        {
            "name": kind.name,
            "label_ko": kind.ko,
            "label_en": kind.en,
            "inputs": [
                {
                    "name": one.name,
                    "type": one.type,
                    "label_ko": one.ko,
                    "label_en": one.en,
                    "needed": one.needed,
                    "options": [
                        {"value": option, "label_ko": words[0], "label_en": words[1]}
                        for option, words in (one.options or {}).items()
                    ],
                }
                for one in kind.inputs
            ],
        }
        for kind in KINDS.values()
    ]


READS = {
    "rule_places": rule_places,
    "rule_coverage": rule_coverage,
    "rule_clashes": rule_clashes,
    "rule_preview": rule_preview,
    "condition_kinds": condition_kinds,
}
"""What the compiler's declarations name."""

_VERSION = "The version of the draft that this was made from; a newer one is a conflict."


@strawberry.input(description="One field of a condition.")
class RuleValueInput:
    name: str = strawberry.field(
        description="Name of a `ConditionInput`. Of a condition within, as in `when`: `when.kind`, `when.NAME`."
    )
    value: str | None = strawberry.field(description="As text; null or blank: not said.", default=UNSET)

    def __repr__(self) -> str:
        return "<RuleValueInput>"


@dataclass(kw_only=True)
class EditRulesInput:
    """One step of work on the rules of a call."""

    id: ID = said("The call.")
    version: int = said("The version of the draft; 0 where there is none, which begins one from the rules in force.")
    act: str = said("add, save, remove, up, down, all, any, not (put it into such a group) or unwrap.")
    at: str | None = said("Where: the group to add to, or the place to work on; the top without it.", UNSET)
    kind: str | None = said("Kind of the condition, to add or save one.", UNSET)
    values: list[RuleValueInput] | None = said("Fields of the condition; of one that is saved, others stay.", UNSET)
    source_text: str | None = said("The sentence of the notice that says so.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class SaveRulesInput:
    """A whole draft; what is left out stays as it is."""

    id: ID = said("The call.")
    version: int = said("The version of the draft; 0 where there is none, which begins one from the rules in force.")
    rules: str | None = said("The rule tree as JSON, at most 200,000 letters.", UNSET)
    documents: list[DocumentKind] | None = said("Papers that applicants hand in.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class RulesStepInput:
    """Which draft goes on its way."""

    id: ID = said("The call.")
    version: int = said(_VERSION)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class CallInput:
    """Which call."""

    id: ID = said("The call.")
    idempotency_key: str | None = key()


class PreviewRulesInput(RulesStepInput):
    """Which draft to count who passes for."""


class SendRulesForReviewInput(RulesStepInput):
    """Which draft is ready to be looked at."""


class PublishRulesInput(RulesStepInput):
    """Which reviewed draft comes into force."""


class DiscardRulesInput(RulesStepInput):
    """Which draft is given up."""


class ArchiveCallInput(CallInput):
    """Which call is taken off."""


class RestoreCallInput(CallInput):
    """Which call is put back."""


async def _edit(context: RequestContext, asked: EditRulesInput) -> str:
    edit = RuleEdit(
        call_id=asked.id,
        version=asked.version,
        act=asked.act,
        at=given(asked.at) or "",
        kind=given(asked.kind),
        values=tuple(ValueText(each.name, given(each.value)) for each in given(asked.values) or ()),
        source_text=given(asked.source_text),
    )
    return await rule_sets.edit(context.graph, context.viewer, edit, now=context.now(), key=asked.idempotency_key)


async def _save(context: RequestContext, asked: SaveRulesInput) -> str:
    documents = given(asked.documents)
    draft = RulesDraft(
        call_id=asked.id,
        version=asked.version,
        rules=given(asked.rules),
        documents=None if documents is None else tuple(word(each) for each in documents),
    )
    return await rule_sets.save(context.graph, context.viewer, draft, now=context.now(), key=asked.idempotency_key)


_Step = Callable[..., Awaitable[str]]


def _stepping(step: _Step) -> Callable[[RequestContext, RulesStepInput], Awaitable[str]]:
    async def run(context: RequestContext, asked: RulesStepInput) -> str:
        return await step(
            context.graph, context.viewer, asked.id, asked.version, now=context.now(), key=asked.idempotency_key
        )

    return run


def _archiving(archived: bool) -> Callable[[RequestContext, CallInput], Awaitable[str]]:
    async def run(context: RequestContext, asked: CallInput) -> str:
        return await rule_sets.archive_call(
            context.graph, context.viewer, asked.id, archived=archived, now=context.now(), key=asked.idempotency_key
        )

    return run


def _verb(name: str, description: str, input_type: type, done: str, run: Callable[..., Awaitable[str]]) -> Verb:
    success = Success(done, "call", "Call", "The call, as it is now.", planned="PlannedCall")
    return Verb(name, description, input_type, success, run)


VERBS = (
    _verb("editRules", "Do one step on the draft of a call's rules.", EditRulesInput, "RulesEdited", _edit),
    _verb("saveRules", "Replace the draft of a call's rules, or its papers.", SaveRulesInput, "RulesSaved", _save),
    _verb(
        "previewRules",
        "Count who would pass the draft, who gains and who loses, of the firms that one may see.",
        PreviewRulesInput,
        "RulesPreviewed",
        _stepping(rule_previews.preview),
    ),
    _verb(
        "sendRulesForReview",
        "Say that a draft is ready to be looked at.",
        SendRulesForReviewInput,
        "RulesSentForReview",
        _stepping(rule_sets.send_for_review),
    ),
    _verb(
        "publishRules",
        "Put a reviewed draft into force; every verdict is made anew. A planned call is published with it.",
        PublishRulesInput,
        "RulesPublished",
        _stepping(rule_sets.publish),
    ),
    _verb(
        "discardRules",
        "Give a draft up; it is kept among the archived versions.",
        DiscardRulesInput,
        "RulesDiscarded",
        _stepping(rule_sets.discard),
    ),
    _verb("archiveCall", "Take a call off. It can be put back.", ArchiveCallInput, "CallArchived", _archiving(True)),
    _verb("restoreCall", "Put a call back that was taken off.", RestoreCallInput, "CallRestored", _archiving(False)),
)

"""Facts: what an organisation answers to what rules of calls ask beyond its profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from madang_graph.client import Graph, Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import affiliates, facts
from madang_matching.eligibility.dates import SEOUL
from madang_matching.eligibility.profile import FIELDS

from madang_server.matches.affiliates import FACT
from madang_server.matches.applicants import SELF
from madang_server.services import sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import Problem, Sentence, ValidationError
from madang_server.services.fact_texts import OF_PROFILE, UnreadableFactError, read_fact, statement_key
from madang_server.services.fields import Checked
from madang_server.services.permissions import ensure_can_write, find_editable

FACTS_MOST = 100
STATEMENTS_MOST = 500
PLACE = "facts."
"""Begin of the field of a problem: the name of the fact follows."""


@dataclass(frozen=True, slots=True)
class FactText:
    """One answer as it was written; an empty one takes the answer back."""

    name: str
    value: str | None


async def save(
    graph: Graph,
    viewer: Viewer,
    organisation_id: str,
    given: Sequence[FactText],
    *,
    now: datetime,
    idempotency_key: str | None = None,
) -> str:
    """Store the answers, note who said so and when, and have the suggestions computed anew. Answers that are not given
    stay as they are. Returns the organisation's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, KeyReusedError.
    """
    ensure_can_write(viewer)
    wanted = read_all(given)
    on = now.astimezone(SEOUL).date().isoformat()

    async def work(transaction: Transaction) -> Outcome:
        await find_editable(transaction, viewer, organisation_id, "organisationId")
        if wanted.get(FACT) is not None and await affiliates.count_named(transaction, organisation_id):
            raise ValidationError([Problem(PLACE + FACT, sentences.drop_affiliates_first())])
        stored = await facts.find_facts(transaction, organisation_id)
        after, changed = _merged(stored, wanted, on)
        if changed:
            await facts.set_facts(transaction, organisation_id, after)
        names = [f"facts.{name}" for name in changed]
        # That nothing was received is a fact of the affiliates' sum, too.
        group = await affiliates.members(transaction, organisation_id) if "awards" in changed else {organisation_id}
        return Outcome(organisation_id, organisation_id, names, refresh=sorted(group), changed=bool(changed))

    asked = {"organisation_id": organisation_id, "facts": [[each.name, each.value] for each in given]}
    return await perform(graph, Deed(viewer, "facts.save", asked, now, idempotency_key), work)


def read_all(given: Sequence[FactText], allowed: frozenset[str] | None = None) -> dict[str, object]:
    """Return plain values by name, None for what is taken back.

    Args:    allowed: names that may be given; None: all that are saved as facts.
    Raises:  ValidationError, with the place of each problem.
    """
    checked = Checked()
    if len(given) > FACTS_MOST:
        checked.refuse(
            "facts", Sentence(f"한 번에 {FACTS_MOST}개까지 저장합니다.", f"Give at most {FACTS_MOST} at once.")
        )
        checked.done()
    names = frozenset(FIELDS) - OF_PROFILE - {"statements"} | {"awards"} if allowed is None else allowed
    wanted: dict[str, object] = {}
    for each in given:
        place = PLACE + each.name[:100]
        if each.name not in names and statement_key(each.name) is None:
            checked.refuse(place, _no_such_fact(each.name))
            continue
        try:
            wanted[each.name] = read_fact(each.name, each.value)
            if each.name in _IN_LEDGERS and wanted[each.name] and allowed is None:
                checked.refuse(place, _IN_LEDGERS[each.name])
        except UnreadableFactError as error:
            checked.refuse(place, error.sentence)
    checked.done()
    return wanted


_IN_LEDGERS: Mapping[str, Sentence] = {
    "awards": Sentence("받은 지원은 지원 이력에 적어 주세요.", "Write what you received into the ledger of awards."),
    FACT: sentences.affiliates_are_named(),
}
"""Lists of which only that they are empty is a fact."""


def _no_such_fact(name: str) -> Sentence:
    if name in OF_PROFILE:
        return Sentence("프로필에서 고치는 항목입니다.", "This is part of the profile; change it there.")
    return Sentence("알 수 없는 항목입니다.", "There is no such fact.")


def plain_facts(wanted: Mapping[str, object]) -> dict[str, object]:
    """Return values as rules read them: the questions of single notices gathered under `statements`."""
    plain: dict[str, object] = {}
    said: dict[str, bool] = {}
    for name, value in wanted.items():
        key = statement_key(name)
        if value is None:
            continue
        if key is None:
            plain[name] = value
        else:
            said[key] = bool(value)
    return plain | ({"statements": said} if said else {})


def _merged(stored: facts.Facts, wanted: Mapping[str, object], on: str) -> tuple[facts.Facts, list[str]]:
    """Return the facts after the change, and the names of those that are others now."""
    after, changed = dict(stored), list[str]()
    for name, value in wanted.items():
        key = statement_key(name)
        if key is not None:
            if _put_statement(after, key, value, on):
                changed.append(name)
        elif value is None:
            if after.pop(name, None) is not None:
                changed.append(name)
        elif name not in after or after[name]["value"] != value:
            after[name] = {"value": value, "source": SELF, "on": on}
            changed.append(name)
    return after, sorted(changed)


def _put_statement(after: facts.Facts, key: str, value: object, on: str) -> bool:
    held = after.get("statements", {}).get("value")
    said: dict[str, Any] = dict(cast("dict[str, Any]", held)) if isinstance(held, dict) else {}
    if said.get(key) == value:
        return False
    if value is None:
        del said[key]
    elif len(said) < STATEMENTS_MOST or key in said:
        said[key] = value
    if said:
        after["statements"] = {"value": said, "source": SELF, "on": on}
    else:
        after.pop("statements", None)
    return True

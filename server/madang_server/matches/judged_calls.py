"""Every open call by verdict, for each of some organisations: what the catalogue is filtered by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from madang_matching.eligibility import read_rules
from madang_matching.eligibility.batches import verdicts
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import SEOUL, dates_of
from madang_matching.eligibility.verdicts import verdict_of
from madang_matching.records import Snapshot

_WORDS = ("eligible", "check", "not_eligible")


def judged_calls(snapshot: Snapshot, organisation_ids: Sequence[str]) -> dict[str, Mapping[str, list[str]]]:
    """Return, by organisation and verdict, the ids of the calls that had not closed when the snapshot was taken."""
    today = snapshot.taken_at.astimezone(SEOUL).date()
    wanted = set(organisation_ids)
    organisations = [each for each in snapshot.organisations if each.id in wanted]
    rules = [read_rules(call.rules) for call in snapshot.calls]
    answers = verdicts(rules, Columns.of(organisations), [dates_of(call, today) for call in snapshot.calls])
    found: dict[str, Mapping[str, list[str]]] = {}
    for organisation, row in zip(organisations, answers.tolist(), strict=True):
        by_word: dict[str, list[str]] = {word: [] for word in _WORDS}
        for call, number in zip(snapshot.calls, row, strict=True):
            by_word[verdict_of(number)].append(call.id)
        found[organisation.id] = by_word
    return found

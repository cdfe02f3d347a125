"""What is known of the affiliates of an organisation: their de minimis aid, and whether that is all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from madang_graph.writes.facts import read_facts

Row = Sequence[Any]
GroupState: TypeAlias = Literal["unknown", "none", "waiting", "known"]
FACT = "affiliate_awards"
_UNKNOWN: Mapping[str, object] = {}
"""Aid of which neither day nor amount is known: there may be any."""


def keeps_ledger(member: Row) -> bool:
    """Whether it is known what a member of a group received; an empty ledger says nothing unless its people do."""
    return member[1] is None or "awards" in read_facts(member[1])


def group_state(group: Row, none_said: bool) -> GroupState:
    """Return how much is known of a group, a row of `madang_graph.affiliates.GROUP`.

    Args: none_said: the organisation says that it has no affiliates.
    """
    waits, others, members = group
    if not others and not waits:
        return "none" if none_said else "unknown"
    if waits or others != len(members):
        return "waiting"
    return "known" if all(keeps_ledger(each) and not each[0] for each in members) else "waiting"


def affiliate_awards(group: Row, none_said: bool) -> list[Mapping[str, object]] | None:
    """Return the aid as the field of the profile takes it; None: it is not known at all.

    While somebody has not confirmed, or keeps no ledger, what is known counts and the rest may be any amount.
    """
    state = group_state(group, none_said)
    if state == "unknown":
        return None
    found: list[Mapping[str, object]] = [
        {name: each for name, each in (("on", on), ("de_minimis_eur", eur)) if each is not None}
        for member in group[2]
        for on, eur in member[2]
    ]
    return [*found, _UNKNOWN] if state == "waiting" else found

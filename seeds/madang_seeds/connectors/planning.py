"""What an import of notices has to write: compared with what is known, in an order that a broken run can go on in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from madang_graph.announcements import notice_id, own_call_id
from madang_graph.writes.notices import KnownNotice

from madang_seeds.connectors.likeness import Candidate, Pair, Shelf, title_key
from madang_seeds.connectors.notices import Notice

LARGEST_LOSS, LEAST_LOSS = 0.5, 20
"""A source that lists less than this share of what stood open, and this many less, is taken to be broken."""


@dataclass(frozen=True, slots=True)
class Change:
    """A notice that is new or changed, or (without `notice`) withdrawn."""

    id: str
    key: str
    call_id: str
    place: int
    notice: Notice | None
    is_new: bool = False
    title_key: str = ""
    """Of a notice that is new or changed."""
    pairs: Sequence[Pair] = ()
    """Of a new notice: what it is like. With a sure pair, `call_id` is that of the other."""


@dataclass(slots=True)
class Plan:
    """What is to be written, in order."""

    changes: list[Change] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    joined: int = 0
    doubtful: int = 0
    kept_in_doubt: int = 0
    """Notices that are not listed any more but were not withdrawn, because too many are missing at once."""


def plan(
    source_key: str,
    notices: Iterable[Notice],
    known: Sequence[KnownNotice],
    today: date,
    *,
    complete: bool,
    unread: Collection[str] = (),
) -> Plan:
    """Return what is to be written.

    Notices are taken in the order of their keys and compared with those of other sources only: so an import that was
    broken off and goes on makes the same calls as one that was not.
    Args: complete: all that the source lists is here; only then can what is missing be withdrawn.
          unread: keys of notices that are listed but could not be read; they stay as they are.
    """
    made = Plan()
    mine = {each.key: each for each in known if each.source_key == source_key}
    by_id = {each.id: each.call_id for each in known}
    shelf = Shelf(_known_candidate(each) for each in known if each.source_key != source_key)
    place = max((each.place for each in known), default=0)
    listed = set(unread)
    for notice in sorted(notices, key=lambda each: each.key):
        listed.add(notice.key)
        before = mine.get(notice.key)
        if before is None:
            place += 1
            made.changes.append(_new(source_key, notice, place, shelf, by_id, made))
        elif before.digest != notice.stated().digest or before.state != "listed":
            made.changed += 1
            made.changes.append(
                Change(before.id, notice.key, before.call_id, before.place, notice, title_key=title_key(notice.title))
            )
        else:
            made.unchanged += 1
    if complete:
        _withdraw(made, mine, listed, today)
    return made


def _new(source_key: str, notice: Notice, place: int, shelf: Shelf, by_id: Mapping[str, str], made: Plan) -> Change:
    own = notice_id(source_key, notice.key)
    candidate = Candidate(
        own, source_key, title_key(notice.title), notice.agency, notice.period.opens_on, notice.period.closes_on
    )
    pairs = shelf.like(candidate)
    made.new += 1
    sure = bool(pairs) and pairs[0].sure
    made.joined += sure
    made.doubtful += 0 if sure else len(pairs)
    call_id = by_id[pairs[0].other_id] if sure else own_call_id(source_key, notice.key)
    return Change(own, notice.key, call_id, place, notice, True, candidate.title_key, pairs)


def _known_candidate(each: KnownNotice) -> Candidate:
    return Candidate(each.id, each.source_key, each.title_key, each.agency, each.opens_on, each.closes_on)


def _withdraw(made: Plan, mine: Mapping[str, KnownNotice], listed: set[str], today: date) -> None:
    """Withdraw what stood open and is missing. What has closed is only past; sources drop such notices."""
    standing = [each for each in mine.values() if each.state == "listed" and _stands(each, today)]
    missing = [each for each in standing if each.key not in listed]
    if len(missing) >= LEAST_LOSS and len(missing) > LARGEST_LOSS * len(standing):
        made.kept_in_doubt = len(missing)
        return
    for each in sorted(missing, key=lambda one: one.place):
        made.withdrawn += 1
        made.changes.append(Change(each.id, each.key, each.call_id, each.place, None))


def _stands(each: KnownNotice, today: date) -> bool:
    return each.closes_on is None or each.closes_on >= today.isoformat()

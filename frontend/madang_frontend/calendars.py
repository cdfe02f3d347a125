"""The days of a call for people's calendars: iCalendar, RFC 5545."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from madang_frontend.wording import N_, Wording

_STEPS = (("opens", "opensAt", N_("Opens: %(name)s")), ("closes", "closesAt", N_("Closes: %(name)s")))
_WARNED = timedelta(days=-3)
_WATCHED = N_("Calls that I watch")
_SEQUENCES_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def call_calendar(call: Mapping[str, Any], address: str, now: datetime, wording: Wording) -> bytes:
    """Return the calendar of a call: when it opens and when it closes, with a reminder three days before it closes.

    The ids of the entries follow the call's id, so that a calendar which reads it again changes what it has.

    Args:
        call: id, name, opensAt, closesAt; instants may be None.
        address: full address of the call's page.
        now: the instant at which this is made.
    """
    calendar = _calendar()
    _add_call(calendar, call, address, now, wording)
    return calendar.to_ical()


def watched_calendar(calls: Sequence[Mapping[str, Any]], address: str, now: datetime, wording: Wording) -> bytes:
    """Return the calendar of all calls that a person watches, to be read again and again.

    Ids are those of the calendar of one call. SEQUENCE is the minute of the call's last change, so that it rises
    whenever a day moves, and calendars take the new one.
    Args:
        calls: as in `call_calendar`, and updatedAt.
        address: full address of the pages of calls, to which an id is added.
    """
    calendar = _calendar()
    calendar.add("name", wording.say(_WATCHED).unescape())
    calendar.add("x-wr-calname", wording.say(_WATCHED).unescape())
    calendar.add("refresh-interval", timedelta(hours=6), {"VALUE": "DURATION"})
    for call in calls:
        _add_call(calendar, call, address + call["id"], now, wording, sequence_of(call["updatedAt"]))
    return calendar.to_ical()


def sequence_of(updated_at: str | None) -> int:
    """Return the minutes from 2020 until the last change; 0 where it is not known. They fit 32 bits until 6103."""
    if not updated_at:
        return 0
    return max(0, int((datetime.fromisoformat(updated_at) - _SEQUENCES_BEGIN).total_seconds() // 60))


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Madang//calls//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _add_call(
    calendar: Calendar, call: Mapping[str, Any], address: str, now: datetime, wording: Wording, sequence: int = 0
) -> None:
    for kind, name, sentence in _STEPS:
        if call[name]:
            at = datetime.fromisoformat(call[name])
            event = _event(call, kind, at, wording.say(sentence, name=call["name"]).unescape(), address, now)
            if sequence:
                event.add("sequence", sequence)
            calendar.add_component(event)


def _event(call: Mapping[str, Any], kind: str, at: datetime, title: str, address: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{call['id']}-{kind}@madang")
    event.add("dtstamp", now)
    event.add("dtstart", at)
    event.add("dtend", at)
    event.add("summary", title)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    if kind == "closes":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", _WARNED)
        event.add_component(alarm)
    return event

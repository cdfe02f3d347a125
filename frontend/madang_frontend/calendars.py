"""The days of a call for people's calendars: iCalendar, RFC 5545."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from madang_frontend.terms import N_
from madang_frontend.wording import Wording

_STEPS = (("opens", "opensAt", N_("Opens: %(name)s")), ("closes", "closesAt", N_("Closes: %(name)s")))
_WARNED = timedelta(days=-3)


def call_calendar(call: Mapping[str, Any], address: str, now: datetime, wording: Wording) -> bytes:
    """Return the calendar of a call: when it opens and when it closes, with a reminder three days before it closes.

    The ids of the entries follow the call's id, so that a calendar which reads it again changes what it has.

    Args:
        call: id, name, opensAt, closesAt; instants may be None.
        address: full address of the call's page.
        now: the instant at which this is made.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Madang//calls//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for kind, name, sentence in _STEPS:
        if call[name]:
            at = datetime.fromisoformat(call[name])
            calendar.add_component(
                _event(call, kind, at, wording.say(sentence, name=call["name"]).unescape(), address, now)
            )
    return calendar.to_ical()


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

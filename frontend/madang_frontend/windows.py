"""When a verdict holds, and when one may apply, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from madang_frontend.times import Times
from madang_frontend.wording import N_, Wording


def window_said(judged: Mapping[str, Any], call: Mapping[str, Any], wording: Wording, times: Times) -> str:
    """Return how long the verdict holds and when it will be met; empty where nothing is known of it.

    Args:
        judged: verdict, asOf, window (since, until, qualifiesFrom, qualifiesUntil).
        call: state, closesAt.
    """
    window, today = judged["window"], judged["asOf"]
    start, end = window["qualifiesFrom"], window["qualifiesUntil"]
    day = {name: times.date(value) for name, value in window.items() if value}
    if judged["verdict"] == "ELIGIBLE":
        return wording.say(N_("You can apply until %(day)s."), day=day["until"]) if window["until"] else ""
    if start and start > today and end:
        return wording.say(
            N_("You can apply from %(start)s until %(end)s."), start=day["qualifiesFrom"], end=day["qualifiesUntil"]
        )
    if start and start > today:
        return wording.say(N_("You can apply from %(start)s."), start=day["qualifiesFrom"])
    if window["until"] and judged["verdict"] == "NOT_ELIGIBLE":
        return wording.say(N_("As far as is known, this stays so until %(day)s."), day=day["until"])
    return ""

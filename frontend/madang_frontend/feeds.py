"""Feeds of calls: Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from madang_frontend.money import won
from madang_frontend.times import Times
from madang_frontend.wording import N_, Wording

_ATOM = "http://www.w3.org/2005/Atom"
_CLOSES, _AMOUNT = N_("Closes: %(name)s"), N_("up to %(amount)s")
OPEN_CALLS = N_("Open calls on Madang")
register_namespace("", _ATOM)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself."""

    id: str
    """Stays the same for ever; no secret in it, as readers pass it on."""
    title: str
    address: str
    """Full address of the feed."""
    page: str
    """Full address of the page that shows the same."""
    origin: str
    """Scheme, host and port of the site, with the prefix of the language: addresses of calls begin so."""


def call_feed(feed: Feed, calls: Sequence[Mapping[str, Any]], now: str, wording: Wording, times: Times) -> bytes:
    """Return the feed of calls, in their order.

    Args:
        calls: id, name, summary, closesAt, amountMaxWon, updatedAt.
        now: instant that stands for a change that is not known.
    """
    root = Element(f"{{{_ATOM}}}feed")
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", max((call["updatedAt"] for call in calls if call["updatedAt"]), default=now))
    _link(root, "self", feed.address)
    _link(root, "alternate", feed.page)
    _add(SubElement(root, f"{{{_ATOM}}}author"), "name", "Madang")
    for call in calls:
        entry = SubElement(root, f"{{{_ATOM}}}entry")
        _add(entry, "id", f"tag:madang,2026:{call['id']}")
        _add(entry, "title", call["name"])
        _add(entry, "updated", call["updatedAt"] or now)
        _link(entry, "alternate", f"{feed.origin}/calls/{call['id']}")
        _add(entry, "summary", ". ".join(_said(call, wording, times)))
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")


def _said(call: Mapping[str, Any], wording: Wording, times: Times) -> list[str]:
    said: list[str] = []
    if call["closesAt"]:
        said.append(wording.say(_CLOSES, name=times.moment(call["closesAt"])).unescape())
    if call["amountMaxWon"] is not None:
        said.append(wording.say(_AMOUNT, amount=won(call["amountMaxWon"], wording.language)).unescape())
    return [*said, *([call["summary"]] if call["summary"] else [])]


def _add(parent: Element, name: str, text: str) -> None:
    # XML has no way to write most control characters; sources have them now and then.
    SubElement(parent, f"{{{_ATOM}}}{name}").text = "".join(c for c in text if c >= " " or c in "\t\n")


def _link(parent: Element, rel: str, address: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": address})

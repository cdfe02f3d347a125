"""Saved searches of calls in words, and as addresses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from madang_frontend.links import Query
from madang_frontend.money import won
from madang_frontend.terms import TERMS, term
from madang_frontend.wording import N_, Wording

_CLOSES, _LEAST, _MOST = N_("closes within %(days)s days"), N_("from %(amount)s"), N_("up to %(amount)s")
FILTERS = ("q", "purpose", "state", "closing", "least", "most", "region", "verdict", "for")
"""Values of the catalogue's address that make a search."""


def search_values(query: str | None) -> dict[str, list[str]]:
    """Return the filters of a stored search, [[name, value], …] as JSON, as values of an address; none where it is
    written in another way."""
    values: dict[str, list[str]] = {}
    try:
        for name, value in json.loads(query or "[]"):
            values.setdefault(str(name), []).append(str(value))
    except ValueError:
        return {}
    return values


def search_pairs(query: Query) -> list[tuple[str, str]]:
    """Return the filters in an address, without its order and page."""
    found: list[tuple[str, str]] = []
    for name in FILTERS:
        value = query.get(name) or []
        found += [(name, text) for text in ([value] if isinstance(value, str) else value) if text.strip()]
    return found


def search_words(
    values: Mapping[str, Sequence[str]],
    places: Sequence[Mapping[str, Any]],
    wording: Wording,
    organisations: Sequence[Mapping[str, Any]] = (),
) -> list[str]:
    """Return the filters in words, in the order of the catalogue; empty for a search of everything.

    Args:    places: districts, {code, name} each.  organisations: one's own, {id, name} each.
    """
    names = {place["code"]: place["name"] for place in places}
    said: list[str] = [f"“{text}”" for text in values.get("q", ())]
    for name, group in (("verdict", "verdict"), ("state", "call state"), ("purpose", "purpose")):
        said += [str(term(word, group, wording)) for word in values.get(name, ()) if word in TERMS[group]]
    for days in values.get("closing", ()):
        said.append(str(wording.say(_CLOSES, days=days).unescape()))
    for name, sentence in (("least", _LEAST), ("most", _MOST)):
        for amount in values.get(name, ()):
            said.append(str(wording.say(sentence, amount=won(int(amount), wording.language)).unescape()))
    said += [str(names.get(code, code)) for code in values.get("region", ())]
    return said + [each["name"] for each in organisations if each["id"] in values.get("for", ())]

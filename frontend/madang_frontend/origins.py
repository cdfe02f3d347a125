"""Where values came from: beside a verdict with their day, and as a note of public places, which become links."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

from madang_frontend.letters import mixed
from madang_frontend.terms import TERMS, term
from madang_frontend.wording import Wording

_PLACE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s()]*)?(?=\s|$)")
_DATED = re.compile(r"(.+?) · (\d{4}-\d{2}-\d{2})(?:, |$)")


def origins(text: str, wording: Wording, date: Callable[[str], object]) -> Markup:
    """Return `valueSource` with its keys as words and its days as one writes them; other texts as they are.

    Args:
        text: "source · 2026-11-30", several joined by ", ". A source is a key of the list "origin" or a title.
        date: writes a day.
    """
    found = list(_DATED.finditer(text))
    if not found or found[-1].end() != len(text):
        return mixed(_word(text, wording), wording.language)
    said = (Markup("{}, {}").format(mixed(_word(each[1], wording), wording.language), date(each[2])) for each in found)
    return Markup("; ").join(said)


def cited(note: str, language: str) -> Markup:
    """Return a note of sources, parted by "; ", where each that begins with a place in the web is a link to it."""
    return Markup("; ").join(_cited(part, language) for part in note.split("; "))


def _cited(part: str, language: str) -> Markup:
    found = _PLACE.match(part)
    if found is None:
        return mixed(part, language)
    link = Markup('<a href="https://{}" rel="noreferrer">{}</a>').format(found[0], found[0])
    return link + mixed(part[found.end() :], language)


def _word(source: str, wording: Wording) -> str:
    return term(source, "origin", wording) if source in TERMS["origin"] else source

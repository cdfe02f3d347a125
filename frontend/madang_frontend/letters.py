"""Marks text of the other language and of other writing directions, so that voices read it right, fonts fit, and a name
cannot turn the line around it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from markupsafe import Markup, escape

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]")
# A run of Hangul goes on over spaces, digits and signs to the next Hangul.
_KOREAN_RUN = re.compile(
    r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3](?:[^A-Za-z]*[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3])?"
)
# In Korean, single words in Latin letters (AI, KAIST, R&D) are read as Korean names; two words on are English.
_ENGLISH_RUN = re.compile(r"[A-Za-z][A-Za-z'’&.\-]*(?:[ ,:]+[A-Za-z0-9][A-Za-z0-9'’&.\-]*)+")
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}


def isolated(value: Any) -> Any:
    """Return a plain text with letters of a right-to-left script between the signs that isolate it. They may stand
    anywhere, in attributes too; markup and everything else stay as they are."""
    if isinstance(value, str) and not isinstance(value, Markup) and _turns(value):
        return f"\u2068{value}\u2069"
    return value


def _turns(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)


def mixed(text: str, language: str) -> Markup:
    """Return the text with its parts in the other language in a `span` with their `lang`; a text with letters of a
    right-to-left script, which anybody may have for a name, is isolated in `bdi`."""
    marked = _marked(text, language)
    if _turns(text):
        return Markup("<bdi>{}</bdi>").format(marked)
    return marked


def _marked(text: str, language: str) -> Markup:
    if language == "en":
        return _runs(text, _KOREAN_RUN, "ko")
    if not _HANGUL.search(text):
        return Markup('<span lang="en">{}</span>').format(text) if _LATIN.search(text) else escape(text)
    return _runs(text, _ENGLISH_RUN, "en")


def _runs(text: str, run: re.Pattern[str], language: str) -> Markup:
    parts, last = [Markup()], 0
    for found in run.finditer(text):
        parts += [escape(text[last : found.start()]), _span(found[0], language)]
        last = found.end()
    return Markup().join([*parts, escape(text[last:])])


def _span(text: str, language: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, text)

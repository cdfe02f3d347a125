"""Marks the words of a search in a text."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from madang_frontend.letters import mixed

_MOST_WORDS = 12


def marked(text: str, words: str, language: str) -> Markup:
    """Return the text with every place of each word in `mark`; parts of the other language carry their `lang`."""
    wanted = [re.escape(word) for word in sorted(set(words.split()[:_MOST_WORDS]), key=len, reverse=True)]
    if not wanted:
        return mixed(text, language)
    parts, last = [Markup()], 0
    for found in re.finditer("|".join(wanted), text, re.IGNORECASE):
        parts.append(_part(text[last : found.start()], language))
        parts.append(Markup("<mark>{}</mark>").format(mixed(found[0], language)))
        last = found.end()
    return Markup().join([*parts, _part(text[last:], language)])


def _part(text: str, language: str) -> Markup:
    return mixed(text, language) if text.strip() else escape(text)

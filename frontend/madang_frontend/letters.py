"""Marks text of the other language, so that voices read it right and fonts fit."""

import re

from markupsafe import Markup, escape

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]")


def mixed(text: str, language: str) -> Markup:
    """Return the text, in a `span` with its `lang` when its letters are those of the other language."""
    if language == "en" and _HANGUL.search(text):
        return Markup('<span lang="ko">{}</span>').format(text)
    if language == "ko" and not _HANGUL.search(text) and _LATIN.search(text):
        return Markup('<span lang="en">{}</span>').format(text)
    return escape(text)

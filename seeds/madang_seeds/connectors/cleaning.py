"""Text and addresses of a notice made safe: HTML becomes plain paragraphs, an address gets its scheme or is refused.

Nothing that a source sends is trusted: tags, scripts, control and direction characters do not get past this module.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

import nh3

_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol|/table)\b[^>]*>", re.IGNORECASE)
_MARKS = re.compile(r"[<>&]")
"""Text without any of these has no tags and no entities, so there is nothing to clean."""
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]")
"""Control, surrogate and private characters, but for the line break."""
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff<>\"\\]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff\u200b]")
_MOST_RAW = 200_000
_SHORT = 100
ADDRESS_MOST = 500


def plain_text(raw: str, most: int) -> str:
    """Return the text in paragraphs (one a line), without tags; a link becomes its words and its address in brackets.

    Args: most: characters kept; longer text ends with “…”.
    """
    if not _MARKS.search(raw):
        return _cut(_tidied(raw[:_MOST_RAW]), most)
    words = _unescaped(raw[:_MOST_RAW])
    if "<" in words:
        words = _without_tags(_BREAKS.sub("\n", words))
    return _cut(_tidied(html.unescape(words)), most)


def line(raw: str, most: int) -> str:
    """Return the text on one line, without tags."""
    return _short_line(raw, most) if len(raw) <= _SHORT else _line(raw, most)


@lru_cache(maxsize=4096)
def _short_line(raw: str, most: int) -> str:
    """Kept for the next notice: regions, ages and targets are the same few words."""
    return _line(raw, most)


def _line(raw: str, most: int) -> str:
    return _cut(" ".join(plain_text(raw, _MOST_RAW).split()), most)


def web_address(raw: str) -> str | None:
    """Return an http or https address, https where the source leaves the scheme out; None when it is none.

    Refused are other schemes, names and passwords in the address, blanks, and more than 500 characters.
    """
    words = _unescaped(raw).strip()
    if words.startswith("//"):
        words = "https:" + words
    elif "://" not in words and not _SCHEME.match(words):
        words = "https://" + words
    if len(words) > ADDRESS_MOST or _NO_ADDRESS.search(words):
        return None
    try:
        parts = urlsplit(words)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    fine = (
        parts.scheme in {"http", "https"} and "." in host and parts.username is None and not set(host) & set("<>\"'\\")
    )
    return words if fine else None


def _unescaped(raw: str) -> str:
    """Resolve entities, also those that were escaped twice."""
    return html.unescape(html.unescape(raw))


def _without_tags(marked: str) -> str:
    """Return the text as HTML text: nh3 reads it once, and once more only to take out the links that it left."""
    if "<a" not in marked.lower():
        return nh3.clean(marked, tags=set())
    kept = nh3.clean(marked, tags={"a"}, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=None)
    return nh3.clean(_LINK.sub(_link_words, kept), tags=set()) if "<a" in kept else kept


def _link_words(match: re.Match[str]) -> str:
    address, words = match[1], nh3.clean(match[2], tags=set()).strip()
    return f"{words} [{address}]" if words and words not in address else f"[{address}]"


def _tidied(text: str) -> str:
    signs = _UNSEEN.sub(" ", _DIRECTION.sub("", unicodedata.normalize("NFC", text)))
    if "\n" not in signs:
        return " ".join(signs.split())
    lines = [" ".join(each.split()) for each in signs.split("\n")]
    return "\n".join([each for each in lines if each])


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"

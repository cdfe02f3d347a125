"""Text as the full-text indexes see it: what is stored for search, and how a person's words become a query."""

from __future__ import annotations

import re
import unicodedata

# The cjk analyzer takes a word that mixes scripts as one token, so that `AI센서` is found by neither part.
_SCRIPT_BORDER = re.compile(r"(?<=[가-힣])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[가-힣])")
_MOST_WORDS = 12
_MOST_CHARACTERS = 200


def spaced(words: str) -> str:
    """Return the words in NFKC, with spaces at Hangul/Latin borders."""
    return _SCRIPT_BORDER.sub(" ", unicodedata.normalize("NFKC", words))


def search_text(*parts: str | None) -> str:
    """Return what the property `search_text` holds for these parts: NFKC, with spaces at Hangul/Latin borders."""
    return spaced(" ".join(part for part in parts if part)).casefold()


def name_key(name_ko: str | None, name_en: str | None) -> str:
    """Return the sort key of a named thing: the Korean name, else the English one, case-folded."""
    return unicodedata.normalize("NFKC", name_ko or name_en or "").casefold().strip() or "-"


def lucene(query: str) -> str:
    """Return a Lucene query that finds all words of `query`, each quoted, so that no input is read as syntax.

    Returns: empty text when the input has no letter or digit; then no index should be asked.
    """
    words = [w for w in spaced(query[:_MOST_CHARACTERS]).split() if any(c.isalnum() for c in w)][:_MOST_WORDS]
    return " AND ".join('"' + w.replace("\\", "\\\\").replace('"', '\\"') + '"' for w in words)

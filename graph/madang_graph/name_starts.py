"""Names as suggestions find them: by the start of any word, with or without spaces, and by Korean initials.

Stored beside a name are its rests from every word on, joined ("서울 로봇 센터" → 서울로봇센터, 로봇센터, 센터), and the
initials of each (ㅅㅇㄹㅂㅅㅌ, …); the whole name once more with a mark. A prefix query over these finds the name
by every word in it, however it is spaced.
"""

from __future__ import annotations

import re

from madang_graph.text import spaced

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
# Two initials typed one after the other: keyboards join them to what could end a syllable.
_PAIRS = str.maketrans(
    {
        "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
        "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
    }
)  # fmt: skip
# Normalisation makes letters inside syllables out of letters that stand alone.
_ALONE = str.maketrans({chr(0x1100 + place): letter for place, letter in enumerate(_INITIALS)})
_FIRST, _LAST, _EACH = ord("가"), ord("힣"), 588
_INITIAL_OF = {code: _INITIALS[(code - _FIRST) // _EACH] for code in range(_FIRST, _LAST + 1)}
_HANGUL = re.compile(f"[가-힣{_INITIALS}]")
_WORD = re.compile(r"[^\W_]+")
# A firm is looked for by its name, not by its legal form.
_LEGAL_FORM = re.compile(r"\((?:주|유|재|사|합)\)|(?:주식|유한|합자)회사|사단법인|재단법인")
_START = "_"
_MOST_WORDS = 12
_MOST_CHARACTERS = 60


def name_starts(*names: str | None) -> str:
    """Return what the property `name_starts` holds for the names of a thing."""
    parts: dict[str, None] = {}
    for name in names:
        words = _words(name or "")
        whole = "".join(words)
        letters = whole.translate(_INITIAL_OF)
        begin = 0
        for word in words[:_MOST_WORDS]:
            end = begin + _MOST_CHARACTERS
            rest = whole[begin:end]
            for part in (rest, letters[begin:end]) if _HANGUL.search(rest) else (rest,):
                if not begin:
                    parts[_START + part] = None
                parts[part] = None
            begin += len(word)
    return " ".join(parts)


def name_query(typed: str) -> str:
    """Return the Lucene query that finds the names in which every word typed begins a word, or a word's initials.

    A name that begins with what was typed scores higher than one that holds it.

    Returns: empty text when there is no letter or digit in it; then no index should be asked.
    """
    words = _words(typed[:_MOST_CHARACTERS])[:_MOST_WORDS]
    if not words:
        return ""
    whole = _prefix("".join(words))
    found = f"{_prefix(''.join(words), _START)}^4 {whole}^2"
    return found if len(words) == 1 else f"{found} ({' AND '.join(map(_prefix, words))})"


def _prefix(word: str, mark: str = "") -> str:
    """A word that ends in initials, as one half typed does, must fit with its letters and with all its initials."""
    written = word.rstrip(_INITIALS)
    if written == word:
        return f"{mark}{word}*"
    begun = _initials(word)
    if not written:
        return f"{mark}{word}*"
    return f"({mark}{written}* AND {mark}{begun}*)" if begun else f"{mark}{written}*"


def _words(text: str) -> list[str]:
    folded = _LEGAL_FORM.sub(" ", spaced(text.translate(_PAIRS)).casefold().translate(_ALONE))
    # Only letters and digits: nothing that is left can be read as syntax of a query.
    return _WORD.findall(folded)


def _initials(text: str) -> str:
    """Return the initials of a text that holds Hangul; Latin letters and digits stand for themselves."""
    return text.translate(_INITIAL_OF) if _HANGUL.search(text) else ""

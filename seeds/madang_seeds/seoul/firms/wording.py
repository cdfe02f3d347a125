"""Sentences from templates, with Korean particles that agree with the word before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

# After a consonant, after a vowel. 으로 stands after ㄹ like after a vowel.
_PARTICLES = {
    "을": ("을", "를"),
    "은": ("은", "는"),
    "이": ("이", "가"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이며": ("이며", "며"),
    "이고": ("이고", "고"),
    "입니다": ("입니다", "입니다"),
}
_PERSONS = ("자", "상", "인", "주")
"""Last syllables of the words for people that our phrases use: they are given to with 에게, things with 에."""
_SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
_FIRST_HANGUL, _LAST_HANGUL, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_CONSONANT_DIGITS = {"0": 2, "1": _RIEUL, "3": 2, "6": 2, "7": _RIEUL, "8": _RIEUL}


def particle(word: str, wanted: str) -> str:
    """Return the form of the particle that follows the word; `wanted` is its form after a consonant.

    The last Hangul syllable or digit decides; signs and brackets after it are passed over, and Latin words count as
    ending in a vowel.
    """
    if wanted == "에":
        return "에게" if word.endswith(_PERSONS) else "에"
    after_consonant, after_vowel = _PARTICLES[wanted]
    final = _final(word)
    if wanted == "으로" and final == _RIEUL:
        return after_vowel
    return after_consonant if final else after_vowel


def _final(word: str) -> int:
    for character in reversed(word):
        if _FIRST_HANGUL <= ord(character) <= _LAST_HANGUL:
            return (ord(character) - _FIRST_HANGUL) % _FINALS
        if character.isalnum():
            return _CONSONANT_DIGITS.get(character, 0)
    return 0


def fill(template: str, values: Mapping[str, object]) -> str:
    """Fill `{name}` and, with a particle, `{name|을}`; the first letter becomes a capital."""

    def one(match: re.Match[str]) -> str:
        word = str(values[match[1]])
        return word + (particle(word, match[2]) if match[2] else "")

    text = _SLOT.sub(one, template)
    return text[:1].upper() + text[1:]


_YEAR_SLOT = re.compile("\x02(\\d+)\x03")


def year_slot(days_ago: int) -> str:
    """Return the mark for the year that lies so many days before the day of loading."""
    return f"\x02{days_ago}\x03"


def with_years(text: str, day: date) -> str:
    """Put the years in, counted back from the day of loading."""
    return _YEAR_SLOT.sub(lambda match: str((day - timedelta(days=int(match[1]))).year), text)


def numbers(random: Random) -> dict[str, int]:
    """Return the numbers that phrases use: n small, h tens, m hundreds, p a percentage that is not good enough."""
    return {
        "n": random.randint(3, 12),
        "h": random.choice((15, 20, 25, 30, 40, 50, 60, 80)),
        "m": random.choice((200, 300, 400, 600, 800, 900, 1200, 1500)),
        "p": random.randint(81, 94),
    }


def pick(random: Random, choices: Sequence[tuple[str, str]], values: Mapping[str, object]) -> tuple[str, str]:
    """Fill one Korean and English pair of templates. Each language takes the values of its own `_ko` or `_en` slots."""
    korean, english = random.choice(choices)
    return fill(korean, _of(values, "_ko")), fill(english, _of(values, "_en"))


def _of(values: Mapping[str, object], language: str) -> dict[str, object]:
    own = {name.removesuffix(language): value for name, value in values.items() if name.endswith(language)}
    return {**values, **own}

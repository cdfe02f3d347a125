"""Korean particles: which form follows a word."""

from __future__ import annotations

from typing import Literal, TypeAlias

Josa: TypeAlias = Literal["은/는", "이/가", "을/를", "와/과", "으로/로", "이/"]
"""Form after a final consonant and form after a vowel; "와/과" is written vowel first, as people name it."""

_DIGIT_FINALS = {"0": 1, "1": 8, "2": 0, "3": 1, "4": 0, "5": 0, "6": 1, "7": 8, "8": 8, "9": 0}
"""Final consonant of the digit as read in Korean (영, 일, 이 …); 8 is ㄹ, 0 none."""

_LETTER_FINALS = {"l": 8, "m": 1, "n": 1, "r": 8}
"""Letters whose Korean name ends in a consonant (엘, 엠, 엔, 알)."""

_RIEUL = 8


def _final(word: str) -> int:
    """Return the final consonant of the last spoken character: 0 none, 8 ㄹ, else any other."""
    stripped = word.rstrip(" \t\"'”’」』)]}.,!?…")
    if not stripped:
        return 0
    last = stripped[-1].casefold()
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    if last.isdigit():
        return _DIGIT_FINALS.get(last, 0)
    return _LETTER_FINALS.get(last, 0)


def particle(word: str, josa: Josa) -> str:
    """Return the form of `josa` that follows `word`, alone.

    Words in Latin letters go by the Korean name of their last letter, numbers by their last digit.
    """
    final = _final(word)
    if josa == "으로/로":
        return "로" if final in (0, _RIEUL) else "으로"
    if josa == "와/과":
        return "과" if final else "와"
    with_final, with_vowel = josa.split("/")
    return with_final if final else with_vowel


def with_particle(word: str, josa: Josa) -> str:
    """Return `word` with the form of `josa` that follows it."""
    return word + particle(word, josa)


def quoted(text: str, limit: int = 60) -> str:
    """Return `text` on one line between quotation marks, cut at `limit` characters."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= limit else line[: limit - 1].rstrip() + '…'}”"

"""Templates of what the invented organisations say, read from `seoul_sentences.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from madang_seeds.packed import read_toml

Pairs = Sequence[tuple[str, str]]
"""[(Korean, English), …]"""

WHO: dict[str, tuple[str, str]] = {
    "startup": ("스타트업", "a start-up"),
    "make": ("제조 중소기업", "a small manufacturer"),
    "serve": ("중소기업", "a small firm"),
}


@cache
def sentences(group: str, name: str) -> Pairs:
    """Return the templates of a group (summary, statement, need, offer) by name."""
    return tuple((korean, english) for korean, english in read_toml("seoul_sentences.toml")[group][name])

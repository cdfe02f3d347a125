"""What a search understood of a sentence: the sentence in pieces, its named phrases numbered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the sentence. `number` is that of its phrase; 0: not understood as anything."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Understood:
    """A sentence in pieces, and the numbers of its phrases by the technology that they name."""

    pieces: tuple[Piece, ...]
    numbers: Mapping[str, tuple[int, ...]]


def read_sentence(typed: str, edges: Sequence[Mapping[str, Any]], left_out: Collection[str] = ()) -> Understood:
    """Return the sentence as the search read it.

    Args:
        typed: the sentence as it stands in the address.
        edges: of `namedTechnologies`, with `phrases {start end}` and `node {id}`.
        left_out: ids of technologies that are not meant; their phrases are plain text.
    """
    text = typed.replace("\r\n", "\n").strip()
    meant = [edge for edge in edges if edge["node"]["id"] not in left_out]
    places = sorted({(phrase["start"], phrase["end"]) for edge in meant for phrase in edge["phrases"]})
    pieces: list[Piece] = []
    numbers: dict[tuple[int, int], int] = {}
    last = 0
    for start, end in places:
        if last <= start < end <= len(text):
            numbers[start, end] = len(numbers) + 1
            pieces += [Piece(text[last:start]), Piece(text[start:end], len(numbers))]
            last = end
    pieces.append(Piece(text[last:]))
    by_technology = {
        edge["node"]["id"]: tuple(
            numbers[phrase["start"], phrase["end"]]
            for phrase in edge["phrases"]
            if (phrase["start"], phrase["end"]) in numbers
        )
        for edge in meant
    }
    return Understood(tuple(piece for piece in pieces if piece.text), by_technology)

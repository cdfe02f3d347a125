"""Sentence vectors of a snapshot: stored ones are used, missing ones are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from madang_matching.records import Call, Organisation, Snapshot, Vector
from madang_matching.sparse import Ints
from madang_matching.text.encoder import DIMENSIONS, TextEncoder

_HANGUL = re.compile(r"[가-힣]")

SHRINKAGE = 20.0
"""Number of texts at which half of their mean is taken away."""


def organisation_text(organisation: Organisation) -> str:
    """Return the text that stands for an organisation: its Korean summary, else the English one."""
    return organisation.summary_ko.strip() or organisation.summary_en.strip()


def call_text(call: Call) -> str:
    """Return the text that stands for a call: name and summary in Korean, else in English."""
    korean = " ".join(part for part in (call.name_ko.strip(), call.summary_ko.strip()) if part)
    return korean or " ".join(part for part in (call.name_en.strip(), call.summary_en.strip()) if part)


def snapshot_texts(snapshot: Snapshot) -> Iterator[tuple[str, str, Vector | None]]:
    """Yield id, text and stored vector of everything that has a vector; none of those who opted out of profiling."""
    for organisation in snapshot.organisations:
        if organisation.profiling:
            yield organisation.id, organisation_text(organisation), organisation.vector
            for text in (*organisation.needs, *organisation.offers):
                yield text.id, text.text.strip(), text.vector
    for call in snapshot.calls:
        yield call.id, call_text(call), call.vector


def fill_vectors(
    snapshot: Snapshot,
    encoder: TextEncoder,
    known_texts: Mapping[str, str],
    known_vectors: Mapping[str, Vector],
) -> tuple[dict[str, str], dict[str, Vector], dict[str, Vector]]:
    """Return texts, vectors, and the vectors that were made now, each by id. An empty text has no vector.

    A vector kept from an earlier build counts while its text is unchanged, then the stored one; a stored vector of
    another length, or with NaN, is made anew.
    """
    texts: dict[str, str] = {}
    vectors: dict[str, Vector] = {}
    missing: list[str] = []
    for identity, text, stored in snapshot_texts(snapshot):
        if not text:
            continue
        texts[identity] = text
        kept = known_vectors.get(identity) if known_texts.get(identity) == text else None
        vector = kept if kept is not None else _usable(stored)
        if vector is None:
            missing.append(identity)
        else:
            vectors[identity] = vector
    made: dict[str, Vector] = {}
    if missing:
        encoded = encoder.encode([texts[identity] for identity in missing])
        made = {identity: encoded[index] for index, identity in enumerate(missing) if encoded[index].any()}
    return texts, vectors | made, made


def stack(identities: list[str], vectors: Mapping[str, Vector]) -> NDArray[np.float32]:
    """Return shape (n, 512); zeros where an id has no vector."""
    table = np.zeros((len(identities), DIMENSIONS), dtype=np.float32)
    for row, identity in enumerate(identities):
        vector = vectors.get(identity)
        if vector is not None:
            table[row] = vector
    return table


class Common(NamedTuple):
    """What texts of one kind have in common, to be taken away from each; each shape (512,), float32."""

    korean: NDArray[np.float32]
    other: NDArray[np.float32]


def common_part(table: NDArray[np.float32], texts: Sequence[str]) -> Common:
    """Return the mean vectors of Korean and of other texts, each weighted n / (n + 20), so that a few texts keep their
    own meaning.

    Args:
        table: shape (k, 512); zero rows do not count.
        texts: the texts behind the rows, to tell their language.
    """
    korean, other = _by_language(table, texts)
    return Common(_mean(table[korean]), _mean(table[other]))


def centred(table: NDArray[np.float32], texts: Sequence[str], common: Common | None = None) -> NDArray[np.float32]:
    """Return the rows without their common part, length 1; zero rows stay zero.

    Needs all say "we look for", offers all say "we supply": that common part hides what they are about. Korean and
    English texts are centred apart, which also takes away what the languages have in common with themselves.

    Args:
        table: shape (k, 512).
        texts: the texts behind the rows, to tell their language.
        common: where these texts are a few of many: the common part of all; None: that of `table`.

    Source: J. Mu and P. Viswanath, All-but-the-Top, ICLR 2018 (the mean only).
    """
    less = common or common_part(table, texts)
    rest = np.zeros_like(table)
    for group, mean in zip(_by_language(table, texts), less, strict=True):
        rest[group] = table[group] - mean
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    return np.divide(rest, lengths, out=np.zeros_like(rest), where=lengths > 1e-6)


def _by_language(table: NDArray[np.float32], texts: Sequence[str]) -> tuple[Ints, Ints]:
    korean = np.array([_HANGUL.search(text) is not None for text in texts], dtype=np.bool_)
    known = np.linalg.norm(table, axis=1) > 0
    return np.flatnonzero(known & korean).astype(np.int64), np.flatnonzero(known & ~korean).astype(np.int64)


def _mean(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    total: Any = vectors.sum(axis=0)
    mean: NDArray[np.float32] = total / np.float32(len(vectors) + SHRINKAGE)
    return mean


def _usable(stored: Vector | None) -> Vector | None:
    if stored is None:
        return None
    vector = np.asarray(stored, dtype=np.float32)
    if vector.shape != (DIMENSIONS,) or not np.isfinite(vector).all() or not vector.any():
        return None
    return vector / np.float32(np.linalg.norm(vector))

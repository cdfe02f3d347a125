"""Three views of a text, and how alike two texts are in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madang_matching.sparse import Sparse, dense_product, squared_lengths
from madang_matching.text.ngrams import CharacterNgrams
from madang_matching.text.words import WordPairs

Matrix = NDArray[np.float32]

SHARES = (0.25, 0.25, 0.5)
"""Shares of words, letters and meaning in the joint likeness. Alone the three predict programmes about equally well,
together better than any; shares near these make no difference."""


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """n texts by words, by character n-grams and by sentence vector, each row of length 1 or 0."""

    words: Sparse
    letters: Sparse
    meaning: Matrix
    """Shape (n, 512)."""

    def __len__(self) -> int:
        return len(self.meaning)

    def rows(self, chosen: slice[int, int, None] | NDArray[np.int64]) -> Views:
        """Return some of the texts."""
        return Views(self.words[chosen], self.letters[chosen], self.meaning[chosen])


class Likeness(NamedTuple):
    """Cosines between q texts and n others, each of shape (q, n)."""

    words: Matrix
    letters: Matrix
    meaning: Matrix

    @property
    def joint(self) -> Matrix:
        """Return the weighted mean."""
        mixed = SHARES[0] * self.words + SHARES[1] * self.letters + SHARES[2] * self.meaning
        return mixed.astype(np.float32)


class TextViews:
    """Learns how rare words and n-grams are; of texts that are asked about later it learns nothing."""

    def fit(self, texts: Sequence[str]) -> TextViews:
        """Learn from the texts of members and programmes; returns self."""
        self.words_ = WordPairs().fit(texts)
        self.letters_ = CharacterNgrams().fit(texts)
        return self

    def transform(self, texts: Sequence[str], vectors: Matrix) -> Views:
        """Return the views of texts whose sentence vectors are known, shape (n, 512)."""
        return Views(self.words_.transform(texts), self.letters_.transform(texts), vectors)


def likeness(some: Views, others: Views) -> Likeness:
    """Return how alike two lists of texts are, view by view."""
    return Likeness(
        dense_product(some.words, others.words.T).astype(np.float32),
        dense_product(some.letters, others.letters.T).astype(np.float32),
        some.meaning @ others.meaning.T,
    )


def fullness(views: Views) -> Matrix:
    """Return the joint likeness of each text with itself, shape (n,): 1, less the shares of its empty views."""
    lengths = [squared_lengths(part) for part in (views.words, views.letters, views.meaning)]
    return sum((share * length for share, length in zip(SHARES, lengths, strict=True)), 0.0 * lengths[0]).astype(
        np.float32
    )


def centred(vectors: Matrix, mean: Matrix) -> Matrix:
    """Return the rows less `mean`, of length 1; rows of zeros stay zero."""
    known = (np.abs(vectors).sum(axis=1) > 0)[:, None]
    rest = np.where(known, vectors - mean, np.float32(0))
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    return np.divide(rest, lengths, out=np.zeros_like(rest), where=lengths > 1e-6)


def mean_of(vectors: Matrix) -> Matrix:
    """Return the mean of the rows that are not zero, shape (512,)."""
    known = vectors[np.abs(vectors).sum(axis=1) > 0]
    total: Matrix = known.sum(axis=0)
    return total / np.float32(max(len(known), 1))

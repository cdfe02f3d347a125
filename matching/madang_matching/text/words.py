"""Words and pairs of words: likeness of vocabulary beside the character n-grams."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from madang_matching.sparse import Sparse, csr, from_entries
from madang_matching.text.encoder import plain

MANY = 50
"""From so many texts on, a word must stand in two of them: one that stands in a single text likens it to none."""


class WordPairs:
    """TF-IDF of words and of neighbouring words, without English stop words; rows have length 1."""

    def fit(self, texts: Sequence[str]) -> WordPairs:
        """Learn the words of `texts` and how rare each is; returns self."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # slow import, only where it is used

        options: dict[str, Any] = {"ngram_range": (1, 2), "sublinear_tf": True, "stop_words": "english"}
        options |= {"min_df": 2 if len(texts) >= MANY else 1, "dtype": np.float32, "preprocessor": _folded}
        vectorizer: Any = TfidfVectorizer(**options)
        try:
            self.vectorizer_ = vectorizer.fit(list(texts))
        except ValueError:  # no text holds a word that counts
            self.vectorizer_ = vectorizer.fit(["--wordless--"] * MANY)
        return self

    def transform(self, texts: Sequence[str]) -> Sparse:
        """Return shape (n, n_features), float32, non-negative; empty rows for texts without known words."""
        if not texts:
            return from_entries([], [], [], (0, len(self.vectorizer_.get_feature_names_out())))
        return csr(self.vectorizer_.transform(list(texts)))


def _folded(text: str) -> str:
    return plain(text).casefold()

"""Character n-grams: likeness of wording beside the sentence vectors. Needs no word boundaries, so it suits Korean."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from madang_matching.sparse import Sparse, csr, from_entries
from madang_matching.text.encoder import plain


class CharacterNgrams:
    """TF-IDF of character n-grams of two to four letters within words; rows have length 1."""

    def __init__(self, max_features: int = 30_000) -> None:
        """Store the greatest number of n-grams kept."""
        self.max_features = max_features

    def fit(self, texts: Sequence[str]) -> CharacterNgrams:
        """Learn the n-grams of `texts` and how rare each is; returns self. Empty texts are left out."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # slow import, only where it is used

        options: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 4), "sublinear_tf": True}
        options |= {"max_features": self.max_features, "dtype": np.float32, "preprocessor": _folded}
        self.vectorizer_ = TfidfVectorizer(**options)
        self.vectorizer_.fit([text for text in texts if plain(text)] or ["-- --"])
        return self

    def transform(self, texts: Sequence[str]) -> Sparse:
        """Return shape (n, n_features), float32, non-negative; empty rows for empty texts."""
        if not texts:
            return from_entries([], [], [], (0, len(self.vectorizer_.get_feature_names_out())))
        return csr(self.vectorizer_.transform(list(texts)))


def _folded(text: str) -> str:
    return plain(text).casefold()

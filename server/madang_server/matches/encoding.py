"""The sentence encoder, with what happens when its model is missing or broken: rules and vocabulary serve alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import structlog
from madang_graph.schema import VECTOR_DIMENSIONS

if TYPE_CHECKING:
    import numpy as np
    from madang_matching.text.encoder import TextEncoder
    from numpy.typing import NDArray

log = structlog.get_logger("madang.matches")


def universal_encoder() -> TextEncoder:
    """Return the encoder of `madang_matching`. Imported here, because the web may never need it."""
    from madang_matching.text.encoder import UniversalEncoder

    return UniversalEncoder()


class FallbackEncoder:
    """Makes an encoder at the first text. After that has failed, every text gets zeros: features read them as unknown.

    A process has to be started anew after the model was repaired.
    """

    def __init__(self, make: Callable[[], TextEncoder] = universal_encoder) -> None:
        self._make = make
        self._encoder: TextEncoder | None = None
        self._lock = threading.Lock()
        self.broken = False
        """True: the model cannot be used. Say so wherever lists are shown or search by meaning is offered."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return shape (n, 512), float32; rows of length 1, zeros for an empty text or without a model."""
        import numpy as np

        if not self.broken:
            try:
                return self._made().encode(texts)
            except Exception as error:
                # Whatever a damaged file, a missing wheel or too little memory raises: the lists must still be made.
                self._give_up(error)
        return np.zeros((len(texts), VECTOR_DIMENSIONS), dtype=np.float32)

    def _made(self) -> TextEncoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._make()
            return self._encoder

    def check(self) -> bool:
        """Load the model and tell whether it works."""
        self.encode(["마당"])
        return not self.broken

    def _give_up(self, error: Exception) -> None:
        with self._lock:
            if not self.broken:
                self.broken = True
                log.error("sentence encoder is broken, rules serve alone", cause=repr(error)[:300])

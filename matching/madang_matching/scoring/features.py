"""What every feature of a pair is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from madang_matching.sparse import Floats

ContextT = TypeVar("ContextT")


class Fact(NamedTuple):
    """A true sentence in both languages, and what it rests on."""

    ko: str
    en: str
    fact: str


@dataclass(frozen=True, slots=True)
class Feature(Generic[ContextT]):
    """One kind of evidence for a pair."""

    name: str
    description: str
    """One line for the feature table of the README."""
    values: Callable[[ContextT], Floats]
    """Value per candidate or pair of the context, shape (m,), 0 to 1; 0 means no evidence."""
    explain: Callable[[ContextT, int], Fact]
    """The fact behind a value above zero, of one candidate."""
    weight: float
    """Default weight, log-odds at value 1."""
    floor: float = 0.0
    """Least weight that fitting may give."""
    ceiling: float = 5.0
    """Greatest weight that fitting may give."""
    family: str = ""
    """Features of one family see the same fact from several sides and give one reason together; empty: its name."""

    @property
    def reason(self) -> str:
        """The kind of the reason that it adds to."""
        return self.family or self.name


def ramp(values: NDArray[Any], low: float, high: float) -> Floats:
    """Return 0 up to `low`, 1 from `high` on, straight between: faint likeness is no evidence."""
    return np.clip((np.asarray(values, np.float64) - low) / (high - low), 0.0, 1.0)


def log_ramp(values: NDArray[Any], low: float, high: float) -> Floats:
    """Return 0 at 0, 1 from `high` on, and the logarithm between: doubled evidence adds as much at each size.

    Args: values: zero or more; `low` is where the logarithm begins to bend.
    """
    return np.clip(np.log1p(np.asarray(values, np.float64) / low) / np.log1p(high / low), 0.0, 1.0)

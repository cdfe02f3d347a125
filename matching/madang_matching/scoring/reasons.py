"""From contributions to reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic

from madang_matching.records import Reason
from madang_matching.scoring.features import ContextT, Fact, Feature
from madang_matching.sparse import Floats

LEAST = 2
"""Fewest reasons of a suggestion."""


@dataclass(frozen=True, slots=True)
class FeatureReasons(Generic[ContextT]):
    """One reason per feature that contributes; where there are fewer than two, true facts of weight 0 follow."""

    features: Sequence[Feature[ContextT]]
    neutral: Callable[[ContextT, int], Iterator[tuple[str, Fact]]]
    """Kind and fact, best first: true of the candidate, not used by the score."""

    def __call__(self, context: ContextT, candidate: int, contributions: Floats) -> tuple[Reason, ...]:
        """Return the reasons, heaviest first, ties in feature order."""
        reasons = [
            _reason(feature.name, float(weight), feature.explain(context, candidate))
            for feature, weight in zip(self.features, contributions, strict=True)
            if weight != 0
        ]
        reasons.sort(key=lambda reason: -reason.weight)
        if len(reasons) < LEAST:
            for kind, fact in self.neutral(context, candidate):
                if all(reason.kind != kind for reason in reasons):
                    reasons.append(_reason(kind, 0.0, fact))
                if len(reasons) >= LEAST:
                    break
        return tuple(reasons)


def _reason(kind: str, weight: float, fact: Fact) -> Reason:
    return Reason(kind, weight, fact.ko, fact.en, fact.fact)

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
    """One reason per family of features that contributes; where there are fewer than two, true facts of weight 0
    follow."""

    features: Sequence[Feature[ContextT]]
    neutral: Callable[[ContextT, int], Iterator[tuple[str, Fact]]]
    """Kind and fact, best first: true of the candidate, not used by the score."""

    def __call__(self, context: ContextT, candidate: int, contributions: Floats) -> tuple[Reason, ...]:
        """Return the reasons, heaviest first, ties in feature order."""
        sums: dict[str, float] = {}
        speakers: dict[str, Feature[ContextT]] = {}
        for feature, weight in zip(self.features, contributions.tolist(), strict=True):
            if weight != 0:
                sums[feature.reason] = sums.get(feature.reason, 0.0) + weight
                speakers.setdefault(feature.reason, feature)
        reasons = [_reason(kind, weight, speakers[kind].explain(context, candidate)) for kind, weight in sums.items()]
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

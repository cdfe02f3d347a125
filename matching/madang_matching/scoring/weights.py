"""Weights of an additive score: defaults, JSON file, version. No pickle."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import numpy as np

from madang_matching.scoring.features import Feature
from madang_matching.sparse import Floats

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """An additive scorer: logistic of intercept plus weighted features. Keeps the port `Scorer`."""

    subject: str
    """partners or fits."""
    features: tuple[str, ...]
    intercept: float
    coefficients: tuple[float, ...]
    cases: int = 0
    """Pairs of history that it was fitted on; 0: the documented defaults."""

    @property
    def intercept_(self) -> float:
        return self.intercept

    def contributions(self, features: Floats) -> Floats:
        """Return features times coefficients, shape (n, f), log-odds."""
        return np.asarray(features, np.float64) * np.asarray(self.coefficients)

    def probability(self, features: Floats) -> Floats:
        """Return the logistic of intercept plus contributions, shape (n,)."""
        return logistic(self.intercept + self.contributions(features).sum(axis=1))

    @property
    def version(self) -> str:
        """Return subject and a digest of everything that the score depends on."""
        return f"{self.subject}-{_digest(_fields(self))[:12]}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Weights that serve, and why they are the defaults if they are."""

    weights: Weights
    problem: str | None
    """None: read from the file. Else what was wrong with it; pages then say "basic matching"."""


def logistic(log_odds: Floats) -> Floats:
    """Return 1 / (1 + exp(-log_odds)) without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def default_weights(subject: str, features: Sequence[Feature[Any]], intercept: float) -> Weights:
    """Return the weights that the features themselves declare."""
    names = tuple(feature.name for feature in features)
    return Weights(subject, names, intercept, tuple(feature.weight for feature in features))


def save_weights(path: Path, weights: Weights) -> None:
    """Write the weights as JSON with their digest, whole or not at all."""
    fields = _fields(weights)
    text = json.dumps(fields | {"digest": _digest(fields)}, ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def load_weights(path: Path, defaults: Weights) -> Loaded:
    """Read weights; a missing, truncated or foreign file gives `defaults` and the problem. Never raises."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Loaded(defaults, f"{path.name} is missing; run madang match to fit it.")
    except (OSError, ValueError, RecursionError) as error:
        return Loaded(defaults, f"{path.name} cannot be read: {error}")
    problem = _problem(content, defaults)
    if problem:
        return Loaded(defaults, f"{path.name} {problem}; delete it and run madang match.")
    fields = cast("dict[str, Any]", content)
    coefficients = tuple(float(value) for value in fields["coefficients"])
    return Loaded(
        Weights(defaults.subject, defaults.features, float(fields["intercept"]), coefficients, int(fields["cases"])),
        None,
    )


def run_version(taken_at: datetime, *weights: Weights) -> str:
    """Return the version of one matching run: time of its data and digest of its weights."""
    digest = _digest({"versions": [each.version for each in weights]})[:8]
    return f"{taken_at:%Y%m%dT%H%M%S}-{digest}"


def _fields(weights: Weights) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "subject": weights.subject,
        "features": list(weights.features),
        "intercept": weights.intercept,
        "coefficients": list(weights.coefficients),
        "cases": weights.cases,
    }


def _digest(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _problem(content: object, defaults: Weights) -> str | None:
    """Return what is wrong with the content of a weights file; None when nothing is."""
    if not isinstance(content, dict):
        return "is not a JSON object"
    fields = cast("dict[str, Any]", content)
    body = {name: value for name, value in fields.items() if name != "digest"}
    numbers = [fields.get("intercept"), fields.get("cases"), *_entries(fields.get("coefficients"))]
    checks = (
        (fields.get("digest") == _digest(body), "was changed or cut (its digest does not fit)"),
        (fields.get("format") == FORMAT, "is of another format"),
        (fields.get("subject") == defaults.subject, "is of another subject"),
        (fields.get("features") == list(defaults.features), "was fitted on other features"),
        (len(numbers) == len(defaults.features) + 2, "has too few or too many coefficients"),
        (
            all(map(_finite, numbers)),
            "has values that are not numbers",
        ),
    )
    return next((problem for holds, problem in checks if not holds), None)


def _entries(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)

"""What one fit has learnt, as a record and as JSON: scorers, what they were learnt from, how good they are."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, cast

from madang_matching.fits.lists import default_fit_weights
from madang_matching.lists import METHODS, Combination, Method
from madang_matching.partners import default_partner_weights
from madang_matching.partners.fitting import PartnerModel
from madang_matching.scoring import Weights

FORMAT = 1
GREATEST = 1e6
"""No number of a model is beyond this; log-odds of more than some tens are damage."""


class ModelFileError(Exception):
    """A kept model cannot serve. `problem` says why, as the end of a sentence that begins with its name."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of how good a model is, on history that it had not seen."""

    subject: str
    """partners or programmes."""
    name: str
    """As in `measuring.NAMES`."""
    value: float | None
    """None: not measured, the history is too thin."""
    low: float | None = None
    high: float | None = None
    """95 % interval; None: it has none."""
    cases: int = 0
    """Organisations, or pairs, that it was measured on."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a model was learnt from."""

    organisations: int
    projects: int
    memberships: int
    judgements: int
    """What organisations said of suggestions."""


@dataclass(frozen=True, slots=True)
class Models:
    """One version of everything that scores."""

    partners: PartnerModel
    """Weights of one side's evidence, how both sides become one score, and what being shown often costs."""
    fits: Weights
    data_date: str
    """YYYY-MM-DD, the day in Seoul whose data it was learnt from."""
    seed: int
    learnt: Learnt
    metrics: tuple[Metric, ...]

    def body(self) -> dict[str, Any]:
        """Return everything as values of JSON."""
        return {
            "format": FORMAT,
            "data_date": self.data_date,
            "seed": self.seed,
            "learnt": asdict(self.learnt),
            "partners": _scorer(self.partners.weights),
            "both": asdict(self.partners.both),
            "fits": _scorer(self.fits),
            "metrics": [asdict(metric) for metric in self.metrics],
            "prices": dict(sorted(self.partners.prices.items())),
        }

    @property
    def version(self) -> str:
        """Return day of the data and a digest of everything: the same data and seed have the same version."""
        return f"{self.data_date.replace('-', '')}-{digest(self.body())[:12]}"


def default_models() -> Models:
    """Return the documented default weights, which serve where no sound model is kept."""
    nothing = Learnt(0, 0, 0, 0)
    return Models(PartnerModel(), default_fit_weights(), "1970-01-01", 0, nothing, ())


def text_of(body: Mapping[str, Any]) -> str:
    """Return JSON that is the same for the same values.

    Raises: ValueError: NaN or infinity.
    """
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)


def digest(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the values, hexadecimal."""
    return hashlib.sha256(text_of(body).encode()).hexdigest()


def read_models(body: object) -> Models:
    """Return the record of a body.

    Raises: ModelFileError: it is of another format, of other features, or holds what no fit writes.
    """
    found = _mapping(body, "is not a JSON object")
    if found.get("format") != FORMAT:
        raise ModelFileError("is of another format")
    defaults = default_models()
    learnt = _mapping(found.get("learnt"), "does not say what it was learnt from")
    prices = _mapping(found.get("prices"), "has no prices")
    metrics = found.get("metrics")
    if not isinstance(metrics, list):
        raise ModelFileError("has no metrics")
    return Models(
        partners=PartnerModel(
            _read_scorer(found.get("partners"), default_partner_weights()),
            _read_combination(found.get("both")),
            {name: _number(price) for name, price in prices.items()},
        ),
        fits=_read_scorer(found.get("fits"), defaults.fits),
        data_date=_text(found.get("data_date")),
        seed=_count(found.get("seed")),
        learnt=Learnt(**{field.name: _count(learnt.get(field.name)) for field in fields(Learnt)}),
        metrics=tuple(_metric(entry) for entry in cast("list[object]", metrics)),
    )


def _scorer(weights: Weights) -> dict[str, Any]:
    return {
        "subject": weights.subject,
        "features": list(weights.features),
        "intercept": weights.intercept,
        "coefficients": list(weights.coefficients),
        "cases": weights.cases,
    }


def _read_scorer(value: object, defaults: Weights) -> Weights:
    found = _mapping(value, f"has no weights for {defaults.subject}")
    coefficients = found.get("coefficients")
    if found.get("subject") != defaults.subject:
        raise ModelFileError("has weights of another subject")
    if found.get("features") != list(defaults.features):
        raise ModelFileError("was fitted on other features")
    if not isinstance(coefficients, list) or len(cast("list[object]", coefficients)) != len(defaults.features):
        raise ModelFileError("has too few or too many coefficients")
    return Weights(
        defaults.subject,
        defaults.features,
        _number(found.get("intercept")),
        tuple(_number(each) for each in cast("list[object]", coefficients)),
        _count(found.get("cases")),
    )


def _read_combination(value: object) -> Combination:
    found = _mapping(value, "does not say how both sides are joined")
    method, slope = found.get("method"), _number(found.get("slope"))
    if method not in list(METHODS) or slope <= 0:
        raise ModelFileError("joins both sides in a way that is not known")
    return Combination(cast("Method", method), slope, _number(found.get("shift")))


def _metric(value: object) -> Metric:
    found = _mapping(value, "has a metric that is none")
    numbers = {name: None if found.get(name) is None else _number(found[name]) for name in ("value", "low", "high")}
    return Metric(_text(found.get("subject")), _text(found.get("name")), **numbers, cases=_count(found.get("cases")))


def _mapping(value: object, problem: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ModelFileError(problem)
    return cast("dict[str, Any]", value)


def _number(value: object) -> float:
    # Compared before it becomes a float: a whole number of a thousand digits has none.
    if isinstance(value, bool) or not isinstance(value, int | float) or not -GREATEST <= value <= GREATEST:
        raise ModelFileError("has values that are no numbers, or too large")
    return float(value) if math.isfinite(value) else 0.0


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ModelFileError("has values that are no counts")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 100:
        raise ModelFileError("has values that are no short texts")
    return value

"""Ages, sizes and maturity of the invented organisations.

The maturity of firms is drawn so that its mean is about 41 of 100, as in the published Korean surveys of digital
maturity, with software above manufacturing above warehousing.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from madang_seeds.seoul.firms.fields import Field

_MISSING_EMPLOYEES, _MISSING_REVENUE, _MISSING_AGE = 0.08, 0.13, 0.05
_YEAR = 365.25
_SPREAD_OF_FIRMS, _SPREAD_OF_DIMENSIONS = 10.0, 8.0
_DIMENSION_SHIFTS = (3, -2, -3, 2, -1, 1)
"""Strategy, processes, data, technology, people, customers, against the firm's mean: intentions lead practice."""
_LOWER_THAN_STATED = 2.3
"""Field means are those of firms that present themselves; the survey mean is lower by this much."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a profile says in numbers; None where it does not say."""

    founded_days_ago: int | None
    employees: int | None
    revenue_won: int | None
    stage: str | None
    trl: int | None
    certificates: tuple[str, ...]
    dimensions: tuple[int, ...] | None


def draw_figures(random: Random, kind: str, field: Field) -> Figures:
    """Draw the figures of one organisation of this kind and field."""
    years = _years(random, kind)
    employees = _employees(random, kind, years)
    revenue = _revenue(random, kind, years, employees)
    firm = kind in {"startup", "sme", "corporate"}
    stage = _stage(kind, years, employees)
    founded = None if stage == "idea" or random.random() < _MISSING_AGE else max(20, int(years * _YEAR))
    return Figures(
        founded,
        None if random.random() < _MISSING_EMPLOYEES else employees,
        None if not firm or stage == "idea" or random.random() < _MISSING_REVENUE else revenue,
        stage if firm else None,
        _trl(random, kind, stage),
        _certificates(random, kind, years) if firm else (),
        _dimensions(random, kind, field, employees) if firm and random.random() < 0.93 else None,
    )


def _years(random: Random, kind: str) -> float:
    if kind == "startup":
        return min(random.expovariate(1 / 3.2), 11.5)
    low, high, mode = {
        "sme": (2.5, 42.0, 12.0),
        "corporate": (15, 65, 35),
        "research": (4, 50, 18),
        "public_body": (2, 25, 8),
        "investor": (1, 22, 6),
        "civic": (1, 20, 6),
    }[kind]
    return random.triangular(low, high, mode)


def _employees(random: Random, kind: str, years: float) -> int:
    if kind == "startup":
        return max(1, round(random.lognormvariate(0.9 + 0.32 * min(years, 6), 0.6)))
    mean, spread, least = {
        "sme": (3.0, 0.85, 2),
        "corporate": (6.9, 0.7, 310),
        "research": (4.0, 0.7, 8),
        "public_body": (3.0, 0.5, 5),
        "investor": (2.0, 0.5, 2),
        "civic": (1.6, 0.6, 1),
    }[kind]
    return max(least, round(random.lognormvariate(mean, spread)))


def _revenue(random: Random, kind: str, years: float, employees: int) -> int:
    """Whole won, rounded to millions: per head, less in the first years of a startup."""
    per_head = random.lognormvariate(18.7, 0.45)
    if kind == "startup":
        per_head *= min(1.0, max(0.0, years - 0.6) / 4)
    return round(per_head * employees / 1_000_000) * 1_000_000


def _stage(kind: str, years: float, employees: int) -> str:
    if kind != "startup":
        return "mature" if years > 12 or kind == "corporate" else "growth"
    if years < 0.35:
        return "idea"
    if years < 1.5:
        return "seed"
    return "growth" if years > 4.5 and employees > 15 else "early"


def _trl(random: Random, kind: str, stage: str) -> int | None:
    if kind != "startup" or random.random() < 0.1:
        return None
    low, high = {"idea": (1, 3), "seed": (3, 6), "early": (5, 8), "growth": (7, 9)}[stage]
    return random.randint(low, high)


def _certificates(random: Random, kind: str, years: float) -> tuple[str, ...]:
    chances = {
        "startup": {"venture": 0.45 if years > 1 else 0.08, "research_lab": 0.4},
        "sme": {"venture": 0.12, "innobiz": 0.16 if years > 3 else 0.0, "mainbiz": 0.14, "research_lab": 0.22},
        "corporate": {"research_lab": 0.9},
    }[kind]
    return tuple(name for name, chance in chances.items() if random.random() < chance)


def _dimensions(random: Random, kind: str, field: Field, employees: int) -> tuple[int, ...]:
    mean = field.sme_maturity if kind == "sme" else field.maturity + (8 if kind == "corporate" else 0)
    size_shift = 0 if kind == "corporate" else 2.2 * min(2.0, max(-1.5, (employees - 20) / 30))
    level = random.gauss(mean - _LOWER_THAN_STATED + size_shift, _SPREAD_OF_FIRMS)
    return tuple(
        min(97, max(4, round(random.gauss(level + shift, _SPREAD_OF_DIMENSIONS)))) for shift in _DIMENSION_SHIFTS
    )

"""An invented organisation, before it becomes records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang_seeds.seoul.firms.fields import Field


@dataclass(frozen=True, slots=True)
class Statement:
    """A need or an offer."""

    text: str
    language: str
    technologies: Sequence[str]
    barrier: str | None = None
    budget_won: int | None = None
    posted_days_ago: int = 0


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented organisation. Days are counted back from the day of loading; None: the profile does not say."""

    key: str
    kind: str
    field: Field
    name_ko: str
    name_en: str
    summary_ko: str
    summary_en: str
    gu: str
    innovation_district: str | None
    place: tuple[float, float]
    founded_days_ago: int | None
    employees: int | None
    revenue_won: int | None
    industry: str
    stage: str | None
    trl: int | None
    technologies: Sequence[str]
    certificates: Sequence[str]
    visibility: str
    profiling: bool
    dimensions: Sequence[int] | None
    """Digital maturity in six dimensions, 0 to 100."""
    needs: Sequence[Statement]
    offers: Sequence[Statement]
    edited_days_ago: int
    facts: Mapping[str, Any] | None = None
    """What rules of calls ask beyond the profile. Names that end in days_ago or in_days become days."""

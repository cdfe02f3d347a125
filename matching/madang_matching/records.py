"""Plain records that go into the matching and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias, TypedDict

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float32]
"""Sentence vector, shape (512,), float32, length 1."""

Verdict: TypeAlias = Literal["eligible", "check", "not_eligible"]

RuleTree: TypeAlias = Mapping[str, Any]
"""Rules as stored: `{"all": […]}`, `{"any": […]}`, `{"not": {…}}` or a leaf `{"kind": …, "source_text": …}`.
Read by `eligibility.tree`."""


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A need or an offer in its owner's words."""

    id: str
    text: str
    technologies: tuple[str, ...] = ()
    """Technology ids it is about."""
    vector: Vector | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Organisation:
    """One organisation as the matching sees it. None or an empty text means unknown."""

    id: str
    kind: str
    """startup, sme, corporate, research, public_body, investor or civic."""
    name_ko: str = ""
    name_en: str = ""
    summary_ko: str = ""
    summary_en: str = ""
    founded_on: str | None = None
    """YYYY-MM-DD."""
    employees: int | None = None
    revenue_won: int | None = None
    industry_code: str | None = None
    """KSIC section letter and digits, as in C29."""
    stage: str | None = None
    """idea, seed, early, growth or mature."""
    trl: int | None = None
    """1 to 9."""
    maturity: int | None = None
    """Digital maturity, 0 to 100."""
    region_codes: tuple[str, ...] = ()
    """Official codes of its gu and its province, as in ("11680", "11")."""
    location: tuple[float, float] | None = None
    """Longitude and latitude in degrees, WGS84."""
    country: str = ""
    """ISO 3166, two letters."""
    city: str = ""
    technologies: tuple[str, ...] = ()
    needs: tuple[Text, ...] = ()
    offers: tuple[Text, ...] = ()
    certificates: tuple[str, ...] = ()
    profiling: bool = True
    """False: only rules are applied, no features are computed."""
    vector: Vector | None = None
    """Of the summary."""
    value_sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """Property or fact name to "source · date"."""
    facts: Mapping[str, object] = field(default_factory=dict[str, object])
    """What eligibility may ask beyond the above: field name of `eligibility.profile.FIELDS` to plain JSON value."""


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One dated edition of a programme."""

    id: str
    name_ko: str = ""
    name_en: str = ""
    summary_ko: str = ""
    summary_en: str = ""
    purposes: tuple[str, ...] = ()
    """money, space, equipment, mentoring, data, testing."""
    rules: RuleTree = field(default_factory=dict[str, Any])
    """Empty: no rules are known, which gives the verdict "check"."""
    noticed_on: str | None = None
    """YYYY-MM-DD."""
    opens_at: str | None = None
    """YYYY-MM-DDTHH:MM:SSZ."""
    closes_at: str | None = None
    """YYYY-MM-DDTHH:MM:SSZ; None: rolling, or not known."""
    contract_on: str | None = None
    """YYYY-MM-DD; None: not known."""
    rolling: bool = False
    technologies: tuple[str, ...] = ()
    vector: Vector | None = None
    """Of name and summary."""
    programme: str = ""
    """Id of the programme whose edition it is."""


@dataclass(frozen=True, slots=True)
class Membership:
    """An organisation takes part in a programme, or did."""

    organisation: str
    programme: str
    since: str | None = None
    """YYYY-MM-DD, YYYY-MM or YYYY."""


@dataclass(frozen=True, slots=True)
class Project:
    """A joint undertaking: who worked with whom."""

    id: str
    members: tuple[str, ...]
    """Organisation ids."""
    started_on: str | None = None
    """YYYY-MM-DD."""
    subjects: tuple[str, ...] = ()
    """What it is about: technologies, or parts of the programme that pays."""


@dataclass(frozen=True, slots=True)
class Technology:
    """A technology of the shared vocabulary."""

    id: str
    name_ko: str = ""
    name_en: str = ""
    parent: str | None = None
    keywords: tuple[str, ...] = ()
    """Words that name it in running text, Korean and English."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an organisation said of a suggestion, or what became of it. Taken-back ones are not handed over."""

    seeker: str
    """Id of the organisation that judges."""
    subject: str
    """Id of the organisation or call that is judged."""
    verdict: Literal["useful", "not_relevant", "accepted", "refused", "worked", "failed"]
    """useful, not_relevant: said of a suggestion; accepted, refused: answered to a request to meet; worked, failed:
    what came of an introduction."""
    reason: str = ""
    """wrong_field, too_far, wrong_size, known_already, competitor, bad_timing or other; empty: not said."""
    on: str = ""
    """YYYY-MM-DD, the day in UTC."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Everything one matching run reads, as of `taken_at`."""

    organisations: tuple[Organisation, ...]
    calls: tuple[Call, ...]
    projects: tuple[Project, ...]
    technologies: tuple[Technology, ...]
    dismissed: frozenset[tuple[str, str]]
    """(organisation id, id of a call or of another organisation) that shall not be shown again."""
    taken_at: datetime
    """With time zone; decides what is open and which day it is in Seoul."""
    memberships: tuple[Membership, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    """Oldest first."""
    silent: frozenset[str] = frozenset()
    """Organisations that only their own people may see: they count as evidence, and no sentence names them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score, as a sentence with the fact behind it."""

    kind: str
    """Name of the feature."""
    weight: float
    """What it adds to the score, log-odds; 0 for a true fact that the score does not use."""
    ko: str
    en: str
    fact: str
    """What the sentence rests on: an id, a code or a figure."""


class Condition(NamedTuple):
    """One condition of a call beside the applicant's own value."""

    kind: str
    verdict: Verdict
    required_ko: str
    required_en: str
    mine_ko: str
    mine_en: str
    source_text: str
    """The sentence of the notice, Korean."""
    value_source: str
    """Where the applicant's value came from and when; empty: not known."""
    missing: tuple[str, ...] = ()
    """Properties of the applicant that are not filled in and without which nothing can be said."""
    spared: bool = False
    """True: another condition of the same choice holds, so this one does not count."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A call on an organisation's list of programme fits."""

    call_id: str
    rank: int
    """1 is best."""
    score: float
    """0 to 1."""
    verdict: Verdict
    conditions: tuple[Condition, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """Another organisation on an organisation's list of partner suggestions."""

    organisation_id: str
    rank: int
    """1 is best."""
    score: float
    """0 to 1."""
    reasons: tuple[Reason, ...]


class Position(NamedTuple):
    """Where an organisation stands in the cluster graph."""

    organisation_id: str
    x: float
    """-1 to 1."""
    y: float
    """-1 to 1."""
    community: int
    degree: int
    betweenness: float
    """Share of shortest paths that pass it, 0 to 1."""


class Edge(NamedTuple):
    """A tie between two positions, `from_position` < `to_position`."""

    from_position: int
    to_position: int
    weight: float
    """Sum over joint projects of 1 / (size - 1)."""
    since: str
    """YYYY-MM-DD, begin of the earliest joint project; empty: not known."""


class Strength(TypedDict):
    """A technology that a community uses more than others do; goes to JSON as it is."""

    technology_id: str
    name_ko: str
    name_en: str
    share: float
    """Share of the members that use it, 0 to 1."""
    quotient: float
    """That share divided by the share among all organisations, above 1."""


class Community(TypedDict):
    """A group of organisations with more ties inside than outside; goes to JSON as it is."""

    number: int
    """0 is the largest."""
    name_ko: str
    name_en: str
    size: int
    inner_edges: int
    outer_edges: int
    x: float | None
    """Where it stands while all are closed, -1 to 1; None: it is not drawn."""
    y: float | None
    strengths: list[Strength]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The cluster graph of one district."""

    positions: tuple[Position, ...]
    """Most ties first."""
    edges: tuple[Edge, ...]
    """Strongest first."""
    communities: tuple[Community, ...]
    """Largest first."""

"""Why an entry of a list does not stand higher: what the first one has more of, and what our own profile lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from madang_frontend.matches import answer_address, missing_of, profile_field

Row = Mapping[str, Any]

_LEAST = 1e-6
"""Log-odds below which two contributions count as equal: the sums are kept to that."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What keeps an entry below the first one."""

    best: Row
    """The first entry of the list."""
    barred: bool
    """True: it is a call that the organisation cannot apply for; those stand at the end whatever their score."""
    more: Row | None
    """The reason of the first one that outweighs this entry's own of the same kind by most; None: no kind does."""
    missing: str
    """Word of the list `fact`: what the own profile lacks and would add most; empty: nothing of it is missing."""
    address: str
    """Where it is entered."""


def _none(connection: Row) -> bool:
    return not connection["totalCount"]


class Lack(NamedTuple):
    """Something that the own profile may lack."""

    name: str
    """Word of the list `fact`."""
    lacks: Callable[[Row], bool]
    address: str
    """Where it is entered."""
    partners: tuple[str, ...]
    """Kinds of reasons of partners that it would speak in."""
    programmes: tuple[str, ...]
    """The same of calls."""


_LACKS: tuple[Lack, ...] = (
    Lack("needs", lambda own: _none(own["openNeeds"]), "/my/needs", ("need_answered", "technology_sought"), ("need",)),
    Lack("offers", lambda own: _none(own["openOffers"]), "/my/needs#offers-title", ("offer_wanted",), ()),
    Lack(
        "technologies", lambda own: _none(own["known"]), "/my/profile#organisations-save-technologyIds",
        ("technology_wanted", "technology_shared"), ("technologies",),
    ),
    Lack(
        "summary", lambda own: not own["summary"], "/my/profile#organisations-save-summaryKo",
        ("summaries",), ("summary", "alike_members"),
    ),
    Lack(
        "region_codes", lambda own: own["district"] is None, "/my/profile" + profile_field("region_codes"),
        ("place",), ("place",),
    ),
    Lack(
        "industry_code", lambda own: own["industry"] is None, "/my/profile" + profile_field("industry_code"),
        ("industries",), ("industry",),
    ),
    Lack(
        "stage", lambda own: own["stage"] is None, "/my/profile#organisations-save-stage", ("stages",), ("purposes",)
    ),
)  # fmt: skip


def standing(best: Row, edge: Row, own: Row, model: Row | None = None) -> Standing | None:
    """Return what keeps an entry below the first one; None for the first one itself.

    Args:
        best, edge: entries of one list: node (id), reasons (kind, weight, sentence); calls also verdict and conditions.
        own: the organisation: openNeeds, openOffers, known (technologies), summary, district, industry, stage.
        model: what scores: features (subject, name, weight: most that it adds); None: nothing is known of it.
    """
    if best["node"]["id"] == edge["node"]["id"]:
        return None
    missing, address = _missing(edge, own, model)
    return Standing(best, edge.get("verdict") == "NOT_ELIGIBLE", _more(best, edge), missing, address)


def _more(best: Row, edge: Row) -> Row | None:
    theirs, ours = _by_kind(best), _by_kind(edge)
    gaps = {kind: weight - ours.get(kind, 0.0) for kind, weight in theirs.items()}
    kind = max(gaps, key=lambda each: (gaps[each], each), default=None)
    if kind is None or gaps[kind] <= _LEAST:
        return None
    return max((reason for reason in best["reasons"] if reason["kind"] == kind), key=lambda reason: reason["weight"])


def _by_kind(edge: Row) -> dict[str, float]:
    found: dict[str, float] = {}
    for reason in edge["reasons"]:
        found[reason["kind"]] = found.get(reason["kind"], 0.0) + reason["weight"]
    return found


def _missing(edge: Row, own: Row, model: Row | None) -> tuple[str, str]:
    """Return what would add most to this entry and where it is entered: of each missing fact, what the model gives to
    the kinds of reasons that it would speak in, less what these give here already. A fact that cannot add is passed
    over; equal ones stand in the order of `_LACKS`, as do all where nothing is known of the model."""
    # What a rule of this very call waits for comes first: with it, the rule counts for certain.
    if asked := missing_of(edge) if "conditions" in edge else []:
        return asked[0], answer_address(asked[0])
    lacking = [each for each in _LACKS if each.lacks(own)]
    if model is None or not model["features"]:
        return (lacking[0].name, lacking[0].address) if lacking else ("", "")
    subject = "PROGRAMMES" if "verdict" in edge else "PARTNERS"
    weights = {each["name"]: each["weight"] for each in model["features"] if each["subject"] == subject}
    told = _by_kind(edge)

    def gain(lack: Lack) -> float:
        kinds = lack.programmes if subject == "PROGRAMMES" else lack.partners
        return sum(max(weights.get(kind, 0.0) - max(told.get(kind, 0.0), 0.0), 0.0) for kind in kinds)

    best = max(lacking, key=gain, default=None)
    return (best.name, best.address) if best is not None and gain(best) > _LEAST else ("", "")

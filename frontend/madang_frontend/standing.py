"""Why an entry of a list does not stand higher: what the first one has more of, and what our own profile lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

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


# In the order of the weights that the matching begins with: needs against offers weigh most, then technologies, then
# texts, then place and stage. What is missing contributes nothing, so the list itself cannot tell them apart.
_LACKS: tuple[tuple[str, Callable[[Row], bool], str], ...] = (
    ("needs", lambda own: _none(own["openNeeds"]), "/my/needs"),
    ("offers", lambda own: _none(own["openOffers"]), "/my/needs#offers-title"),
    ("technologies", lambda own: _none(own["known"]), "/my/profile#organisations-save-technologyIds"),
    ("summary", lambda own: not own["summary"], "/my/profile#organisations-save-summaryKo"),
    ("region_codes", lambda own: own["district"] is None, "/my/profile" + profile_field("region_codes")),
    ("industry_code", lambda own: own["industry"] is None, "/my/profile" + profile_field("industry_code")),
    ("stage", lambda own: own["stage"] is None, "/my/profile#organisations-save-stage"),
)


def standing(best: Row, edge: Row, own: Row) -> Standing | None:
    """Return what keeps an entry below the first one; None for the first one itself.

    Args:
        best, edge: entries of one list: node (id), reasons (kind, weight, sentence); calls also verdict and conditions.
        own: the organisation: openNeeds, openOffers, known (technologies), summary, district, industry, stage.
    """
    if best["node"]["id"] == edge["node"]["id"]:
        return None
    missing, address = _missing(edge, own)
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


def _missing(edge: Row, own: Row) -> tuple[str, str]:
    # What a rule of this very call waits for comes first: with it, the rule counts for certain.
    if asked := missing_of(edge) if "conditions" in edge else []:
        return asked[0], answer_address(asked[0])
    return next(((name, address) for name, lacks, address in _LACKS if lacks(own)), ("", ""))

"""The rows of the catalogue of calls, of what people watch, and of the local outbox."""

from __future__ import annotations

from madang_server.pages.rows import FormRow, PageRow
from madang_server.services.searches import PLACES, STANDING

_STANDING = {"state": {"in": [*STANDING]}}
# Counts beside a filter are made with all filters but that one.
_COUNTS = {
    "verdicts": "verdict",
    "states": "state",
    "closings": "closing",
    "purposes": "purpose",
    "leasts": "least",
    "mosts": "most",
    "regions": "region",
}


def _places(name: str) -> str:
    roots = ["where", *(root for root, beside in _COUNTS.items() if beside != name)]
    whose = ["own"] if name == "for" else []
    return " ".join([*(f"{root}.{PLACES[name]}" for root in roots), *whose])


STOP_PAGE = PageRow("", "watches/stop")
STOPPED_PAGE = PageRow("", "watches/stopped")
"""Shown at the signed address of a letter; no address of their own."""

PAGES = (
    STOP_PAGE,
    STOPPED_PAGE,
    PageRow(
        "/calls",
        "calls/list",
        values={
            **{name: _places(name) for name in PLACES},
            "compare": "compared.id.in",
            "sort": "sort",
            "after": "after",
        },
        fixed={"where": _STANDING, **{root: {} if root == "states" else _STANDING for root in _COUNTS}},
        given={"comparing": "compare"},
    ),
    PageRow("/my/watches", "watches/mine", login=True),
    PageRow("/outbox", "mails/list", login=True, values={"after": "after"}),
)

FORMS = (
    FormRow("/calls/{id}/watch", "watches/watch", "calls/show", "/my/watches", done="watched"),
    FormRow("/my/watches/save", "watches/save", "watches/mine", "/my/watches", done="search-saved"),
    FormRow("/my/watches/remove", "watches/remove", "watches/mine", "/my/watches"),
    FormRow("/my/watches/restore", "watches/restore", "watches/mine", "/my/watches", done="watch-restored"),
    FormRow("/my/watches/digest", "watches/digest", "watches/mine", "/my/watches", done="digest-set"),
    FormRow("/my/watches/renew", "watches/renew", "watches/mine", "/my/watches", done="feeds-renewed"),
)

"""The rows of the report of overlaps, and of one pair of programmes."""

from __future__ import annotations

from madang_server.pages.rows import PageRow

_DISTRICT_AND_PLACE = {"district": "district", "after": "after"}

PAGES = (
    PageRow(
        "/overlaps",
        "overlaps/list",
        values={
            **_DISTRICT_AND_PLACE,
            "purpose": "purpose",
            "open": "openNow",
            "owner": "owner",
            "mine": "mine",
            "programme": "programme",
            "sort": "order",
        },
        # Given even when it is empty: the programme with no id is none.
        fixed={"programme": ""},
    ),
    PageRow("/overlaps/{id}/{other}", "overlaps/show", root="overlaps.nodes.0", values=_DISTRICT_AND_PLACE),
)

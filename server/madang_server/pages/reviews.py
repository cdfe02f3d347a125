"""The rows of the review of notices: which pairs announce one call."""

from __future__ import annotations

from madang_server.pages.rows import FormRow, PageRow

PAGES = (
    PageRow(
        "/review",
        "review/list",
        login=True,
        admin=True,
        values={"state": "where.state.in", "decided": "recalled.id.eq", "after": "after"},
        fixed={"where": {"state": {"in": ["OPEN"]}}},
        given={"recalling": "decided"},
    ),
)

FORMS = (
    FormRow("/review/decide", "review/decide", "review/list", "/review", done="doubt-decided"),
    FormRow("/review/undo", "review/undo", "review/list", "/review", done="doubt-undone"),
)

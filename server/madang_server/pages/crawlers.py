"""robots.txt: search engines may read what everybody may; personal pages and the API they need not ask for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_LINES = (
    "User-agent: *",
    "Disallow: /my/",
    "Disallow: /en/my/",
    "Disallow: /graphql",
)


async def robots(_request: Request) -> Response:
    """Answer robots.txt."""
    return PlainTextResponse("\n".join(_LINES) + "\n", headers={"Cache-Control": "public, max-age=86400"})

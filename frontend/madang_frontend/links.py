"""Addresses: Korean pages have no prefix, English ones start with /en."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

Query = Mapping[str, str | Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of pages in one language."""

    language: str

    def to(self, path: str, query: Query | None = None, /, **values: str | Sequence[str] | None) -> str:
        """Return the address of a page, with the query values that are not empty."""
        path = ("/en" if path == "/" else f"/en{path}") if self.language == "en" else path
        return address(path, {**(query or {}), **values})

    def other(self, path: str, query: Query | None = None) -> str:
        """Return the address of the same page in the other language."""
        return Links("ko" if self.language == "en" else "en").to(path, query)


def address(path: str, query: Query) -> str:
    """Return path and query; values that are None or empty are left out, lists become repeated names."""
    pairs = [
        (name, item)
        for name, value in query.items()
        for item in ([value] if isinstance(value, str) else value or [])
        if item
    ]
    return path + ("?" + urlencode(pairs) if pairs else "")


def split_language(path: str) -> tuple[str, str]:
    """Return (language, path without prefix) of a request's path."""
    if path == "/en" or path.startswith("/en/"):
        return "en", path[3:] or "/"
    return "ko", path

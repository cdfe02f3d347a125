"""In which language to answer: pages by their path, the API by what the caller accepts."""

from __future__ import annotations

from madang_graph.viewer import Language
from starlette.requests import HTTPConnection

_ENGLISH_PATH = "/en"
_OURS: dict[str, Language] = {"ko": "ko", "en": "en"}


def language_of(connection: HTTPConnection, preferred: Language) -> Language:
    """Return the language of the answer.

    Args:    preferred: that of the viewer, for API callers who do not say.
    """
    path = connection.url.path
    if path.startswith("/graphql"):
        return _accepted(connection.headers.get("accept-language", "")) or preferred
    return "en" if path == _ENGLISH_PATH or path.startswith(_ENGLISH_PATH + "/") else "ko"


def _accepted(header: str) -> Language | None:
    """Return the one of our languages that the header ranks first; None when it names neither."""
    ranked: list[tuple[float, int, Language]] = []
    for place, item in enumerate(header[:200].split(",")):
        tag, _, weight = item.strip().partition(";")
        word = tag.strip().lower().split("-")[0]
        if word in _OURS:
            ranked.append((-_weight(weight), place, _OURS[word]))
    return min(ranked)[2] if ranked else None


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0

"""Labels, relationship types and properties that a Cypher text names."""

from __future__ import annotations

import re

_CYPHER = re.compile(
    r"\b(MATCH|MERGE|CREATE|EXISTS|COLLECT|COUNT) ?[({]|\(\{[nm]\}|\{[nmr]\}\.|^\s*(SET|WITH|UNWIND|WHERE) "
)
_COMMENT = re.compile(r"//[^\n]*")
_LABELS = re.compile(r"(?:\(|\b)(?:\w+|\{\w+\})?\s*:\s*([A-Z][a-z]\w*(?:\s*[|&]\s*[A-Z]\w*)*)")
_TYPES = re.compile(r"\[\s*(?:\w+|\{\w+\})?\s*:\s*([A-Z][A-Z_]*(?:\s*\|\s*[A-Z_]+)*)")
_PROPERTIES = re.compile(r"(?<![\w$.}\]])(\$?\w+|\{[nmr]\})\.([a-z]\w*)\b(?!\s*[.(])")
_MAP_KEYS = re.compile(r"(?:\(\s*(?:\w+|\{\w+\})?\s*:\s*[A-Z]\w*|\[\s*(?:\w+|\{\w+\})?\s*:\s*[A-Z_]+)\s*\{([^{}]*)\}")
_KEY = re.compile(r"(?:^|,)\s*([a-z]\w*)\s*:")


def is_cypher(text: str) -> bool:
    """Return whether a text is a statement or a part of one."""
    return bool(_CYPHER.search(text)) and "<" not in text[:1]


def _split(found: list[str]) -> set[str]:
    return {one.strip() for some in found for one in re.split(r"[|&]", some)}


def labels(text: str) -> set[str]:
    return _split(_LABELS.findall(_COMMENT.sub("", text)))


def relationship_types(text: str) -> set[str]:
    return _split(_TYPES.findall(_COMMENT.sub("", text)))


def properties(text: str) -> set[tuple[str, str]]:
    """Return (variable, property) of each access; maps in patterns count with the variable `{}`."""
    plain = _COMMENT.sub("", text)
    accessed = {(variable, name) for variable, name in _PROPERTIES.findall(plain) if not variable.startswith("$")}
    return accessed | {("{}", key) for body in _MAP_KEYS.findall(plain) for key in _KEY.findall(body)}

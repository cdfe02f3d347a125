"""Reads style sheets as far as checks need it: rules with their selectors, the conditions around them, declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PSEUDO = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_SIMPLE = re.compile(r"[.#]?[\w-]+|\[[^\]]*\]")
_COMBINATOR = re.compile(r"\s*[>+~\s]\s*")
_STATES = re.compile(r"\[(?:aria-[\w-]+|open|hidden|disabled|data-[\w-]+)[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations; a list of selectors gives one rule each."""

    file: str
    selector: str
    conditions: tuple[str, ...]
    """The at-rules around it, as in `@media (max-width: 700px)`."""
    declarations: tuple[tuple[str, str], ...]

    @property
    def around(self) -> tuple[frozenset[str], ...]:
        """Simple selectors of the elements around it, the nearest first."""
        return tuple(_simple(each) for each in reversed(self._compounds[:-1]))

    @property
    def element(self) -> frozenset[str]:
        """Simple selectors of the element, without states."""
        return _simple(self._compounds[-1])

    @property
    def is_text_of_svg(self) -> bool:
        """Whether it is about `<text>`, where `fill` is the colour of letters."""
        return bool(self.element & {"text", "tspan"})

    def is_about(self, other: Rule) -> bool:
        """Whether its declarations hold for the other's element too."""
        mine, theirs = self.element, other.element
        return bool(mine) and mine <= theirs and self._is_around(other)

    def surrounds(self, other: Rule, depth: int) -> bool:
        """Whether it is about the element that is `depth` levels around the other's."""
        return bool(self.element) and self.element <= other.around[depth]

    def _is_around(self, other: Rule) -> bool:
        given = frozenset[str]().union(*other.around) if other.around else frozenset[str]()
        return all(each <= given for each in self.around)

    @property
    def _compounds(self) -> list[str]:
        plain = _PSEUDO.sub("", _STATES.sub("", self.selector))
        return [part for part in _COMBINATOR.split(plain.strip()) if part] or [""]


def read_rules(text: str, file: str) -> list[Rule]:
    """Return the rules of a style sheet in their order; nested rules with their full selectors."""
    return list(_rules(_COMMENT.sub("", text), file, (), ""))


def _rules(text: str, file: str, conditions: tuple[str, ...], outer: str) -> Iterator[Rule]:
    loose: list[tuple[str, str]] = []
    for head, body in _pieces(text):
        if body is None:
            name, colon, value = head.partition(":")
            if colon:
                loose.append((name.strip(), " ".join(value.split())))
        elif head.startswith("@"):
            if not head.startswith(("@font-face", "@keyframes", "@page", "@property", "@counter-style")):
                yield from _rules(body, file, (*conditions, head), outer)
        else:
            yield from _rules(body, file, conditions, _joined(outer, head))
    if loose and outer:
        for selector in _split(outer):
            yield Rule(file, selector, conditions, tuple(loose))


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Give `head, body` for each block and `declaration, None` for the rest."""
    start = at = 0
    while at < len(text):
        if text[at] in "\"'":
            at = text.index(text[at], at + 1)
        elif text[at] == "(":
            at = _end(text, at, "()")
        elif text[at] == ";":
            yield text[start:at].strip(), None
            start = at + 1
        elif text[at] == "{":
            end = _end(text, at, "{}")
            yield " ".join(text[start:at].split()), text[at + 1 : end]
            start, at = end + 1, end
        at += 1
    if text[start:].strip():
        yield text[start:].strip(), None


def _end(text: str, at: int, marks: str) -> int:
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == marks[0]) - (text[place] == marks[1])
        if not depth:
            return place
    raise ValueError(f"no {marks[1]} for the {marks[0]} at: {text[at : at + 60]}")


def _joined(outer: str, inner: str) -> str:
    if not outer:
        return inner
    return ", ".join(
        each.replace("&", one) if "&" in each else f"{one} {each}" for one in _split(outer) for each in _split(inner)
    )


def _split(selectors: str) -> list[str]:
    """Split a list of selectors at the commas outside brackets."""
    found, depth, start = list[str](), 0, 0
    for at, letter in enumerate(selectors):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            found.append(selectors[start:at].strip())
            start = at + 1
    return [*found, selectors[start:].strip()]


def _simple(compound: str) -> frozenset[str]:
    return frozenset(_SIMPLE.findall(compound))

"""Contrast of every pair of tokens that the style sheets put together: `python -m madang_frontend.contrast`.

Prints a table of both themes and ends with 1 when a pair is too weak or a rule names a colour that is no token.

A rule that gives colour and background is a pair. A rule that gives one of them takes the other from the most special
rules for the same element or an element around it; where there is none, text stands on each of the three plain grounds,
and ink on a background. Lines and shapes need less than text; a line in a colour of a ground is cut out of the colours
around it; `--rule` draws hairlines, which say nothing alone. Colours that scripts paint on a canvas are not seen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from madang_frontend.css import Rule, read_rules

ROOT = Path(__file__).parent
TEXT_NEED, SHAPE_NEED = 4.5, 3.0
PLAIN_GROUNDS = ("ground", "surface", "sand")
_DECORATION = {"rule"}
_LINES = re.compile(r"^(border|outline|stroke|text-decoration|box-shadow|accent-color|caret-color)")
_TOKEN = re.compile(r"var\(--([\w-]+)")
_TOKEN_USE = re.compile(r"var\(--([\w-]+)(?=[,)])")
_MIX = re.compile(r"color-mix\(in srgb,\s*var\(--([\w-]+)\)\s+([\d.]+)%,\s*(?:var\(--([\w-]+)\)|transparent)\s*\)")
_OTHER_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(", re.IGNORECASE)

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two colours that meet, written as in the style sheet: a token, or `token 80% other`."""

    front: str
    back: str
    need: float


@dataclass(slots=True)
class Found:
    """What the style sheets hold."""

    pairs: dict[Pair, str] = field(default_factory=dict[Pair, str])
    """Each pair with the first rule that makes it."""
    strangers: list[str] = field(default_factory=list[str])
    """Rules with a colour that is no token."""

    def add(self, fronts: Iterable[str], backs: Iterable[str], need: float, rule: Rule) -> None:
        """Take in every front on every back."""
        backs = list(backs)
        for front in fronts:
            for back in backs:
                if front != back and not (need == SHAPE_NEED and front in _DECORATION):
                    self.pairs.setdefault(Pair(front, back, need), f"{rule.file}: {rule.selector}")


def style_sheets(root: Path = ROOT) -> list[Path]:
    """Return the style sheets that pages use."""
    files = [root / "styles" / "base.css", *(root / "styles").glob("components.css")]
    return [*files, *sorted((root / "parts").glob("*.css")), *sorted((root / "pages").rglob("*.css"))]


def read_tokens(text: str) -> dict[str, dict[str, Rgb]]:
    """Return colours by token for "light" and "dark"; dark has light's where it says nothing."""
    light: dict[str, Rgb] = {}
    dark: dict[str, Rgb] = {}
    for rule in read_rules(text, "tokens.css"):
        at = " ".join(rule.conditions)
        if "print" in at or "forced-colors" in at or "prefers-contrast" in at:
            continue
        into = dark if "prefers-color-scheme: dark" in at else light
        for name, value in rule.declarations:
            if name.startswith("--") and re.fullmatch(r"#[0-9a-fA-F]{6}", value):
                into[name[2:]] = _rgb(value)
    return {"light": light, "dark": {**light, **dark}}


def pairs_in_use(files: Iterable[Path], tokens: Iterable[str]) -> Found:
    """Return every pair that the files make of the tokens."""
    known, found = set(tokens), Found()
    for file in files:
        rules = [
            rule
            for rule in read_rules(file.read_text(encoding="utf-8"), file.name)
            if not re.search("print|forced-colors|prefers-contrast", " ".join(rule.conditions))
        ]
        rules = _without_own_names(rules, known)
        for rule in rules:
            _take(rule, rules, known, found)
    return found


def ratio(front: Rgb, back: Rgb) -> float:
    """Return the contrast of two colours. Source: WCAG 2.2, definition of contrast ratio."""
    bright, dim = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def colour_of(name: str, theme: dict[str, Rgb], under: Rgb | None = None) -> Rgb:
    """Return the colour of a token or of a mix such as `jjok 80% ground`."""
    token, _, rest = name.partition(" ")
    if not rest:
        return theme[token]
    share, _, other = rest.partition("% ")
    back = (under or theme["ground"]) if other == "transparent" else theme[other]
    part = float(share) / 100
    red, green, blue = (part * a + (1 - part) * b for a, b in zip(theme[token], back, strict=True))
    return red, green, blue


def _without_own_names(rules: list[Rule], known: set[str]) -> list[Rule]:
    """Put every colour that a property of the sheet's own may have where it is used."""
    own: dict[str, list[str]] = {}
    for rule in rules:
        for name, value in rule.declarations:
            if name.startswith("--") and name[2:] not in known:
                own.setdefault(name[2:], []).append(value)
    if not own:
        return rules
    put = lambda use: " ".join([*own.get(use[1], [use[0]]), use[0]])  # noqa: E731
    return [
        replace(rule, declarations=tuple((name, _TOKEN_USE.sub(put, value)) for name, value in rule.declarations))
        for rule in rules
    ]


def _take(rule: Rule, rules: list[Rule], known: set[str], found: Found) -> None:
    for name, value in rule.declarations:
        if _OTHER_COLOUR.search(value) and "url(" not in value:
            found.strangers.append(f"{rule.file}: {rule.selector} {{ {name}: {value} }}")
    own_text, own_back = _colours(rule, "color", known), _backgrounds(rule, known)
    text = own_text or (_fills(rule, known) if rule.is_text_of_svg else [])
    behind = own_back or _from_others(rule, rules, known)
    if text:
        found.add(text, behind or PLAIN_GROUNDS, TEXT_NEED, rule)
    elif own_back:
        found.add(_text_on(rule, rules, known) or ("ink",), own_back, TEXT_NEED, rule)
    grounds = behind or ["ground", "sand"]
    shapes = [] if rule.is_text_of_svg else _fills(rule, known)
    lines = [c for name, _ in rule.declarations if _LINES.match(name) for c in _colours(rule, name, known)]
    cut = [line for line in lines if line in PLAIN_GROUNDS]
    lines = [line for line in lines if line not in cut]
    found.add(cut, own_back or _colours_around(rule, rules, known), SHAPE_NEED, rule)
    # A line around a filled thing is seen against what is around it.
    found.add(lines, grounds if not own_back else ["ground", "sand"], SHAPE_NEED, rule)
    # Fills that are a ground themselves are seen by the lines and texts on them.
    found.add([s for s in shapes if not _is_ground(s)], grounds, SHAPE_NEED, rule)


def _is_ground(name: str) -> bool:
    return name in PLAIN_GROUNDS or name.endswith("-tint") or "%" in name or name == "on-strong"


def _colours(rule: Rule, name: str, known: set[str]) -> list[str]:
    found: list[str] = []
    for declared, value in rule.declarations:
        if declared != name:
            continue
        rest = value
        for mix in _MIX.finditer(value):
            found.append(f"{mix[1]} {mix[2]}% {mix[3] or 'transparent'}")
            rest = rest.replace(mix[0], "")
        found += [token for token in _TOKEN.findall(rest) if token in known]
    return found


def _backgrounds(rule: Rule, known: set[str]) -> list[str]:
    return [*_colours(rule, "background", known), *_colours(rule, "background-color", known)]


def _fills(rule: Rule, known: set[str]) -> list[str]:
    return _colours(rule, "fill", known)


def _from_others(rule: Rule, rules: list[Rule], known: set[str]) -> list[str]:
    """Backgrounds of the same element in another state or kind; else of the nearest element around it."""
    if same := _most_special([(r, _backgrounds(r, known)) for r in rules if r.is_about(rule)]):
        return same
    for depth in range(len(rule.around)):
        if around := _most_special([(r, _backgrounds(r, known)) for r in rules if r.surrounds(rule, depth)]):
            return around
    return []


def _text_on(rule: Rule, rules: list[Rule], known: set[str]) -> list[str]:
    return _most_special([(other, _colours(other, "color", known)) for other in rules if other.is_about(rule)])


def _most_special(found: list[tuple[Rule, list[str]]]) -> list[str]:
    with_colours = [(len(rule.element), colours) for rule, colours in found if colours]
    most = max((count for count, _ in with_colours), default=0)
    return [each for count, colours in with_colours if count == most for each in colours]


def _colours_around(rule: Rule, rules: list[Rule], known: set[str]) -> list[str]:
    kin = rule.around[0] if rule.around else rule.element
    return [each for other in rules if other.element & kin for each in _colours(other, "color", known)]


def _rgb(text: str) -> Rgb:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def table(found: Found, themes: dict[str, dict[str, Rgb]]) -> tuple[list[str], int]:
    """Return the lines of the table, weakest first, and how many pairs are too weak."""
    rows: list[tuple[float, str]] = []
    weak = 0
    for pair, rule in found.pairs.items():
        ratios = [
            ratio(colour_of(pair.front, theme, colour_of(pair.back, theme)), colour_of(pair.back, theme))
            for theme in themes.values()
        ]
        fails = min(ratios) < pair.need
        weak += fails
        kind = "text " if pair.need == TEXT_NEED else "shape"
        shown = "  ".join(f"{each:5.1f}" for each in ratios)
        line = f"{pair.front:<22} {pair.back:<22} {kind} {pair.need:3}  {shown}  {'WEAK ' if fails else ''}{rule}"
        rows.append((min(ratios) / pair.need, line))
    head = f"{'colour':<22} {'on':<22} use   need  {'  '.join(f'{name:>5}' for name in themes)}  first rule"
    return [head, *(line for _, line in sorted(rows))], weak


def main() -> int:
    """Print the table; 1 when something has to be done."""
    themes = read_tokens((ROOT / "styles" / "tokens.css").read_text(encoding="utf-8"))
    found = pairs_in_use(style_sheets(), themes["light"])
    lines, weak = table(found, themes)
    print("\n".join(lines))
    for stranger in found.strangers:
        print(f"no token: {stranger}")
    print(f"{len(found.pairs)} pairs in both themes, {weak} too weak, {len(found.strangers)} colours that are no token")
    return 1 if weak or found.strangers else 0


if __name__ == "__main__":
    raise SystemExit(main())

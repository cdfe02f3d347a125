"""Lines of table files: CSV as spreadsheets read it, whatever people wrote into their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from madang_frontend.wording import N_, Wording

_END = "\r\n"
# Around a line while a template is at work; no text may hold them.
_OPEN, _CLOSE = "\x1e", "\x1f"
_NO_SIGNS = dict.fromkeys(map(ord, _OPEN + _CLOSE + "\0"))
_LINE = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)
# A cell that begins so is run as a formula; the apostrophe makes it text.
_FORMULA = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NEEDS_QUOTES = re.compile(r'[",;\r\n\t]|^\s|\s$')


def line(*cells: object) -> Markup:
    """Return one line: numbers as they are, text quoted where it must be and never a formula, lists joined by "; "."""
    text = ",".join(_cell(cell) for cell in cells)
    return Markup(_OPEN + text.translate(_NO_SIGNS) + _CLOSE)  # noqa: S704 - no HTML: the file is plain text


def lines(rendered: str) -> str:
    """Return the lines in what a template made; what stands between them, such as its own line breaks, goes."""
    return "".join(text + _END for text in _LINE.findall(rendered))


def cut(wording: Wording, most: int) -> Markup:
    """Return the last line of a list that goes on after the most rows of a file."""
    return line(wording.say(N_("The list goes on; a file holds %(most)s rows. Narrow the filters."), most=f"{most:,}"))


def broken(wording: Wording, _most: int) -> Markup:
    """Return the last line of a file that broke off."""
    return line(wording.say(N_("The file broke off here. Download it again.")))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return _text(str(value.unescape()) if isinstance(value, Markup) else value)
    if isinstance(value, Iterable):
        return _text("; ".join(str(Markup(item).unescape()) for item in value))  # noqa: S704 - unescaped at once
    return _text(str(value))


def _text(text: str) -> str:
    if _FORMULA.match(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text

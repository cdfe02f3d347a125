"""Fields of a condition's JSON leaf: one declaration reads them and makes the owner's form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, cast

from madang_matching.eligibility.dates import REFERENCE_WORDS, REFERENCES, Reference
from madang_matching.errors import RuleError

_Read = TypeVar("_Read")
_Word = TypeVar("_Word", bound=str)

MOST = 10**15
MOST_ENTRIES = 1_000
MOST_LETTERS = 4_000

InputType: TypeAlias = Literal[
    "number", "whole", "won", "euro", "share", "flag", "word", "words", "text", "leaf", "bands"
]
Options: TypeAlias = Mapping[str, tuple[str, str]]
"""Word to its Korean and English label."""


@dataclass(frozen=True, slots=True)
class Input(Generic[_Read]):
    """One field of a leaf."""

    name: str
    type: InputType
    """number: years, half ones too; whole; won; euro; share: 0 to 1; word: one of `options`; words: a list, of
    `options` where there are any; bands: list of {min_years, max_years}; leaf: a condition within."""
    ko: str
    en: str
    parse: Callable[[object, str], _Read]
    """Reads the plain value at a path; raises RuleError."""
    empty: _Read
    """What a missing value, null or an empty text gives."""
    options: Options | None = None
    needed: bool = False
    """True: the leaf is refused without it."""

    def read(self, leaf: Mapping[str, Any], path: str) -> _Read:
        """Read the field of a leaf.

        Raises: RuleError: not readable, or needed and missing.
        """
        value, place = leaf.get(self.name), f"{path}.{self.name}"
        if value is None or value in ("", [], ()):
            if self.needed:
                raise RuleError(place, "is needed")
            return self.empty
        return self.parse(value, place)


Bound: TypeAlias = Literal["inclusive", "exclusive"]
BOUNDS: tuple[Bound, ...] = ("inclusive", "exclusive")
BOUND_OPTIONS: Options = {
    "inclusive": ("이내·이하·이상", "up to and including"),
    "exclusive": ("미만·초과", "short of"),
}


def whole(name: str, ko: str, en: str, kind: Literal["whole", "won"] = "whole") -> Input[int | None]:
    """A whole number of zero or more; won: an amount."""
    return Input(name, kind, ko, en, _whole, None)


def number(name: str, ko: str, en: str) -> Input[float | None]:
    """A number of zero or more."""
    return Input(name, "number", ko, en, _number, None)


def euro(name: str, ko: str, en: str, empty: float | None = None) -> Input[float | None]:
    """An amount in euro."""
    return Input(name, "euro", ko, en, _number, empty)


def share(name: str, ko: str, en: str) -> Input[float | None]:
    """A share between 0 and 1."""
    return Input(name, "share", ko, en, _share, None)


def flag(name: str, ko: str, en: str, empty: bool = False) -> Input[bool]:
    """Yes or no."""
    return Input(name, "flag", ko, en, _flag, empty)


def text(name: str, ko: str, en: str, needed: bool = False) -> Input[str]:
    """Words."""
    return Input(name, "text", ko, en, _text, "", None, needed)


def word(name: str, ko: str, en: str, options: Mapping[_Word, tuple[str, str]]) -> Input[_Word]:
    """One of the options; the first where nothing is said."""

    def parse(value: object, path: str) -> _Word:
        if not isinstance(value, str) or value not in options:
            raise RuleError(path, f"must be one of {', '.join(options)}, not {shown(value)}")
        return cast("_Word", value)

    return Input(name, "word", ko, en, parse, next(iter(options)), cast("Options", options))


def words(name: str, ko: str, en: str, options: Options | None = None, needed: bool = False) -> Input[tuple[str, ...]]:
    """A list of texts, or of options."""

    def parse(value: object, path: str) -> tuple[str, ...]:
        found = _words(value, path)
        for index, each in enumerate(found):
            if options is not None and each not in options:
                raise RuleError(f"{path}[{index}]", f"must be one of {', '.join(options)}, not {shown(each)}")
        return found

    return Input(name, "words", ko, en, parse, (), options, needed)


def codes(name: str, ko: str, en: str, pattern: str, example: str, needed: bool = False) -> Input[tuple[str, ...]]:
    """A list of codes of a pattern, read in upper case and without spaces around."""

    def parse(value: object, path: str) -> tuple[str, ...]:
        found = tuple(each.upper() for each in _words(value, path))
        for index, each in enumerate(found):
            if not re.fullmatch(pattern, each, re.ASCII):
                raise RuleError(f"{path}[{index}]", f"must be {example}, not {shown(each)}")
        return found

    return Input(name, "words", ko, en, parse, (), None, needed)


_UNKNOWN_FIRST: tuple[Reference, ...] = ("unknown", *(each for each in REFERENCES if each != "unknown"))
REFERENCE: Input[Reference] = word(
    "reference", "기준일", "Reference day", {each: REFERENCE_WORDS[each] for each in _UNKNOWN_FIRST}
)
BOUND: Input[Bound] = word("bound", "경계", "Limit", {each: BOUND_OPTIONS[each] for each in BOUNDS})


def shown(value: object) -> str:
    """Return a value as an error message shows it, cut to 80 letters."""
    if isinstance(value, int) and abs(value) >= MOST:
        return "a number too large"
    return repr(value)[:80]


def words_of(names: Mapping[str, tuple[str, str]], chosen: tuple[str, ...], language: int) -> str:
    """Return the names of words one after the other; of an unknown word the word itself."""
    return ", ".join(names[each][language] if each in names else each for each in chosen)


def capital(text_en: str) -> str:
    """Return the text with a capital first letter."""
    return text_en[:1].upper() + text_en[1:]


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
        raise RuleError(path, f"must be a number of zero or more, not {shown(value)}")
    return value


def _whole(value: object, path: str) -> int:
    found = _number(value, path)
    if found != int(found):
        raise RuleError(path, f"must be a whole number, not {shown(value)}")
    return int(found)


def _share(value: object, path: str) -> float:
    found = _number(value, path)
    if found > 1:
        raise RuleError(path, f"must be a share between 0 and 1, not {shown(value)}")
    return found


def _flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise RuleError(path, f"must be true or false, not {shown(value)}")
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        raise RuleError(path, f"must be a text of at most {MOST_LETTERS} letters, not {shown(value)}")
    return value.strip()


def _words(value: object, path: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise RuleError(path, f"must be a list, not {shown(value)}")
    entries = cast("list[object]", value)
    if len(entries) > MOST_ENTRIES:
        raise RuleError(path, f"must have at most {MOST_ENTRIES} entries")
    for index, entry in enumerate(entries):
        if not isinstance(entry, str) or not entry.strip() or len(entry) > MOST_LETTERS:
            raise RuleError(f"{path}[{index}]", f"must be a text, not {shown(entry)}")
    return tuple(str(entry).strip() for entry in entries)

"""Checks of what people fill in. `Checked` collects every problem, so that a form shows them all at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from madang_server.services import sentences
from madang_server.services.errors import Problem, Sentence, ValidationError


class Keep(Enum):
    """A field that the input leaves out: it stays as it is. None, in contrast, clears it."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP

NAME_MOST = 200
SUMMARY_MOST = 2_000
NEED_LEAST, NEED_MOST = 10, 1_000
MESSAGE_LEAST, MESSAGE_MOST = 10, 2_000
REASON_MOST = 500
HOMEPAGE_MOST = 500
EMAIL_MOST = 254
PASSWORD_LEAST, PASSWORD_MOST = 10, 128
EMPLOYEES_MOST = 1_000_000
WON_MOST = 10**15
TECHNOLOGIES_MOST = 30
CERTIFICATES_MOST = 30
KEY_MOST = 200
ID_MOST = 40
AHEAD_MOST = 10
"""Years that a day to come may lie ahead."""

_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}@[^\s@.<>()\[\]\\,;:\"]+(\.[^\s@.<>()\[\]\\,;:\"]+)+")
_CERTIFICATE = re.compile(r"[a-z0-9_]{1,40}")
# Overrides of the writing direction can make a name read as another; letters of right-to-left scripts are welcome.
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Checked:
    """Collects problems. Each method returns the value to store, or None after noting a problem."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, field: str, sentence: Sentence) -> None:
        """Note a problem."""
        self.problems.append(Problem(field, sentence))

    def done(self) -> None:
        """Raise ValidationError if there were problems."""
        if self.problems:
            raise ValidationError(self.problems)

    def text(self, field: str, value: str | None, *, most: int, least: int = 0, lines: bool = False) -> str | None:
        """NFC, without outer blanks; blank is None unless `least` asks for something."""
        # The length comes first: normalising a megabyte is work that nobody asked for.
        if value is not None and len(value) > most * 4:
            return self.refuse(field, sentences.too_long(most))
        clean = unicodedata.normalize("NFC", (value or "").replace("\r\n", "\n")).strip()
        if any(_is_control(character, lines) for character in clean):
            return self.refuse(field, sentences.has_controls())
        if len(clean) > most:
            return self.refuse(field, sentences.too_long(most))
        if not clean and least:
            return self.refuse(field, sentences.must_be_given())
        if len(clean) < least:
            return self.refuse(field, sentences.too_short(least))
        return clean or None

    def word(self, field: str, value: str | None, words: tuple[str, ...]) -> str | None:
        """One of a closed list, or None."""
        if value is not None and value not in words:
            return self.refuse(field, sentences.not_a_word(words))
        return value

    def words(self, field: str, values: Sequence[str] | None, words: tuple[str, ...]) -> list[str]:
        """Some of a closed list, each once, in the order of the list."""
        unknown = set(values or ()) - set(words)
        if unknown:
            self.refuse(field, sentences.not_a_word(words))
        return [word for word in words if word in set(values or ())]

    def number(self, field: str, value: int | None, least: int, most: int) -> int | None:
        """A whole number in a range, or None."""
        if value is not None and not least <= value <= most:
            return self.refuse(field, sentences.out_of_range(least, most))
        return value

    def past_date(self, field: str, value: str | None, today: date) -> str | None:
        """An ISO date from 1800 until today, or None."""
        if value is None:
            return None
        try:
            day = date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            day = None
        if day is None:
            return self.refuse(field, sentences.not_a_date())
        if day > today:
            return self.refuse(field, sentences.in_future())
        if day.year < 1800:
            return self.refuse(field, sentences.before_1800())
        return day.isoformat()

    def day(self, field: str, value: str | None) -> str | None:
        """An ISO date of 1800 to 2199, or None."""
        if value is None:
            return None
        try:
            day = date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            day = None
        if day is None or not 1800 <= day.year < 2200:
            return self.refuse(field, sentences.not_a_date())
        return day.isoformat()

    def instant(self, field: str, value: str | None) -> str | None:
        """An ISO instant with its zone, of 1800 to 2199, as the graph stores it, or None."""
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value) if len(value) <= 40 else None
            moment = moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
        except (ValueError, OverflowError):
            moment = None
        if moment is None or not 1800 <= moment.year < 2200:
            return self.refuse(field, sentences.not_a_moment())
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def coming_day(self, field: str, value: str | None, today: date) -> date | None:
        """An ISO date from tomorrow until ten years from now, or None."""
        if value is None:
            return None
        try:
            day = date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            day = None
        if day is None:
            return self.refuse(field, sentences.not_a_date())
        if day <= today:
            return self.refuse(field, sentences.not_in_future())
        if day.year > today.year + AHEAD_MOST:
            return self.refuse(field, sentences.too_far_ahead(AHEAD_MOST))
        return day

    def email(self, field: str, value: str) -> str | None:
        """An address, case-folded."""
        clean = self.text(field, value, most=EMAIL_MOST, least=1)
        if clean is not None and not _EMAIL.fullmatch(clean):
            return self.refuse(field, sentences.not_an_email())
        return clean.casefold() if clean else None

    def password(self, field: str, value: str) -> str | None:
        """10 to 128 characters, NFC, otherwise as typed."""
        if len(value) > PASSWORD_MOST:
            return self.refuse(field, sentences.too_long(PASSWORD_MOST))
        clean = normalised(value)
        if any(_is_control(character, False) for character in clean):
            return self.refuse(field, sentences.has_controls())
        if len(clean) < PASSWORD_LEAST:
            return self.refuse(field, sentences.too_short(PASSWORD_LEAST))
        return clean

    def homepage(self, field: str, value: str | None) -> str | None:
        """An http or https address without a name or password in it, or None."""
        clean = self.text(field, value, most=HOMEPAGE_MOST)
        if clean is None:
            return None
        try:
            parts = urlsplit(clean)
            fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
        except ValueError:
            fine = False
        if not fine or any(character.isspace() for character in clean):
            return self.refuse(field, sentences.not_a_homepage())
        return clean

    def ids(self, field: str, values: Sequence[str] | None, most: int = TECHNOLOGIES_MOST) -> tuple[str, ...]:
        """At most `most` ids, each once, in their order."""
        unique = tuple(dict.fromkeys(values or ()))
        if len(unique) > most:
            self.refuse(field, sentences.too_many(most))
        elif any(not is_id(value) for value in unique):
            self.refuse(field, sentences.unknown_choice())
        else:
            return unique
        return ()

    def certificates(self, field: str, values: Sequence[str] | None) -> list[str]:
        """At most 30 lower-case words, each once, sorted."""
        unique = sorted(set(values or ()))
        if len(unique) > CERTIFICATES_MOST:
            self.refuse(field, sentences.too_many(CERTIFICATES_MOST))
        elif any(not _CERTIFICATE.fullmatch(value) for value in unique):
            self.refuse(field, sentences.unknown_choice())
        else:
            return unique
        return []


def normalised(password: str) -> str:
    """Return a password in the one form (NFC) in which it is hashed, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password)


def is_id(value: str) -> bool:
    """Whether the text can be a public id at all; what cannot is not worth a question to the graph."""
    return 0 < len(value) <= ID_MOST and value.isascii() and value.replace("_", "").isalnum()


def _is_control(character: str, lines: bool) -> bool:
    if lines and character in "\n\t":
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _DIRECTION_OVERRIDES

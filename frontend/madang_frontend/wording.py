"""Translations: English sentences are the message ids, Korean comes from `translations/ko.po`, read at start."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from madang_frontend import josa
from madang_frontend.letters import isolated

LANGUAGES = ("ko", "en")
TRANSLATIONS = Path(__file__).parent / "translations"


def N_(message: str) -> str:
    """Mark a sentence for the catalogue; gettext's own name, which the extractor looks for."""
    return message


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    language: str
    catalogue: NullTranslations

    def say(self, message: str, **values: object) -> Markup:
        """Return the sentence in this language, with its `%(name)s` filled in and escaped, and particles resolved."""
        return self._fill(self.catalogue.gettext(message), values)

    def count(self, one: str, many: str, number: int, **values: object) -> Markup:
        """Return the sentence for a number; `%(num)s` is the number with thousands separated."""
        return self._fill(self.catalogue.ngettext(one, many, number), {"num": f"{number:,}", **values})

    def josa(self, word: str, particle: str) -> str:
        """Return the word with its Korean particle; in English, the word alone."""
        return josa.join(word, particle) if self.language == "ko" else word

    def _fill(self, text: str, values: dict[str, object]) -> Markup:
        filled = escape(text) % {name: isolated(value) for name, value in values.items()} if values else escape(text)
        return Markup(josa.resolve(filled)) if self.language == "ko" else filled  # noqa: S704 (already escaped)


def load_wording(language: str) -> Wording:
    """Return the words of "ko" or "en". English needs no catalogue: its sentences are the message ids."""
    if language == "en":
        return Wording("en", NullTranslations())
    with (TRANSLATIONS / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Wording(language, GNUTranslations(compiled))

"""Organisations and programmes as texts with sentence vectors: what history is learnt from and asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from madang_matching.fits.history.views import Matrix
from madang_matching.profiles.arrays import Profiles
from madang_matching.profiles.vectors import call_text, organisation_text
from madang_matching.records import Call, Organisation, Snapshot, Technology
from madang_matching.sparse import Ints
from madang_matching.text.encoder import DIMENSIONS, TextEncoder


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """n organisations or programmes."""

    rows: Mapping[str, int]
    """Row of each id."""
    texts: Sequence[str]
    vectors: Matrix
    """Shape (n, 512), rows of length 1 or 0."""

    def of(self, ids: Iterable[str]) -> tuple[list[str], Matrix]:
        """Return texts and vectors of some of them."""
        rows = [self.rows[each] for each in ids]
        return [self.texts[row] for row in rows], self.vectors[np.asarray(rows, dtype=np.int64)]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Everybody that history is about. Those who opted out of profiling are no subjects."""

    organisations: Subjects
    programmes: Subjects
    labels: Mapping[str, str]
    """Name of each technology, by id."""


def encoded_texts(snapshot: Snapshot, encoder: TextEncoder) -> Texts:
    """Return the texts of a snapshot with vectors of name and summary.

    The name lends the vector what it says to those whose summaries say little.
    """
    labels = _labels(snapshot.technologies)
    profiled = [each for each in snapshot.organisations if each.profiling]
    spoken = [_spoken(each) for each in profiled]
    programmes = _programme_texts(snapshot.calls, labels)
    return Texts(
        _subjects({each.id: own_text(each, labels) for each in profiled}, encoder.encode(spoken)),
        _subjects(programmes, encoder.encode(_call_texts(snapshot.calls, programmes))),
        labels,
    )


def profiled_texts(profiles: Profiles) -> Texts:
    """Return the texts of profiles with the vectors that these hold, of the summaries: nothing is encoded."""
    labels = _labels(profiles.technologies)
    shown = {each.id: own_text(each, labels) for each in profiles.organisations if each.profiling}
    rows: Ints = np.array([profiles.rows[each] for each in shown], dtype=np.int64)
    programmes = _programme_texts(profiles.calls, labels)
    vectors = np.zeros((len(programmes), DIMENSIONS), np.float32)
    places = {name: row for row, name in enumerate(programmes)}
    for call in profiles.calls:
        vector = profiles.text_vectors.get(call.id)
        if call.programme and vector is not None:
            vectors[places[call.programme]] += vector
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Texts(
        _subjects(shown, profiles.vectors[rows]),
        _subjects(programmes, np.divide(vectors, lengths, out=vectors, where=lengths > 0)),
        labels,
    )


def own_text(organisation: Organisation, labels: Mapping[str, str]) -> str:
    """Return name, summary and technologies, and as words of their own kind, country and city.

    The name alone tells something of those that say nothing else.
    """
    facts = (
        *(labels.get(each, "") for each in organisation.technologies),
        organisation.kind and f"kind_{organisation.kind}",
        organisation.country and f"country_{organisation.country}",
        organisation.city and f"city_{'_'.join(organisation.city.split())}",
    )
    return " ".join(filter(None, (_spoken(organisation), *facts)))


def _spoken(organisation: Organisation) -> str:
    name = organisation.name_en.strip() or organisation.name_ko.strip()
    return f"{name} {organisation_text(organisation)}".strip()


def _subjects(texts: Mapping[str, str], vectors: Matrix) -> Subjects:
    return Subjects({name: row for row, name in enumerate(texts)}, list(texts.values()), vectors)


def _call_texts(calls: Iterable[Call], programmes: Iterable[str]) -> list[str]:
    parts: dict[str, dict[str, None]] = {name: {} for name in programmes}
    for call in calls:
        if call.programme:
            parts[call.programme][call_text(call)] = None
    return [" ".join(filter(None, texts)) for texts in parts.values()]


def _labels(technologies: Iterable[Technology]) -> dict[str, str]:
    return {each.id: f"{each.name_en} {each.name_ko}".strip() for each in technologies}


def _programme_texts(calls: Iterable[Call], labels: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each programme, in order of id: those of its calls, and the names of their technologies."""
    parts: dict[str, dict[str, None]] = {}
    for call in calls:
        if call.programme:
            own = parts.setdefault(call.programme, {})
            own |= dict.fromkeys((call_text(call), *(labels.get(each, "") for each in call.technologies)))
    return {programme: " ".join(filter(None, texts)) for programme, texts in sorted(parts.items())}

"""What the history of programmes says for one organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from madang_matching.fits.history import FEATURES, ProgrammeHistory, features_of
from madang_matching.fits.history.joined import known_programmes
from madang_matching.fits.history.neighbours import nearest_of
from madang_matching.fits.history.subjects import own_text
from madang_matching.fits.history.views import Matrix
from madang_matching.profiles.arrays import Profiles
from madang_matching.sparse import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """p programmes for one organisation."""

    history: ProgrammeHistory
    values: Floats
    """Shape (p, f), columns as in `FEATURES`, 0 to 1."""
    alike: Matrix
    """Shape (n,), joint likeness with each member; of itself -inf."""
    known: Floats
    """Shape (p,), 1 for its own programmes."""
    silent: Collection[str]
    """Members that are not named."""

    def feature(self, name: str, programme: str) -> float:
        """Return one value; 0 for a programme that history does not know."""
        column = self.history.joined.columns.get(programme)
        return 0.0 if column is None else float(self.values[column, list(FEATURES).index(name)])

    def nearest_member(self, programme: str) -> str | None:
        """Return the id of the nearest member that may be named."""
        joined = self.history.joined
        rows: list[int] = nearest_of(self.alike, joined.table, joined.columns[programme]).tolist()
        return next((name for row in rows if (name := joined.members[row]) not in self.silent), None)

    def sharing(self, programme: str) -> tuple[str, int]:
        """Return the own programme that adds most, and how many others are members of both."""
        joined = self.history.joined
        column = joined.columns[programme]
        closeness = self.history.evidence.common_.closeness(self.known)[:, column] * self.known
        best = int(closeness.argmax())
        both = joined.table[:, best] @ joined.table[:, column] - self.known[best] * self.known[column]
        return joined.programmes[best], round(float(both))


def past_of(history: ProgrammeHistory, profiles: Profiles, organisation_id: str, silent: Collection[str] = ()) -> Past:
    """Return what history says for an organisation of the profiles, from its text and programmes.

    Its text is that of the profiles, so that one that changed, or is new, needs no other history.
    """
    row = profiles.rows[organisation_id]
    wording = own_text(profiles.organisations[row], history.texts.labels)
    texts = history.views.transform([wording], profiles.vectors[row : row + 1])
    alike = history.evidence.alike(texts)[0]
    own = history.joined.rows.get(organisation_id)
    if own is not None:
        alike[own] = -np.inf
    values = features_of(history, texts, [organisation_id])[0]
    return Past(history, values, alike, known_programmes(history.joined, organisation_id), silent)

"""The arrays that features read: one row per organisation, one per call, one per need and offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from madang_matching.lists.refusals import Traits
from madang_matching.lists.variety import variety_vectors
from madang_matching.profiles.network import Network
from madang_matching.records import Call, Organisation, Project, Technology, Text, Vector
from madang_matching.sparse import Floats, Ints, Sparse, from_entries, scaled_rows
from madang_matching.text.ngrams import CharacterNgrams


@dataclass(frozen=True, slots=True, eq=False)
class TextTable:
    """Needs or offers of all organisations, sorted by owner."""

    texts: tuple[Text, ...]
    owners: Ints
    """Row of the owner, shape (k,), ascending."""
    vectors: NDArray[np.float32]
    """Shape (k, 512), as encoded; zeros for an empty text."""
    centred: NDArray[np.float32]
    """Shape (k, 512): without what all of them have in common ("we look for a partner who"), length 1 or 0."""
    technologies: Sparse
    """Shape (k, n_technologies), 1 where the text is about the technology."""
    starts: Ints
    """Shape (n + 1,): the texts of row i are starts[i] to starts[i + 1]."""

    def of(self, row: int) -> slice[int, int, None]:
        """Return where the texts of an organisation stand."""
        return slice(int(self.starts[row]), int(self.starts[row + 1]))

    def best_by_owner(self, values: Floats) -> Floats:
        """Return the greatest value of each owner, shape (n,); 0 for owners without a text.

        Args: values: shape (k,), zero or more.
        """
        best = np.zeros(len(self.starts) - 1)
        np.maximum.at(best, self.owners, values)
        return best


@dataclass(frozen=True, eq=False)
class Profiles:
    """Everything that scores are computed from. n organisations, c calls, t technologies.

    Rows of organisations that opted out of profiling are empty: zero vectors, no technologies, no place, no ties.
    """

    organisations: tuple[Organisation, ...]
    rows: Mapping[str, int]
    calls: tuple[Call, ...]
    call_rows: Mapping[str, int]
    technologies: tuple[Technology, ...]
    profiled: NDArray[np.bool_]
    """Shape (n,)."""
    nameable: NDArray[np.bool_]
    """Shape (n,): sentences for others may name it."""
    vectors: NDArray[np.float32]
    """Shape (n, 512), of the summaries, as encoded; zeros where there is none."""
    centred: NDArray[np.float32]
    """Shape (n, 512): the summaries without what all have in common, length 1 or 0."""
    wording: Sparse
    """Shape (n, n_ngrams), TF-IDF of the summaries, rows of length 1."""
    uses: Sparse
    """Shape (n, t): 1 for a technology it works with or offers, 0.5 for what such a one is part of."""
    uses_unit: Sparse
    """`uses` times rarity, rows of length 1."""
    rarity: Floats
    """Shape (t,): log((n + 1) / (users + 1)), at least 0.1."""
    needs: TextTable
    offers: TextTable
    call_centred: NDArray[np.float32]
    """Shape (c, 512): the calls without what all have in common, length 1 or 0."""
    call_wording: Sparse
    call_technologies: Sparse
    """Shape (c, t), 1 where the call is about the technology."""
    industries: NDArray[Any]
    """Shape (n,), KSIC codes as text, empty where unknown."""
    gu: NDArray[Any]
    """Shape (n,), code of the gu as text, empty where unknown."""
    places: Floats
    """Shape (n, 2), longitude and latitude in degrees; NaN where unknown."""
    kinds: NDArray[Any]
    """Shape (n,), organisation kinds as text."""
    projects: tuple[Project, ...]
    network: Network
    """Joint projects as known at `taken_at`."""
    countries: NDArray[Any]
    """Shape (n,), ISO 3166 codes as text, empty where unknown."""
    usual_country: str
    """The country of more than nine in ten organisations, which tells nothing of a pair; empty: there is none."""
    cities: NDArray[Any]
    """Shape (n,), empty where unknown."""
    dismissed: frozenset[tuple[str, str]]
    refusals: Mapping[int, tuple[tuple[int, str], ...]]
    """By row of who refused: rows of the organisations it found not relevant, oldest first, each with its reason."""
    judged: tuple[tuple[int, int, bool], ...]
    """Rows of who judged and of whom, and whether it went well: useful, accepted or worked; oldest first."""
    employees: Floats
    """Shape (n,); NaN: unknown."""
    stages: NDArray[Any]
    """Shape (n,), idea, seed, early, growth or mature as text; empty where unknown."""
    taken_at: datetime
    ngrams: CharacterNgrams
    new_vectors: Mapping[str, Vector]
    """Vectors made while building, by id of organisation, call, need or offer, for the caller to store."""
    source_texts: Mapping[str, str]
    """The text each vector was made from, by id."""
    text_vectors: Mapping[str, Vector]
    """All vectors by id; a later build reuses those whose text is unchanged."""

    @cached_property
    def located(self) -> Sparse:
        """Shape (n, countries): 1 where an organisation is in the country."""
        names = {name: column for column, name in enumerate(sorted(set(self.countries.tolist()) - {""}))}
        known = [(row, names[name]) for row, name in enumerate(self.countries.tolist()) if name]
        rows, columns = [each[0] for each in known], [each[1] for each in known]
        return from_entries(rows, columns, [1.0] * len(known), (len(self.countries), len(names)))

    @cached_property
    def partner_countries(self) -> Sparse:
        """Shape (n, countries): share of the partners that are in the country, each partner once."""
        return scaled_rows(self.network.linked @ self.located, 1.0 / np.maximum(self.network.partners, 1.0))

    @cached_property
    def traits(self) -> Traits:
        """What refusals compare."""
        return Traits(self.uses_unit, self.places, self.employees, self.industries)

    @cached_property
    def variety(self) -> NDArray[np.float32]:
        """Shape (n, d): products of two rows say how alike they are in kind and technologies, 0 to 1."""
        return variety_vectors(self.kinds, self.uses_unit)

"""Technologies: what one side's needs name and the other has, and what both work with."""

from __future__ import annotations

import numpy as np

from madang_matching.korean import with_particle
from madang_matching.partners.pairs import Pairs, technology_names
from madang_matching.profiles.arrays import Profiles, TextTable
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats, Ints, Sparse, at, dense_row, dot_pairs, from_entries, row


def asked(profiles: Profiles, table: TextTable, organisation_row: int) -> Floats:
    """Return which technologies an organisation's texts name, shape (t,), weighted by rarity, summing to 1 or 0."""
    named = np.zeros(len(profiles.technologies))
    own = table.of(organisation_row)
    for index in range(own.start, own.stop):
        columns, _ = row(table.technologies, index)
        named[columns] = profiles.rarity[columns]
    total = named.sum()
    return named / total if total else named


def _asked_rows(profiles: Profiles, rows: Ints) -> tuple[Sparse, Ints]:
    """Return `asked` of the needs of each different row, sparse, and where each of `rows` stands in it."""
    unique, places = np.unique(rows, return_inverse=True)
    entries = [
        (place, int(column), float(values[column]))
        for place, organisation in enumerate(unique.tolist())
        for values in (asked(profiles, profiles.needs, organisation),)
        for column in np.flatnonzero(values)
    ]
    matrix = from_entries(
        [each[0] for each in entries], [each[1] for each in entries], [each[2] for each in entries],
        (len(unique), len(profiles.technologies)),
    )  # fmt: skip
    return matrix, places


def _covered(profiles: Profiles, seekers: Ints, others: Ints) -> Floats:
    """Return the share of the technologies named by the seekers' needs that the others work with, shape (m,)."""
    needs, places = _asked_rows(profiles, seekers)
    return dot_pairs(needs, places, profiles.uses, others)


def _sought(pairs: Pairs) -> Floats:
    return _covered(pairs.profiles, pairs.seekers, pairs.others)


def _explain_sought(pairs: Pairs, index: int) -> Fact:
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    held = asked(profiles, profiles.needs, seeker) * dense_row(profiles.uses, other)
    column = int(held.argmax())
    ko, en = technology_names(profiles, column)
    return Fact(
        f"우리가 찾는 {ko} 기술을 다룹니다.",
        f"They work with {en}, which our needs name.",
        profiles.technologies[column].id,
    )


def _wanted(pairs: Pairs) -> Floats:
    """Their needs name technologies that we have."""
    return _covered(pairs.profiles, pairs.others, pairs.seekers)


def _explain_wanted(pairs: Pairs, index: int) -> Fact:
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    held = asked(profiles, profiles.needs, other) * dense_row(profiles.uses, seeker)
    column = int(held.argmax())
    ko, en = technology_names(profiles, column)
    return Fact(
        f"우리가 다루는 {ko} 기술을 찾고 있습니다.",
        f"They look for {en}, which we work with.",
        profiles.technologies[column].id,
    )


def _shared(pairs: Pairs) -> Floats:
    units = pairs.profiles.uses_unit
    return np.clip(dot_pairs(units, pairs.seekers, units, pairs.others), 0.0, 1.0)


def _explain_shared(pairs: Pairs, index: int) -> Fact:
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    both = dense_row(profiles.uses_unit, seeker) * dense_row(profiles.uses_unit, other)
    column = int(both.argmax())
    ko, en = technology_names(profiles, column)
    direct = at(profiles.uses, seeker, column) == at(profiles.uses, other, column) == 1.0
    if direct:
        sentence = Fact(f"두 곳 모두 {with_particle(ko, '을/를')} 다룹니다.", f"Both work with {en}.", "")
    else:
        sentence = Fact(f"두 곳 모두 {ko} 분야에서 일합니다.", f"Both work in the field of {en}.", "")
    return sentence._replace(fact=profiles.technologies[column].id)


TECHNOLOGY_SOUGHT: Feature[Pairs] = Feature(
    "technology_sought", "share of the technologies my needs name that they work with", _sought, _explain_sought,
    weight=1.9, floor=1.9,
)  # fmt: skip
TECHNOLOGY_WANTED: Feature[Pairs] = Feature(
    "technology_wanted", "share of the technologies their needs name that I work with", _wanted, _explain_wanted,
    weight=0.4, floor=0.4,
)  # fmt: skip
TECHNOLOGY_SHARED: Feature[Pairs] = Feature(
    "technology_shared",
    "cosine of the technologies of both, weighted by rarity",
    _shared,
    _explain_shared,
    weight=0.6,
    ceiling=1.2,
)

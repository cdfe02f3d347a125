"""Technologies: what one side's needs name and the other has, and what both work with."""

from __future__ import annotations

import numpy as np

from madang_matching.korean import with_particle
from madang_matching.partners.pair import Side, technology_names
from madang_matching.profiles.arrays import Profiles, TextTable
from madang_matching.scoring.features import Fact, Feature
from madang_matching.sparse import Floats, at, dense_row, row, times_vector


def asked(profiles: Profiles, table: TextTable, organisation_row: int) -> Floats:
    """Return which technologies an organisation's texts name, shape (t,), weighted by rarity, summing to 1 or 0."""
    named = np.zeros(len(profiles.technologies))
    own = table.of(organisation_row)
    for index in range(own.start, own.stop):
        columns, _ = row(table.technologies, index)
        named[columns] = profiles.rarity[columns]
    total = named.sum()
    return named / total if total else named


def _sought(side: Side) -> Floats:
    return times_vector(side.profiles.uses, asked(side.profiles, side.profiles.needs, side.row))


def _explain_sought(side: Side, candidate: int) -> Fact:
    profiles = side.profiles
    held = asked(profiles, profiles.needs, side.row) * dense_row(profiles.uses, candidate)
    column = int(held.argmax())
    ko, en = technology_names(profiles, column)
    return Fact(
        f"우리가 찾는 {ko} 기술을 다룹니다.",
        f"They work with {en}, which our needs name.",
        profiles.technologies[column].id,
    )


def _wanted(side: Side) -> Floats:
    """Their needs name technologies that we have: every candidate's needs against our row."""
    profiles, needs = side.profiles, side.profiles.needs
    ours = dense_row(profiles.uses, side.row) * profiles.rarity
    covered, named = (
        needs.sum_by_owner(times_vector(needs.technologies, weights)) for weights in (ours, profiles.rarity)
    )
    return np.divide(covered, named, out=np.zeros_like(covered), where=named > 0)


def _explain_wanted(side: Side, candidate: int) -> Fact:
    profiles = side.profiles
    held = asked(profiles, profiles.needs, candidate) * dense_row(profiles.uses, side.row)
    column = int(held.argmax())
    ko, en = technology_names(profiles, column)
    return Fact(
        f"우리가 다루는 {ko} 기술을 찾고 있습니다.",
        f"They look for {en}, which we work with.",
        profiles.technologies[column].id,
    )


def _shared(side: Side) -> Floats:
    values = times_vector(side.profiles.uses_unit, dense_row(side.profiles.uses_unit, side.row))
    return np.clip(values, 0.0, 1.0)


def _explain_shared(side: Side, candidate: int) -> Fact:
    profiles = side.profiles
    both = dense_row(profiles.uses_unit, side.row) * dense_row(profiles.uses_unit, candidate)
    column = int(both.argmax())
    ko, en = technology_names(profiles, column)
    direct = at(profiles.uses, side.row, column) == at(profiles.uses, candidate, column) == 1.0
    if direct:
        sentence = Fact(f"두 곳 모두 {with_particle(ko, '을/를')} 다룹니다.", f"Both work with {en}.", "")
    else:
        sentence = Fact(f"두 곳 모두 {ko} 분야에서 일합니다.", f"Both work in the field of {en}.", "")
    return sentence._replace(fact=profiles.technologies[column].id)


TECHNOLOGY_SOUGHT: Feature[Side] = Feature(
    "technology_sought", "share of the technologies my needs name that they work with", _sought, _explain_sought,
    weight=1.4, floor=1.4,
)  # fmt: skip
TECHNOLOGY_WANTED: Feature[Side] = Feature(
    "technology_wanted", "share of the technologies their needs name that I work with", _wanted, _explain_wanted,
    weight=0.9, floor=0.9,
)  # fmt: skip
TECHNOLOGY_SHARED: Feature[Side] = Feature(
    "technology_shared",
    "cosine of the technologies of both, weighted by rarity",
    _shared,
    _explain_shared,
    weight=0.6,
    ceiling=1.2,
)

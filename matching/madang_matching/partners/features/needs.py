"""Need against offer: what one side looks for and the other can supply, by meaning and by technology."""

from __future__ import annotations

import numpy as np

from madang_matching.korean import quoted, with_particle
from madang_matching.partners.pair import Side
from madang_matching.profiles.arrays import TextTable
from madang_matching.records import Text
from madang_matching.scoring.features import Fact, Feature, ramp
from madang_matching.sparse import Floats, row, times_vector

LOW, HIGH = 0.12, 0.45
"""Likeness at which a need and an offer begin to be about the same, and at which they say the same."""

SAME_TECHNOLOGY = 0.2
"""What a need all of whose technologies the offer covers adds to the cosine. It lifts texts that are near each other;
alone it is weak evidence, because one label covers much."""


def matches(mine: TextTable, own: slice[int, int, None], theirs: TextTable) -> Floats:
    """Return the likeness of each of my own texts with each text of `theirs`, shape (own texts, k).

    Cosine of centred vectors plus the share of my text's technologies that theirs covers, times 0.2.
    """
    values = (mine.centred[own] @ theirs.centred.T).astype(np.float64)
    for place in range(own.start, own.stop):
        columns, _ = row(mine.technologies, place)
        if len(columns):
            wanted = np.zeros(mine.technologies.shape[1])
            wanted[columns] = SAME_TECHNOLOGY / len(columns)
            values[place - own.start] += times_vector(theirs.technologies, wanted)
    return values


def _table(side: Side, mine: TextTable, theirs: TextTable) -> Floats:
    """Return the matches of my own texts; one line of zeros where I have none."""
    own = mine.of(side.row)
    return matches(mine, own, theirs) if own.start < own.stop else np.full((1, len(theirs.texts)), -1.0)


def _needs_offers(side: Side) -> Floats:
    return _table(side, side.profiles.needs, side.profiles.offers)


def _offers_needs(side: Side) -> Floats:
    return _table(side, side.profiles.offers, side.profiles.needs)


def _best(side: Side, likeness: Floats, theirs: TextTable) -> Floats:
    return theirs.best_by_owner(ramp(likeness.max(axis=0), LOW, HIGH))


def _best_pair(
    side: Side, candidate: int, likeness: Floats, mine: TextTable, theirs: TextTable
) -> tuple[Text, Text, bool]:
    """Return my text and theirs that match best, and whether they do by meaning alone; ties go to the first."""
    own, other = mine.of(side.row), theirs.of(candidate)
    first, second = divmod(int(likeness[:, other].argmax()), other.stop - other.start)
    one, two = own.start + first, other.start + second
    return mine.texts[one], theirs.texts[two], float(mine.centred[one] @ theirs.centred[two]) > LOW


def _answered(side: Side) -> Floats:
    return _best(side, side.once("needs_offers", _needs_offers), side.profiles.offers)


def _explain_answered(side: Side, candidate: int) -> Fact:
    needs, offers = side.profiles.needs, side.profiles.offers
    need, offer, alike = _best_pair(side, candidate, side.once("needs_offers", _needs_offers), needs, offers)
    mine, theirs = quoted(need.text), quoted(offer.text)
    if alike:
        ko, en = (
            f"우리가 찾는 것 {mine}에 맞는 제안이 있습니다: {theirs}",
            f"They offer {theirs}, close to our need {mine}.",
        )
    else:
        ko = f"우리가 찾는 것 {with_particle(mine, '와/과')} 같은 기술을 다루는 제안이 있습니다: {theirs}"
        en = f"They offer {theirs}, about the same technology as our need {mine}."
    return Fact(ko, en, f"{need.id} {offer.id}")


def _wanted(side: Side) -> Floats:
    return _best(side, side.once("offers_needs", _offers_needs), side.profiles.needs)


def _explain_wanted(side: Side, candidate: int) -> Fact:
    needs, offers = side.profiles.needs, side.profiles.offers
    offer, need, alike = _best_pair(side, candidate, side.once("offers_needs", _offers_needs), offers, needs)
    mine, theirs = quoted(offer.text), quoted(need.text)
    if alike:
        ko, en = (
            f"우리 제안 {mine}에 맞는 것을 찾고 있습니다: {theirs}",
            f"They look for {theirs}, close to our offer {mine}.",
        )
    else:
        ko = f"우리 제안 {with_particle(mine, '와/과')} 같은 기술에 대한 것을 찾고 있습니다: {theirs}"
        en = f"They look for {theirs}, about the same technology as our offer {mine}."
    return Fact(ko, en, f"{need.id} {offer.id}")


NEED_ANSWERED: Feature[Side] = Feature(
    "need_answered", "best of my needs against their offers, by vectors and technologies", _answered, _explain_answered,
    weight=3.2, floor=3.2,
)  # fmt: skip
OFFER_WANTED: Feature[Side] = Feature(
    "offer_wanted", "best of their needs against my offers, by vectors and technologies", _wanted, _explain_wanted,
    weight=2.2, floor=2.2,
)  # fmt: skip

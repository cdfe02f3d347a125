"""Need against offer: what one side looks for and the other can supply, by meaning and by technology."""

from __future__ import annotations

import numpy as np

from madang_matching.korean import quoted
from madang_matching.partners.pair import Side
from madang_matching.profiles.arrays import TextTable
from madang_matching.records import Text
from madang_matching.scoring.features import Fact, Feature, either, ramp
from madang_matching.sparse import Floats, row, times_vector

LOW, HIGH = 0.12, 0.45
"""Cosine of centred vectors at which a need and an offer begin to be about the same, and at which they say the same."""

TECHNOLOGY_SHARE = 0.6
"""Evidence of a need all of whose technologies the offer covers."""


def matches(mine: TextTable, own: slice[int, int, None], theirs: TextTable) -> Floats:
    """Return how well each text of `theirs` meets each of my own, shape (own texts, k), 0 to 1."""
    values = ramp(mine.centred[own] @ theirs.centred.T, LOW, HIGH)
    for place in range(own.start, own.stop):
        columns, _ = row(mine.technologies, place)
        if len(columns):
            wanted = np.zeros(mine.technologies.shape[1])
            wanted[columns] = TECHNOLOGY_SHARE / len(columns)
            line = place - own.start
            values[line] = either(values[line], times_vector(theirs.technologies, wanted))
    return values


def _table(side: Side, mine: TextTable, theirs: TextTable) -> Floats:
    """Return the matches of my own texts; one line of zeros where I have none."""
    own = mine.of(side.row)
    return matches(mine, own, theirs) if own.start < own.stop else np.zeros((1, len(theirs.texts)))


def _needs_offers(side: Side) -> Floats:
    return _table(side, side.profiles.needs, side.profiles.offers)


def _offers_needs(side: Side) -> Floats:
    return _table(side, side.profiles.offers, side.profiles.needs)


def _best_pair(side: Side, candidate: int, values: Floats, mine: TextTable, theirs: TextTable) -> tuple[Text, Text]:
    """Return my text and theirs that match best; ties go to the first."""
    own, other = mine.of(side.row), theirs.of(candidate)
    first, second = divmod(int(values[:, other].argmax()), other.stop - other.start)
    my_text: Text = mine.texts[own.start + first]
    their_text: Text = theirs.texts[other.start + second]
    return my_text, their_text


def _answered(side: Side) -> Floats:
    return side.profiles.offers.best_by_owner(side.once("needs_offers", _needs_offers).max(axis=0))


def _explain_answered(side: Side, candidate: int) -> Fact:
    needs, offers = side.profiles.needs, side.profiles.offers
    need, offer = _best_pair(side, candidate, side.once("needs_offers", _needs_offers), needs, offers)
    return Fact(
        f"우리가 찾는 것 {quoted(need.text)}에 맞는 제안이 있습니다: {quoted(offer.text)}",
        f"They offer what we look for. Our need: {quoted(need.text)} Their offer: {quoted(offer.text)}",
        f"{need.id} {offer.id}",
    )


def _wanted(side: Side) -> Floats:
    return side.profiles.needs.best_by_owner(side.once("offers_needs", _offers_needs).max(axis=0))


def _explain_wanted(side: Side, candidate: int) -> Fact:
    needs, offers = side.profiles.needs, side.profiles.offers
    offer, need = _best_pair(side, candidate, side.once("offers_needs", _offers_needs), offers, needs)
    return Fact(
        f"우리 제안 {quoted(offer.text)}에 맞는 것을 찾고 있습니다: {quoted(need.text)}",
        f"They look for what we offer. Our offer: {quoted(offer.text)} Their need: {quoted(need.text)}",
        f"{need.id} {offer.id}",
    )


NEED_ANSWERED: Feature[Side] = Feature(
    "need_answered", "best of my needs against their offers, by vectors and technologies", _answered, _explain_answered,
    weight=3.2, floor=3.2,
)  # fmt: skip
OFFER_WANTED: Feature[Side] = Feature(
    "offer_wanted", "best of their needs against my offers, by vectors and technologies", _wanted, _explain_wanted,
    weight=2.2, floor=2.2,
)  # fmt: skip

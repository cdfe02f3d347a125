"""Need against offer: what one side looks for and the other can supply, by meaning and by technology."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from madang_matching.korean import quoted, with_particle
from madang_matching.partners.pairs import Pairs
from madang_matching.profiles.arrays import TextTable
from madang_matching.records import Text
from madang_matching.scoring.features import Fact, Feature, ramp
from madang_matching.sparse import Floats, Ints, Sparse, dot_pairs, row_counts, row_dots, scaled_rows

LOW, HIGH = 0.12, 0.45
"""Likeness at which a need and an offer begin to be about the same, and at which they say the same."""

SAME_TECHNOLOGY = 0.2
"""What a need all of whose technologies the offer covers adds to the cosine. It lifts texts that are near each other;
alone it is weak evidence, because one label covers much."""


class Crossed(NamedTuple):
    """Every text of a seeker beside every text of the other, for all pairs; K combinations in all."""

    pair: Ints
    """Shape (K,), index of the pair, ascending."""
    mine: Ints
    """Shape (K,), row in the seekers' table."""
    theirs: Ints
    """Shape (K,), row in the others' table."""
    likeness: Floats
    """Shape (K,): cosine of centred vectors plus 0.2 times the share of my text's technologies that theirs covers."""


def crossed(mine: TextTable, seekers: Ints, theirs: TextTable, others: Ints) -> Crossed:
    """Return all combinations of texts of each pair with their likeness."""
    first, second = mine.starts[seekers], theirs.starts[others]
    widths = theirs.starts[others + 1] - second
    counts = (mine.starts[seekers + 1] - first) * widths
    pair = np.repeat(np.arange(len(seekers)), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = widths[pair]
    left, right = first[pair] + within // np.maximum(width, 1), second[pair] + within % np.maximum(width, 1)
    likeness = row_dots(mine.centred, left, theirs.centred, right)
    likeness += SAME_TECHNOLOGY * dot_pairs(_shares(mine.technologies), left, theirs.technologies, right)
    return Crossed(pair, left, right, likeness)


def _shares(technologies: Sparse) -> Sparse:
    """Return the technologies of each text as shares of 1."""
    return scaled_rows(technologies, 1.0 / np.maximum(row_counts(technologies), 1))


def _needs_offers(pairs: Pairs) -> Crossed:
    return crossed(pairs.profiles.needs, pairs.seekers, pairs.profiles.offers, pairs.others)


def _offers_needs(pairs: Pairs) -> Crossed:
    return crossed(pairs.profiles.offers, pairs.seekers, pairs.profiles.needs, pairs.others)


def _best(pairs: Pairs, found: Crossed) -> Floats:
    best = np.zeros(len(pairs))
    np.maximum.at(best, found.pair, ramp(found.likeness, LOW, HIGH))
    return best


def _best_texts(index: int, found: Crossed, mine: TextTable, theirs: TextTable) -> tuple[Text, Text, bool]:
    """Return my text and theirs that match best, and whether they do by meaning alone; ties go to the first."""
    start, end = np.searchsorted(found.pair, (index, index + 1))
    place = start + int(found.likeness[start:end].argmax())
    one, two = int(found.mine[place]), int(found.theirs[place])
    return mine.texts[one], theirs.texts[two], float(mine.centred[one] @ theirs.centred[two]) > LOW


def _answered(pairs: Pairs) -> Floats:
    return _best(pairs, pairs.once("needs_offers", _needs_offers))


def _explain_answered(pairs: Pairs, index: int) -> Fact:
    needs, offers = pairs.profiles.needs, pairs.profiles.offers
    need, offer, alike = _best_texts(index, pairs.once("needs_offers", _needs_offers), needs, offers)
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


def _wanted(pairs: Pairs) -> Floats:
    return _best(pairs, pairs.once("offers_needs", _offers_needs))


def _explain_wanted(pairs: Pairs, index: int) -> Fact:
    needs, offers = pairs.profiles.needs, pairs.profiles.offers
    offer, need, alike = _best_texts(index, pairs.once("offers_needs", _offers_needs), offers, needs)
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


NEED_ANSWERED: Feature[Pairs] = Feature(
    "need_answered", "best of my needs against their offers, by vectors and technologies", _answered, _explain_answered,
    weight=4.4, floor=4.4,
)  # fmt: skip
OFFER_WANTED: Feature[Pairs] = Feature(
    "offer_wanted", "best of their needs against my offers, by vectors and technologies", _wanted, _explain_wanted,
    weight=1.0, floor=1.0,
)  # fmt: skip

"""Who offers what a sentence asks: score and reasons of one hit, and a search over profiles."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from madang_matching.korean import quoted
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Organisation, Partner, Reason
from madang_matching.scoring.features import ramp
from madang_matching.scoring.weights import logistic
from madang_matching.sparse import Floats
from madang_matching.text.encoder import TextEncoder
from madang_matching.text.spotting import Spotted, TechnologySpotter

INTERCEPT = -3.0
LIKENESS_WEIGHT = 4.0
TECHNOLOGY_WEIGHT = 2.5
LOW, HIGH = 0.20, 0.70
"""Cosine at which an offer begins to be about the sentence, and at which it says the same."""

LEAST = 0.1
"""Score from which an organisation counts as found: faint likeness alone is no answer."""


def explain_search_hit(
    spotted: Sequence[Spotted], offer_text: str, similarity: float, organisation_technologies: Collection[str]
) -> tuple[float, tuple[Reason, ...]]:
    """Return score and reasons of one organisation for a sentence.

    Args:
        spotted: technologies that the sentence names, with its own words.
        offer_text: the offer of the organisation that is nearest to the sentence; empty: it has none.
        similarity: cosine of sentence and offer, -1 to 1; without an offer, of sentence and summary.
        organisation_technologies: ids of the technologies it works with or offers.

    Returns:
        The score, 0 to 1, and at least two reasons, heaviest first. Their weights and -3 add up to the score's
        log-odds. Facts that add nothing have weight 0.
    """
    closeness = LIKENESS_WEIGHT * float(ramp(np.array([similarity]), LOW, HIGH)[0])
    held = [found for found in spotted if found.technology_id in organisation_technologies]
    known = TECHNOLOGY_WEIGHT * len(held) / max(len(spotted), 1)
    reasons = [_offer_reason(offer_text, similarity, closeness), _technology_reason(held, spotted, known)]
    reasons.sort(key=lambda reason: -reason.weight)
    return float(logistic(np.array([INTERCEPT + closeness + known]))[0]), tuple(reasons)


def _offer_reason(offer_text: str, similarity: float, weight: float) -> Reason:
    percent = round(100 * max(similarity, 0.0))
    if not offer_text.strip():
        return Reason(
            "summary",
            weight,
            f"소개 글이 찾으시는 내용과 {percent}% 비슷합니다.",
            f"Their description is {percent} % like what you look for.",
            f"{percent}%",
        )
    quote = quoted(offer_text)
    if weight > 0:
        ko, en = f"찾으시는 내용과 가까운 제안이 있습니다: {quote}", f"They offer something close to it: {quote}"
    else:
        ko, en = f"이런 제안을 올렸습니다: {quote}", f"What they offer: {quote}"
    return Reason("offer", weight, ko, en, offer_text)


def _technology_reason(held: Sequence[Spotted], spotted: Sequence[Spotted], weight: float) -> Reason:
    if held:
        words, ids = _said(held), " ".join(found.technology_id for found in held)
        return Reason(
            "technology",
            weight,
            f"글에 나온 {words}에 쓰는 기술을 다룹니다.",
            f"They work with the technology for {words}.",
            ids,
        )
    if spotted:
        words = _said(spotted)
        return Reason(
            "technology",
            0.0,
            f"글에 나온 {words}에 쓰는 기술은 이 조직의 정보에 없습니다.",
            f"Technology for {words} is not in their profile.",
            "",
        )
    return Reason(
        "technology",
        0.0,
        "글에서 목록에 있는 기술을 찾지 못해 뜻이 가까운지만 보았습니다.",
        "The sentence names no listed technology, so only its meaning was compared.",
        "",
    )


def _said(spotted: Sequence[Spotted]) -> str:
    """Return the sentence's own words, each once, in quotation marks."""
    return ", ".join(f"‘{words}’" for words in dict.fromkeys(found.words for found in spotted))


def search_partners(
    profiles: Profiles,
    text: str,
    encoder: TextEncoder,
    spotter: TechnologySpotter,
    *,
    limit: int = 20,
    left_out: Collection[str] = (),
) -> list[Partner]:
    """Return who offers what a sentence asks, best first, ties to the lesser id.

    Only organisations with some evidence are listed: an offer or summary that is about it, or a technology it names,
    enough for a score of `LEAST`.
    """
    vector = encoder.encode([text])[0]
    spotted = spotter.spot(text)
    offers = np.maximum(profiles.offers.vectors @ vector, 0.0).astype(np.float64)
    likeness = np.maximum(profiles.offers.best_by_owner(offers), profiles.vectors @ vector)
    hits: list[tuple[float, str, tuple[Reason, ...]]] = []
    for row, organisation in enumerate(profiles.organisations):
        technologies = _technologies(organisation)
        evident = likeness[row] > LOW or any(found.technology_id in technologies for found in spotted)
        if evident and profiles.profiled[row] and organisation.id not in left_out:
            offer = _nearest_offer(profiles, row, offers, float(likeness[row]))
            score, reasons = explain_search_hit(spotted, offer, float(likeness[row]), technologies)
            if score >= LEAST:
                hits.append((score, organisation.id, reasons))
    hits.sort(key=lambda hit: (-round(hit[0], 9), hit[1]))
    return [Partner(name, rank, score, reasons) for rank, (score, name, reasons) in enumerate(hits[:limit], start=1)]


def _technologies(organisation: Organisation) -> set[str]:
    return {*organisation.technologies, *(name for offer in organisation.offers for name in offer.technologies)}


def _nearest_offer(profiles: Profiles, row: int, offers: Floats, likeness: float) -> str:
    """Return the organisation's nearest offer; empty where its summary is nearer or it offers nothing."""
    own = profiles.offers.of(row)
    if own.start == own.stop or offers[own].max() < likeness - 1e-6:
        return ""
    return profiles.offers.texts[own.start + int(offers[own].argmax())].text

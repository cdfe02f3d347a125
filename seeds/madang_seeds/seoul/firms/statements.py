"""What the invented organisations need and offer, in sentences as a founder or plant manager would write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from madang_seeds.seoul.firms.fields import Field, Phrase
from madang_seeds.seoul.firms.firm import Statement
from madang_seeds.seoul.firms.templates import Pairs, sentences
from madang_seeds.seoul.firms.wording import fill, numbers, pick

_ENGLISH_SHARE = 0.12
_NEED_CHANCE = {
    "startup": 0.5,
    "sme": 0.8,
    "corporate": 0.8,
    "research": 0.5,
    "public_body": 0.6,
    "civic": 0.6,
    "investor": 0.3,
}
_OFFER_CHANCE = {
    "startup": 0.9,
    "sme": 0.5,
    "corporate": 0.6,
    "research": 0.9,
    "public_body": 0.7,
    "civic": 0.5,
    "investor": 0.9,
}
_BUDGETS = (3, 5, 8, 10, 15, 20, 30, 50, 80, 120)
"""Millions of won."""


def draw_needs(random: Random, kind: str, field: Field, values: Mapping[str, object]) -> tuple[Statement, ...]:
    """Draw what the organisation looks for: none, one or two needs."""
    if random.random() > _NEED_CHANCE[kind]:
        return ()
    if kind not in {"startup", "sme"}:
        return (_from_template(random, sentences("need", kind), field, values, "partner"),)
    pool = _needs_of(random, kind, field)
    count = 2 if len(pool) > 1 and random.random() < 0.3 else 1
    return tuple(_need(random, kind, phrase, values) for phrase in random.sample(list(pool), count))


def _needs_of(random: Random, kind: str, field: Field) -> Sequence[Phrase]:
    """Return the phrases to draw from. Where a field has SMEs, theirs lack skill, money or equipment; startups lack
    partners and data, and half of them simply a first customer."""
    if kind == "sme":
        return [phrase for phrase in field.needs if phrase[3] in {"skill", "money", "equipment"}] or field.needs
    young = [phrase for phrase in field.needs if not field.smes or phrase[3] in {"partner", "data"}]
    if young and random.random() < 0.5:
        return young
    return [(*pair, random.choice(field.technologies), "partner") for pair in sentences("need", "startup")]


def draw_offers(random: Random, kind: str, field: Field, values: Mapping[str, object]) -> tuple[Statement, ...]:
    """Draw what the organisation can supply: none, one or two offers."""
    if random.random() > _OFFER_CHANCE[kind]:
        return ()
    if kind not in {"startup", "sme"}:
        return (_from_template(random, sentences("offer", kind), field, values, None),)
    if kind == "sme" and field.smes:
        pool = field.offers[-1:] if len(field.offers) < 3 else field.offers[-2:]
        return (_offer(random, random.choice(pool), values),)
    pool = field.offers[:-1] if field.smes and len(field.offers) > 2 else field.offers
    count = 2 if len(pool) > 1 and random.random() < 0.35 else 1
    return tuple(_offer(random, phrase, values) for phrase in random.sample(list(pool), count))


def _need(random: Random, kind: str, phrase: Phrase, values: Mapping[str, object]) -> Statement:
    figures = {**values, **numbers(random)}
    asks = [*sentences("statement", "ask"), *(sentences("statement", "ask_sme") if kind == "sme" else ())]
    context, ask = pick(random, sentences("statement", "context"), figures), pick(random, asks, figures)
    middle = pick(random, [(f"{phrase[0]}.", f"{phrase[1]}.")], figures)
    language = random.random() < _ENGLISH_SHARE
    budget = random.choice(_BUDGETS) * 1_000_000 if random.random() < 0.55 else None
    return Statement(
        _joined(context[language], middle[language], ask[language]),
        _LANGUAGES[language],
        (phrase[2],),
        phrase[3],
        budget,
        random.randint(1, 160),
    )


def _offer(random: Random, phrase: Phrase, values: Mapping[str, object]) -> Statement:
    figures = {**values, **numbers(random)}
    middle = (fill(phrase[0], figures) + ".", fill(phrase[1], figures) + ".")
    closing = pick(random, sentences("statement", "closing"), figures)
    language = random.random() < _ENGLISH_SHARE
    return Statement(
        _joined(middle[language], closing[language]),
        _LANGUAGES[language],
        (phrase[2],),
        posted_days_ago=random.randint(1, 300),
    )


def _from_template(
    random: Random, choices: Pairs, field: Field, values: Mapping[str, object], barrier: str | None
) -> Statement:
    texts = pick(random, choices, {**values, **numbers(random)})
    language = random.random() < _ENGLISH_SHARE
    return Statement(
        texts[language],
        _LANGUAGES[language],
        (random.choice(field.technologies),),
        barrier,
        posted_days_ago=random.randint(1, 200),
    )


_LANGUAGES = {False: "ko", True: "en"}


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence).strip()

"""The invented organisations: drawn from one seed, so that the same day of loading gives the same district."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from madang_seeds.packed import read_toml
from madang_seeds.seoul.districts import all_gu
from madang_seeds.seoul.firms.fields import Field, all_fields
from madang_seeds.seoul.firms.figures import draw_figures
from madang_seeds.seoul.firms.firm import Firm
from madang_seeds.seoul.firms.names import BRIGHT, STEADY, Namer
from madang_seeds.seoul.firms.places import draw_place
from madang_seeds.seoul.firms.statements import draw_needs, draw_offers
from madang_seeds.seoul.firms.templates import WHO, Pairs, sentences
from madang_seeds.seoul.firms.wording import numbers, pick, year_slot

SEED = "madang-1"
_OTHERS = {"corporate": 30, "research": 40, "public_body": 10, "investor": 28, "civic": 34}
_VISIBILITIES = ("public", "members", "private")


@dataclass(frozen=True, slots=True)
class _Order:
    """An organisation to be made; the name is given when it has one already."""

    key: str
    kind: str
    field: Field
    name: tuple[str, str] | None = None


@cache
def all_firms() -> tuple[Firm, ...]:
    """Return the invented organisations, in the order of their keys' series."""
    namer = Namer(Random(f"{SEED}/names"))
    return tuple(_firm(order, namer) for order in _orders())


def _orders() -> Iterator[_Order]:
    fields = all_fields()
    seen: set[str] = set()
    for field in fields:
        yield from (_Order(f"startup/{field.key}/{n}", "startup", field) for n in range(field.startups))
        yield from (_Order(f"sme/{field.key}/{n}", "sme", field) for n in range(field.sme_count))
    for kind, count in _OTHERS.items():
        for n in range(count):
            yield _Order(f"{kind}/{n}", kind, fields[(n * 7 + len(kind)) % len(fields)])
    for call in read_toml("seoul_demo_calls.toml")["call"]:
        if "programme" not in call and call["owner"] not in seen:
            seen.add(call["owner"])
            nearest = max(fields, key=lambda field: len(set(field.technologies) & set(call["technologies"])))
            yield _Order(f"owner/{call['owner']}", "public_body", nearest, (call["owner"], call["owner_en"]))


def _firm(order: _Order, namer: Namer) -> Firm:
    random = Random(f"{SEED}/{order.key}")
    kind, field = order.kind, order.field
    gu, district, place = draw_place(random, field)
    figures = draw_figures(random, kind, field)
    name_ko, name_en = order.name or _name(random, kind, field, gu, namer)
    values = _values(random, kind, field, gu, figures.founded_days_ago)
    summary_ko, summary_en = pick(random, _templates(kind, field, figures.founded_days_ago), values)
    offers = draw_offers(random, kind, field, values)
    supplied = {code for offer in offers for code in offer.technologies}
    return Firm(
        key=order.key, kind=kind, field=field, name_ko=name_ko, name_en=name_en,
        summary_ko=summary_ko, summary_en=summary_en, gu=gu, innovation_district=district, place=place,
        founded_days_ago=figures.founded_days_ago, employees=figures.employees, revenue_won=figures.revenue_won,
        industry=_industry(random, kind, field), stage=figures.stage, trl=figures.trl,
        technologies=sorted({*_technologies(random, kind, field), *supplied}), certificates=figures.certificates,
        visibility="public" if order.name else random.choices(_VISIBILITIES, (88, 9, 3))[0],
        profiling=random.random() > 0.02, dimensions=figures.dimensions,
        needs=draw_needs(random, kind, field, values), offers=offers,
        edited_days_ago=random.randint(1, 320),
    )  # fmt: skip


def _templates(kind: str, field: Field, founded: int | None) -> Pairs:
    if kind != "sme":
        return sentences("summary", kind)
    pairs = sentences("summary", "server" if field.smes == "serve" else "maker")
    return tuple(pair for pair in pairs if founded is not None or "{year}" not in pair[0])


def _values(random: Random, kind: str, field: Field, gu: str, founded: int | None) -> dict[str, object]:
    """Return what the sentences of one organisation speak of: one product, one kind of customer, one outcome."""
    product = random.choice(field.sme_products if kind == "sme" else field.products)
    customer, outcome = random.choice(field.customers), random.choice(field.outcomes)
    who = WHO[field.smes if kind == "sme" else "startup"]
    return {
        **numbers(random),
        "product_ko": product[0], "product_en": product[1], "customer_ko": customer[0], "customer_en": customer[1],
        "outcome_ko": outcome[0], "outcome_en": outcome[1], "topic_ko": field.topic[0], "topic_en": field.topic[1],
        "gu_ko": gu, "gu_en": all_gu()[gu].name_en, "who_ko": who[0], "who_en": who[1],
        "year": "" if founded is None else year_slot(founded),
    }  # fmt: skip


_NAME_ENDS: dict[str, Sequence[tuple[str, str]]] = {
    "corporate": [("그룹", "Group"), ("홀딩스", "Holdings"), ("코퍼레이션", "Corporation"), ("네트웍스", "Networks")],
    "investor": [
        ("벤처스", "Ventures"),
        ("파트너스", "Partners"),
        ("인베스트먼트", "Investment"),
        ("엔젤클럽", "Angel Club"),
    ],
}


def _name(random: Random, kind: str, field: Field, gu: str, namer: Namer) -> tuple[str, str]:
    if kind == "startup":
        return namer.next_name(f"startup/{field.key}", BRIGHT, field.suffixes)
    if kind == "sme":
        korean, english = namer.next_name(f"sme/{field.key}", STEADY, field.sme_suffixes)
        return f"(주){korean}", f"{english} Co., Ltd."
    if kind in _NAME_ENDS:
        return namer.next_name(kind, STEADY if kind == "corporate" else BRIGHT, _NAME_ENDS[kind])
    topic_ko, topic_en = field.topic[0], field.topic[1].title().replace("Ai", "AI").replace(" And ", " and ")
    ends: dict[str, Sequence[tuple[str, str]]] = {
        "research": [
            (f"대학교 {topic_ko} 연구소", f"University Institute of {topic_en}"),
            (f" {topic_ko} 연구원", f"Research Institute of {topic_en}"),
        ],
        "public_body": [(f" {gu} {topic_ko} 지원센터 (예시)", f"Support Centre for {topic_en} (example)")],
        "civic": [
            (f" {topic_ko} 시민모임", f"Citizens for {topic_en}"),
            (f" {gu} 생활실험실", "Neighbourhood Lab"),
            (f" {topic_ko} 협동조합", f"Cooperative for {topic_en}"),
        ],
    }
    return namer.next_name(f"{kind}/{field.key}/{gu}/{random.random()}", BRIGHT, ends[kind])


def _industry(random: Random, kind: str, field: Field) -> str:
    if kind in {"startup", "corporate"}:
        return random.choice(field.industries)
    if kind == "sme":
        return random.choice(field.sme_industries)
    return {"research": "M70", "public_body": "O84", "investor": "K64", "civic": "S94"}[kind]


def _technologies(random: Random, kind: str, field: Field) -> tuple[str, ...]:
    """A firm uses one to three technologies of its field; an SME fewer than a startup."""
    most = 2 if kind in {"sme", "civic", "investor"} else 3
    count = min(len(field.technologies), random.randint(1, most))
    return tuple(sorted(random.sample(list(field.technologies), count)))

"""True facts of a candidate that the score does not use, for suggestions with fewer than two reasons."""

from __future__ import annotations

from collections.abc import Iterator

from madang_matching.eligibility.kinds.organisation_kind import KIND_NAMES
from madang_matching.industries import industry_name
from madang_matching.partners.pairs import Pairs, technology_names
from madang_matching.regions import region_name
from madang_matching.scoring.features import Fact
from madang_matching.sparse import dense_row


def neutral_facts(pairs: Pairs, index: int) -> Iterator[tuple[str, Fact]]:
    """Yield kind and fact, most telling first; kind and "met" are there for every organisation."""
    profiles = pairs.profiles
    _, candidate = pairs.at(index)
    used = dense_row(profiles.uses, candidate)
    if used.max(initial=0.0) > 0:
        column = int((used * profiles.rarity).argmax())
        ko, en = technology_names(profiles, column)
        fact = profiles.technologies[column].id
        yield "technology", Fact(f"{ko} 분야에서 일합니다.", f"They work in the field of {en}.", fact)
    if gu := str(profiles.gu[candidate]):
        ko, en = region_name(gu)
        yield "place", Fact(f"{ko}에 있습니다.", f"They are in {en}.", gu)
    if code := str(profiles.industries[candidate]):
        ko, en = industry_name(code)
        yield "industries", Fact(f"업종은 {ko}입니다.", f"Their industry is {en}.", code)
    organisation = profiles.organisations[candidate]
    ko, en = KIND_NAMES.get(organisation.kind, (organisation.kind, organisation.kind))
    yield "kinds", Fact(f"등록된 유형: {ko}.", f"Registered as: {en}.", organisation.kind)
    if organisation.founded_on:
        yield "founded", _dated(organisation.founded_on)
    yield "met", Fact("아직 함께 한 과제가 없습니다.", "They have no joint project with us yet.", "0")


def _dated(day: str) -> Fact:
    return Fact(f"{day}에 설립되었습니다.", f"Founded on {day}.", day)

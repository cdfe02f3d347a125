"""A sentence is one more need: it is scored as the lists are, over the few that a database found."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from madang_matching.partners import Asked, PartnerSearch, partner_suggestions
from madang_matching.partners.suggestions import BOTH, default_partner_weights, start_of
from madang_matching.profiles import Profiles, Yardstick, build_profiles
from madang_matching.records import Organisation, Partner, Text
from madang_matching.text import TechnologySpotter, UniversalEncoder

from tests.matching.planted import District

SENTENCE = "전지 수명을 미리 알려 주는 배터리 진단 회사"


@pytest.fixture(scope="module")
def stored(planted: Profiles) -> list[Organisation]:
    """The organisations as a database hands them over, with their vectors."""
    vectors = planted.text_vectors

    def with_vectors(texts: tuple[Text, ...]) -> tuple[Text, ...]:
        return tuple(replace(each, vector=vectors.get(each.id)) for each in texts)

    return [
        replace(each, vector=vectors.get(each.id), needs=with_vectors(each.needs), offers=with_vectors(each.offers))
        for each in planted.organisations
    ]


@pytest.fixture(scope="module")
def search(planted: Profiles) -> PartnerSearch:
    return PartnerSearch(planted.technologies, Yardstick.of(planted))


def asked(encoder: UniversalEncoder, planted: Profiles, text: str, by: Organisation | None = None) -> Asked:
    technologies = (each.technology_id for each in TechnologySpotter(planted.technologies).spot(text))
    return Asked(text, encoder.encode([text])[0], tuple(technologies), by)


def names(found: list[Partner]) -> list[str]:
    return [each.organisation_id for each in found]


def test_a_sentence_finds_the_planted_suppliers(
    planted: Profiles, encoder: UniversalEncoder, search: PartnerSearch, stored: list[Organisation]
) -> None:
    found = search.partners(asked(encoder, planted, SENTENCE), stored, limit=6)
    assert set(names(found)) == {f"org_battery_s{number}" for number in range(6)}
    assert [each.rank for each in found] == [1, 2, 3, 4, 5, 6]


def test_reasons_add_up_to_the_chance_and_are_two(
    planted: Profiles, encoder: UniversalEncoder, search: PartnerSearch, stored: list[Organisation]
) -> None:
    start = start_of(default_partner_weights(), BOTH)
    for by in (None, stored[0]):
        found = search.partners(asked(encoder, planted, SENTENCE, by), stored)
        assert found
        for each in found:
            log_odds = math.log(each.score / (1 - each.score))
            assert log_odds == pytest.approx(start + sum(reason.weight for reason in each.reasons), abs=1e-6)
            assert len(each.reasons) >= 2


def test_the_score_is_that_of_the_list_of_one_who_has_nothing_but_that_need(
    planted: Profiles, district: District, encoder: UniversalEncoder, search: PartnerSearch, stored: list[Organisation]
) -> None:
    question = asked(encoder, planted, SENTENCE)
    asking = replace(question.seeker(), id="org_zz")
    snapshot = replace(district.snapshot, organisations=(*district.snapshot.organisations, asking))
    lists = partner_suggestions(
        build_profiles(snapshot, encoder, planted, Yardstick.of(planted)), ["org_zz"], limit=len(stored)
    )
    listed = {each.organisation_id: each.score for each in lists["org_zz"]}
    for each in search.partners(question, stored):
        assert each.score == pytest.approx(listed[each.organisation_id], abs=1e-6)


def test_what_is_known_of_who_asks_counts_too_unless_it_opted_out(
    planted: Profiles, encoder: UniversalEncoder, search: PartnerSearch, stored: list[Organisation]
) -> None:
    by = next(each for each in stored if each.id.startswith("org_battery") and each.location)
    alone = search.partners(asked(encoder, planted, SENTENCE), stored)
    known = search.partners(asked(encoder, planted, SENTENCE, by), stored)
    silent = search.partners(asked(encoder, planted, SENTENCE, replace(by, profiling=False)), stored)
    assert by.id not in names(known)
    assert {reason.kind for each in known for reason in each.reasons if reason.weight} > {
        reason.kind for each in alone for reason in each.reasons if reason.weight
    }
    before = {each.organisation_id: each.score for each in alone}
    assert {each.organisation_id: each.score for each in silent}.items() <= before.items()


def test_who_opted_out_is_not_found_and_nothing_is_found_for_nothing(
    planted: Profiles, encoder: UniversalEncoder, search: PartnerSearch, stored: list[Organisation]
) -> None:
    question = asked(encoder, planted, SENTENCE)
    first = names(search.partners(question, stored))[0]
    hidden = [replace(each, profiling=each.id != first) for each in stored]
    assert first not in names(search.partners(question, hidden))
    assert search.partners(asked(encoder, planted, "  "), stored) == []
    assert search.partners(question, []) == []


def test_the_score_does_not_depend_on_who_else_was_found(
    planted: Profiles, encoder: UniversalEncoder, search: PartnerSearch, stored: list[Organisation]
) -> None:
    question = asked(encoder, planted, SENTENCE)
    everybody = {each.organisation_id: each for each in search.partners(question, stored)}
    few = search.partners(question, [each for each in stored if each.id in list(everybody)[:3]])
    for each in few:
        assert each.reasons == everybody[each.organisation_id].reasons

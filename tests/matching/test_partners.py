"""Partner suggestions: who is found, why, and that the reasons are true."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from madang_matching.distances import distance_km
from madang_matching.errors import UnknownOrganisationError
from madang_matching.partners import default_partner_weights, partner_suggestions
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.records import Organisation, Partner, Project, Snapshot
from madang_matching.text import UniversalEncoder

from tests.matching.builders import AI, ROBOTS, VISION, make_organisation, make_snapshot, make_text
from tests.matching.planted import District


def log_odds(score: float) -> float:
    return math.log(score / (1 - score))


def suggest(snapshot: Snapshot, encoder: UniversalEncoder, organisation_id: str) -> list[Partner]:
    return partner_suggestions(build_profiles(snapshot, encoder), [organisation_id])[organisation_id]


def precision(found: list[str], truth: frozenset[str], k: int = 5) -> float:
    return sum(name in truth for name in found[:k]) / k


def test_planted_partners_are_found_far_more_often_than_popular_ones(planted: Profiles, district: District) -> None:
    lists = partner_suggestions(planted)
    ours = [precision([each.organisation_id for each in lists[name]], truth) for name, truth in district.truth.items()]
    popular = [
        precision([other for other in district.popularity if other != name], truth)
        for name, truth in district.truth.items()
    ]
    assert np.mean(popular) < 0.2
    assert np.mean(ours) > 0.8
    assert np.mean(ours) > 4 * np.mean(popular)


def test_reasons_and_intercept_add_up_to_the_log_odds_of_the_score(planted: Profiles) -> None:
    intercept = default_partner_weights().intercept_
    for suggestions in partner_suggestions(planted).values():
        for partner in suggestions:
            total = intercept + sum(reason.weight for reason in partner.reasons)
            assert log_odds(partner.score) == pytest.approx(total, abs=1e-6)


def test_every_suggestion_has_two_reasons_in_both_languages_heaviest_first(planted: Profiles) -> None:
    for suggestions in partner_suggestions(planted).values():
        assert [partner.rank for partner in suggestions] == list(range(1, len(suggestions) + 1))
        for partner in suggestions:
            weights = [reason.weight for reason in partner.reasons]
            assert len(weights) >= 2
            assert weights == sorted(weights, reverse=True)
            assert all(reason.ko and reason.en and reason.weight >= 0 for reason in partner.reasons)
            assert len({reason.kind for reason in partner.reasons}) == len(weights)


def _rich_snapshot() -> Snapshot:
    me = make_organisation(
        id="org_me",
        kind="sme",
        industry_code="C25",
        country="KR",
        city="Seoul",
        summary_ko="자동차 부품을 만드는 회사입니다.",
        technologies=("tec_ai",),
        needs=(make_text("need_1", "불량을 카메라로 찾는 기술이 필요합니다.", "tec_vision"),),
        offers=(make_text("off_1", "시제품을 시험할 생산 라인을 빌려드립니다.", "tec_robot"),),
    )
    other = make_organisation(
        id="org_other",
        stage="mature",
        country="KR",
        city="Seoul",
        summary_ko="자동차 부품의 불량을 찾는 회사입니다.",
        technologies=("tec_vision", "tec_ai"),
        needs=(make_text("need_2", "제품을 시험할 생산 라인을 찾습니다.", "tec_robot"),),
        offers=(make_text("off_2", "카메라로 불량을 찾는 장비를 공급합니다.", "tec_vision"),),
    )
    third = make_organisation(
        id="org_third",
        kind="research",
        country="KR",
        region_codes=("11500", "11"),
        location=None,
        industry_code="M70",
    )
    far = make_organisation(id="org_far", country="JP", region_codes=(), location=None)
    projects = (
        Project("prj_0", ("org_me", "org_far"), "2024-01-01"),
        Project("prj_1", ("org_me", "org_third"), "2024-01-01", ("tec_ai",)),
        Project("prj_2", ("org_third", "org_other"), "2024-01-01", ("tec_ai",)),
    )
    return make_snapshot(organisations=(me, other, third, far), technologies=(AI, ROBOTS, VISION), projects=projects)


def _changed(snapshot: Snapshot, organisation_id: str, **changes: object) -> Snapshot:
    organisations = tuple(
        dataclasses.replace(each, **changes) if each.id == organisation_id else each  # type: ignore[arg-type]
        for each in snapshot.organisations
    )
    return dataclasses.replace(snapshot, organisations=organisations)


REMOVALS: dict[str, dict[str, object]] = {
    "need_answered": {"offers": ()},
    "offer_wanted": {"needs": ()},
    "technology_sought": {"technologies": ("tec_ai",), "offers": ()},
    "technology_wanted": {"needs": ()},
    "technology_shared": {"technologies": (), "offers": ()},
    "place": {"region_codes": (), "location": None},
    "summaries": {"summary_ko": "", "summary_en": ""},
    "industries": {"industry_code": None},
    "kinds": {"kind": "sme"},
    "country": {"country": ""},
    "city": {"city": ""},
}


def test_every_feature_can_be_a_reason(encoder: UniversalEncoder) -> None:
    (partner,) = suggest(_rich_snapshot(), encoder, "org_me")
    expected = {feature.reason for feature in PARTNER_FEATURES if feature.weight}
    assert {reason.kind for reason in partner.reasons} == expected
    assert set(REMOVALS) | {"common_partners", "subjects"} == expected


def test_what_has_no_weight_yet_tells_its_fact_once_history_gives_it_some(encoder: UniversalEncoder) -> None:
    profiles = build_profiles(_rich_snapshot(), encoder)
    weights = default_partner_weights()
    weighed = dataclasses.replace(weights, coefficients=tuple(value or 0.5 for value in weights.coefficients))
    (partner,) = partner_suggestions(profiles, ["org_me"], scorer=weighed)["org_me"]
    assert {reason.kind for reason in partner.reasons} == {feature.reason for feature in PARTNER_FEATURES}
    assert {"activity", "partners_country"} < {reason.kind for reason in partner.reasons}


@pytest.mark.parametrize("kind", sorted(REMOVALS))
def test_taking_the_fact_away_takes_the_reason_and_lowers_the_score(kind: str, encoder: UniversalEncoder) -> None:
    snapshot = _rich_snapshot()
    (before,) = suggest(snapshot, encoder, "org_me")
    (after,) = suggest(_changed(snapshot, "org_other", **REMOVALS[kind]), encoder, "org_me")
    assert kind not in {reason.kind for reason in after.reasons if reason.weight > 0}
    assert after.score < before.score


def test_without_the_common_partner_the_score_is_lower(encoder: UniversalEncoder) -> None:
    snapshot = _rich_snapshot()
    (before,) = suggest(snapshot, encoder, "org_me")
    less = dataclasses.replace(snapshot, projects=snapshot.projects[:2])
    (after,) = suggest(less, encoder, "org_me")
    common = next(reason for reason in before.reasons if reason.kind == "common_partners")
    assert common.fact == "org_third"
    assert after.score < before.score


def test_a_private_third_party_is_evidence_but_is_not_named(encoder: UniversalEncoder) -> None:
    snapshot = dataclasses.replace(_rich_snapshot(), silent=frozenset({"org_third"}))
    weights = default_partner_weights()
    weighed = dataclasses.replace(weights, coefficients=tuple(value or 0.5 for value in weights.coefficients))
    (open_one,), (partner,) = (
        partner_suggestions(build_profiles(each, encoder), ["org_me"], scorer=weighed)["org_me"]
        for each in (_rich_snapshot(), snapshot)
    )
    told = {reason.kind: reason for reason in partner.reasons}
    assert {"common_partners", "circles"} < set(told)
    assert partner.score == open_one.score
    third = snapshot.organisations[2]
    for reason in partner.reasons:
        assert third.id not in reason.fact
    assert told["common_partners"].en == "Both have worked with the same organisation."
    assert told["common_partners"].ko == "함께 일한 곳이 1곳 겹칩니다."


def test_reasons_name_the_need_the_offer_and_the_technology(encoder: UniversalEncoder) -> None:
    (partner,) = suggest(_rich_snapshot(), encoder, "org_me")
    facts = {reason.kind: reason.fact for reason in partner.reasons}
    assert facts["need_answered"] == "need_1 off_2"
    assert facts["offer_wanted"] == "need_2 off_1"
    assert facts["technology_sought"] == "tec_vision"
    assert facts["technology_wanted"] == "tec_robot"
    assert facts["technology_shared"] == "tec_ai"
    assert facts["place"] == "11680"


def test_who_completes_comes_before_who_is_alike(encoder: UniversalEncoder) -> None:
    me = make_organisation(
        id="org_me",
        kind="sme",
        industry_code="C25",
        summary_ko="알루미늄 부품을 가공하는 회사입니다.",
        technologies=("tec_robot",),
        needs=(make_text("need_1", "불량을 카메라로 찾는 기술이 필요합니다.", "tec_vision"),),
    )
    twin = dataclasses.replace(me, id="org_twin", needs=())
    solver = make_organisation(
        id="org_solver",
        region_codes=("41135", "41"),
        location=(127.9, 37.9),
        technologies=("tec_vision",),
        offers=(make_text("off_1", "카메라로 불량을 찾는 장비를 공급합니다.", "tec_vision"),),
    )
    snapshot = make_snapshot(organisations=(me, twin, solver), technologies=(ROBOTS, VISION))
    assert [partner.organisation_id for partner in suggest(snapshot, encoder, "org_me")] == ["org_solver", "org_twin"]


def _bare(name: str, **fields: object) -> Organisation:
    return Organisation(name, "sme", **fields)  # type: ignore[arg-type]


def test_left_out_are_itself_the_dismissed_the_known_and_the_opted_out(encoder: UniversalEncoder) -> None:
    names = ("org_a", "org_b", "org_c", "org_d", "org_e")
    organisations = tuple(_bare(name, profiling=name != "org_d") for name in names)
    snapshot = make_snapshot(
        organisations=organisations,
        projects=(Project("prj_1", ("org_a", "org_c"), None),),
        dismissed=frozenset({("org_a", "org_b"), ("org_e", "org_a")}),
    )
    lists = partner_suggestions(build_profiles(snapshot, encoder))
    assert {name: [each.organisation_id for each in found] for name, found in lists.items()} == {
        "org_a": ["org_e"],
        "org_b": ["org_a", "org_c", "org_e"],
        "org_c": ["org_b", "org_e"],
        "org_d": [],
        "org_e": ["org_b", "org_c"],
    }


def test_nothing_known_still_gives_two_true_facts_and_ties_go_by_id(encoder: UniversalEncoder) -> None:
    snapshot = make_snapshot(organisations=tuple(_bare(name) for name in ("org_c", "org_a", "org_b")))
    found = suggest(snapshot, encoder, "org_b")
    assert [each.organisation_id for each in found] == ["org_a", "org_c"]
    assert all(len(each.reasons) == 2 and {reason.weight for reason in each.reasons} == {0.0} for each in found)


def test_lists_are_the_same_again_and_do_not_depend_on_who_else_is_asked(planted: Profiles, district: District) -> None:
    names = sorted(district.truth)[:3]
    assert partner_suggestions(planted, names[:1])[names[0]] == partner_suggestions(planted, names)[names[0]]


def test_a_limit_cuts_the_list_and_an_unknown_id_is_an_error(planted: Profiles, district: District) -> None:
    name = min(district.truth)
    assert len(partner_suggestions(planted, [name], limit=3)[name]) == 3
    with pytest.raises(UnknownOrganisationError, match="org_nobody"):
        partner_suggestions(planted, ["org_nobody"])


def test_distance_from_city_hall_to_gangnam_station() -> None:
    places = np.array([[126.9784, 37.5666], [127.0276, 37.4979], [np.nan, np.nan]])
    kilometres = distance_km(places[[0, 0, 0]], places)
    assert kilometres[0] == 0
    assert kilometres[1] == pytest.approx(8.79, abs=0.05)
    assert np.isnan(kilometres[2])

"""Programme fits: order by verdict, reasons, what is left out."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest
from madang_matching.errors import UnknownOrganisationError
from madang_matching.fits import default_fit_weights, programme_fits
from madang_matching.fits.features import FIT_FEATURES, RULES_ONLY
from madang_matching.fits.history import fit_history, profiled_texts
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.records import Call, Fit, Membership, Organisation
from madang_matching.text import UniversalEncoder

from tests.matching.builders import AI, ROBOTS, VISION, make_call, make_organisation, make_snapshot, make_text

SEOUL_ONLY = {"kind": "region", "codes": ["11"], "source_text": "서울 소재 기업"}
BUSAN_ONLY = {"kind": "region", "codes": ["26"]}
PROSE = {"kind": "prose", "text_ko": "세금 체납이 없어야 합니다."}


def fits(encoder: UniversalEncoder, calls: list[Call], organisation: Organisation, **snapshot: Any) -> list[Fit]:
    given = {"organisations": (organisation, *snapshot.pop("others", ())), "technologies": (AI, ROBOTS, VISION)}
    read = make_snapshot(calls=tuple(calls), **given, **snapshot)
    profiles = build_profiles(read, encoder)
    history = fit_history(profiled_texts(profiles), read.memberships) if read.memberships else None
    return programme_fits(profiles, history=history, silent={"org_silent"})[organisation.id]


def test_eligible_calls_come_first_and_those_that_are_not_stay_last(encoder: UniversalEncoder) -> None:
    about_me = {"technologies": ("tec_robot",), "name_ko": "로봇 실증 지원"}
    calls = [
        make_call(id="call_no", rules=BUSAN_ONLY, **about_me),
        make_call(id="call_check", rules=PROSE, **about_me),
        make_call(id="call_yes", rules=SEOUL_ONLY),
        make_call(id="call_unruled"),
    ]
    found = fits(encoder, calls, make_organisation(technologies=("tec_robot",), summary_ko="로봇을 만듭니다."))
    assert [(fit.call_id, fit.verdict, fit.rank) for fit in found] == [
        ("call_yes", "eligible", 1),
        ("call_check", "check", 2),
        ("call_unruled", "check", 3),
        ("call_no", "not_eligible", 4),
    ]
    assert found[0].conditions[0].source_text == "서울 소재 기업"


def test_planted_calls_come_first(planted: Profiles) -> None:
    lists = programme_fits(planted)
    suppliers = [name for name in lists if "_s" in name]
    assert len(suppliers) == 36
    assert all(lists[name][0].call_id == f"call_{name.split('_')[1]}" for name in suppliers)


def test_reasons_and_intercept_add_up_and_are_at_least_two(planted: Profiles) -> None:
    intercept = default_fit_weights().intercept_
    for found in programme_fits(planted).values():
        for fit in found:
            total = intercept + sum(reason.weight for reason in fit.reasons)
            assert math.log(fit.score / (1 - fit.score)) == pytest.approx(total, abs=1e-6)
            assert len(fit.reasons) >= 2
            assert all(reason.ko and reason.en for reason in fit.reasons)


def _rich() -> tuple[Organisation, Call]:
    organisation = make_organisation(
        summary_ko="공장의 불량을 카메라로 찾는 기술을 만듭니다.",
        technologies=("tec_vision",),
        needs=(make_text("need_1", "공장에서 기술을 실증할 자금과 장소를 찾습니다.", "tec_ai"),),
    )
    rules = {"all": [SEOUL_ONLY, {"kind": "industry", "include": ["J"]}, PROSE]}
    call = make_call(
        name_ko="제조 현장 비전 검사 실증 지원",
        summary_ko="공장에서 불량을 찾는 기술의 실증 자금을 지원합니다.",
        technologies=("tec_vision", "tec_ai"),
        rules=rules,
        programme="prg_a",
    )
    return organisation, call


def _members() -> dict[str, Any]:
    """A firm like that of `_rich`, and two that have one programme with it."""
    others = (
        make_organisation(id="org_b", name_ko="나눔비전", summary_ko="공장의 불량을 카메라로 찾는 장비를 만듭니다."),
        make_organisation(id="org_c", summary_ko="빵을 굽습니다."),
        make_organisation(id="org_d", summary_ko="옷을 짓습니다."),
    )
    pairs = (("org_b", "prg_a"), ("org_c", "prg_a"), ("org_d", "prg_a"))
    common = (("org_a", "prg_b"), ("org_c", "prg_b"), ("org_d", "prg_b"))
    return {"others": others, "memberships": tuple(Membership(*pair) for pair in (*pairs, *common))}


def _around(call: Call) -> list[Call]:
    return [call, make_call(id="call_b", programme="prg_b", name_ko="다른 사업", name_en="The other programme")]


REMOVALS: dict[str, tuple[str, dict[str, Any]]] = {
    "technologies": ("call", {"technologies": ()}),
    "need": ("organisation", {"needs": ()}),
    "summary": ("organisation", {"summary_ko": ""}),
    "rules": ("call", {"rules": PROSE}),
    "place": ("organisation", {"region_codes": ()}),
    "industry": ("organisation", {"industry_code": None}),
    "purposes": ("call", {"purposes": ("space",), "id": "call_a"}),
    "timing": ("call", {"opens_at": None, "closes_at": None}),
    "alike_members": ("memberships", {"org_b": "prg_a"}),
    "common_members": ("memberships", {"org_a": "prg_b"}),
}


@pytest.mark.parametrize("kind", sorted(REMOVALS))
def test_taking_the_fact_away_lowers_the_score(kind: str, encoder: UniversalEncoder) -> None:
    organisation, call = _rich()
    around = _members()
    before = next(each for each in fits(encoder, _around(call), organisation, **around) if each.call_id == "call_a")
    assert {reason.kind for reason in before.reasons} == {feature.name for feature in FIT_FEATURES} == set(REMOVALS)
    side, changes = REMOVALS[kind]
    around = _members()
    if side == "call":
        call = dataclasses.replace(call, **changes)
    elif side == "organisation":
        organisation = dataclasses.replace(organisation, **changes)
    else:
        kept = (each for each in around["memberships"] if changes.get(each.organisation) != each.programme)
        around["memberships"] = tuple(kept)
    after = next(each for each in fits(encoder, _around(call), organisation, **around) if each.call_id == "call_a")
    weights = {reason.kind: reason.weight for reason in after.reasons}
    assert weights.get(kind, 0.0) < next(reason.weight for reason in before.reasons if reason.kind == kind)
    assert after.score < before.score


def test_reasons_of_history_name_the_member_and_the_programme(encoder: UniversalEncoder) -> None:
    organisation, call = _rich()
    found = next(each for each in fits(encoder, _around(call), organisation, **_members()) if each.call_id == "call_a")
    reasons = {reason.kind: reason for reason in found.reasons}
    assert reasons["alike_members"].fact == "org_b prg_a"
    assert reasons["alike_members"].ko == "소개 글이 우리와 가까운 나눔비전이 이 사업에 참여했습니다."
    assert reasons["common_members"].fact == "prg_b prg_a"
    assert (
        reasons["common_members"].en == "2 members of The other programme, which we joined, joined this programme too."
    )


def test_a_silent_member_counts_and_is_not_named(encoder: UniversalEncoder) -> None:
    organisation, call = _rich()
    like = make_organisation(
        id="org_silent", name_ko="조용한비전", summary_ko="공장의 불량을 카메라로 찾는 장비를 만듭니다."
    )
    found = fits(encoder, [call], organisation, others=(like,), memberships=(Membership("org_silent", "prg_a"),))
    (reason,) = (each for each in found[0].reasons if each.kind == "alike_members")
    assert reason.weight > 0
    assert "조용한비전" not in reason.ko
    assert reason.fact == "prg_a"


def test_without_memberships_history_changes_nothing(encoder: UniversalEncoder) -> None:
    organisation, call = _rich()
    profiles = build_profiles(make_snapshot(organisations=(organisation,), calls=(call,)), encoder)
    empty = fit_history(profiled_texts(profiles), ())
    assert programme_fits(profiles, history=empty) == programme_fits(profiles)


def test_closed_and_dismissed_calls_are_left_out_and_unknown_is_not_closed(encoder: UniversalEncoder) -> None:
    calls = [
        make_call(id="call_closed", closes_at="2026-11-24T02:59:59Z"),
        make_call(id="call_last_second", closes_at="2026-11-24T03:00:01Z"),
        make_call(id="call_dismissed"),
        make_call(id="call_unknown", opens_at=None, closes_at=None),
        make_call(id="call_rolling", opens_at=None, closes_at=None, rolling=True),
        make_call(id="call_upcoming", opens_at="2026-12-24T03:00:00Z", closes_at="2027-01-24T03:00:00Z"),
    ]
    found = fits(encoder, calls, make_organisation(), dismissed=frozenset({("org_a", "call_dismissed")}))
    assert {fit.call_id for fit in found} == {"call_last_second", "call_unknown", "call_rolling", "call_upcoming"}
    sentences = {fit.call_id: next(each for each in fit.reasons if each.kind == "timing") for fit in found[:3]}
    assert "2026년 12월 24일에 접수를 시작합니다." in {reason.ko for reason in sentences.values()}


def test_without_profiling_only_rules_and_dates_count(encoder: UniversalEncoder) -> None:
    organisation, call = _rich()
    organisation = dataclasses.replace(organisation, profiling=False)
    (fit,) = fits(encoder, [call], organisation)
    assert {reason.kind for reason in fit.reasons if reason.weight} == RULES_ONLY
    bare = dataclasses.replace(organisation, summary_ko="", technologies=(), needs=(), stage=None)
    (same,) = fits(encoder, [call], bare)
    assert same.score == fit.score


def test_without_profiling_no_vector_is_made(encoder: UniversalEncoder) -> None:
    organisation, call = _rich()
    hidden = dataclasses.replace(organisation, profiling=False)
    profiles = build_profiles(make_snapshot(organisations=(hidden,), calls=(call,)), encoder)
    assert set(profiles.new_vectors) == {"call_a"}
    assert not profiles.vectors.any()
    assert len(profiles.needs.texts) == 0


def test_limit_ties_and_an_unknown_organisation(encoder: UniversalEncoder) -> None:
    calls = [make_call(id=f"call_{letter}") for letter in "dbca"]
    profiles = build_profiles(make_snapshot(organisations=(make_organisation(),), calls=tuple(calls)), encoder)
    assert [fit.call_id for fit in programme_fits(profiles, limit=3)["org_a"]] == ["call_a", "call_b", "call_c"]
    with pytest.raises(UnknownOrganisationError):
        programme_fits(profiles, ["org_x"])


def test_no_calls_give_empty_lists(encoder: UniversalEncoder) -> None:
    assert fits(encoder, [], make_organisation()) == []

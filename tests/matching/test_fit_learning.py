"""Weights of programme fits, learnt from who joined what in the years before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from madang_matching.evaluation import calibration_error
from madang_matching.fits import default_fit_weights
from madang_matching.fits.features import FIT_FEATURES
from madang_matching.fits.fitting import fit_programme_weights, joining_cases
from madang_matching.fits.training import joinings, lists_of_cases, replay_joining
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.records import Membership
from madang_matching.text import UniversalEncoder

from tests.matching.builders import make_call, make_snapshot
from tests.matching.joining import FIELDS, make_joining_district, make_joinings


@pytest.fixture(scope="module")
def district(encoder: UniversalEncoder) -> Profiles:
    return make_joining_district(encoder)


@pytest.fixture(scope="module")
def memberships() -> list[Membership]:
    return make_joinings()


def test_what_told_members_gains_and_what_did_not_loses(district: Profiles, memberships: list[Membership]) -> None:
    fitted, defaults = fit_programme_weights(district, memberships), default_fit_weights()
    weights = dict(zip(fitted.features, fitted.coefficients, strict=True))
    assert fitted.cases > 1_000
    assert weights["technologies"] == max(weights.values())
    # All of them meet the rule of region, so it tells nobody apart.
    assert weights["place"] < dict(zip(defaults.features, defaults.coefficients, strict=True))["place"]
    assert min(fitted.coefficients) >= 0


def test_the_score_is_the_chance_to_join_within_a_year(district: Profiles, memberships: list[Membership]) -> None:
    earlier = [each for each in memberships if str(each.since) < "2025"]
    window = joinings(district, memberships, 1)[0]
    cases = replay_joining(district, memberships, window, 0)
    assert cases is not None
    learnt = fit_programme_weights(district, earlier).probability(cases.features)
    raw = default_fit_weights().probability(cases.features)
    assert calibration_error(learnt, cases.labels, weights=cases.weights) < 0.03
    assert calibration_error(raw, cases.labels, weights=cases.weights) > 0.05


def test_the_same_seed_gives_the_same_weights(district: Profiles, memberships: list[Membership]) -> None:
    assert fit_programme_weights(district, memberships, 3) == fit_programme_weights(district, memberships, 3)


def test_few_or_undated_memberships_leave_the_defaults(district: Profiles, memberships: list[Membership]) -> None:
    assert fit_programme_weights(district, memberships[:30]) == default_fit_weights()
    undated = [replace(each, since=None) for each in memberships]
    assert fit_programme_weights(district, undated) == default_fit_weights()
    assert fit_programme_weights(district, ()) == default_fit_weights()


def test_a_window_knows_nothing_of_what_was_joined_in_it(district: Profiles, memberships: list[Membership]) -> None:
    window = joinings(district, memberships, 1)[0]
    cases = replay_joining(district, memberships, window, 0)
    assert cases is not None
    other = [each for each in memberships if str(each.since) < window.start.isoformat()]
    joined = {(each.organisation, each.programme) for each in other}
    late = sorted({each.organisation for each in memberships} - {name for name, _ in joined} | {"org_000"})
    hidden = [*other, *(Membership(name, "prg_8", window.start.isoformat()) for name in late)]
    again = replay_joining(district, hidden, window, 0)
    assert again is not None
    for seeker in np.intersect1d(cases.seekers, again.seekers).tolist():
        assert (cases.features[cases.seekers == seeker] == again.features[again.seekers == seeker]).all()
    for row, call in zip(cases.seekers.tolist(), cases.calls.tolist(), strict=True):
        assert (district.organisations[row].id, district.calls[call].programme) not in joined


def test_programmes_barred_by_a_rule_and_those_who_opted_out_are_not_learnt_from(
    district: Profiles, memberships: list[Membership], encoder: UniversalEncoder
) -> None:
    barred = make_call(id="call_x", programme="prg_x", rules={"kind": "region", "codes": ["26"]})
    silent = replace(district.organisations[0], profiling=False)
    snapshot = make_snapshot(
        organisations=(silent, *district.organisations[1:]), calls=(*district.calls, barred), technologies=FIELDS
    )
    profiles = build_profiles(snapshot, encoder, district)
    for cases in joining_cases(profiles, memberships, 0):
        assert profiles.rows[silent.id] not in cases.seekers
        assert profiles.call_rows["call_x"] not in cases.calls


def test_lists_of_cases_hold_what_was_joined(district: Profiles, memberships: list[Membership]) -> None:
    cases = replay_joining(district, memberships, joinings(district, memberships, 1)[0], 0)
    assert cases is not None
    lists, relevant, calls = lists_of_cases(cases, cases.labels, 3)
    assert lists.shape == (len(np.unique(cases.seekers[cases.labels > 0])), 3)
    assert all(relevant[line, int(first)] == 1 for line, first in enumerate(lists[:, 0]))
    assert set(calls.tolist()) == set(cases.calls.tolist())


def test_fitted_weights_keep_their_order_of_floors(district: Profiles, memberships: list[Membership]) -> None:
    weights = dict(zip(FIT_FEATURES, fit_programme_weights(district, memberships).coefficients, strict=True))
    by_name = {feature.name: weight for feature, weight in weights.items()}
    # Needs are not in this history: they keep their share beside the time of applying, which is kept too.
    assert by_name["need"] / by_name["timing"] == pytest.approx(1.8 / 0.4, rel=0.2)

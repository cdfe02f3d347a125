"""Weights fitted on joint projects: what history may move and what it may not."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from madang_matching.partners import default_partner_weights, partner_suggestions
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.fitting import fit_partner_model
from madang_matching.partners.pairs import Pairs
from madang_matching.partners.suggestions import partner_features
from madang_matching.partners.training import Cases, judged, replay, windows
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.profiles.network import network_of
from madang_matching.records import Project
from madang_matching.sparse import at
from madang_matching.text import UniversalEncoder

from tests.matching.builders import make_organisation, make_snapshot

GROUPS, PER_GROUP = 12, 15


@pytest.fixture(scope="module")
def circles(encoder: UniversalEncoder) -> Profiles:
    """Circles of organisations that keep working together; their place, trade and kind have nothing to do with it."""
    chance = random.Random(11)
    names = [[f"org_{group:02}_{number:02}" for number in range(PER_GROUP)] for group in range(GROUPS)]
    organisations = tuple(
        make_organisation(
            id=name,
            kind=chance.choice(("startup", "sme", "research")),
            industry_code=chance.choice(("J62", "C25", "G46")),
            region_codes=(chance.choice(("11680", "11500")), "11"),
            location=None,
        )
        for group in names
        for name in group
    )
    projects = tuple(
        Project(f"prj_{index:03}", tuple(chance.sample(names[index % GROUPS], 3)), f"20{10 + index // 30}-01-01")
        for index in range(300)
    )
    return build_profiles(make_snapshot(organisations=organisations, projects=projects), encoder)


def test_history_raises_what_told_partners_and_lowers_what_did_not(circles: Profiles) -> None:
    defaults = default_partner_weights()
    fitted = fit_partner_model(circles).weights
    moved = dict(zip(fitted.features, np.subtract(fitted.coefficients, defaults.coefficients), strict=True))
    assert fitted.cases > 1000
    assert moved["common_partners"] > 0.5
    assert moved["place"] < 0
    assert moved["kinds"] < 0


def test_fitted_weights_keep_their_floors_and_ceilings(circles: Profiles) -> None:
    fitted = fit_partner_model(circles).weights
    for feature, weight in zip(PARTNER_FEATURES, fitted.coefficients, strict=True):
        assert feature.floor - 1e-9 <= weight <= feature.ceiling + 1e-9


def test_the_same_seed_gives_the_same_weights_and_usable_lists(circles: Profiles) -> None:
    fitted = fit_partner_model(circles, seed=4).weights
    assert fit_partner_model(circles, seed=4).weights == fitted
    name = circles.organisations[0].id
    assert partner_suggestions(circles, [name], scorer=fitted)[name][0].reasons[0].kind == "common_partners"


def _cases(profiles: Profiles) -> Cases:
    cases = replay(profiles, windows(profiles, 1)[0], profiles.profiled, profiles.profiled, 0)
    assert cases is not None
    return cases


def test_windows_are_whole_years_before_the_present_and_after_the_first_project(circles: Profiles) -> None:
    found = windows(circles, 3)
    assert [(each.end - each.start).days for each in found] == [365] * 3
    assert str(found[0].end) == "2019-01-02"
    assert all(str(each.start) > "2010-01-01" for each in windows(circles, 100))


def test_cases_know_nothing_of_the_later_projects(circles: Profiles) -> None:
    """A pair that met only later must not have that meeting among its features."""
    cases, start = _cases(circles), windows(circles, 1)[0].start
    early = tuple(each for each in circles.projects if (each.started_on or "") < start.isoformat())
    eve = (start - timedelta(days=1)).isoformat()
    before = replace(circles, network=network_of(early, circles.rows, eve))
    pairs = Pairs(before, cases.pairs.seekers, cases.pairs.others)
    np.testing.assert_allclose(cases.features, partner_features(pairs))
    assert not any(at(before.network.linked, *pairs.at(index)) for index in range(len(pairs)))
    assert cases.labels.sum() > 20


def test_undated_projects_are_no_history(circles: Profiles) -> None:
    undated = tuple(replace(each, started_on=None) for each in circles.projects)
    assert fit_partner_model(replace(circles, projects=undated)).weights == default_partner_weights()


def test_judgements_move_the_weights_towards_what_was_found_useful(circles: Profiles) -> None:
    """Here everybody likes those in the same gu and declines the others, without any history."""
    thin = replace(circles, projects=())
    rows = range(0, len(circles.organisations) - 1, 2)
    said = tuple((row, row + 1, circles.gu[row] == circles.gu[row + 1]) for row in rows)
    fitted = fit_partner_model(replace(thin, judged=said)).weights
    place = fitted.features.index("place")
    assert fitted.cases == len(said)
    assert fitted.coefficients[place] > default_partner_weights().coefficients[place] + 0.3
    assert fit_partner_model(replace(thin, judged=said[:5])).weights == default_partner_weights()


def test_only_the_latest_word_on_a_pair_counts_and_none_on_those_who_opted_out(circles: Profiles) -> None:
    hidden = replace(circles, judged=((0, 1, True), (0, 1, False), (2, 3, True)), profiled=np.arange(180) != 3)
    found = judged(hidden)
    assert found.labels.tolist() == [0.0]
    assert found.features.shape == (1, len(PARTNER_FEATURES))

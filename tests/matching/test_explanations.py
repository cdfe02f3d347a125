"""Reasons are true of the score: all add up to it, and the fact of the top one carries more than another's."""

from __future__ import annotations

from datetime import date

import pytest
from madang_matching.fits import default_fit_weights, programme_fits
from madang_matching.partners import default_partner_weights, partner_suggestions
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.text import UniversalEncoder
from madang_seeds.synthetic import plant

from tests.explanations import FACTS, adds_up, explained, without_fact
from tests.synthetic_snapshot import snapshot_of


@pytest.fixture(scope="module")
def profiles(encoder: UniversalEncoder) -> Profiles:
    return build_profiles(snapshot_of(plant(60, 3, date(2026, 11, 24))), encoder)


def test_reasons_of_partners_add_up_and_the_top_one_matters_most(profiles: Profiles, encoder: UniversalEncoder) -> None:
    found = explained(profiles, encoder, default_partner_weights(), limit=5, cases=60)
    assert found.suggestions == found.add_up == 300
    assert found.removals.cases >= 50
    assert found.removals.greater >= 0.9 * found.removals.cases


def test_reasons_of_programmes_add_up(profiles: Profiles) -> None:
    scorer = default_fit_weights()
    fits = [each for made in programme_fits(profiles, scorer=scorer).values() for each in made]
    assert len(fits) > 1_000
    assert adds_up(scorer.intercept_, fits).all()
    assert not adds_up(scorer.intercept_ + 2e-6, fits).any()


def test_the_fact_of_every_kind_of_reason_can_be_taken_away() -> None:
    assert {feature.reason for feature in PARTNER_FEATURES} <= FACTS


def test_a_fact_that_is_gone_is_no_reason_any_more(profiles: Profiles, encoder: UniversalEncoder) -> None:
    lists = partner_suggestions(profiles, limit=1)
    seeker, (partner,) = next(
        (name, made) for name, made in lists.items() if made[0].reasons[0].kind == "need_answered"
    )
    reason = partner.reasons[0]
    less = without_fact(profiles, encoder, profiles.rows[seeker], profiles.rows[partner.organisation_id], reason)
    after = next(
        each
        for each in partner_suggestions(less, [seeker], limit=60)[seeker]
        if each.organisation_id == partner.organisation_id
    )
    assert reason.fact not in {each.fact for each in after.reasons}
    assert after.score < partner.score

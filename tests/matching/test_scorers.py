"""One contract for every scorer, whatever it was made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from madang_matching.fits import default_fit_weights
from madang_matching.partners import default_partner_weights
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.fitting import fit_partner_model
from madang_matching.profiles import Profiles
from madang_matching.scoring import Scorer
from madang_matching.scoring.additive import AdditiveScorer
from sklearn.base import clone


def _cases(count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Pairs in which the second feature decides and the first says nothing."""
    generator = np.random.default_rng(3)
    features = generator.random((count, len(default_partner_weights().features)))
    return features, (generator.random(count) < features[:, 1] ** 2).astype(int)


def _fitted() -> AdditiveScorer:
    return AdditiveScorer(default_partner_weights()).fit(*_cases())


SCORERS: dict[str, Callable[[], Scorer]] = {
    "default partners": default_partner_weights,
    "default fits": default_fit_weights,
    "fitted": _fitted,
    "fitted weights alone": lambda: _fitted().weights_,
    "fitted on one pair": lambda: AdditiveScorer(default_partner_weights()).fit(
        np.zeros((2, len(PARTNER_FEATURES))), [0, 1]
    ),
}


@pytest.fixture(params=sorted(SCORERS))
def scorer(request: pytest.FixtureRequest) -> Scorer:
    return SCORERS[request.param]()


def _features(scorer: Scorer) -> np.ndarray:
    width = len(default_fit_weights().features)
    try:
        scorer.contributions(np.zeros((1, width)))
    except ValueError:
        width = len(default_partner_weights().features)
    return np.vstack((np.zeros(width), np.ones(width), np.random.default_rng(0).random((50, width))))


def test_contributions_and_intercept_add_up_to_the_log_odds(scorer: Scorer) -> None:
    features = _features(scorer)
    score = scorer.probability(features)
    total = scorer.intercept_ + scorer.contributions(features).sum(axis=1)
    np.testing.assert_allclose(np.log(score / (1 - score)), total, atol=1e-6)


def test_scores_lie_between_zero_and_one_and_no_evidence_adds_nothing(scorer: Scorer) -> None:
    features = _features(scorer)
    score = scorer.probability(features)
    assert ((score > 0) & (score < 1)).all()
    assert (scorer.contributions(features)[features == 0] == 0).all()


def test_more_evidence_never_lowers_a_score(scorer: Scorer) -> None:
    features = _features(scorer)
    before = scorer.probability(features)
    for column in range(features.shape[1]):
        more = features.copy()
        more[:, column] = 1.0
        assert (scorer.probability(more) >= before - 1e-12).all()


def test_each_row_is_scored_alone(scorer: Scorer) -> None:
    features = _features(scorer)
    np.testing.assert_allclose(scorer.probability(features)[7:9], scorer.probability(features[7:9]), atol=1e-12)


def test_the_estimator_keeps_the_contract_of_scikit_learn() -> None:
    features, labels = _cases()
    scorer = AdditiveScorer(default_partner_weights(), strength=5.0)
    assert clone(scorer).get_params()["strength"] == 5.0
    assert not hasattr(scorer, "coef_")
    assert scorer.fit(features, labels) is scorer
    assert scorer.n_features_in_ == features.shape[1]
    assert set(scorer.predict(features)) <= {0, 1}
    assert scorer.predict_proba(features).shape == (len(features), 2)
    again = clone(scorer).fit(features, labels)
    assert again.weights_ == scorer.weights_


@pytest.mark.parametrize(
    ("features", "labels"),
    [
        (np.full((3, 10), np.nan), [0, 1, 0]),
        (np.zeros((3, 9)), [0, 1, 0]),
        (np.zeros((3, 10)), [0, 1]),
        (np.zeros((3, 10)), [0, 1, 2]),
    ],
)
def test_bad_training_input_is_refused(features: Any, labels: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - scikit-learn's own words differ
        AdditiveScorer(default_partner_weights()).fit(features, labels)


def test_few_cases_stay_at_the_prior_and_many_move_away() -> None:
    prior = default_partner_weights()
    few = AdditiveScorer(prior).fit(*(part[:4] for part in _cases()))
    many = AdditiveScorer(prior).fit(*_cases(20_000))
    assert np.abs(few.coef_ - prior.coefficients).max() < 0.3
    assert many.coef_[1] > 2
    assert many.coef_[0] < 0.6


def test_fitted_scores_are_calibrated_on_pairs_not_seen() -> None:
    features, labels = _cases(40_000)
    scorer = AdditiveScorer(default_partner_weights()).fit(features[:20_000], labels[:20_000])
    score, truth = scorer.probability(features[20_000:]), labels[20_000:]
    bins = np.minimum((score * 10).astype(int), 9)
    gaps = [abs(score[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())]
    assert sum(gaps) < 0.05


def test_thin_history_leaves_the_defaults(planted: Profiles) -> None:
    assert fit_partner_model(replace(planted, projects=planted.projects[:10])).weights == default_partner_weights()

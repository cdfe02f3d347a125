"""Figures of the model page: programmes are measured on the latest year of memberships."""

from __future__ import annotations

from madang_matching.text import UniversalEncoder
from madang_server.matches.measuring import NAMES, measure_programmes, not_measured

from tests.matching.joining import make_joining_district, make_joinings


def test_programmes_are_measured_on_the_latest_year_where_enough_joined() -> None:
    district, joined = make_joining_district(UniversalEncoder()), make_joinings()
    metrics = {each.name: each for each in measure_programmes(district, joined, 0)}
    assert tuple(metrics) == NAMES
    assert {each.subject for each in metrics.values()} == {"programmes"}
    # Three of nine programmes are of one's own field; the right one stands second on average.
    ndcg, calibration = metrics["ndcg"], metrics["calibration"]
    assert 0.6 < (ndcg.low or 0) <= (ndcg.value or 0) <= (ndcg.high or 0)
    assert 0 < (calibration.value or 0) < 0.03
    assert all(each.cases >= 30 for each in metrics.values())
    assert measure_programmes(district, joined[:60], 0) == not_measured("programmes")
    assert measure_programmes(district, (), 0) == not_measured("programmes")

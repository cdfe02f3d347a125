"""Who comes into question where there are too many to look at everybody."""

from __future__ import annotations

import numpy as np
import pytest
from madang_matching.partners import candidates
from madang_matching.partners.candidates import Candidates
from madang_matching.profiles import Profiles


@pytest.fixture
def many(planted: Profiles, monkeypatch: pytest.MonkeyPatch) -> Profiles:
    """The planted district as if it were large, and only its summaries known."""
    monkeypatch.setattr(candidates, "EVERYBODY", 10)
    for kind in ("COMMON", "RECENT", "SUBJECTS", "POPULAR", "TECHNOLOGIES"):
        monkeypatch.setattr(candidates, kind, 0)
    monkeypatch.setattr(candidates, "TEXTS", 5)
    return planted


def nearest_summaries(profiles: Profiles, row: int, among: np.ndarray) -> set[int]:
    """The five greatest likenesses, one by one."""
    linked = profiles.network.linked[[row]].toarray()[0] > 0
    likeness = profiles.centred.astype(np.float64) @ profiles.centred[row].astype(np.float64)
    allowed = [each for each in np.flatnonzero(among & ~linked & (likeness > 0)).tolist() if each != row]
    return set(sorted(allowed, key=lambda each: (-likeness[each], each))[:5])


@pytest.mark.parametrize("hidden", [0, 20])
def test_the_nearest_summaries_that_may_be_shown_come_into_question(many: Profiles, hidden: int) -> None:
    among = np.arange(len(many.organisations)) >= hidden
    found = dict(Candidates(many, among).blocks(range(len(many.organisations))))
    assert any(many.network.linked[[row]].nnz for row in found)
    for row, rows in found.items():
        assert nearest_summaries(many, row, among) <= set(rows.tolist())
        assert row not in rows
        assert among[rows].all()
        assert not many.network.linked[[row]].toarray()[0][rows].any()


def test_what_a_seeker_gets_does_not_depend_on_who_else_asks(many: Profiles) -> None:
    together = dict(Candidates(many, many.profiled).blocks(range(len(many.organisations))))
    for row in range(0, len(many.organisations), 7):
        ((_, alone),) = Candidates(many, many.profiled).blocks([row])
        assert (alone == together[row]).all()

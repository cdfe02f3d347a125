"""Training pairs of organisations and programmes by replaying the past: what a list would have held on a day, and who
joined what in the year after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from madang_matching.eligibility import read_rules
from madang_matching.eligibility.dates import SEOUL
from madang_matching.fits.history import ProgrammeHistory, fit_history, profiled_texts
from madang_matching.fits.lists import applicant_of, fit_features
from madang_matching.fits.past import past_of
from madang_matching.profiles.arrays import Profiles
from madang_matching.profiles.network import first_day
from madang_matching.records import Membership
from madang_matching.sparse import Floats, Ints, Sparse, from_entries

WINDOW = timedelta(days=365)

SEEKERS, SILENT = 500, 500
"""Organisations that joined something in a window, and others, that are learnt from; chosen by the seed where there are
more, and standing for all."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Programmes joined from `start` on, before `end`."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, eq=False)
class FitCases:
    """m pairs of an organisation and a programme that it had not joined."""

    seekers: Ints
    """Rows of the organisations, shape (m,), those of each together."""
    calls: Ints
    """Rows of the calls that stand for the programmes, shape (m,)."""
    features: Floats
    """Shape (m, f), history as known at the start of the window, all else as today."""
    labels: Floats
    """Shape (m,), 1 where it joined in the window."""
    weights: Floats
    """Shape (m,): how many organisations each stands for."""

    def among(self, rows: Ints) -> FitCases:
        """Return the pairs of some organisations."""
        here = np.isin(self.seekers, rows)
        return FitCases(
            self.seekers[here], self.calls[here], self.features[here], self.labels[here], self.weights[here]
        )


def joinings(profiles: Profiles, memberships: Sequence[Membership], count: int) -> list[Joining]:
    """Return the latest years with dated memberships before them, latest first; none where dates are missing."""
    today = profiles.taken_at.astimezone(SEOUL).date()
    days = sorted(day for each in memberships if (day := first_day(each.since)) is not None and day <= today)
    if not days:
        return []
    latest = days[-1] + timedelta(days=1)
    found = [Joining(latest - WINDOW * (number + 1), latest - WINDOW * number) for number in range(count)]
    return [each for each in found if each.start > days[0]]


def replay_joining(
    profiles: Profiles, memberships: Sequence[Membership], window: Joining, seed: int
) -> FitCases | None:
    """Return the pairs of one window; None where nobody joined a programme with a call.

    Candidates are the programmes that a list would hold: one call of each, not joined before, and not barred by a rule.
    Those who opted out of profiling are in no pair and in no history.
    """
    earlier = tuple(each for each in memberships if (day := first_day(each.since)) is None or day < window.start)
    later: dict[str, set[str]] = {}
    for each in memberships:
        day = first_day(each.since)
        if day is not None and window.start <= day < window.end:
            later.setdefault(each.organisation, set()).add(each.programme)
    if not earlier or not later:
        return None
    before: dict[str, set[str]] = {}
    for each in earlier:
        before.setdefault(each.organisation, set()).add(each.programme)
    history = fit_history(profiled_texts(profiles), earlier, seed)
    shown = _one_call_each(profiles)
    parts = [
        _pairs(profiles, name, shown, history, before.get(name, set()), later.get(name, set()), weight)
        for name, weight in _drawn(profiles, later, seed)
    ]
    if not any(part.labels.any() for part in parts):
        return None
    return FitCases(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("seekers", "calls")),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("features", "labels", "weights")),
    )


def lists_of_cases(cases: FitCases, scores: Floats, depth: int) -> tuple[Ints, Sparse, Ints]:
    """Return what those who joined something would have been shown, and what they joined of it.

    Args:    scores: shape (m,).
    Returns: shape (q, depth), places in the third, best first, -1 at the end; shape (q, c), 1 for what was joined;
             shape (c,), rows of the calls that came into question.
    """
    calls, columns = np.unique(cases.calls, return_inverse=True)
    seekers = np.unique(cases.seekers[cases.labels > 0])
    found = np.full((len(seekers), depth), -1, np.int64)
    lines: list[int] = []
    joined: list[int] = []
    for line, seeker in enumerate(seekers.tolist()):
        own = np.flatnonzero(cases.seekers == seeker)
        best = own[np.argsort(-np.rint(scores[own] * 1e9), kind="stable")][:depth]
        found[line, : len(best)] = columns[best]
        right = columns[own[cases.labels[own] > 0]].tolist()
        lines += [line] * len(right)
        joined += right
    return found, from_entries(lines, joined, [1.0] * len(joined), (len(seekers), len(calls))), calls.astype(np.int64)


def _one_call_each(profiles: Profiles) -> list[int]:
    rows: dict[str, int] = {}
    for row, call in enumerate(profiles.calls):
        if call.programme:
            rows.setdefault(call.programme, row)
    return list(rows.values())


def _drawn(profiles: Profiles, later: Mapping[str, set[str]], seed: int) -> list[tuple[str, float]]:
    """Return who is learnt from, and how many organisations each stands for."""
    generator = np.random.default_rng(seed)
    names = [each.id for each in profiles.organisations if each.profiling]
    groups = [each for each in names if each in later], [each for each in names if each not in later]
    found: list[tuple[str, float]] = []
    for group, most in zip(groups, (SEEKERS, SILENT), strict=True):
        count = min(len(group), most)
        chosen = np.sort(generator.choice(len(group), count, replace=False)) if count else np.zeros(0, np.int64)
        found += [(group[place], len(group) / count) for place in chosen.tolist()]
    return found


def _pairs(
    profiles: Profiles,
    name: str,
    shown: Sequence[int],
    history: ProgrammeHistory,
    before: set[str],
    joined: set[str],
    weight: float,
) -> FitCases:
    rules = {row: read_rules(profiles.calls[row].rules) for row in shown if profiles.calls[row].programme not in before}
    applicant = replace(applicant_of(profiles, name, rules), past=past_of(history, profiles, name))
    possible = np.array([verdict != "not_eligible" for verdict in applicant.verdicts], np.bool_)
    calls: Ints = applicant.call_rows[possible]
    features = fit_features(applicant)[possible] if len(possible) else np.zeros((0, 0))
    labels = np.array(
        [call.programme in joined for call, kept in zip(applicant.calls, possible, strict=True) if kept], float
    )
    row = profiles.rows[name]
    return FitCases(np.full(len(calls), row, np.int64), calls, features, labels, np.full(len(calls), weight))

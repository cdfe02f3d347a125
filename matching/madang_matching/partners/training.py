"""Training pairs by replaying the past: who came into question on a day, and who became a partner in the year after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from madang_matching.eligibility.dates import SEOUL
from madang_matching.partners.candidates import Candidates, Mask
from madang_matching.partners.pairs import Pairs
from madang_matching.partners.suggestions import partner_features, ranked
from madang_matching.profiles.arrays import Profiles
from madang_matching.profiles.network import first_day, network_of
from madang_matching.sparse import Floats, Ints, Sparse, from_entries, row

WINDOW = timedelta(days=365)
STEP = timedelta(days=182)
"""Windows follow each other by half a year, the latest first."""

LIVELY = timedelta(days=92)
"""A history whose latest project is no older than this is taken to reach to the present day."""

_NOBODY: Ints = np.zeros(0, np.int64)

SEEKERS = 2_000
"""Seekers with a new partner that a window is learned from, chosen by the seed where there are more."""

SILENT = 2_000
"""Seekers without a new partner, for calibration: most lists lead to none within a year."""


@dataclass(frozen=True, eq=False)
class Cases:
    """m pairs that came into question in one window."""

    pairs: Pairs
    features: Floats
    """Shape (m, f), as known at the start of the window."""
    labels: Floats
    """Shape (m,), 1 where the two became partners in the window."""
    weights: Floats
    """Shape (m,): how many seekers of the whole window each seeker stands for."""
    partners: Mapping[int, Ints]
    """By row of each seeker: all rows first met in the window, those who did not come into question included."""


def before(profiles: Profiles, window: Window) -> Profiles:
    """Return the profiles as of the start of a window: no later projects, and none without a date."""
    known = tuple(
        each for each in profiles.projects if (day := first_day(each.started_on)) is not None and day < window.start
    )
    network = network_of(known, profiles.rows, (window.start - timedelta(days=1)).isoformat(), _hidden(profiles))
    taken_at = datetime.combine(window.start, time(), SEOUL)
    return replace(profiles, projects=known, network=network, taken_at=taken_at)


@dataclass(frozen=True, slots=True)
class Window:
    """Partners first met from `start` on, before `end`."""

    start: date
    end: date


def windows(profiles: Profiles, count: int) -> list[Window]:
    """Return the latest windows of a year whose projects are dated, latest first; none where history has no dates."""
    today = profiles.taken_at.astimezone(SEOUL).date()
    days = sorted(day for each in profiles.projects if (day := first_day(each.started_on)) and day < today)
    if not days:
        return []
    latest = today if today - days[-1] <= LIVELY else days[-1] + timedelta(days=1)
    found = [Window(latest - WINDOW - STEP * number, latest - STEP * number) for number in range(count)]
    return [each for each in found if each.start > days[0]]


def replay(
    profiles: Profiles, window: Window, among: Mask, seekers_among: Mask, seed: int, most: int | None = None
) -> Cases | None:
    """Return the pairs of one window with features as known at its start; None where nobody found anybody.

    Args:
        among: shape (n,), rows that may be shown.
        seekers_among: shape (n,), rows that ask.
        most: of more candidates of a seeker that it did not meet, so many are drawn and stand for the others.
    """
    earlier = before(profiles, window)
    there = earlier.network.partners > 0
    met = _met(profiles, window, earlier, among & there)
    found = [each for each in np.flatnonzero(seekers_among & there).tolist() if each in met]
    if not found:
        return None
    generator = np.random.default_rng(seed)
    silent = np.setdiff1d(np.flatnonzero(seekers_among & there), found)
    chosen = _drawn(generator, np.array(found, np.int64), SEEKERS)
    others = _drawn(generator, silent, SILENT)
    listed = [
        (seeker, *_thinned(candidates, met.get(seeker, _NOBODY), most, generator))
        for seeker, candidates in Candidates(earlier, among & there).blocks(np.concatenate((chosen, others)).tolist())
    ]
    seekers = np.concatenate([np.full(len(candidates), seeker) for seeker, candidates, _ in listed])
    pairs = Pairs(earlier, seekers.astype(np.int64), np.concatenate([candidates for _, candidates, _ in listed]))
    labels = np.concatenate([np.isin(candidates, met.get(seeker, _NOBODY)) for seeker, candidates, _ in listed])
    share = np.where(np.isin(seekers, chosen), len(found) / len(chosen), len(silent) / max(len(others), 1))
    share = share * np.concatenate([stand_for for _, _, stand_for in listed])
    partners = {seeker: met[seeker] for seeker in chosen.tolist()}
    return Cases(pairs, partner_features(pairs), labels.astype(np.float64), share, partners)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """m pairs of which an organisation said, or showed, whether they suit."""

    features: Floats
    """Shape (m, f), as of now."""
    labels: Floats
    """Shape (m,), 1 where it went well."""


def judged(profiles: Profiles) -> Judged:
    """Return the latest judgement of each pair; those of organisations that opted out are left out."""
    latest = {(seeker, other): well for seeker, other, well in profiles.judged}
    kept = [pair for pair in latest if profiles.profiled[list(pair)].all()]
    rows = np.array(kept, np.int64).reshape(-1, 2)
    pairs = Pairs(profiles, rows[:, 0], rows[:, 1])
    return Judged(partner_features(pairs), np.array([latest[pair] for pair in kept], np.float64))


def _thinned(candidates: Ints, met: Ints, most: int | None, generator: np.random.Generator) -> tuple[Ints, Floats]:
    """Return the candidates that are kept, ascending, and how many each stands for."""
    right = np.isin(candidates, met)
    rest = candidates[~right]
    if most is None or len(rest) <= most:
        return candidates, np.ones(len(candidates))
    kept = np.sort(np.concatenate((candidates[right], generator.choice(rest, most, replace=False))))
    return kept, np.where(np.isin(kept, met), 1.0, len(rest) / most)


def _drawn(generator: np.random.Generator, rows: Ints, count: int) -> Ints:
    return rows if len(rows) <= count else np.sort(generator.choice(rows, count, replace=False))


def _hidden(profiles: Profiles) -> frozenset[int]:
    return frozenset(np.flatnonzero(~profiles.profiled).tolist())


def _met(profiles: Profiles, window: Window, earlier: Profiles, among: Mask) -> dict[int, Ints]:
    """Return, by row, the rows of `among` first met in the window; only rows that met somebody."""
    projects = [
        each for each in profiles.projects
        if (day := first_day(each.started_on)) is not None and window.start <= day < window.end
    ]  # fmt: skip
    during = network_of(projects, profiles.rows, window.end.isoformat(), _hidden(profiles)).linked
    known = earlier.network.linked
    new = {
        each: np.setdiff1d(row(during, each)[0], row(known, each)[0])
        for each in np.flatnonzero(np.diff(during.indptr)).tolist()
    }
    return {each: others[among[others]] for each, others in new.items() if among[others].any()}


def lists_of(cases: Cases, scores: Floats, depth: int) -> tuple[Ints, Sparse]:
    """Return what the seekers who found somebody would have been shown, and whom they found.

    Args:    scores: shape (m,).
    Returns: shape (q, depth), rows of organisations, best first, -1 at the end; shape (q, n), 1 for new partners.
    """
    seekers = np.array(sorted(cases.partners), np.int64)
    found = np.full((len(seekers), depth), -1, np.int64)
    for line, (start, end) in enumerate(spans(cases.pairs.seekers, seekers)):
        best = ranked(scores[start:end], depth)
        found[line, : len(best)] = cases.pairs.others[start:end][best]
    partners = [cases.partners[each] for each in seekers.tolist()]
    lines = np.repeat(np.arange(len(seekers)), [len(each) for each in partners])
    columns = np.concatenate(partners)
    shape = (len(seekers), len(cases.pairs.profiles.organisations))
    return found, from_entries(lines.tolist(), columns.tolist(), [1.0] * len(columns), shape)


def spans(asked: Ints, seekers: Ints) -> list[tuple[int, int]]:
    """Return where the pairs of each seeker begin and end in `asked`, in which each one's stand together."""
    starts = np.flatnonzero(np.concatenate(([True], asked[1:] != asked[:-1])))
    ends = np.concatenate((starts[1:], [len(asked)]))
    places = {int(asked[start]): (int(start), int(end)) for start, end in zip(starts, ends, strict=True)}
    return [places.get(seeker, (0, 0)) for seeker in seekers.tolist()]

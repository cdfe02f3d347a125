"""What the history of programmes says for an organisation and a programme, as features from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from madang_matching.fits.history.items import CommonMembers
from madang_matching.fits.history.joined import Joined
from madang_matching.fits.history.neighbours import nearest_members, neighbour_shares
from madang_matching.fits.history.ridge import LeaveOneOutRidge
from madang_matching.fits.history.views import Likeness, Matrix, Views, centred, fullness, likeness, mean_of
from madang_matching.scoring.features import log_ramp
from madang_matching.sparse import Floats, Ints

FEATURES: Mapping[str, str] = {
    "members": "share of the programme among members whose texts are alike, by kernel ridge on all views",
    "members_words": "the same by words alone",
    "members_letters": "the same by character n-grams alone",
    "members_meaning": "the same by sentence vectors alone",
    "lift": "how many times more often such members join it than all members do",
    "neighbours": "share of the programme among the 30 members nearest in meaning",
    "nearest": "likeness of the three nearest members of the programme",
    "words": "cosine of my text with the programme's, by words",
    "letters": "the same by character n-grams",
    "meaning": "the same by sentence vectors less their means",
    "together": "how many members my programmes share with it",
}
"""Name and description of each column."""

ITEM_COLUMN = len(FEATURES) - 1

SHARPNESS = 2.0
"""Of the Gaussian kernel over the joint distance."""

STRENGTHS = {"members": 0.5, "members_words": 1.0, "members_letters": 1.0, "members_meaning": 2.0}
"""Ridge of each kernel; flat around these values in validation."""

LEAST_SHARE = 1e-3
"""Where the logarithm of a share begins to bend."""

MOST_LIFT = 20.0

COMMON = 20.0
"""Members added to a programme's own before its lift is taken: of small ones less is believed."""

LANDMARKS = 3_000
"""Up to so many members the kernels are exact; of more, so many stand for all, chosen by the seed."""

BLOCK = 500
"""Texts that are compared at a time; bounds the memory."""


class HistoryEvidence:
    """Features of organisations and programmes; a member's own row never counts for itself."""

    def __init__(self, seed: int = 0) -> None:
        """Store the seed that chooses landmarks."""
        self.seed = seed

    def fit(self, joined: Joined, members: Views, programmes: Views) -> HistoryEvidence:
        """Learn from the members, row by row as in `joined`, and the programmes; returns self."""
        self.joined_, self.members_, self.programmes_ = joined, members, programmes
        self.weights_ = joined.freshness()
        self.mean_, self.programme_mean_ = mean_of(members.meaning), mean_of(programmes.meaning)
        self.common_ = CommonMembers().fit(joined.table)
        self.landmarks_ = self._landmarks(len(members))
        self.anchors_ = members if self.landmarks_ is None else members.rows(self.landmarks_)
        self.ridges_: dict[str, LeaveOneOutRidge] = {}
        if len(members):
            alike = likeness(members, self.anchors_)
            for name, strength in STRENGTHS.items():
                kernel = self._kernel(name, alike, members)
                self.ridges_[name] = LeaveOneOutRidge(strength).fit(kernel, self.weights_, self.landmarks_)
        return self

    def of_texts(self, texts: Views, rows: Ints) -> Floats:
        """Return all features but `together`, shape (q, p, f), its column 0.

        Args:
            texts: q texts.
            rows: shape (q,), the row of each as a member, -1 for a text of somebody else.
        """
        values = np.zeros((len(texts), len(self.joined_.programmes), len(FEATURES)))
        for start in range(0, len(texts), BLOCK):
            here = slice(start, start + BLOCK)
            self._fill(values[here], texts.rows(here), rows[here])
        return values

    def of_known(self, known: Floats, own: Floats) -> Floats:
        """Return the feature `together`, shape (q, p).

        Args:
            known: shape (q, p), the memberships that it is computed from.
            own: shape (q, p), all memberships of the same organisation, which are taken out of the counts.
        """
        values = np.zeros(known.shape)
        for row in np.flatnonzero(known.any(axis=1)):
            values[row] = known[row] @ self.common_.closeness(own[row])
        return log_ramp(values, 0.01, 1.0)

    def alike(self, texts: Views) -> Matrix:
        """Return the joint likeness of texts with all members, shape (q, n)."""
        return likeness(texts, self.members_).joint

    def _landmarks(self, count: int) -> Ints | None:
        if count <= LANDMARKS:
            return None
        chosen = np.random.default_rng(self.seed).choice(count, LANDMARKS, replace=False)
        return np.sort(chosen).astype(np.int64)

    def _kernel(self, name: str, alike: Likeness, texts: Views) -> Matrix:
        if name != "members":
            return getattr(alike, name.removeprefix("members_"))
        distances = fullness(texts)[:, None] + fullness(self.anchors_)[None] - 2 * alike.joint
        return np.exp(-np.float32(SHARPNESS) * np.maximum(distances, 0))

    def _fill(self, values: Floats, texts: Views, rows: Ints) -> None:
        columns = {name: column for column, name in enumerate(FEATURES)}
        inside = np.flatnonzero(rows >= 0)
        if self.ridges_:
            anchored = likeness(texts, self.anchors_)
            for name, ridge in self.ridges_.items():
                shares = ridge.predict(self._kernel(name, anchored, texts))
                shares[inside] = ridge.left_out_[rows[inside]]
                values[:, :, columns[name]] = log_ramp(np.maximum(shares, 0), LEAST_SHARE, 1.0)
                if name == "members":
                    values[:, :, columns["lift"]] = self._lift(shares)
            self._neighbours(values, columns, texts, rows)
        to_programmes = likeness(texts, self.programmes_)
        values[:, :, columns["words"]] = np.clip(to_programmes.words, 0, 1)
        values[:, :, columns["letters"]] = np.clip(to_programmes.letters, 0, 1)
        mine, theirs = centred(texts.meaning, self.mean_), centred(self.programmes_.meaning, self.programme_mean_)
        values[:, :, columns["meaning"]] = np.clip(mine @ theirs.T, 0, 1)

    def _neighbours(self, values: Floats, columns: Mapping[str, int], texts: Views, rows: Ints) -> None:
        inside = np.flatnonzero(rows >= 0)
        joint = self.alike(texts)
        meaning = centred(texts.meaning, self.mean_) @ centred(self.members_.meaning, self.mean_).T
        for alike in (joint, meaning):
            alike[inside, rows[inside]] = -np.inf
        values[:, :, columns["neighbours"]] = log_ramp(neighbour_shares(meaning, self.weights_), LEAST_SHARE, 1.0)
        values[:, :, columns["nearest"]] = nearest_members(joint, self.joined_.table)

    def _lift(self, shares: Floats) -> Floats:
        usual = (self.weights_.sum(axis=0) + COMMON) / len(self.weights_)
        return log_ramp(np.maximum(shares, 0) / usual / MOST_LIFT, 0.05, 1.0)

"""Who can supply what a sentence asks for: the sentence is one more need, and its owner a seeker like all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from madang_matching.lists.both_sides import Combination
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.features.needs import NEED_ANSWERED
from madang_matching.partners.features.technologies import TECHNOLOGY_SOUGHT
from madang_matching.partners.pairs import Pairs
from madang_matching.partners.suggestions import (
    BOTH,
    default_partner_weights,
    partner_at,
    ranked,
    score_pairs,
)
from madang_matching.profiles import Profiles, Yardstick, build_profiles
from madang_matching.records import Organisation, Partner, Snapshot, Technology, Text, Vector
from madang_matching.scoring.ports import Scorer
from madang_matching.sparse import Floats
from madang_matching.text.encoder import DIMENSIONS

ASKED, ASKER = "asked", "asker"
"""Ids of the sentence as a need, and of who asks where nobody is known."""

LEAST = 0.6
"""Log-odds that the sentence itself has to add for an organisation to count as found: with the first weights a likeness
of .17, or one of three technologies. What else speaks for a pair is no answer to a question."""

_NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
"""Joint projects do not speak here, so no day does."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is looked for, and by whom."""

    text: str
    vector: Vector | None
    """Of the text; None or zeros: nothing is known of its meaning."""
    technologies: tuple[str, ...]
    """Ids of the technologies that the text means."""
    organisation: Organisation | None = None
    """Who asks; None: nobody is known, and only the sentence speaks, as it does for one that opted out of profiling."""

    def seeker(self) -> Organisation:
        """Return who asks with the sentence as the only need."""
        vector = self.vector if self.vector is not None and self.vector.any() else None
        need = Text(ASKED, self.text, self.technologies, vector)
        asking = self.organisation
        if asking is None or not asking.profiling:
            asking = Organisation(self.id, kind="")
        return replace(asking, needs=(need,))

    @property
    def id(self) -> str:
        return self.organisation.id if self.organisation is not None else ASKER


@dataclass(frozen=True, slots=True)
class PartnerSearch:
    """Scores the few hundred that a database found by vectors and technologies, as the lists score everybody."""

    technologies: tuple[Technology, ...]
    yardstick: Yardstick
    """Of all organisations."""
    scorer: Scorer | None = None
    """Of one side; default weights where missing."""
    both: Combination = BOTH

    def partners(self, asked: Asked, candidates: Sequence[Organisation], limit: int = 200) -> list[Partner]:
        """Return those of the candidates that the sentence finds, best first, ties to the lesser id.

        Joint projects of the past do not speak here, and partners of the past are found like others. Left out: who
        asks, who opted out of profiling, and whoever the sentence itself says too little of (`LEAST`).

        Args:    candidates: with vectors of their offers; texts without a vector count by technologies only.
        Returns: The weights of a partner's reasons and `start_of(scorer, both)` add up to the log-odds of its score.
        """
        if not (asked.technologies or (asked.vector is not None and asked.vector.any())):
            return []
        seeker = asked.seeker()
        others = (each for each in candidates if each.profiling and each.id != seeker.id)
        if seeker.vector is None:  # Summaries are compared with a summary only: nothing is lost, and half of the time.
            others = (replace(each, summary_ko="", summary_en="", vector=None) for each in others)
        snapshot = Snapshot((seeker, *others), (), (), self.technologies, frozenset(), _NO_DAY)
        profiles = build_profiles(snapshot, _Unencoded(), yardstick=self.yardstick)
        return self._found(profiles, profiles.rows[seeker.id], limit)

    def _found(self, profiles: Profiles, row: int, limit: int) -> list[Partner]:
        others = np.delete(np.arange(len(profiles.organisations)), row)
        if not len(others):
            return []
        scorer = self.scorer or default_partner_weights()
        scored = score_pairs(profiles, row, others, scorer, self.both)
        told = scorer.contributions(_about_the_sentence(scored.pairs)).sum(axis=1)
        places = [each for each in ranked(scored.log_odds, len(others)).tolist() if told[each] >= LEAST]
        return [partner_at(scored, place, rank) for rank, place in enumerate(places[:limit], start=1)]


def _about_the_sentence(pairs: Pairs) -> Floats:
    """Return the features that the sentence itself speaks in, all others 0, shape (m, f)."""
    values = np.zeros((len(pairs), len(PARTNER_FEATURES)))
    for feature in (NEED_ANSWERED, TECHNOLOGY_SOUGHT):
        values[:, PARTNER_FEATURES.index(feature)] = feature.values(pairs)
    return values


class _Unencoded:
    """Stands where an encoder is asked for: a search compares stored vectors and makes none."""

    def encode(self, texts: Sequence[str]) -> Vector:
        return np.zeros((len(texts), DIMENSIONS), np.float32)

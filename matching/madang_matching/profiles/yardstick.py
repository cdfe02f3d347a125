"""What a few organisations of many are measured against: common parts of texts, rarity, wording, the usual country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from madang_matching.profiles.arrays import Profiles, TextTable
from madang_matching.profiles.vectors import Common, common_part, organisation_text
from madang_matching.records import Technology
from madang_matching.sparse import Floats
from madang_matching.text.ngrams import CharacterNgrams

LEAST_RARITY = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Yardstick:
    """Statistics of all organisations, or of a sample of them."""

    organisations: int
    summaries: Common
    needs: Common
    offers: Common
    rarity: Mapping[str, float]
    """By technology id, as `Profiles.rarity`."""
    ngrams: CharacterNgrams
    usual_country: str

    @classmethod
    def of(cls, profiles: Profiles) -> Yardstick:
        """Return the statistics of profiles."""
        # Their vectors are zero, so that summaries of those who opted out do not count.
        summaries = [organisation_text(organisation) for organisation in profiles.organisations]
        names = [technology.id for technology in profiles.technologies]
        return cls(
            len(profiles.organisations),
            common_part(profiles.vectors, summaries),
            _common(profiles.needs),
            _common(profiles.offers),
            dict(zip(names, profiles.rarity.tolist(), strict=True)),
            profiles.ngrams,
            profiles.usual_country,
        )

    def rarities(self, technologies: Sequence[Technology]) -> Floats:
        """Return the rarity of technologies, shape (t,); one that is new is as rare as one without a user."""
        unused = float(rarity_of(np.zeros(1), self.organisations)[0])
        return np.array([self.rarity.get(each.id, unused) for each in technologies], np.float64)


def rarity_of(users: Floats, organisations: int) -> Floats:
    """Return log((n + 1) / (users + 1)), at least 0.1, shape as `users`."""
    return np.maximum(np.log((organisations + 1) / (users + 1)), LEAST_RARITY)


def _common(table: TextTable) -> Common:
    return common_part(table.vectors, [text.text for text in table.texts])

"""Graph neighbourhood: third parties with whom both have worked, weighed in several ways.

All see the same fact, so they give one reason together. They differ in what they trust: how few partners the third
party has, how small and how recent the projects were, whether it is of the seeker's own kind.
"""

from __future__ import annotations

import numpy as np

from madang_matching.korean import with_particle
from madang_matching.partners.pairs import Pairs, organisation_names
from madang_matching.profiles.network import Network
from madang_matching.scoring.features import Fact, Feature, log_ramp
from madang_matching.sparse import Floats, dense_row

COMMON_PARTNERS_FAMILY = "common_partners"


def rare_partners(network: Network) -> Floats:
    """Return 1 / log(2 + partners) of each third party, shape (n,).

    Source: L. Adamic and E. Adar, Friends and neighbors on the Web, Social Networks 25, 2003.
    """
    return 1.0 / np.log(2.0 + network.partners)


def _adamic_adar(pairs: Pairs) -> Floats:
    network = pairs.profiles.network
    return log_ramp(pairs.paths(network.linked, rare_partners(network), network.linked), 0.05, 10.0)


def _resource_allocation(pairs: Pairs) -> Floats:
    """Source: T. Zhou, L. Lü and Y.-C. Zhang, Predicting missing links via local information, 2009."""
    network = pairs.profiles.network
    return log_ramp(pairs.paths(network.linked, 1.0 / np.maximum(network.partners, 1.0), network.linked), 0.005, 1.0)


def _close(pairs: Pairs) -> Floats:
    network = pairs.profiles.network
    return log_ramp(pairs.paths(network.ties, rare_partners(network), network.ties), 0.01, 4.0)


def _recent(pairs: Pairs) -> Floats:
    network = pairs.profiles.network
    return log_ramp(pairs.paths(network.recent, rare_partners(network), network.linked), 0.01, 4.0)


def _peers(pairs: Pairs) -> Floats:
    """Third parties of the seeker's kind only."""
    network, kinds = pairs.profiles.network, pairs.profiles.kinds
    values = np.zeros(len(pairs))
    for kind in np.unique(kinds[pairs.seekers]):
        here = np.flatnonzero(kinds[pairs.seekers] == kind)
        part = Pairs(pairs.profiles, pairs.seekers[here], pairs.others[here])
        values[here] = part.paths(network.linked, rare_partners(network) * (kinds == kind), network.linked)
    return log_ramp(values, 0.05, 10.0)


def _explain(pairs: Pairs, index: int) -> Fact:
    profiles = pairs.profiles
    seeker, other = pairs.at(index)
    linked = dense_row(profiles.network.linked, seeker) * dense_row(profiles.network.linked, other)
    shared = int((linked > 0).sum())
    named = linked * rare_partners(profiles.network) * profiles.nameable
    if not named.any():
        return Fact(
            f"함께 일한 곳이 {shared}곳 겹칩니다.",
            f"Both have worked with the same {'organisation' if shared == 1 else f'{shared} organisations'}.",
            str(shared),
        )
    best = profiles.organisations[int(named.argmax())]
    ko, en = organisation_names(best)
    if shared == 1:
        return Fact(
            f"두 곳 모두 {with_particle(ko, '와/과')} 함께 일한 적이 있습니다.", f"Both have worked with {en}.", best.id
        )
    return Fact(
        f"{ko} 등 {shared}곳과 두 곳 모두 함께 일한 적이 있습니다.",
        f"Both have worked with {en} and {shared - 1} other{'s' if shared > 2 else ''}.",
        best.id,
    )


COMMON_PARTNERS: Feature[Pairs] = Feature(
    "common_partners", "Adamic-Adar over common partners, logarithmic", _adamic_adar, _explain, weight=1.3,
    family=COMMON_PARTNERS_FAMILY,
)  # fmt: skip
FEW_PARTNERS: Feature[Pairs] = Feature(
    "common_partners_exclusive", "resource allocation over common partners, logarithmic", _resource_allocation,
    _explain, weight=0.0, family=COMMON_PARTNERS_FAMILY,
)  # fmt: skip
CLOSE_PARTNERS: Feature[Pairs] = Feature(
    "common_partners_close", "common partners in small projects: each tie (size - 1) ** -0.5", _close, _explain,
    weight=0.0, family=COMMON_PARTNERS_FAMILY,
)  # fmt: skip
RECENT_PARTNERS: Feature[Pairs] = Feature(
    "common_partners_recent", "common partners of my recent projects, half-life two years", _recent, _explain,
    weight=0.0, family=COMMON_PARTNERS_FAMILY,
)  # fmt: skip
COMMON_PEERS: Feature[Pairs] = Feature(
    "common_partners_peers", "common partners of my own kind", _peers, _explain, weight=0.0,
    family=COMMON_PARTNERS_FAMILY,
)  # fmt: skip

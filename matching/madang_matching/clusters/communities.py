"""Communities: groups with more ties inside than outside, by Louvain."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from sknetwork.clustering import Louvain

from madang_matching.sparse import Ints, Sparse, row_counts


def communities_of(ties: Sparse, seed: int) -> Ints:
    """Return the community of each row, shape (n,): 0 is the largest; rows without a tie share the last one.

    Equal sizes go by the first row. Deterministic for the same ties and seed.

    Source: V. D. Blondel et al., Fast unfolding of communities in large networks, J. Stat. Mech. P10008, 2008.
    """
    tied = np.flatnonzero(row_counts(ties))
    labels = np.full(ties.shape[0], -1, np.int64)
    if len(tied):
        found = Louvain(random_state=seed).fit_predict(csr_matrix(ties[tied][:, tied]))
        labels[tied] = _by_size(np.asarray(found, np.int64))
    labels[labels < 0] = labels.max(initial=-1) + 1
    return labels


def _by_size(labels: Ints) -> Ints:
    _, first, inverse, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return place[inverse]

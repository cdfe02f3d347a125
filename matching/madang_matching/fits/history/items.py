"""Programmes that the same organisations join."""

from __future__ import annotations

import numpy as np

from madang_matching.sparse import Floats

SHRINKAGE = 5.0
"""Added to the mean size of two programmes: a few common members of small ones prove little."""


class CommonMembers:
    """Cosine of the member lists of two programmes, where a member of k programmes counts 1 / (k - 1).

    An organisation's own row is taken out before it is asked about, in training as in use.

    Source: G. Linden, B. Smith and J. York, Amazon.com Recommendations, IEEE Internet Computing 2003; weights as in
        M. Newman, Scientific collaboration networks II, Physical Review E 64, 016132, 2001. EASE (H. Steck, 2019) gave
        nothing beside it in validation.
    """

    def fit(self, table: Floats) -> CommonMembers:
        """Count, from memberships of shape (n, p); returns self."""
        self.common_ = (table * weights_of(table)[:, None]).T @ table
        self.sizes_ = table.sum(axis=0)
        return self

    def closeness(self, own: Floats) -> Floats:
        """Return the closeness of programmes to each other without a member's own row, shape (p, p), diagonal 0.

        Args: own: shape (p,), all that it joined; zeros for none.
        """
        common = self.common_ - float(weights_of(own[None])[0]) * np.outer(own, own)
        sizes = self.sizes_ - own
        close = np.maximum(common, 0.0) / (np.sqrt(np.outer(sizes, sizes)) + SHRINKAGE)
        np.fill_diagonal(close, 0.0)
        return close


def weights_of(table: Floats) -> Floats:
    """Return the weight of each row of memberships, 1 / (k - 1); 0 for fewer than two."""
    counts = table.sum(axis=1)
    return np.where(counts > 1, 1 / np.maximum(counts - 1, 1), 0.0)

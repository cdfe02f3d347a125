"""Sparse products agree with dense ones."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from madang_matching.sparse import csr, dense_row, row_counts, times_vector, unit_rows, without_diagonal

MATRICES = arrays(np.float64, (5, 5), elements=st.sampled_from([0.0, 0.0, 1.0, -2.0, 0.5]))
VECTORS = arrays(np.float64, (5,), elements=st.sampled_from([0.0, 1.0, -3.0]))


@settings(max_examples=100, deadline=None)
@given(MATRICES, VECTORS)
def test_products_rows_and_scales_are_those_of_the_dense_matrix(matrix: np.ndarray, vector: np.ndarray) -> None:
    sparse = csr(matrix)
    np.testing.assert_allclose(times_vector(sparse, vector), matrix @ vector)
    np.testing.assert_allclose(dense_row(sparse, 2), matrix[2])
    np.testing.assert_allclose(without_diagonal(sparse).toarray(), matrix - np.diag(np.diag(matrix)))
    lengths = np.linalg.norm(unit_rows(sparse).toarray(), axis=1)
    np.testing.assert_allclose(lengths, matrix.any(axis=1).astype(float))
    assert row_counts(sparse).tolist() == (matrix != 0).sum(axis=1).tolist()

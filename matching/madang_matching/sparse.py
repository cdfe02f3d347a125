"""Sparse matrices behind typed functions: the one place that meets scipy's untyped API."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse

Sparse: TypeAlias = Any
"""A scipy csr_array, float32 or float64. scipy ships no types, so every use goes through this module."""

PAIRS_AT_ONCE = 8192
"""Rows gathered at a time: 17 MB of 512 floats."""

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


def from_entries(
    rows: Sequence[int], columns: Sequence[int], values: Sequence[float], shape: tuple[int, int]
) -> Sparse:
    """Return a csr matrix; entries at the same place are added."""
    matrix = csr_array((np.asarray(values, float), (np.asarray(rows, int), np.asarray(columns, int))), shape=shape)
    matrix.sum_duplicates()
    return matrix


def row(matrix: Sparse, index: int) -> tuple[Ints, Floats]:
    """Return the columns and values of one row."""
    start, end = matrix.indptr[index], matrix.indptr[index + 1]
    return np.asarray(matrix.indices[start:end], np.int64), np.asarray(matrix.data[start:end], np.float64)


def times_vector(matrix: Sparse, vector: NDArray[Any]) -> Floats:
    """Return matrix · vector, shape (n,)."""
    return np.asarray(matrix @ vector, np.float64)


def dense_row(matrix: Sparse, index: int) -> Floats:
    """Return one row as a dense vector."""
    columns, values = row(matrix, index)
    vector = np.zeros(matrix.shape[1])
    vector[columns] = values
    return vector


def unit_rows(matrix: Sparse) -> Sparse:
    """Return the matrix with every non-empty row scaled to length 1."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return scaled_rows(matrix, scale)


def scaled_rows(matrix: Sparse, factors: Floats) -> Sparse:
    """Return the matrix with row i multiplied by factors[i]."""
    counts = np.diff(matrix.indptr)
    return csr_array((matrix.data * np.repeat(factors, counts), matrix.indices, matrix.indptr), shape=matrix.shape)


def csr(matrix: Any) -> Sparse:
    """Return any scipy matrix as a csr array."""
    return csr_array(matrix)


def without_diagonal(matrix: Sparse) -> Sparse:
    """Return the square matrix with nothing on its diagonal."""
    entries = matrix.tocoo()
    off = entries.row != entries.col
    return csr_array((entries.data[off], (entries.row[off], entries.col[off])), shape=matrix.shape)


def at(matrix: Sparse, row_index: int, column: int) -> float:
    """Return one value."""
    columns, values = row(matrix, row_index)
    return float(values[columns == column].sum())


def take(matrix: Sparse, rows: Ints) -> Sparse:
    """Return some rows, in the given order, repeats allowed."""
    return csr_array(matrix[rows])


def scaled_columns(matrix: Sparse, factors: Floats) -> Sparse:
    """Return the matrix with column j multiplied by factors[j]."""
    return csr_array((matrix.data * factors[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape)


def ones(matrix: Sparse) -> Sparse:
    """Return the matrix with 1 at every entry that is not zero."""
    kept = csr_array(matrix)
    kept.eliminate_zeros()
    return csr_array((np.ones(len(kept.data)), kept.indices, kept.indptr), shape=kept.shape)


def dense_product(left: Sparse, right: Sparse) -> Floats:
    """Return left · right of two sparse matrices, dense."""
    return np.asarray((left @ right).toarray(), np.float64)


def dot_pairs(left: Sparse, rows: Ints, right: Sparse, others: Ints) -> Floats:
    """Return the product of row rows[i] of `left` with row others[i] of `right` for each i, shape (m,)."""
    product = take(left, rows).multiply(take(right, others))
    return np.asarray(product.sum(axis=1), np.float64).ravel()


def row_dots(left: NDArray[Any], rows: Ints, right: NDArray[Any], others: Ints) -> Floats:
    """Return the product of row rows[i] of `left` with row others[i] of `right`, dense matrices, shape (m,)."""
    values = np.zeros(len(rows))
    for start in range(0, len(rows), PAIRS_AT_ONCE):
        here = slice(start, start + PAIRS_AT_ONCE)
        values[here] = np.einsum("ij,ij->i", left[rows[here]], right[others[here]])
    return values


def left_factors(matrix: Sparse, rank: int) -> Floats:
    """Return the left singular vectors times the singular values of the greatest `rank` ones, shape (n, rank)."""
    from sklearn.utils.extmath import randomized_svd  # slow to import, and only needed here

    left, values, _ = randomized_svd(matrix, rank, random_state=0)
    return np.asarray(left * values, np.float64)


def submatrix(matrix: Sparse, rows: Ints) -> Sparse:
    """Return the square matrix of some rows and the same columns."""
    return csr_array(matrix[rows][:, rows])


def row_counts(matrix: Sparse) -> Ints:
    """Return the number of entries of each row."""
    return np.diff(matrix.indptr).astype(np.int64)


def times_matrix(matrix: Sparse, other: Floats) -> Floats:
    """Return matrix · other, dense."""
    return np.asarray(matrix @ other, np.float64)


def entries(matrix: Sparse) -> tuple[Ints, Ints, Floats]:
    """Return rows, columns and values of all entries."""
    listed = matrix.tocoo()
    return listed.row.astype(np.int64), listed.col.astype(np.int64), listed.data.astype(np.float64)


def without_zeros(matrix: Sparse) -> Sparse:
    """Return the matrix without stored zeros, entries at the same place added; the given one is left as it is."""
    copy = csr_array(matrix, copy=True)
    copy.sum_duplicates()
    copy.eliminate_zeros()
    return copy


def squared_lengths(matrix: Any) -> Floats:
    """Return the sum of squares of each row, shape (n,), of a dense or a sparse matrix."""
    squares = matrix.multiply(matrix) if issparse(matrix) else np.square(matrix, dtype=np.float64)
    return np.asarray(squares.sum(axis=1), np.float64).ravel()


def dense_rows(matrix: Any, rows: Ints) -> NDArray[Any]:
    """Return some rows of a dense or a sparse matrix, dense, in the given order, repeats allowed."""
    return np.asarray(matrix[rows].toarray() if issparse(matrix) else matrix[rows])

"""The judge of all kernels, judged by sums of exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.checking import gamma, n_poisoned, poison, reference_of
from kernels.ladder.kernel import DTYPES, DType, Matrix

ROUNDOFF = {"float32": Fraction(1, 2**24), "float64": Fraction(1, 2**53)}


def exact(a: Matrix, b: Matrix) -> list[list[Fraction]]:
    """The product as fractions."""
    rows = [[Fraction(float(x)) for x in row] for row in a]
    columns = [[Fraction(float(x)) for x in column] for column in b.T]
    return [[sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0)) for c in columns] for r in rows]


def operands(m: int, n: int, k: int, dtype: DType, seed: int = 0) -> tuple[Matrix, Matrix]:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((m, k)).astype(dtype), rng.standard_normal((k, n)).astype(dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_gamma_is_the_formula(dtype: DType) -> None:
    for n in (0, 1, 2, 1000, 100_000):
        roundoff = ROUNDOFF[dtype]
        assert gamma(n, dtype) == pytest.approx(float(n * roundoff / (1 - n * roundoff)), rel=1e-12)
    assert gamma(2**24, "float32") == math.inf


@pytest.mark.parametrize("dtype", DTYPES)
@given(seed=st.integers(0, 50), m=st.integers(1, 6), n=st.integers(1, 6), k=st.integers(0, 9))
def test_what_is_allowed_is_the_formula(dtype: DType, seed: int, m: int, n: int, k: int) -> None:
    """An error just inside of the bound round the exact product passes, one just outside does not."""
    a, b = operands(m, n, k, dtype, seed)
    reference = reference_of(a, b)
    true, magnitude = exact(a, b), exact(np.abs(a), np.abs(b))
    i, j = seed % m, seed % n
    allowed = float(magnitude[i][j]) * gamma(k + 2, dtype)
    right = np.array([[float(value) for value in row] for row in true]).reshape(m, n)
    # Rounding the exact product is one rounding; in float64 the reference has two of its own.
    assert reference.error_over_bound(right) <= (1.1 if dtype == "float32" else 2.5) / (k + 2)
    if k == 0:
        return
    for share in (0.5, 0.8, 1.5, 3.0):
        wrong = right.copy()
        wrong[i, j] += share * allowed
        if dtype == "float32":
            assert reference.error_over_bound(wrong) == pytest.approx(share, rel=1e-3)
        else:
            assert abs(reference.error_over_bound(wrong) - share) <= 2.5 / (k + 2)


@pytest.mark.parametrize("dtype", DTYPES)
def test_one_wrong_number_anywhere_is_found(dtype: DType) -> None:
    a, b = operands(60, 70, 50, dtype)
    reference = reference_of(a, b)
    right = a @ b
    assert reference.error_over_bound(right) <= 1
    n_found = 0
    for i in range(60):
        for j in range(0, 70, 7):
            wrong = right.copy()
            wrong[i, j] = np.nextafter(wrong[i, j] + 3 * reference.bound[i, j], np.inf, dtype=dtype)
            n_found += reference.error_over_bound(wrong) > 1
    assert n_found == 600


def test_float64_is_held_against_exact_sums_at_corners_and_edges() -> None:
    """Where NumPy is no judge: an error that only exact sums can tell from rounding."""
    a, b = operands(200, 300, 20, "float64")
    reference = reference_of(a, b)
    assert reference.places is not None
    rows, columns = reference.places
    assert len(rows) == 256
    places = set(zip(rows.tolist(), columns.tolist(), strict=True))
    assert {(0, 0), (0, 299), (199, 0), (199, 299)} <= places
    for line, end in ((rows, 0), (rows, 199), (columns, 0), (columns, 299)):
        assert np.count_nonzero(line == end) >= 16
    assert np.count_nonzero((rows % 199 != 0) & (columns % 299 != 0)) > 100
    for i, j in ((0, 0), (199, 299), (0, 299), (199, 0)):
        wrong = a @ b
        wrong[i, j] += 1.5 * float(np.abs(a[i]) @ np.abs(b[:, j])) * gamma(22, "float64")
        assert 1.2 < reference.error_over_bound(wrong) < 1.8


@pytest.mark.parametrize("dtype", DTYPES)
def test_special_numbers_must_come_out_in_their_places(dtype: DType) -> None:
    a, b = operands(5, 6, 4, dtype)
    a[1, 2], b[3, 4], a[2, 0] = np.inf, np.nan, -np.inf
    reference = reference_of(a, b)
    with np.errstate(all="ignore"):
        right = a @ b
    assert np.isnan(right[:, 4]).all()
    assert reference.error_over_bound(right) <= 1
    for place, value in [
        ((0, 4), 1.0),
        ((0, 4), np.inf),
        ((1, 0), -right[1, 0]),
        ((1, 0), np.nan),
        ((1, 0), 7.0),
        ((0, 0), np.nan),
        ((0, 0), np.inf),
        ((0, 0), -np.inf),
    ]:
        wrong = right.copy()
        wrong[place] = value
        assert reference.error_over_bound(wrong) == math.inf


@pytest.mark.parametrize("dtype", DTYPES)
def test_nothing_is_asked_where_sums_leave_the_type(dtype: DType) -> None:
    large = np.finfo(dtype).max / 4
    a = np.array([[large, large], [1, 1]], dtype)
    b = np.array([[large, 1], [-large, 1]], dtype)
    reference = reference_of(a, b)
    with np.errstate(all="ignore"):
        right = a @ b
    assert not np.isfinite(right[0, 0])
    assert reference.error_over_bound(right) <= 1
    right[1, 1] = 2.1
    assert reference.error_over_bound(right) > 1


@pytest.mark.parametrize("dtype", DTYPES)
def test_vectors_and_empty_products(dtype: DType) -> None:
    a, b = operands(9, 1, 7, dtype)
    assert reference_of(a, b[:, 0]).error_over_bound(a @ b[:, 0]) <= 1
    assert reference_of(a, b[:, 0]).error_over_bound(a @ b[:, 0] + 1) > 1
    for m, n, k in [(0, 3, 2), (3, 0, 2), (0, 0, 0), (2, 2, 0)]:
        a, b = operands(m, n, k, dtype)
        assert reference_of(a, b).error_over_bound(np.zeros((m, n), dtype)) == 0
    a, b = operands(2, 2, 0, dtype)
    assert reference_of(a, b).error_over_bound(np.full((2, 2), 1e-30, dtype)) > 1


@pytest.mark.parametrize("dtype", DTYPES)
def test_poison_is_seen_until_it_is_written_over(dtype: DType) -> None:
    out = np.zeros((6, 8), dtype)[::2, ::3]
    poison(out)
    assert np.isnan(out).all()
    assert n_poisoned(out) == 9
    out[1, 1] = np.nan  # a NaN of arithmetic is another one
    out[2] = 0
    assert n_poisoned(out) == 5

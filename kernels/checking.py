"""Whether a product is right: every number against a reference, within what rounding alone may explain.

    |c - a b| <= gamma(k + 2) (|a| |b|),    gamma(n) = n u / (1 - n u),    u = half the spacing after 1

for sums of k products in any order, fused or not: N. J. Higham, Accuracy and Stability of Numerical
Algorithms, 2nd edition (SIAM 2002), Lemma 3.1 and section 3.5. The two roundings more are the reference's
own. The formula leaves out numbers too small for the type's full precision, of which each operation may
lose one smallest step (section 2.1 there); so many are allowed on top.

Float32 is held against the product in float64. Float64 is held against math.fsum, which adds without error,
at 256 places with all corners and some of every edge; and everywhere against NumPy, which may be as wrong
itself: within twice the bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.ladder.kernel import DType, Matrix

N_PLACES = 256
N_ON_EDGES = 64
SEED = 256
BAND_NUMBERS = 1 << 20
"""Numbers of the result looked at in one go, so that checking takes little memory."""

PATTERNS: dict[int, NDArray[Any]] = {
    4: np.array(0x7FC0_DEAD, np.uint32),
    8: np.array(0x7FF8_DEAD_DEAD_DEAD, np.uint64),
}
"""NaNs that no arithmetic makes, by the bytes of a number."""

Floats = NDArray[np.float64]
Places = tuple[NDArray[np.intp], NDArray[np.intp]]


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What a product must give.

    values : float64, shape of the result
    bound : float64, the error allowed; infinite where sums may go beyond the type, and nothing is asked
    is_special : where NaN or infinity came in, which must come out in the same places; bool
    places, sums, sum_bound : rows and columns of chosen numbers, their sums without error, and the error
        allowed there; None for float32
    """

    values: Floats
    bound: Floats
    is_special: NDArray[np.bool_]
    places: Places | None = None
    sums: Floats | None = None
    sum_bound: Floats | None = None

    def error_over_bound(self, result: Matrix) -> float:
        """Return the largest error as a share of what is allowed: right up to 1, infinite for NaN astray.

        result : the shape of the product, or of the vector for a product with a vector
        """
        m, n = self.values.shape
        c = result.reshape(m, n)
        worst = 0.0
        rows = max(1, BAND_NUMBERS // max(1, n))
        for row in range(0, m, rows):
            band = slice(row, row + rows)
            worst = max(worst, _share(c[band], self.values[band], self.bound[band], self.is_special[band]))
        if self.places is not None and self.sums is not None and self.sum_bound is not None:
            none_special = np.zeros(self.sums.shape, np.bool_)
            worst = max(worst, _share(c[self.places], self.sums, self.sum_bound, none_special))
        return worst


def gamma(n: int, dtype: DType) -> float:
    """Return n u / (1 - n u), the relative error that n roundings may add up to; infinite from n u = 1 on."""
    nu = n * float(np.finfo(dtype).eps) / 2
    return nu / (1 - nu) if nu < 1 else math.inf


def reference_of(a: Matrix, b: Matrix) -> Reference:
    """Return what a (m, k) @ b (k, n) or b (k,) must give; both float32 or both float64."""
    b = b[:, None] if b.ndim == 1 else b
    dtype: DType = "float32" if a.dtype == np.float32 else "float64"
    m, k = a.shape
    n = b.shape[1]
    values, magnitudes = np.empty((m, n)), np.empty((m, n))
    wide, wide_magnitude = b.astype(np.float64, copy=False), np.abs(b, dtype=np.float64)
    rows = max(1, BAND_NUMBERS // max(1, k, n))
    with np.errstate(all="ignore"):  # infinities and NaN are judged below, number by number
        for row in range(0, m, rows):
            band = a[row : row + rows].astype(np.float64, copy=False)
            np.matmul(band, wide, out=values[row : row + rows])
            np.matmul(np.abs(band), wide_magnitude, out=magnitudes[row : row + rows])
        is_finite = np.outer(np.isfinite(a).all(axis=1), np.isfinite(b).all(axis=0))
        one = np.where(magnitudes <= np.finfo(dtype).max / 2, _allowed(magnitudes, k, dtype), math.inf)
    if dtype == "float32":
        return Reference(values, one, ~is_finite)
    places = _places(is_finite & np.isfinite(one))
    sums = np.array([_sum(a[i], b[:, j]) for i, j in zip(*places, strict=True)], np.float64)
    return Reference(values, 2 * one, ~is_finite, places, sums, one[places])


def poison(out: Matrix) -> None:
    """Fill a place for a result with NaNs that only a number written there takes away."""
    out[...] = PATTERNS[out.itemsize].view(out.dtype)


def n_poisoned(out: Matrix) -> int:
    """Return how many numbers are still as `poison` left them."""
    pattern = PATTERNS[out.itemsize]
    return int(np.count_nonzero(np.ascontiguousarray(out).view(pattern.dtype) == pattern))


def _allowed(magnitudes: Floats, k: int, dtype: DType) -> Floats:
    smallest = float(np.finfo(dtype).smallest_subnormal)
    return gamma(k + 2, dtype) * magnitudes + (k + 2) * smallest * (magnitudes > 0)


def _share(c: Matrix, values: Floats, bound: Floats, is_special: NDArray[np.bool_]) -> float:
    """The largest error over its bound; infinite where a special number is another one or missing."""
    with np.errstate(all="ignore"):  # what is not finite is told apart by hand
        error = np.abs(c - values)
        is_same = (c == values) | (np.isnan(c) & np.isnan(values))
        share = np.where(error > 0, error / bound, 0.0)
        share = np.where(np.isnan(error) | (error == math.inf), math.inf, share)
        share = np.where(np.isinf(bound) & ~is_special, 0.0, share)
        share = np.where(is_special, np.where(is_same, 0.0, math.inf), share)
    return float(share.max(initial=0.0))


def _places(is_ordinary: NDArray[np.bool_]) -> Places:
    """Rows and columns to look at closely: all, or the corners, some of the edges and some within."""
    m, n = is_ordinary.shape
    if m * n <= N_PLACES:
        rows, columns = np.nonzero(np.ones((m, n), np.bool_))
    else:
        rng = np.random.default_rng(SEED)
        rows, columns = rng.integers(0, m, N_PLACES), rng.integers(0, n, N_PLACES)
        rows[:4], columns[:4] = (0, 0, m - 1, m - 1), (0, n - 1, 0, n - 1)
        quarter = N_ON_EDGES // 4
        for number, (line, last) in enumerate(((rows, 0), (rows, m - 1), (columns, 0), (columns, n - 1))):
            line[4 + number * quarter : 4 + (number + 1) * quarter] = last
    kept = is_ordinary[rows, columns]
    return rows[kept], columns[kept]


def _sum(a_row: Matrix, b_column: Matrix) -> float:
    return math.fsum((a_row * b_column).tolist())

"""Matrix times vector: every way through the matrix, at sizes where threads and strips begin."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.checking import n_poisoned, poison, reference_of
from kernels.ladder import numba_gemv
from kernels.ladder.kernel import DTYPES, DType, Matrix

SHAPES = [
    (1, 1),
    (3, 2),
    (4, 4),
    (1, 300_001),
    (3, 150_001),
    (63, 9_001),
    (64, 9_001),
    (700, 1_001),
    (9_001, 70),
    (150_001, 3),
    (300_001, 1),
]
"""Rows and depth: from less than a vector to several bands, blocks and strips."""


def matrices(m: int, k: int, dtype: DType) -> dict[str, Matrix]:
    """The same numbers, lying in memory in every way that there is a walk for, and in mirrored ones."""
    a = np.random.default_rng(m + k).standard_normal((m, k)).astype(dtype)
    spread = np.full((2 * m, 3 * k), np.nan, dtype)
    spread[::2, ::3] = a
    wide = np.full((m + 1, k + 5), np.nan, dtype)
    wide[1:, 3 : k + 3] = a
    return {
        "rows": a,
        "columns": np.asfortranarray(a),
        "spread": spread[::2, ::3],
        "within a wider one": wide[1:, 3 : k + 3],
        "within a higher one": np.asfortranarray(wide)[1:, 3 : k + 3],
        "rows upwards": np.ascontiguousarray(a[::-1])[::-1],
        "columns backwards": np.asfortranarray(a[:, ::-1])[:, ::-1],
        "rows backwards": np.ascontiguousarray(a[:, ::-1])[:, ::-1],
        "columns upwards": np.asfortranarray(a[::-1])[::-1],
    }


@pytest.fixture(autouse=True)
def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bands and strips at sizes at which they would not pay."""
    monkeypatch.setattr(numba_gemv, "PART_BYTES", 1 << 18)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("m", "k"), SHAPES)
def test_every_way_through_the_matrix(m: int, k: int, dtype: DType) -> None:
    x = np.random.default_rng(1).standard_normal(k).astype(dtype)
    found: dict[str, list[bytes]] = {}
    for name, a in matrices(m, k, dtype).items():
        reference = reference_of(a, x)
        for threads in (1, 2, 3):
            out = np.empty(m + 8, dtype)
            poison(out)
            assert numba_gemv.gemv(a, x, out[4 : m + 4], threads).base is out
            assert reference.error_over_bound(out[4 : m + 4]) <= 1, (name, threads)
            assert n_poisoned(out) == 8  # nothing beside the place was touched
            found.setdefault(name, []).append(out.tobytes())
    assert all(len(set(results)) == 1 for results in found.values())  # the same bits by any number of threads


@pytest.mark.parametrize("dtype", DTYPES)
def test_vectors_with_strides(dtype: DType) -> None:
    a = matrices(200, 3_000, dtype)["rows"]
    x = np.random.default_rng(2).standard_normal(9_000).astype(dtype)[::-3]
    out = np.zeros(400, dtype)
    poison(out)
    numba_gemv.gemv(a, x, out[::-2], 2)
    assert reference_of(a, x).error_over_bound(out[::-2]) <= 1
    assert n_poisoned(out) == 200


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("order", ["C", "F"])
def test_special_numbers_stay_in_their_rows(order: str, dtype: DType) -> None:
    """The last vectors are masked: what lies beyond the end, NaN here, must not come in."""
    for m, k in [(1, 7), (5, 33), (40, 70), (130, 131)]:
        room = np.full((m + 20, k + 20), np.nan, dtype, "C" if order == "C" else "F")
        a = room[7 : m + 7, 3 : k + 3]
        a[...] = 1
        a[m // 2, k - 1], a[m - 1, 0] = np.inf, -np.inf
        x = np.ones(k, dtype)
        y = numba_gemv.gemv(a, x)
        expected = np.full(m, float(k))
        expected[m // 2] = np.inf
        expected[m - 1] = np.nan if m == 1 else -np.inf
        np.testing.assert_array_equal(y, expected)


@pytest.mark.parametrize("way", list(numba_gemv.WALKS))
def test_a_walk_that_is_not_compiled_yet_is_compiled_on_the_way(way: str) -> None:
    numba_gemv._walk.cache_clear()
    sides = {
        "rows": (70, 40, "C"),
        "columns": (70, 40, "F"),
        "low columns": (9, 40, "F"),
        "any": (70, 40, "C"),
    }
    m, k, order = sides[way]
    a = np.random.default_rng(0).random((m, k)).astype(np.float32, order="C" if order == "C" else "F")
    if way == "any":
        a = a[:, ::2]
    assert numba_gemv._way(a) == way
    x = np.ones(a.shape[1], np.float32)
    assert reference_of(a, x).error_over_bound(numba_gemv.gemv(a, x)) <= 1
    assert numba_gemv._walk.cache_info().currsize == 1

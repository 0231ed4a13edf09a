"""The packed product where its blocks and tiles meet: edges, several blocks, places that must not matter."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.checking import n_poisoned, poison, reference_of
from kernels.ladder import numba_packed
from kernels.ladder.kernel import DTYPES, DType, Matrix
from kernels.ladder.numba_packed import gemm
from kernels.ladder.operands import OperandsError
from kernels.ladder.packed_blocks import (
    COLUMNS_BYTES,
    DEPTH_BYTES,
    DIRECT_BYTES,
    ROWS,
    WIDTH_BYTES,
    blocks_of,
    row_distance,
    scratch_elements,
)


def operands(m: int, n: int, k: int, dtype: DType) -> tuple[Matrix, Matrix]:
    rng = np.random.default_rng(3)
    return rng.standard_normal((m, k)).astype(dtype), rng.standard_normal((k, n)).astype(dtype)


def edges(dtype: DType) -> list[tuple[int, int, int]]:
    """Shapes just before, at and after the edges of tiles and blocks, packed and not."""
    size = np.dtype(dtype).itemsize
    width, depth, columns = WIDTH_BYTES // size, DEPTH_BYTES // size, COLUMNS_BYTES // size
    rows = 2 * ROWS
    return [
        *((ROWS + d, width + d, 5 + d) for d in (-1, 0, 1)),
        *((rows + 1, 2 * width + d, depth + d) for d in (-1, 0, 1)),
        (rows, columns + 1, DIRECT_BYTES // (columns * size) + 1),
        (rows - 1, 3, 3 * depth),
        (7 * ROWS + 5, 2 * width + 3, 2 * depth + 1),
    ]


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_edges_of_tiles_and_blocks(dtype: DType) -> None:
    for m, n, k in edges(dtype):
        a, b = operands(m, n, k, dtype)
        out = np.empty((m, n), dtype)
        poison(out)
        gemm(a, b, out)
        assert n_poisoned(out) == 0
        assert reference_of(a, b).error_over_bound(out) <= 1, (m, n, k)


@pytest.mark.parametrize("k", [30, 4000])
def test_infinity_does_not_meet_the_zeros_beside_a_panel(k: int) -> None:
    a, b = operands(3 * ROWS, 35, k, "float32")
    a[::5, ::7] = np.inf
    b[:] = abs(b)
    assert (gemm(a, b)[::5] == np.inf).all()
    b_columns = np.asfortranarray(b)
    assert (gemm(a, b_columns)[::5] == np.inf).all()
    assert np.isfinite(gemm(a, b)[1::5]).all()


@pytest.mark.parametrize("k", [30, 1500])
def test_the_same_sum_has_the_same_bits_wherever_it_lies(k: int) -> None:
    a, b = operands(5 * ROWS + 7, 90, k, "float32")
    c = gemm(a, b)
    assert (gemm(a[::-1], b)[::-1] == c).all()
    assert (gemm(a, np.roll(b, 11, axis=1)) == np.roll(c, 11, axis=1)).all()


def test_nothing_beside_the_place_of_the_result_changes() -> None:
    for k in (20, 3000):
        a, b = operands(30, 45, k, "float32")
        room = np.full((34, 50), 7, np.float32)
        gemm(a, b, room[2:32, 3:48])
        assert reference_of(a, b).error_over_bound(room[2:32, 3:48].copy()) <= 1
        room[2:32, 3:48] = 7
        assert (room == 7).all()


def test_a_small_product_that_is_not_as_it_should_be_is_refused_like_a_large_one() -> None:
    square = np.ones((8, 8), np.float32)
    gemm(square, square, np.empty((8, 8), np.float32))
    with pytest.raises(OperandsError):
        gemm(square, square, square)
    with pytest.raises(OperandsError):
        gemm(square, square, np.empty((8, 7), np.float32))
    with pytest.raises(OperandsError):
        gemm(square, square, np.empty((8, 8), np.float64))
    read_only = np.empty((8, 8), np.float32)
    read_only.flags.writeable = False
    with pytest.raises(OperandsError):
        gemm(square, square, read_only)
    with pytest.raises(OperandsError):
        gemm(square, square, np.broadcast_to(np.float32(1), (8, 8)))


@pytest.mark.parametrize("itemsize", [4, 8])
def test_the_room_for_a_product_is_enough_for_each_of_its_bands(itemsize: int) -> None:
    for k in (1, 100, 300, 1025):
        rooms = []
        for m in range(1, 60 * ROWS, 7):
            blocks = blocks_of(m, 100, k, itemsize)
            panels = -(-blocks.columns * itemsize // WIDTH_BYTES)
            used = blocks.rows * row_distance(blocks.depth, itemsize)
            used += panels * WIDTH_BYTES // itemsize * blocks.depth
            rooms.append(scratch_elements(m, 100, k, itemsize))
            assert used <= rooms[-1]
        assert rooms == sorted(rooms)


def test_small_and_packed_products_need_no_copy_of_the_operands() -> None:
    a, b = operands(60, 60, 60, "float32")
    assert numba_packed.product_of_small(a, b, None) is not None
    assert numba_packed.product_of_small(a, b.T, None) is not None
    assert numba_packed.product_of_small(a, np.ones((60, 6000), np.float32), None) is None
    assert numba_packed.product_of_small(a, b, None, 60**3 - 1) is None

"""Register tiles of several processors on this one: right in every corner, and nothing touched beyond."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from llvmlite import binding
from numba import njit

from kernels.checking import reference_of
from kernels.host import VECTOR_UNITS, VectorUnit, vector_unit
from kernels.ladder.tiles import heights, tile_intrinsic, tiles
from kernels.ladder.vectors import pointer_to
from kernels.ladder.views import View

DEPTH = 19
SPARE = 3
"""Rows and columns beyond the tile, which must not matter and must not change."""


def runs_here(unit: VectorUnit) -> bool:
    """Whether this processor has the instructions; wider vectors it would cut, which proves as much."""
    return (
        not unit.has_fma or bool(binding.get_host_cpu_features().get("fma", False)) or unit is vector_unit()
    )


@cache
def tile_of(unit: VectorUnit) -> Any:
    """A function that computes one tile of C from and into arrays."""
    multiply_tile = tile_intrinsic(unit)

    @njit
    def run(
        rows: int, keeps: int, a: Any, b: Any, side: Any, c: Any, depth: int, columns: int, adds: int
    ) -> None:
        size = a.itemsize
        multiply_tile(
            rows,
            keeps,
            View(pointer_to(a), a.strides[0] // size, a.strides[1] // size),
            View(pointer_to(b), b.strides[0] // size, 1),
            View(pointer_to(side), side.strides[0] // size, 1),
            View(pointer_to(c), c.strides[0] // size, 1),
            depth,
            columns,
            adds,
        )  # fmt: skip

    return run


@pytest.mark.parametrize("unit", VECTOR_UNITS, ids=lambda unit: unit.name)
def test_the_heights_make_any_number_of_rows(unit: VectorUnit) -> None:
    for rows in range(1, 3 * unit.tile_rows):
        left, used = rows, 0
        while left:
            left -= max(height for height in heights(unit) if height <= left)
            used += 1
        assert used <= rows // unit.tile_rows + 3


@pytest.mark.parametrize("unit", VECTOR_UNITS, ids=lambda unit: unit.name)
def test_each_tile_has_a_code_of_its_own(unit: VectorUnit) -> None:
    codes = [tile.code for tile in tiles(unit)]
    assert len(set(codes)) == len(codes) == 3 * len(heights(unit)) + 3


@pytest.mark.parametrize("unit", VECTOR_UNITS, ids=lambda unit: unit.name)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_tile_is_right(unit: VectorUnit, dtype: str, rng: np.random.Generator) -> None:
    if not runs_here(unit):
        pytest.skip(f"this processor has no fused multiply-add, which {unit.name} has")
    run = tile_of(unit)
    width = unit.tile_columns(np.dtype(dtype).itemsize)
    n_products = 0
    for tile in tiles(unit):
        lanes = width // unit.tile_vectors
        edges = [1, lanes] if tile.n_vectors == 1 else [lanes + 1, width - 1]
        for columns in [width] if tile.is_whole else edges:
            for adds in (0, 1):
                a = np.full((tile.rows + SPARE, DEPTH + SPARE), np.nan, dtype)
                b = np.full((DEPTH + SPARE, width + SPARE), np.inf, dtype)
                a[: tile.rows, :DEPTH] = rng.standard_normal((tile.rows, DEPTH))
                b[:DEPTH, :columns] = rng.standard_normal((DEPTH, columns))
                before = rng.integers(-8, 8, (tile.rows + SPARE, width + SPARE)).astype(dtype)
                c, side = before.copy(), np.full((DEPTH + SPARE, width), 7, dtype)
                run(tile.rows, int(tile.keeps), a, b, side, c, DEPTH, columns, adds)

                # What C held is one more product, of itself and one.
                used = (slice(0, tile.rows), slice(0, columns))
                left = np.hstack([a[: tile.rows, :DEPTH], before[: tile.rows, :columns]])
                right = np.vstack([b[:DEPTH, :columns], adds * np.eye(columns, dtype=dtype)])
                assert reference_of(left, right).error_over_bound(c[used].copy()) <= 1
                untouched = np.ones(c.shape, np.bool_)
                untouched[used] = False
                assert (c[untouched] == before[untouched]).all()
                kept = np.full((DEPTH, width), 7, dtype)
                if tile.keeps:
                    kept[:, : tile.n_vectors * lanes] = 0
                    kept[:, :columns] = b[:DEPTH, :columns]
                assert (side[:DEPTH] == kept).all()
                assert (side[DEPTH:] == 7).all()
                n_products += 1
    assert n_products == 2 * (len(heights(unit)) + 1) * 5


def test_columns_of_a_far_apart(rng: np.random.Generator) -> None:
    unit = vector_unit()
    a = np.asfortranarray(rng.standard_normal((unit.tile_rows, DEPTH)))
    b = rng.standard_normal((DEPTH, unit.tile_columns(8)))
    c = np.empty((unit.tile_rows, unit.tile_columns(8)))
    tile_of(unit)(unit.tile_rows, 0, a, b, b, c, DEPTH, unit.tile_columns(8), 0)
    assert reference_of(a, b).error_over_bound(c) <= 1

"""How a packed product is cut: into blocks that stay in a cache while they are used, and into tiles.

Sizes that follow from the processor are constants of the compiled code: it is compiled for this processor.
"""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from kernels.host import vector_unit
from kernels.ladder.tiles import heights

UNIT = vector_unit()
ROWS = UNIT.tile_rows
HEIGHTS = heights(UNIT)
WIDTH_BYTES = UNIT.tile_vectors * UNIT.bits // 8

LINE_BYTES = 64
DEPTH_BYTES = 4096
"""Depth of a block, as bytes of a row of A: a panel of B has as many rows as A's row has numbers."""

BLOCK_BYTES = 288 * 1024
"""A block of A: with two panels of B, the one used and the next, about half of the second cache."""

COLUMNS_BYTES = 16384
"""Columns of a block, as bytes of a row of B."""

DIRECT_BYTES = 384 * 1024
"""B is read where it lies up to this size."""


class Blocks(NamedTuple):
    """Sizes of the blocks that a product is cut into."""

    depth: int
    rows: int
    columns: int


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def equal_parts(length: int, largest: int) -> int:
    """The size of as few equal parts as possible, none of them larger than `largest`; at least 1."""
    n_parts = max(1, -(-length // largest))
    return max(1, -(-length // n_parts))


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def row_tiles_at_most(depth: int, itemsize: int) -> int:
    """The tiles below each other for which a block of A has room."""
    return max(1, BLOCK_BYTES // (ROWS * depth * itemsize))


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def blocks_of(m: int, n: int, k: int, itemsize: int) -> Blocks:
    """The blocks of a product: equal ones, with whole tiles of rows."""
    depth = equal_parts(k, DEPTH_BYTES // itemsize)
    row_tiles = equal_parts(-(-m // ROWS), row_tiles_at_most(depth, itemsize))
    return Blocks(depth, row_tiles * ROWS, max(1, min(n, COLUMNS_BYTES // itemsize)))


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def row_distance(depth: int, itemsize: int) -> int:
    """How far apart packed rows of A are: an odd number of cache lines, so that they spread over a cache."""
    line = LINE_BYTES // itemsize
    return (-(-depth // line) | 1) * line


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def is_direct(m: int, n: int, k: int, itemsize: int) -> bool:
    """Whether a product is too small, or has too few rows, for packing to pay."""
    return m < 2 * ROWS or n * k * itemsize <= DIRECT_BYTES


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def tile_height(rows: int) -> int:
    """Rows of the highest tile that does not reach beyond so many rows."""
    for height in HEIGHTS:
        if height <= rows:
            return height
    return 1


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def scratch_elements(m: int, n: int, k: int, itemsize: int) -> int:
    """How many numbers the packed blocks of A and B take at most, with these or fewer rows and columns."""
    blocks = blocks_of(m, n, k, itemsize)
    width = WIDTH_BYTES // itemsize
    # Not the rows of the blocks: cut into equal ones, a lower product may have higher blocks.
    rows = min(-(-m // ROWS), row_tiles_at_most(blocks.depth, itemsize)) * ROWS
    packed_columns = -(-blocks.columns // width) * width
    return int(rows * row_distance(blocks.depth, itemsize) + packed_columns * blocks.depth)

"""The order in which the packed kernels walk over A, B and C, as the tiles of small products.

Tile and blocks are made small: they are to the caches of the traffic's small machine as the real ones are to
real caches.
"""

from __future__ import annotations

from collections.abc import Iterator

TILE_ROWS, TILE_COLUMNS = 4, 4
SMALL_TILE = (TILE_ROWS, TILE_COLUMNS)
BLOCK_DEPTH = 8
"""With the columns of a tile: a panel of B that takes half of the first cache."""

BLOCK_ROWS = 32
"""With the depth: a block of A that takes half of the second cache."""

BLOCK_COLUMNS = 128
"""With the depth: a block of B that takes half of the third cache."""


def packed_order(
    m: int, n: int, k: int, first_row: int = 0, first_column: int = 0
) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Yield the tiles of a product one after another: first and last row, column and depth, ends excluded.

    first_row, first_column : where this product's C begins within a larger one
    """
    for block_column, block_columns in cuts(n, BLOCK_COLUMNS):
        for depth, depths in cuts(k, BLOCK_DEPTH):
            for block_row, block_rows in cuts(m, BLOCK_ROWS):
                for column, columns in cuts(block_columns, TILE_COLUMNS):
                    for row, rows in cuts(block_rows, TILE_ROWS):
                        i = first_row + block_row + row
                        j = first_column + block_column + column
                        yield i, i + rows, j, j + columns, depth, depth + depths


def cuts(length: int, largest: int) -> Iterator[tuple[int, int]]:
    """Yield start and size of pieces, all of the largest size but the last."""
    for start in range(0, length, largest):
        yield start, min(largest, length - start)

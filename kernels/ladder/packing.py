"""Packing: the parts of A and B that a kernel is about to read many times, laid side by side.

    rows of A    the numbers of each row adjacent, rows a fixed distance apart
    panel of B   rows of a panel as wide as a tile adjacent to each other, narrower ones filled up with zeros

A product reads each part dozens of times. Packed, it lies in few pages, fills its cache lines, and rows do not
compete for the same places of a cache, as those of a matrix do whose width is a power of two.
The zeros only meet columns that nobody reads: infinity times zero never reaches C.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from kernels.ladder.vectors import moved

LINE_BYTES = 64


@njit(nogil=True, inline="never")  # type: ignore[untyped-decorator]  # numba has no types
def pack_rows(a: Any, a_row: int, a_step: int, rows: int, depth: int, packed: Any, distance: int) -> None:
    """Copy A[rows, depth]: each row adjacent, rows `distance` elements apart."""
    if a_step == 1:
        for row in range(rows):
            source = moved(a, row * a_row)
            target = moved(packed, row * distance)
            for index in range(depth):
                target[index] = source[index]
        return
    # Columns adjacent, most likely: so many steps at once that each line read is used up.
    for first in range(0, depth, 16):
        last = min(first + 16, depth)
        for row in range(rows):
            for index in range(first, last):
                packed[row * distance + index] = a[row * a_row + index * a_step]


@njit(nogil=True, inline="never")  # type: ignore[untyped-decorator]  # numba has no types
def pack_panel(b: Any, b_row: int, b_step: int, depth: int, columns: int, packed: Any, width: int) -> None:
    """Copy B[depth, columns] into rows of `width` elements, zeros in those that B does not have."""
    for first in range(0, depth, 16):
        last = min(first + 16, depth)
        for column in range(columns):
            for index in range(first, last):
                packed[index * width + column] = b[index * b_row + column * b_step]
        for column in range(columns, width):
            for index in range(first, last):
                packed[index * width + column] = 0

"""Packing: the parts of A and B that a kernel is about to read many times, laid side by side.

    rows of A    the numbers of each row adjacent, rows a fixed distance apart
    panel of B   rows as wide as a tile, one after the other; what B does not have is filled up with zeros

A product reads each part dozens of times. Packed, it lies in few pages, fills its cache lines, and its rows
do not compete for the same places of a cache, as those of a matrix do whose width is a power of two.
The zeros only meet columns of C that nobody reads: infinity times zero never gets there.
"""

from __future__ import annotations

from numba import njit

from kernels.ladder.vectors import moved
from kernels.ladder.views import View

AT_ONCE = 16
"""Steps of depth taken together where neighbours lie far apart: a cache line brought in is used up."""


@njit(nogil=True, inline="never")  # type: ignore[untyped-decorator]  # numba has no types
def pack_rows(a: View, rows: int, depth: int, packed: View) -> None:
    """Copy A[rows, depth]."""
    if a.step == 1:
        for row in range(rows):
            source, target = moved(a.first, row * a.row), moved(packed.first, row * packed.row)
            for index in range(depth):
                target[index] = source[index]
        return
    for first in range(0, depth, AT_ONCE):
        for row in range(rows):
            source, target = moved(a.first, row * a.row), moved(packed.first, row * packed.row)
            for index in range(first, min(first + AT_ONCE, depth)):
                target[index] = source[index * a.step]


@njit(nogil=True, inline="never")  # type: ignore[untyped-decorator]  # numba has no types
def pack_panel(b: View, depth: int, columns: int, packed: View) -> None:
    """Copy B[depth, columns], with zeros up to the distance of packed rows."""
    for first in range(0, depth, AT_ONCE):
        last = min(first + AT_ONCE, depth)
        for column in range(columns):
            source, target = moved(b.first, column * b.step), moved(packed.first, column)
            for index in range(first, last):
                target[index * packed.row] = source[index * b.row]
        for column in range(columns, packed.row):
            target = moved(packed.first, column)
            for index in range(first, last):
                target[index * packed.row] = 0

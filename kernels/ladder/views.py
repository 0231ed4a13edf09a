"""Parts of matrices as compiled code hands them on: an address and two distances, without their sizes."""

from __future__ import annotations

from typing import Any, NamedTuple

from numba import njit

from kernels.ladder.vectors import moved


class View(NamedTuple):
    """A matrix without its sizes, which go their own way: parts of many sizes begin at one place.

    first : pointer to the first element
    row, step : how many elements further on the next row begins, and the next element of a row is
    """

    first: Any
    row: int
    step: int


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def part(view: View, row: int, column: int) -> View:
    """The view that begins at this row and column of another."""
    return View(moved(view.first, row * view.row + column * view.step), view.row, view.step)


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def ends(x: Any) -> tuple[int, int]:
    """The first and the last address of a matrix; the last before the first where it is empty."""
    first, last = x.ctypes.data, x.ctypes.data + x.itemsize - 1
    if x.size == 0:
        return first, first - 1
    for axis in range(2):
        reach = (x.shape[axis] - 1) * x.strides[axis]
        first, last = first + min(0, reach), last + max(0, reach)
    return first, last


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def are_mixed(x: Any, y: Any) -> bool:
    """Whether two matrices lie between each other's ends; they need not share an element for that."""
    x_first, x_last = ends(x)
    y_first, y_last = ends(y)
    return bool(x_first <= y_last and y_first <= x_last)

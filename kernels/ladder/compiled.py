"""Compiles a function over arrays for one type, whichever views it is then called with.

Numba compiles anew for every kind of array that it meets: contiguous or not, read-only or not. Declared
for views with any strides, one compilation serves them all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from kernels.ladder.kernel import Matrix

Layout = Literal["A", "C"]
Loops = Callable[[Matrix, Matrix, Matrix], None]
"""Reads two arrays and fills a third."""

FASTMATH = {"contract"}
"""A product and a sum may become one instruction, rounded once; NaN and infinity stay what they are."""


def compiled(
    function: Loops,
    dtype: str,
    axes: tuple[int, int, int],
    layouts: tuple[Layout, Layout, Layout] = ("A", "A", "A"),
) -> Loops:
    """Return the function compiled for two read-only operands and a result of one type, without the GIL.

    axes : how many axes each of the three arrays has
    layouts : "A" for any strides, "C" for rows that lie side by side, for each of the three arrays
    """
    from numba import from_dtype, njit, types
    from numpy import dtype as numpy_dtype

    number = from_dtype(numpy_dtype(dtype))
    arrays = [
        types.Array(number, n_axes, layout, readonly=place < 2)
        for place, (n_axes, layout) in enumerate(zip(axes, layouts, strict=True))
    ]
    compile_it = njit([types.void(*arrays)], nogil=True, cache=True, fastmath=FASTMATH)
    machine_code: Loops = compile_it(function)
    return machine_code

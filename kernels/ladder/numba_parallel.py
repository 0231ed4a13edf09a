"""Rung 5: the packed product of rung 4, in bands on several threads.

    C[band] = A[rows of the band] B[columns of the band]        for all bands at once

Each thread computes a part of C of its own with the same compiled code, and packs what it reads for itself:
packing B is hidden behind arithmetic, so doing it twice costs less than waiting for each other would.
Bands are cut between tiles, and rather across than along rows of C.
Who is free takes the next band from a board (see `crew`): a thread that is woken late holds up nobody.

Operands: a (m, k), b (k, n), both float32 or both float64, any shape and strides; `out` any strides. The bits
of the result do not depend on the number of threads.
Limits: the arithmetic of all cores; one thread alone where sharing the work would take longer than doing it.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from kernels import threads as pool
from kernels.ladder import numba_gemv, numba_packed
from kernels.ladder.atomics import pointer_from
from kernels.ladder.crew import KIND, WORK, Crew, await_all, finished, is_awaited, opened, taken
from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.numba_packed import DIRECT, multiply_views, strides_of
from kernels.ladder.operands import checked_gemm, ensure_threads
from kernels.ladder.packed_blocks import ROWS, WIDTH_BYTES, scratch_elements
from kernels.ladder.packed_order import SMALL_TILE, packed_order
from kernels.ladder.schedule import Schedule
from kernels.ladder.scratch import Scratch
from kernels.ladder.traffic import with_traffic
from kernels.ladder.vectors import moved
from kernels.ladder.views import View, part

ALONE = 120**3
"""Multiply-adds up to which one thread works alone."""

MOST_THREADS = 256

SIZES, VIEWS, WAY, CUTS, ITEMSIZE, ROOM = WORK, WORK + 3, WORK + 12, WORK + 13, WORK + 15, WORK + 16
"""What the board says of a product: m, n, k; three views; how; bands down and across; the type; scratch."""

Cut = tuple[int, int]
"""Bands down and bands across."""


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def cut_of(m: int, n: int, threads: int, tile_rows: int, tile_columns: int) -> Cut:
    """How C (m, n) is cut into at most `threads` bands along the edges of tiles.

    The largest band decides when all is done; of equal ones the cut with the fewest columns of bands is best.
    """
    row_tiles, column_tiles = -(-m // tile_rows), -(-n // tile_columns)
    best, smallest = (1, 1), row_tiles * column_tiles
    for across in range(1, threads + 1):
        down = max(1, min(threads // across, row_tiles))
        used = min(across, column_tiles)
        largest = -(-row_tiles // down) * -(-column_tiles // used)
        if largest < smallest:
            best, smallest = (down, used), largest
    return best


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def stretch(length: int, tile: int, count: int, number: int) -> tuple[int, int]:
    """First and last row or column of one of `count` bands, the last excluded."""
    tiles = -(-length // tile)
    return min(length, tiles * number // count * tile), min(length, tiles * (number + 1) // count * tile)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def describe(board: Any, a: Any, b: Any, c: Any, threads: int, way: int) -> int:
    """Write c = a @ b on the board, cut into bands; return how many numbers of scratch each thread needs."""
    m, k = a.shape
    n = b.shape[1]
    down, across = cut_of(m, n, threads, ROWS, WIDTH_BYTES // a.itemsize)
    board[SIZES], board[SIZES + 1], board[SIZES + 2] = m, n, k
    board[VIEWS], board[VIEWS + 3], board[VIEWS + 6] = a.ctypes.data, b.ctypes.data, c.ctypes.data
    board[VIEWS + 1], board[VIEWS + 2] = strides_of(a)
    board[VIEWS + 4], board[VIEWS + 5] = strides_of(b)
    board[VIEWS + 7], board[VIEWS + 8] = strides_of(c)
    board[WAY], board[CUTS], board[CUTS + 1], board[KIND] = way, down, across, a.itemsize
    if way == DIRECT:
        return 0
    width = WIDTH_BYTES // a.itemsize
    row_tiles, column_tiles = (m + ROWS - 1) // ROWS, (n + width - 1) // width
    largest_rows = (row_tiles + down - 1) // down * ROWS
    largest_columns = (column_tiles + across - 1) // across * width
    return int(scratch_elements(largest_rows, largest_columns, k, a.itemsize))


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def view_from(board: Any, place: int, sample: Any) -> View:
    """A view that is written on the board."""
    return View(pointer_from(board[place], sample), board[place + 1], board[place + 2])


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]  # numba has no types
def take_bands(board: Any, number: int, sample: Any) -> None:
    """Compute bands until none is left."""
    itemsize = sample.itemsize
    band = taken(board, number, itemsize)
    while band >= 0:
        m, n, k = board[SIZES], board[SIZES + 1], board[SIZES + 2]
        down, across = board[CUTS], board[CUTS + 1]
        i, i_end = stretch(m, ROWS, down, band // across)
        j, j_end = stretch(n, WIDTH_BYTES // itemsize, across, band % across)
        multiply_views(
            part(view_from(board, VIEWS, sample), i, 0), part(view_from(board, VIEWS + 3, sample), 0, j),
            part(view_from(board, VIEWS + 6, sample), i, j), i_end - i, j_end - j, k, itemsize,
            moved(pointer_from(board[ROOM], sample), number * board[ROOM + 1]), board[WAY],
        )  # fmt: skip
        finished(board)
        band = taken(board, number, itemsize)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def work(board: Any, number: int, sample: Any) -> bool:
    """Compute what the board describes: thread 0 until it is done, a helper as long as it stays awake.

    Returns whether the helper wants to be called again: the next product is of another type than `sample`.
    """
    if number == 0:
        opened(board, board[CUTS] * board[CUTS + 1])
    while number == 0 or is_awaited(board, number):
        take_bands(board, number, sample)
        if number == 0:
            await_all(board)
            return False
        if board[KIND] != sample.itemsize:
            return True
    return False


_SAMPLES: dict[int, NDArray[Any]] = {}
_COMPILING = threading.Lock()
_ROOM = Scratch()


def serve(board: NDArray[np.int64], number: int) -> bool:
    """What a helper does while it is awake."""
    return bool(work(board, number, _SAMPLES[int(board[KIND])]))


@cache
def crew() -> Crew:
    """The threads of this process that compute bands; only one product at a time may use them."""
    return Crew(serve, MOST_THREADS)


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n); by at most this many threads."""
    most = numba_packed.SIZE_LIMIT if ensure_threads(threads) == 1 else ALONE
    if (small := numba_packed.product_of_small(a, b, out, most)) is not None:
        return small
    a, b, out = checked_gemm(a, b, out)

    def in_bands(a: Matrix, b: Matrix, out: Matrix, way: int) -> None:
        k = a.shape[1]
        if threads == 1 or out.size * k <= ALONE:
            numba_packed.multiply_on_this_thread(a, b, out, way)
            return
        prepare("float32" if out.itemsize == 4 else "float64")
        with pool.alone():
            multiply_in_bands(a, b, out, min(threads, MOST_THREADS), way)

    numba_packed.multiply_into(a, b, out, in_bands)
    return out


def multiply_in_bands(a: Matrix, b: Matrix, out: Matrix, threads: int, way: int) -> None:
    """Let the crew compute out = a @ b; the caller must be alone here."""
    helpers = crew()
    board = helpers.board
    board[KIND] = out.itemsize  # known before a helper looks which code it needs
    helpers.wake(threads - 1)
    count = describe(board, a, b, out, threads, way)
    if count:
        room = _ROOM.elements(count * threads, out.dtype)
        board[ROOM], board[ROOM + 1] = room.ctypes.data, count
    work(board, 0, _SAMPLES[out.itemsize])


def why_not() -> Reason | None:
    """None: Numba compiles for every processor that it can be installed on."""
    return None


def prepare(dtype: DType) -> None:
    """Compile for a type, or load what was compiled before."""
    numba_packed.prepare(dtype)
    numba_gemv.prepare(dtype)
    with _COMPILING:
        kind = np.dtype(dtype)
        if kind.itemsize in _SAMPLES:
            return
        number = types.float32 if dtype == "float32" else types.float64
        operand, board = types.Array(number, 2, "A", readonly=True), types.Array(types.int64, 1, "C")
        signature = (board, operand, operand, types.Array(number, 2, "A"), types.intp, types.intp)
        for function, arguments in (
            (describe, signature),
            (work, (board, types.intp, types.Array(number, 1, "C"))),
        ):
            function.disable_compile(False)
            function.compile(arguments)
            function.disable_compile()
        _SAMPLES[kind.itemsize] = np.empty(0, kind)


def schedule(m: int, n: int, k: int, threads: int, dtype: DType) -> Schedule:
    """The order of the packed loops in every band, with tile and blocks made small for a small product."""
    down, across = cut_of.py_func(m, n, threads, *SMALL_TILE)
    steps = []
    for thread in range(down * across):
        i, i_end = stretch.py_func(m, SMALL_TILE[0], down, thread // across)
        j, j_end = stretch.py_func(n, SMALL_TILE[1], across, thread % across)
        order = enumerate(packed_order(i_end - i, j_end - j, k, i, j))
        steps += [(moment, thread, *tile) for moment, tile in order]
    table = np.array(sorted(steps), np.int64).reshape(-1, 8)
    return with_traffic(m, n, k, down * across, table, dtype, SMALL_TILE)


KERNEL = Kernel(
    key="numba-parallel",
    title="Numba parallel",
    device="cpu",
    operations=("gemm", "gemv"),
    dtypes=DTYPES,
    is_parallel=True,
    why_not=why_not,
    prepare=prepare,
    gemm=gemm,
    gemv=numba_gemv.gemv,
)

"""Rung 5: the packed product of rung 4, in bands on several threads.

    C[band] = A[rows of the band] B[columns of the band]        for all bands at once

Each thread computes a part of C of its own with the same compiled code, and packs what it reads for itself:
packing B is hidden behind arithmetic, so doing it twice costs less than waiting for each other would.
Bands are cut between tiles, and rather across than along rows of C.

Operands: a (m, k), b (k, n), both float32 or both float64, any shape and strides; `out` any strides. The bits
of the result do not depend on the number of threads.
Limits: no more threads than tiles, and fewer where waking them would take longer than their share takes.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kernels import threads as pool
from kernels.ladder import numba_gemv, numba_packed
from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.operands import checked_gemm, ensure_threads
from kernels.ladder.packed_order import SMALL_TILE, packed_order
from kernels.ladder.schedule import Schedule
from kernels.ladder.traffic import with_traffic

WORK_PER_THREAD = 4_000_000
"""Multiply-adds for which waking a thread pays: a millionth of a second for each hundred thousand."""

Band = tuple[slice, slice]
"""Rows and columns of C."""


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n); by at most this many threads."""
    if threads == 1 and (small := numba_packed.product_of_small(a, b, out)) is not None:
        return small
    ensure_threads(threads)
    a, b, out = checked_gemm(a, b, out)

    def in_bands(a: Matrix, b: Matrix, out: Matrix, way: int) -> None:
        m, n = out.shape
        used = min(threads, max(1, m * n * a.shape[1] // WORK_PER_THREAD))
        parts = bands(m, n, used, (numba_packed.ROWS, numba_packed.WIDTH_BYTES // a.itemsize))

        def work(number: int) -> None:
            rows, columns = parts[number]
            numba_packed.multiply_on_this_thread(a[rows], b[:, columns], out[rows, columns], way)

        pool.run(work, len(parts))

    numba_packed.multiply_into(a, b, out, in_bands)
    return out


def bands(m: int, n: int, threads: int, tile: tuple[int, int]) -> list[Band]:
    """Cut C (m, n) into at most `threads` parts of about the same size, along the edges of tiles."""
    row_tiles, column_tiles = -(-m // tile[0]), -(-n // tile[1])
    possible = [(rows, threads // rows) for rows in range(1, threads + 1)]
    # The largest part decides when all is done; then the fewest packed columns.
    n_rows, n_columns = min(
        possible, key=lambda cut: (-(-row_tiles // cut[0]) * -(-column_tiles // cut[1]), cut[1])
    )
    return [
        (rows, columns)
        for rows in _slices(m, row_tiles, n_rows, tile[0])
        for columns in _slices(n, column_tiles, n_columns, tile[1])
    ]


def _slices(length: int, tiles: int, parts: int, tile: int) -> list[slice]:
    """Cut a length into parts of whole tiles, the shorter ones last; none is empty."""
    parts = min(parts, tiles)
    edges = [min(length, -(-tiles * part // parts) * tile) for part in range(parts + 1)]
    return [slice(first, last) for first, last in pairwise(edges)]


def why_not() -> Reason | None:
    """None: Numba compiles for every processor that it runs on."""
    return numba_packed.why_not()


def prepare(dtype: DType) -> None:
    """Compile for a type, or load what was compiled before: some seconds the first time."""
    numba_packed.prepare(dtype)
    numba_gemv.prepare(dtype)


def schedule(m: int, n: int, k: int, threads: int, dtype: DType) -> Schedule:
    """The order of the packed loops in every band, with tile and blocks made small for a small product."""
    parts = bands(m, n, threads, SMALL_TILE) if m and n else []
    steps = sorted(
        (moment, thread, *tile)
        for thread, (rows, columns) in enumerate(parts)
        for moment, tile in enumerate(
            packed_order(rows.stop - rows.start, columns.stop - columns.start, k, rows.start, columns.start)
        )
    )
    return with_traffic(
        m, n, k, max(1, len(parts)), np.array(steps, np.int64).reshape(-1, 8), dtype, SMALL_TILE
    )


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

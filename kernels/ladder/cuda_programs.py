"""The programs that CUDA runs. Importing this file loads numba."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numba import from_dtype

from kernels.ladder.cuda_tiles import DEPTH, EACH, LANES, SIDE, TILE
from kernels.ladder.kernel import DType

cuda: Any = import_module("numba.cuda")  # its modules are made at run time: there are no types to see


@cache
def gemm_program(dtype: DType) -> Any:
    """Return the compiled c = a b of a type."""
    kind = from_dtype(np.dtype(dtype))

    def program(a: Any, b: Any, c: Any) -> None:
        a_tile = cuda.shared.array((DEPTH, TILE), kind)
        b_tile = cuda.shared.array((DEPTH, TILE), kind)
        sums = cuda.local.array((EACH, EACH), kind)
        x, y = cuda.threadIdx.x, cuda.threadIdx.y
        first_row, first_column = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
        m, k = a.shape
        n = b.shape[1]
        lane = y * SIDE + x
        for i in range(EACH):
            for j in range(EACH):
                sums[i, j] = 0
        for step in range(0, k, DEPTH):
            # 1. Both tiles into shared memory; outside the matrices both are 0.
            for index in range(lane, TILE * DEPTH, SIDE * SIDE):
                row, depth = first_row + index // DEPTH, step + index % DEPTH
                a_tile[index % DEPTH, index // DEPTH] = a[row, depth] if row < m and depth < k else 0
            for index in range(lane, TILE * DEPTH, SIDE * SIDE):
                depth, column = step + index // TILE, first_column + index % TILE
                b_tile[index // TILE, index % TILE] = b[depth, column] if depth < k and column < n else 0
            cuda.syncthreads()
            # 2. Each thread adds to its own numbers of C, kept in registers.
            for depth in range(DEPTH):
                for i in range(EACH):
                    value = a_tile[depth, i * SIDE + y]
                    for j in range(EACH):
                        sums[i, j] += value * b_tile[depth, j * SIDE + x]
            cuda.syncthreads()
        # 3. Back to memory, without what lies outside C.
        for i in range(EACH):
            for j in range(EACH):
                row, column = first_row + i * SIDE + y, first_column + j * SIDE + x
                if row < m and column < n:
                    c[row, column] = sums[i, j]

    return cuda.jit(program)


@cache
def gemv_program(dtype: DType) -> Any:
    """Return the compiled y = a x of a type: one row of threads for each row of a."""
    kind = from_dtype(np.dtype(dtype))

    def program(a: Any, b: Any, c: Any) -> None:
        parts = cuda.shared.array(LANES, kind)
        lane, row = cuda.threadIdx.x, cuda.blockIdx.x
        total = kind(0)
        for depth in range(lane, a.shape[1], LANES):
            total += a[row, depth] * b[depth, 0]
        parts[lane] = total
        cuda.syncthreads()
        if lane == 0:
            total = kind(0)
            for part in range(LANES):
                total += parts[part]
            c[row, 0] = total

    return cuda.jit(program)

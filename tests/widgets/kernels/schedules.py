"""Schedules made by hand: blocks in rows and columns, cut along the depth, shared among threads."""

from __future__ import annotations

import numpy as np

from playground.model.speed import Schedule, Traffic


def blocked(
    m: int, n: int, k: int, block: tuple[int, int, int], threads: int = 1, kernel: str = "numba-blocked"
) -> Schedule:
    """A product cut into blocks of rows, columns and depth; each thread has its own blocks of rows."""
    high, wide, deep = block
    bands = range(0, m, high)
    table: list[tuple[int, ...]] = []
    for thread in range(threads):
        mine = [row for number, row in enumerate(bands) if number * threads // len(bands) == thread]
        walk = [
            (row, min(row + high, m), column, min(column + wide, n), depth, min(depth + deep, k))
            for depth in range(0, k, deep)
            for row in mine
            for column in range(0, n, wide)
        ]
        table += [(moment, thread, *step) for moment, step in enumerate(walk)]
    steps = np.array(sorted(table), np.int64).reshape(-1, 8)
    traffic = (Traffic("registers", 3 * m * n * k * 4), Traffic("L1", 4_000), Traffic("memory", 1_000))
    return Schedule(kernel, m, n, k, threads, steps, traffic)


def plain(m: int, n: int, k: int) -> Schedule:
    """Plain loops: one number of C after the other."""
    steps = blocked(m, n, k, (1, 1, k)).steps
    traffic = (Traffic("registers", 3 * m * n * k * 4), Traffic("L1", 8_000), Traffic("memory", 48_000))
    return Schedule("python", m, n, k, 1, steps, traffic)

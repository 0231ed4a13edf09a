"""The walk of workgroups: every number once, and no more at a time than asked."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.ladder.schedule import MOMENT, THREAD
from kernels.ladder.workgroups import workgroup_schedule


@pytest.mark.parametrize(("m", "n", "k"), [(1, 1, 1), (8, 8, 8), (9, 17, 5), (24, 24, 24)])
@pytest.mark.parametrize("threads", [1, 3])
def test_every_product_is_made_once(m: int, n: int, k: int, threads: int) -> None:
    schedule = workgroup_schedule(m, n, k, threads, "float32", tile=8, depth=4, each=2)
    made = np.zeros((m, n, k), int)
    for _, _, row, row_end, column, column_end, depth, depth_end in schedule.steps:
        made[row:row_end, column:column_end, depth:depth_end] += 1
    assert (made == 1).all()
    moments = schedule.steps[:, MOMENT]
    assert (np.diff(moments) >= 0).all()
    for moment in np.unique(moments):
        at_once = schedule.steps[moments == moment, THREAD]
        assert len(at_once) == len(set(at_once.tolist())) <= threads


def test_traffic_falls_with_larger_tiles() -> None:
    small = workgroup_schedule(24, 24, 24, 1, "float32", tile=4, depth=4, each=2)
    large = workgroup_schedule(24, 24, 24, 1, "float32", tile=12, depth=4, each=2)
    # Each tile reads its rows of A and its columns of B, 24 long; C is written once.
    assert small.traffic[-1].n_bytes == 4 * (36 * 2 * 4 * 24 + 24 * 24)
    assert large.traffic[-1].n_bytes == 4 * (4 * 2 * 12 * 24 + 24 * 24)
    assert [part.level for part in large.traffic] == ["L1", "memory"]

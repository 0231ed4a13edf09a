"""The chains of multiply-adds compute what the recurrence says, so no step can have been left out."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.host import vector_unit
from kernels.limits import chains


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("turns", [0, 1, 7])
def test_the_sums_follow_the_recurrence(dtype: type[np.floating], turns: int) -> None:
    factor, term = 0.875, 0.25
    found = chains.run(turns, dtype(factor), dtype(term))
    shrunk = factor ** (turns * chains.STEPS)
    starts = 0.5 + np.arange(chains.CHAINS) / 64
    ends = shrunk * starts + term * (1 - shrunk) / (1 - factor)
    lanes = vector_unit().lanes(np.dtype(dtype).itemsize)
    assert found == pytest.approx(lanes * ends.sum(), rel=1e-5 if dtype is np.float32 else 1e-13)


def test_operations_are_counted_by_lanes() -> None:
    lanes = vector_unit().bits // 32
    assert chains.flops(3, 4) == 2 * 3 * chains.CHAINS * chains.STEPS * lanes
    assert chains.flops(3, 4) == 2 * chains.flops(3, 8)

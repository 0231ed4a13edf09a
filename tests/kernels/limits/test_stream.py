"""The loop that reads memory reads every word: its sum is NumPy's."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.limits import stream


@pytest.mark.parametrize("turns", [1, 2, 37])
def test_every_word_is_read_once(rng: np.random.Generator, turns: int) -> None:
    words = rng.integers(0, 2**32, turns * stream.block_bytes() // 4 + 16, dtype=np.uint32)
    read = words[: turns * stream.block_bytes() // 4]
    found = stream.read(words.ctypes.data, turns)
    assert found == int(read.sum(dtype=np.uint64)) % 2**32
    words[len(read) - 1] += np.uint32(1)
    assert stream.read(words.ctypes.data, turns) == (found + 1) % 2**32


def test_nothing_is_read_in_no_turns() -> None:
    assert stream.read(0, 0) == 0

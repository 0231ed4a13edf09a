"""How much is read to measure memory, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from kernels.limits import memory, stream

MIB = 1 << 20


@pytest.mark.parametrize(
    ("caches", "mib"),
    [((), 128), ((("L2", 1024),), 64), ((("L2", 1024), ("L3", 32 * 1024)), 128), ((("L3", 1 << 20),), 512)],
)
def test_the_array_is_larger_than_the_caches_within_limits(
    monkeypatch: pytest.MonkeyPatch, caches: tuple[tuple[str, int], ...], mib: int
) -> None:
    monkeypatch.setattr(memory, "caches", lambda: caches)
    assert memory.array_bytes() == mib * MIB


def test_one_core_reads_all_and_several_read_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, int]] = []
    read = stream.read

    def noted(address: int, turns: int) -> Any:
        calls.append((address, turns))
        return read(address, turns)

    monkeypatch.setattr(memory, "array_bytes", lambda: 4 * MIB)
    monkeypatch.setattr(stream, "read", noted)
    one, both = memory.bandwidths(1, 2)
    assert one > 0
    assert both > 0
    blocks = 4 * MIB // stream.block_bytes()
    alone, parts = calls[: memory.REPEATS], calls[memory.REPEATS :]
    assert {turns for _, turns in alone} == {blocks}
    assert len(parts) == 2 * memory.REPEATS
    first, second = sorted(set(parts))
    assert first[0] + first[1] * stream.block_bytes() == second[0]
    assert first[1] == second[1] == blocks // 2

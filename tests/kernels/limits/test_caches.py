"""The caches as Linux tells them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kernels.limits.caches import caches, of_linux


def cache(folder: Path, number: int, level: int, kind: str, size: str) -> None:
    entry = folder / f"index{number}"
    entry.mkdir()
    for name, text in (("level", str(level)), ("type", kind), ("size", size)):
        (entry / name).write_text(f"{text}\n")


def test_data_caches_are_told_by_level(tmp_path: Path) -> None:
    cache(tmp_path, 0, 1, "Data", "48K")
    cache(tmp_path, 1, 1, "Instruction", "32K")
    cache(tmp_path, 2, 3, "Unified", "32768K")
    cache(tmp_path, 3, 2, "Unified", "1024K")
    (tmp_path / "index4").mkdir()  # tells nothing
    (tmp_path / "uevent").write_text("")
    assert of_linux(tmp_path) == (("L1", 48), ("L2", 1024), ("L3", 32768))


def test_a_machine_that_tells_nothing_has_no_caches(tmp_path: Path) -> None:
    assert of_linux(tmp_path / "nowhere") == ()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads what Linux tells")
def test_caches_of_this_machine_grow_outwards() -> None:
    sizes = [kib for _, kib in caches()]
    assert sizes == sorted(sizes)

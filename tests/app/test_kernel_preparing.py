"""A kernel is compiled once by another process, and then loaded from the disk."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kernels.cache import VARIABLE
from playground.app import kernel_preparing
from playground.app.kernel_preparing import keep_compiled, prepare_kernel
from playground.model.keys import DType, Kernel


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Kernel, DType]]:
    """What was loaded in this process; what is compiled lies in a folder of its own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    found: list[tuple[Kernel, DType]] = []
    monkeypatch.setattr(kernel_preparing, "load_kernel", lambda *wish: found.append(wish))
    return found


def test_another_process_compiles_once(
    loaded: list[tuple[Kernel, DType]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(kernel_preparing, "COMPILE", f"open({str(tmp_path / 'log')!r}, 'a').write('once ')")
    for _ in range(2):
        prepare_kernel("numba", "float32", threading.Event())
    assert loaded == [("numba", "float32")] * 2
    assert (tmp_path / "log").read_text() == "once "
    prepare_kernel("numba", "float64", threading.Event())
    assert (tmp_path / "log").read_text() == "once once "


def test_the_other_process_is_told_what_to_compile(
    loaded: list[tuple[Kernel, DType]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = f"import sys; open({str(tmp_path / 'log')!r}, 'w').write(' '.join(sys.argv[1:]))"
    monkeypatch.setattr(kernel_preparing, "COMPILE", code)
    prepare_kernel("gpu", "float32", threading.Event())
    assert (tmp_path / "log").read_text() == "gpu float32"


def test_it_can_be_left_while_the_other_process_compiles(
    loaded: list[tuple[Kernel, DType]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_preparing, "COMPILE", "import time; time.sleep(600)")
    is_over = threading.Event()
    worker = threading.Thread(target=prepare_kernel, args=("numba", "float64", is_over))
    worker.start()
    is_over.set()
    worker.join(30)
    assert not worker.is_alive()
    assert loaded == []


def test_where_nothing_can_be_kept_it_is_compiled_here(
    loaded: list[tuple[Kernel, DType]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> Path:
        raise PermissionError("no")

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(kernel_preparing, "cache_folder", refused)
    keep_compiled()
    assert VARIABLE not in os.environ
    prepare_kernel("numba", "float64", threading.Event())
    assert loaded == [("numba", "float64")]

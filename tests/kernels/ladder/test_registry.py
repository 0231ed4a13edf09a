"""The ladder is complete, in order, and loaded only when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kernels.ladder.kernel import DTYPES, OPERATIONS
from kernels.ladder.registry import RUNGS, kernel, kernels

ROOT = Path(__file__).parent.parent.parent.parent

KEYS = [
    "python",
    "numba-loops",
    "numba-blocked",
    "numba-packed",
    "numba-parallel",
    "numpy",
    "webgpu",
    "cuda",
    "cublas",
]

LOADED = """
import sys
from kernels.ladder import registry
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""

WITHOUT = """
import sys
sys.modules["llvmlite"] = None  # importing it fails, as where it is not installed
from kernels.ladder.kernel import UnavailableError
from kernels.ladder.registry import kernel, kernels
assert len(kernels()) == 9
assert kernel("python").why_not() is None and kernel("numpy").why_not() is None
packed = kernel("numba-packed")
assert packed.gemm is None and packed.gemv is None
try:
    packed.prepare("float32")
except UnavailableError as error:
    assert error.reason == packed.why_not()
print(packed.why_not().text)
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_all_rungs_in_order() -> None:
    assert [rung.key for rung in RUNGS] == KEYS
    assert [found.key for found in kernels()] == KEYS
    assert [found.device for found in kernels()] == ["cpu"] * 6 + ["gpu"] * 3
    assert kernel("numpy") is kernel("numpy")
    with pytest.raises(KeyError):
        kernel("abacus")


def test_every_rung_is_whole() -> None:
    for found, rung in zip(kernels(), RUNGS, strict=True):
        assert (found.key, found.title, found.device) == (rung.key, rung.title, rung.device)
        assert "gemm" in found.operations
        assert set(found.operations) <= set(OPERATIONS)
        assert set(found.dtypes) <= set(DTYPES)
        reason = found.why_not()
        if reason is None:
            assert ("gemm" in found.operations) == (found.gemm is not None)
            assert ("gemv" in found.operations) == (found.gemv is not None)
        else:
            assert reason.text[-1] == "."


def test_the_registry_loads_no_heavy_library() -> None:
    loaded = run(LOADED).split()
    assert "kernels" in loaded
    assert not set(loaded) & {"numba", "llvmlite", "wgpu", "cupy", "numba_cuda"}


def test_a_rung_whose_library_is_missing_says_so() -> None:
    assert run(WITHOUT) == "llvmlite is not installed or cannot be loaded."

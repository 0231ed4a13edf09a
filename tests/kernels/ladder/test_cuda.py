"""The CUDA programs on the simulator, which stands in for hardware on small sizes."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from kernels.ladder import cuda
from kernels.ladder.kernel import UnavailableError

SIMULATED = """
import numpy as np
from kernels.ladder import cuda

assert cuda.why_not() is None
rng = np.random.default_rng(1)
checked = 0
for dtype, unit in (("float32", 2.0**-24), ("float64", 2.0**-53)):
    for m, n, k in ((1, 1, 1), (3, 5, 2), (65, 2, 9), (0, 2, 3), (2, 3, 0)):
        a, b = rng.normal(size=(k, m)).astype(dtype).T, rng.normal(size=(k, n)).astype(dtype)
        x = np.ascontiguousarray(b[:, 0])
        c, y = np.full((m, n), np.nan, dtype), np.full(m, np.nan, dtype)
        cuda.gemm(a, b, c)
        cuda.gemv(a, x, y)
        limit = (k + 2) * unit / (1 - (k + 2) * unit)
        # The simulator multiplies in the operands' own type, so the wider one is the reference.
        wide_a, wide_b = a.astype(np.longdouble), b.astype(np.longdouble)
        assert (abs(c - wide_a @ wide_b) <= limit * (abs(wide_a) @ abs(wide_b))).all()
        assert (abs(y - wide_a @ wide_b[:, 0]) <= limit * (abs(wide_a) @ abs(wide_b[:, 0]))).all()
        checked += 1
resident = cuda.upload("gemm", np.eye(2), np.ones((2, 2)))
assert resident.run() > 0
assert (resident.result() == 1).all()
print("checked", checked)
"""


@pytest.mark.skipif(find_spec("numba_cuda") is None, reason="numba-cuda is not installed on this system")
def test_both_programs_are_right_on_the_simulator() -> None:
    run = subprocess.run(
        [sys.executable, "-c", SIMULATED],
        env=os.environ | {"NUMBA_ENABLE_CUDASIM": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["checked", "10"]


def test_without_a_driver_the_rung_refuses_with_its_reason() -> None:
    reason = cuda.KERNEL.why_not()
    if reason is None:
        pytest.skip("There is an NVIDIA GPU here.")
    assert reason.text.endswith(".")
    one = np.ones((1, 1), np.float32)
    with pytest.raises(UnavailableError) as raised:
        cuda.gemm(one, one)
    assert raised.value.reason == reason


def test_a_missing_library_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(f"No module named {name!r}.\nAnd more.")

    monkeypatch.setattr(cuda, "import_module", missing)
    cuda.why_not.cache_clear()
    reason = cuda.why_not()
    cuda.why_not.cache_clear()
    assert reason is not None
    assert reason.text == "The library numba-cuda could not be loaded: No module named 'numba.cuda'."

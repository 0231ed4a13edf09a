"""cuBLAS through CuPy, with NumPy standing in for the library: what is asked of it, and how it refuses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from kernels.ladder import cublas
from kernels.ladder.kernel import UnavailableError


def library(count: int = 1, matmul: Any = np.matmul) -> SimpleNamespace:
    """CuPy's interface as far as it is used, computed by NumPy."""
    return SimpleNamespace(
        asarray=np.array,
        empty=np.empty,
        asnumpy=np.array,
        matmul=matmul,
        cuda=SimpleNamespace(
            runtime=SimpleNamespace(getDeviceCount=lambda: count),
            Stream=SimpleNamespace(null=SimpleNamespace(synchronize=lambda: None)),
        ),
    )


@pytest.fixture(autouse=True)
def looks_again() -> Iterator[None]:
    """Forget whether the library is there, before and after."""
    cublas.why_not.cache_clear()
    yield
    cublas.why_not.cache_clear()


def test_products_go_there_and_back(monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator) -> None:
    monkeypatch.setitem(sys.modules, "cupy", library())
    a, b, out = rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), np.full((5, 3), np.nan)
    assert cublas.gemm(a, b, out) is out
    np.testing.assert_allclose(out, a @ b, rtol=1e-15)
    np.testing.assert_allclose(cublas.gemv(a, b[:, 0]), a @ b[:, 0], rtol=1e-15)
    assert not cublas.gemm(a[:, :0], b[:0]).any()
    cublas.prepare("float32")


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (None, "The library CuPy is not installed; cuBLAS is reached through it."),
        (library(count=0), "No NVIDIA GPU was found."),
        (SimpleNamespace(), "No NVIDIA driver was found."),
    ],
)
def test_reasons(monkeypatch: pytest.MonkeyPatch, module: Any, said: str) -> None:
    monkeypatch.setitem(sys.modules, "cupy", module)
    reason = cublas.KERNEL.why_not()
    assert reason is not None
    assert reason.text == said
    with pytest.raises(UnavailableError, match=said[:20]):
        cublas.gemm(np.eye(2), np.eye(2))


def test_a_gpu_that_stops_working_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("CUBLAS_STATUS_EXECUTION_FAILED\nand more")

    monkeypatch.setitem(sys.modules, "cupy", library(matmul=broken))
    with pytest.raises(UnavailableError, match="The GPU stopped working: CUBLAS_STATUS_EXECUTION_FAILED"):
        cublas.gemm(np.eye(2), np.eye(2))

"""Rungs made for tests: each multiplies in a known way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import sleep
from typing import Any

import numpy as np
import pytest

from kernels.ladder import registry
from kernels.ladder.kernel import DType, Kernel, Matrix, Reason, UnavailableError
from kernels.ladder.numpy_blas import KERNEL as NUMPY

Call = Callable[[Matrix, Matrix, Matrix], None]


def rung(key: str, call: Call, **changes: Any) -> Kernel:
    """A rung with another key that computes by a call of (a, b, out)."""

    def multiply(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
        assert out is not None
        call(a, b, out)
        return out

    made = replace(NUMPY, key=key, gemm=multiply, gemv=multiply, is_parallel=False)
    return replace(made, **changes)


def right(a: Matrix, b: Matrix, out: Matrix) -> None:
    np.matmul(a, b, out=out)


def late(a: Matrix, b: Matrix, out: Matrix) -> None:
    """Right, at a tenth of a million multiply-adds a second and no faster."""
    sleep(a.size * (b.size // b.shape[0]) / 1e5)
    right(a, b, out)


def lazy(a: Matrix, b: Matrix, out: Matrix) -> None:
    """All but the last row."""
    np.matmul(a[:-1], b, out=out[:-1])


def lost(a: Matrix, b: Matrix, out: Matrix) -> None:
    raise UnavailableError(Reason("The graphics device was lost."))


def broken(a: Matrix, b: Matrix, out: Matrix) -> None:
    raise ZeroDivisionError("no\nway")


def install(monkeypatch: pytest.MonkeyPatch, *rungs: Kernel) -> None:
    """Let the registry know these too."""
    known, found = {one.key: one for one in rungs}, registry.kernel

    def kernel(key: str) -> Kernel:
        return known[key] if key in known else found(key)

    monkeypatch.setattr(registry, "kernel", kernel)


def prepared(seen: list[DType]) -> Callable[[DType], None]:
    """What notes for which types a kernel was prepared."""
    return seen.append

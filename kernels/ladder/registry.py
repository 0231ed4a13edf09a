"""Every rung of the ladder, from the definition upwards; a rung is loaded when it is asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache

from kernels.ladder.kernel import DTYPES, Device, DType, Kernel, Reason, UnavailableError


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a rung is found, and what it is called even where its library is missing."""

    key: str
    module: str
    title: str
    device: Device


RUNGS = (
    Rung("python", "python_loops", "Plain Python loops", "cpu"),
    Rung("numba-loops", "numba_loops", "Numba, three loops", "cpu"),
    Rung("numba-blocked", "numba_blocked", "Numba, blocked", "cpu"),
    Rung("numba-packed", "numba_packed", "Numba, packed with a register tile", "cpu"),
    Rung("numba-parallel", "numba_parallel", "Numba parallel", "cpu"),
    Rung("numpy", "numpy_blas", "NumPy", "cpu"),
    Rung("webgpu", "webgpu", "GPU through WebGPU", "gpu"),
    Rung("cuda", "cuda", "GPU through CUDA", "gpu"),
    Rung("cublas", "cublas", "cuBLAS through CuPy", "gpu"),
)


def kernels() -> tuple[Kernel, ...]:
    """Return all rungs in the order of the ladder, those too that cannot run here; loads Numba."""
    return tuple(kernel(rung.key) for rung in RUNGS)


@cache
def kernel(key: str) -> Kernel:
    """Return the rung of a key; raises KeyError for a key that no rung has."""
    rung = {rung.key: rung for rung in RUNGS}[key]
    try:
        module = importlib.import_module(f"kernels.ladder.{rung.module}")
    except ImportError as error:
        library = (error.name or "").partition(".")[0]
        if library in {"", "kernels"}:
            raise  # a mistake of ours, and no library that is missing
        return _absent(rung, library)
    found = module.KERNEL
    assert isinstance(found, Kernel)
    return found


def _absent(rung: Rung, library: str) -> Kernel:
    """A rung whose library cannot be loaded: it says so, and refuses to prepare."""
    reason = Reason("{library} is not installed or cannot be loaded.", {"library": library})

    def prepare(dtype: DType) -> None:
        raise UnavailableError(reason)

    return Kernel(
        key=rung.key,
        title=rung.title,
        device=rung.device,
        operations=("gemm", "gemv"),
        dtypes=DTYPES,
        is_parallel=False,
        why_not=lambda: reason,
        prepare=prepare,
        gemm=None,
        gemv=None,
    )

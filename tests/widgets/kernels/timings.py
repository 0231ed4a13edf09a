"""A computer, its rungs and their timings, as a race on it gave them."""

from __future__ import annotations

from dataclasses import replace

from playground.model.keys import DType
from playground.model.message import message
from playground.model.speed import (
    Adapter,
    MachineFacts,
    Operation,
    Peak,
    RungFacts,
    Timing,
)

SOFTWARE = message(
    "The only adapter is a software renderer ({name}): it is not a GPU and is not counted as one.",
    name="llvmpipe",
)
NO_DRIVER = message("No NVIDIA driver was found.")
BOTH: tuple[Operation, ...] = ("gemm", "gemv")
TYPES: tuple[DType, ...] = ("float32", "float64")

RUNGS = (
    RungFacts("python", message("Plain Python loops"), "cpu", BOTH, TYPES, False, None),
    RungFacts("numba-loops", message("Numba, three loops"), "cpu", BOTH, TYPES, False, None),
    RungFacts("numba-packed", message("Numba, packed tiles"), "cpu", ("gemm",), TYPES, False, None),
    RungFacts("numba-parallel", message("Numba parallel"), "cpu", BOTH, TYPES, True, None),
    RungFacts("numpy", message("NumPy"), "cpu", BOTH, TYPES, True, None),
    RungFacts("webgpu", message("GPU through WebGPU"), "gpu", BOTH, ("float32",), False, SOFTWARE),
    RungFacts("cuda", message("GPU through CUDA"), "gpu", BOTH, TYPES, False, NO_DRIVER),
)

MACHINE = MachineFacts(
    processor="AMD EPYC 9B45",
    cores=2,
    vector_bits=512,
    features="avx2,avx512f,fma",
    caches_kib=(("L1", 48), ("L2", 1024), ("L3", 32_768)),
    peaks=(Peak("float32", 268.0, 536.0), Peak("float64", 134.0, 268.0)),
    bandwidth_one=31.2,
    bandwidth_all=45.0,
    blas="OpenBLAS",
    blas_core="SkylakeX",
    overrides=("OPENBLAS_CORETYPE",),
    adapters=(Adapter("llvmpipe", "Vulkan", False),),
)

PYTHON_GFLOPS = 0.004


def timing(
    kernel: str,
    gflops: float,
    *,
    threads: int = 1,
    size: int = 1024,
    operation: Operation = "gemm",
    dtype: DType = "float32",
) -> Timing:
    """A timing whose figures belong together; plain Python makes 0.004 GFLOP/s."""
    n = size if operation == "gemm" else 1
    work = 2.0 * size * n * size
    peak = next(peak for peak in MACHINE.peaks if peak.dtype == dtype)
    item_bytes = 4 if dtype == "float32" else 8
    n_bytes = item_bytes * (size * size + size * n + size * n)
    return Timing(
        kernel=kernel,
        operation=operation,
        m=size,
        n=n,
        k=size,
        dtype=dtype,
        threads=threads,
        repeats=7,
        seconds=work / gflops / 1e9,
        gflops=gflops,
        low_gflops=gflops * 0.97,
        high_gflops=gflops * 1.02,
        gbytes_per_second=n_bytes * gflops / work,
        compile_seconds=0.0,
        error_over_bound=0.04,
        share_of_peak=gflops / (peak.one_core if threads == 1 else peak.all_cores),
        times_python=gflops / PYTHON_GFLOPS,
    )


def race() -> tuple[Timing, ...]:
    """What a whole race gave, in the order of the ladder."""
    return (
        replace(timing("python", PYTHON_GFLOPS, size=128), is_smaller=True),
        replace(timing("numba-loops", 2.0), compile_seconds=0.84, ratio_to_numpy=0.0087),
        replace(timing("numba-packed", 238.0), compile_seconds=2.9, ratio_to_numpy=1.04),
        replace(timing("numba-parallel", 462.0, threads=2), compile_seconds=3.3, ratio_to_numpy=1.05),
        replace(timing("numpy", 439.0, threads=2), ratio_to_numpy=1.0),
    )


def sweep() -> tuple[Timing, ...]:
    """Timings at four sizes: NumPy leads up to about 96, then Numba parallel does."""
    speeds = {
        "numba-parallel": ((32, 40.0), (64, 100.0), (128, 200.0), (256, 400.0)),
        "numpy": ((32, 90.0), (64, 140.0), (128, 150.0), (256, 300.0)),
        "numba-loops": ((32, 2.0), (64, 2.1), (128, 2.2), (256, 2.2)),
    }
    return tuple(
        timing(key, gflops, size=size, threads=1 if key == "numba-loops" else 2)
        for key, points in speeds.items()
        for size, gflops in points
    )


def scaling() -> tuple[Timing, ...]:
    """Timings of the parallel rungs with one thread and with two."""
    speeds = {"numba-parallel": (236.0, 462.0), "numpy": (228.0, 439.0)}
    return tuple(
        timing(key, gflops, threads=threads)
        for key, pair in speeds.items()
        for threads, gflops in enumerate(pair, 1)
    )

"""How close the multiplication kernels come to this machine's limits and to NumPy; each is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kernels import machine
from kernels.bench.report import beyond_caches
from kernels.bench.sampling import Budget
from kernels.bench.task import square
from kernels.bench.timing import Timing
from kernels.bench.track import Track
from kernels.ladder.kernel import DTYPES, DType
from kernels.limits import memory, registers
from kernels.threads import available_cores

Figure = Mapping[str, object]

BUDGET = Budget(least_seconds=0.5, least_repeats=9, most_seconds=4.0)
ONE, ALL = "numba-packed", "numba-parallel"

SHARES = {1: (0.80, 0.90), 2: (0.75, 0.88)}
"""Of the peak, on one thread and on several: must and aim."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """What must be reached against NumPy at equal threads, and what is aimed at."""

    dtype: DType
    sizes: tuple[int, ...]
    must: float
    aim: float


RATIOS = (
    Ratio("float32", (512, 1024, 2048), 0.95, 1.05),
    Ratio("float32", (64, 128, 256), 0.75, 1.0),
    Ratio("float64", (512, 1024, 2048), 1.05, 1.2),
)
SHARES_AT = (("float32", 1024), ("float32", 2048))
GEMV_MUST, GEMV_AIM = 0.90, 1.0


def figures() -> Iterator[Figure]:
    """Yield shares of the peak and ratios to NumPy for matrices, shares of bandwidth with a vector."""
    facts = machine.measure()
    yield {"figure": "peak of one core, float32", "value": facts.peaks[0].one_core, "unit": "GFLOP/s"} | {
        "blas": f"{facts.blas} {facts.blas_core}",
        "all_cores": facts.peaks[0].all_cores,
        "float64": [facts.peaks[1].one_core, facts.peaks[1].all_cores],
    }
    counts = sorted({1, available_cores()})
    for ratio in RATIOS:
        for size in ratio.sizes:
            for threads in counts:
                yield from products(ratio, size, threads)
    for dtype in DTYPES:
        for threads in counts:
            yield with_vector(dtype, threads)


def products(ratio: Ratio, size: int, threads: int) -> Iterator[Figure]:
    """Yield what a product of two square matrices reaches."""
    registers.forget()  # the machine may be faster or slower now than it was
    timing = timed("gemm", size, ratio.dtype, threads)
    name = f"{ratio.dtype} gemm, n = {size}, {said(threads)}"
    assert timing.ratio_to_numpy is not None
    yield figure(f"{name}: against NumPy", timing.ratio_to_numpy, ratio.must, ratio.aim, timing)
    if (ratio.dtype, size) in SHARES_AT:
        assert timing.share_of_peak is not None
        must, aim = SHARES[min(threads, 2)]
        yield figure(f"{name}: share of peak", timing.share_of_peak, must, aim, timing)


def with_vector(dtype: DType, threads: int) -> Figure:
    """Return what a matrix that no cache holds reaches with a vector, against reading as much and no more."""
    (before,) = memory.bandwidths(threads)
    timing = timed("gemv", beyond_caches(dtype), dtype, threads)
    (after,) = memory.bandwidths(threads)
    bandwidth = (before + after) / 2  # what a virtual machine gets of its host's memory changes
    name = f"{dtype} gemv, n = {timing.m}, {said(threads)}: share of bandwidth"
    found = figure(name, timing.gbytes_per_second / bandwidth, GEMV_MUST, GEMV_AIM, timing)
    return dict(found) | {
        "gbytes_per_second": round(timing.gbytes_per_second, 1),
        "bandwidth": round(bandwidth, 1),
    }


def timed(operation: str, size: int, dtype: DType, threads: int) -> Timing:
    """Time our best rung for this number of threads beside NumPy, in turns."""
    task = square("gemm" if operation == "gemm" else "gemv", size, dtype)
    key = ONE if threads == 1 and operation == "gemm" else ALL
    timing = Track(BUDGET, is_paired=True).time(key, threads, task)
    if timing.error_over_bound > 1:
        raise RuntimeError(f"{key} is wrong at n = {size}: {timing.error_over_bound:.3g} times the bound")
    return timing


def figure(name: str, value: float, must: float, aim: float, timing: Timing) -> Figure:
    """Return a figure with what it rests on."""
    return {
        "figure": name,
        "value": round(value, 3),
        "unit": "×",
        "least": must,
        "aim": aim,
        "kernel": timing.kernel,
        "gflops": round(timing.gflops, 1),
        "quartiles": [round(timing.low_gflops, 1), round(timing.high_gflops, 1)],
        "repeats": timing.repeats,
        "error_over_bound": round(timing.error_over_bound, 4),
    }


def said(threads: int) -> str:
    """Return the number of threads as the name of a figure has it."""
    return "one thread" if threads == 1 else f"{threads} threads"

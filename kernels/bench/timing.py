"""What is known of a kernel after it was timed on a product."""

from __future__ import annotations

from dataclasses import dataclass

from kernels.bench.sampling import Samples
from kernels.bench.task import Task
from kernels.ladder.kernel import DType, Operation


@dataclass(frozen=True, slots=True)
class Timing:
    """One kernel timed on one product, and checked in the same run.

    m, n, k : C (m, n) = A (m, k) B (k, n); n = 1 for a matrix times a vector
    seconds : of one product, the median over the repeats; of the kernel alone on a GPU
    gflops, low_gflops, high_gflops : median and quartiles over the repeats
    gbytes_per_second : bytes of all operands over the median time
    compile_seconds : what compiling or preparing took, apart from the timing
    error_over_bound : the largest error, as a share of what rounding may explain; right up to 1
    end_to_end_gflops : on a GPU with the transfers there and back, else None
    share_of_peak : of this machine's measured peak at this number of threads; None on a GPU
    ratio_to_numpy : to NumPy at the same number of threads, measured in the same run; None on a GPU
    times_python : how many times faster than plain Python
    is_smaller : the product was made smaller than asked for, since it would have taken too long
    """

    kernel: str
    operation: Operation
    m: int
    n: int
    k: int
    dtype: DType
    threads: int
    repeats: int
    seconds: float
    gflops: float
    low_gflops: float
    high_gflops: float
    gbytes_per_second: float
    compile_seconds: float
    error_over_bound: float
    end_to_end_gflops: float | None = None
    share_of_peak: float | None = None
    ratio_to_numpy: float | None = None
    times_python: float | None = None
    is_smaller: bool = False


def timing_of(kernel: str, threads: int, task: Task, samples: Samples, error_over_bound: float) -> Timing:
    """Return what the samples of a kernel on a product say; nothing is compared with anything yet."""
    gflop = task.flops / 1e9
    return Timing(
        kernel=kernel,
        operation=task.operation,
        m=task.m,
        n=task.n,
        k=task.k,
        dtype=task.dtype,
        threads=threads,
        repeats=samples.repeats,
        seconds=samples.median,
        gflops=gflop / samples.median,
        low_gflops=gflop / samples.high,
        high_gflops=gflop / samples.low,
        gbytes_per_second=task.n_bytes / samples.median / 1e9,
        compile_seconds=0.0,
        error_over_bound=error_over_bound,
    )

"""What is measured of this computer and of the kernels on it, as the window and the command line show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.model.keys import DType
from playground.model.message import Message

Operation = Literal["gemm", "gemv"]
Device = Literal["cpu", "gpu"]

OPERATIONS: tuple[Operation, ...] = ("gemm", "gemv")


@dataclass(frozen=True, slots=True)
class RungFacts:
    """One rung of the ladder on this machine; `why_not` says why it cannot run, None where it can."""

    key: str
    title: Message
    device: Device
    operations: tuple[Operation, ...]
    dtypes: tuple[DType, ...]
    is_parallel: bool
    why_not: Message | None


@dataclass(frozen=True, slots=True)
class Peak:
    """Measured multiply-adds in registers, in GFLOP/s: on one core, and on all cores together."""

    dtype: DType
    one_core: float
    all_cores: float


@dataclass(frozen=True, slots=True)
class Adapter:
    """A graphics adapter; a software renderer is not a GPU."""

    name: str
    backend: str
    is_gpu: bool


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """One computer as measured.

    bandwidth_one, bandwidth_all : GB/s read from memory by one core, and by all
    caches_kib : level ("L1", "L2", "L3") and size for one core or shared, in KiB
    blas, blas_core : the library behind NumPy and the core type that it chose
    overrides : names of environment variables that would have slowed it down and were taken away
    """

    processor: str
    cores: int
    vector_bits: int
    features: str
    caches_kib: tuple[tuple[str, int], ...]
    peaks: tuple[Peak, ...]
    bandwidth_one: float
    bandwidth_all: float
    blas: str
    blas_core: str
    overrides: tuple[str, ...] = ()
    adapters: tuple[Adapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """One kernel timed on one product, and checked in the same run.

    m, n, k : C (m, n) = A (m, k) B (k, n); n = 1 for a matrix times a vector
    gflops, low_gflops, high_gflops : median and quartiles over the repeats; kernel time alone on a GPU
    gbytes_per_second : bytes of all operands over the median time
    end_to_end_gflops : on a GPU with the transfers there and back, else None
    compile_seconds : what compiling or preparing took, apart from the timing
    share_of_peak : of this machine's measured peak at this number of threads; None on a GPU
    ratio_to_numpy : to NumPy at the same number of threads, measured in the same run; None where unknown
    times_python : how many times faster than plain Python; None where unknown
    error_over_bound : the largest error, as a share of what rounding may explain; right up to 1
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

    @property
    def is_right(self) -> bool:
        """Whether every number lies within what rounding may explain."""
        return self.error_over_bound <= 1.0


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bytes that one level of the memory hands upwards while the whole product is computed; modelled."""

    level: str
    n_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The order in which a kernel walks over A (m, k), B (k, n) and C (m, n).

    Each step adds A[rows, depth] @ B[depth, columns] to C[rows, columns].
    steps : int64, shape (n_steps, 8): moment, thread, first and last row, column and depth, ends excluded;
        sorted by moment; steps of one moment happen at the same time
    """

    kernel: str
    m: int
    n: int
    k: int
    threads: int
    steps: NDArray[np.int64] = field(repr=False)
    traffic: tuple[Traffic, ...] = ()

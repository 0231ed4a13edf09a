"""What this machine can do, measured: the limits against which every kernel is shown.

Arithmetic and memory are measured, never looked up: chips slow down as their wide vectors work, and a virtual
machine has what its host leaves it. All of it takes half a second once the two loops are compiled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kernels.ladder.kernel import DTYPES, DType
from kernels.threads import available_cores


@dataclass(frozen=True, slots=True)
class Peak:
    """Multiply-adds in registers, in GFLOP/s: on one core, and on all cores together."""

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
class Machine:
    """One computer.

    cores : those that this process may use
    vector_bits, features : the width of the widest vectors, and the instructions that work on them
    caches_kib : level ("L1", "L2", "L3") and size, for one core or shared, in KiB; none where unknown
    bandwidth_one, bandwidth_all : GB/s read from memory by one core, and by all
    blas, blas_core : the library behind NumPy and the core type that it chose, "" where it does not tell
    overrides : names of environment variables that steer numerical libraries and had been set
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


def peak(dtype: DType, threads: int) -> float:
    """Return the measured peak of this many threads in GFLOP/s; measured once until `measure` is called."""
    from kernels.limits import registers

    return registers.peak(dtype, threads)


def raise_peak(dtype: DType, threads: int) -> float:
    """Measure the peak again, since something surpassed it; return the larger figure."""
    from kernels.limits import registers

    return registers.raise_peak(dtype, threads)


def measure(overrides: tuple[str, ...] = ()) -> Machine:
    """Measure this machine as it is now; nothing else should be at work meanwhile.

    overrides : what had been set and was taken away before this process began
    """
    from kernels.host import vector_unit
    from kernels.limits import memory, registers
    from kernels.limits.blas import blas
    from kernels.limits.caches import caches
    from kernels.limits.processor import processor

    unit = vector_unit()
    count = available_cores()
    one, together = memory.bandwidths(1, count)
    library, core = blas()
    registers.forget()
    return Machine(
        processor=processor(),
        cores=count,
        vector_bits=unit.bits,
        features=f"{unit.name}, FMA" if unit.has_fma else unit.name,
        caches_kib=caches(),
        peaks=tuple(Peak(dtype, *registers.peaks(dtype, count)) for dtype in DTYPES),
        bandwidth_one=one,
        bandwidth_all=together,
        blas=library,
        blas_core=core,
        overrides=overrides,
        adapters=adapters(),
    )


def revised(known: Machine) -> Machine:
    """Return a machine with the peaks as they are known now: one may have been surpassed since."""
    return replace(
        known,
        peaks=tuple(Peak(dtype, peak(dtype, 1), peak(dtype, known.cores)) for dtype in DTYPES),
    )


def adapters() -> tuple[Adapter, ...]:
    """Return the graphics adapters that WebGPU finds, none where it does not work."""
    from kernels import adapters as found

    return tuple(Adapter(one.name, one.backend, one.is_gpu) for one in found.adapters())

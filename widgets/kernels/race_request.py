"""What a race is asked to time: one product, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.keys import DType
from playground.model.speed import Operation

Entrant = tuple[str, int]
"""The key of a rung, and the number of threads that it may use."""


@dataclass(frozen=True, slots=True)
class RaceRequest:
    """C (m, n) = A (m, k) B (k, n), computed by every entrant; n = 1 for a matrix times a vector."""

    operation: Operation
    m: int
    n: int
    k: int
    dtype: DType
    rungs: tuple[Entrant, ...]


@dataclass(frozen=True, slots=True)
class SweepRequest:
    """The same race at many sizes; a size n stands for square matrices of n rows."""

    operation: Operation
    sizes: tuple[int, ...]
    dtype: DType
    rungs: tuple[Entrant, ...]


@dataclass(frozen=True, slots=True)
class ScalingRequest:
    """One product by rungs that use threads: by one thread first, by all cores in the end."""

    size: int
    dtype: DType
    rungs: tuple[str, ...]

"""One way to multiply: what it is called, what it can do, and why it cannot run here when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Operation = Literal["gemm", "gemv"]
DType = Literal["float32", "float64"]
Device = Literal["cpu", "gpu"]
Matrix = NDArray[np.floating[Any]]

OPERATIONS: tuple[Operation, ...] = ("gemm", "gemv")
DTYPES: tuple[DType, ...] = ("float32", "float64")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence for people, as a whole template with named values; whoever shows it translates it."""

    template: str
    values: Mapping[str, str | int | float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def text(self) -> str:
        """The sentence in plain English."""
        return self.template.format(**self.values)


class UnavailableError(Exception):
    """Raised by a kernel that cannot run here, or not any more; `reason` says why in a sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.text)
        self.reason = reason


class Multiply(Protocol):
    """c = a @ b, into `out` where one is given, by this many threads."""

    def __call__(self, a: Matrix, b: Matrix, /, out: Matrix | None = None, threads: int = 1) -> Matrix:
        """Return c; see the module of the rung for operands and limits."""
        ...


class Resident(Protocol):
    """A product whose operands lie on a device already, so that its arithmetic is timed without transfers."""

    def run(self) -> float:
        """Compute the product once; return the seconds that the device took for it alone."""
        ...

    def result(self) -> Matrix:
        """Return the product, read back from the device."""
        ...


@dataclass(frozen=True, slots=True)
class Kernel:
    """A rung of the ladder.

    key : how files, the command line and results name it
    title : its name for people, a template without values
    device : where it computes
    operations, dtypes : what it can do
    is_parallel : whether it uses more than one thread where asked to
    why_not : the reason why it cannot run on this machine, None where it can; cheap after the first call
    prepare : compiles all that it needs for a type; may take seconds, and is called off the window's thread
    gemm : matrix times matrix; None where it cannot
    gemv : matrix (m, k) times vector (k,); None where it cannot
    upload : puts both operands of an operation onto the device; None where the device is the processor
    """

    key: str
    title: str
    device: Device
    operations: tuple[Operation, ...]
    dtypes: tuple[DType, ...]
    is_parallel: bool
    why_not: Callable[[], Reason | None]
    prepare: Callable[[DType], None]
    gemm: Multiply | None
    gemv: Multiply | None
    upload: Callable[[Operation, Matrix, Matrix], Resident] | None = None

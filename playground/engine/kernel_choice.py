"""Which kernels can train on this computer, and why one cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from kernels.ladder.kernel import Reason
from playground.model.keys import KERNELS, DType, Kernel
from playground.model.message import Message, message


@dataclass(frozen=True, slots=True)
class KernelChoice:
    """A kernel for training; `why_not` says why it cannot be used here, None where it can."""

    key: Kernel
    why_not: Message | None


def kernel_choices() -> tuple[KernelChoice, ...]:
    """Return all kernels for training; looking for a GPU may take a second."""
    return tuple(KernelChoice(kernel, why_not_kernel(kernel)) for kernel in KERNELS)


def why_not_kernel(kernel: Kernel) -> Message | None:
    """Return why a kernel cannot train here, or None where it can; loads what it needs only for a GPU."""
    return _CHECKS[kernel]()


def why_not_dtype(kernel: Kernel, dtype: DType) -> Message | None:
    """Return why a kernel does not train in a type, or None where it does."""
    if kernel == "numpy" and dtype != "float64":
        return message(
            "NumPy trains in float64 here; for {dtype} choose one of the other kernels.", dtype=dtype
        )
    if kernel == "gpu" and why_not_kernel("gpu") is None:
        from kernels.training import gpu

        return _said(gpu.why_not_dtype(dtype))
    return None


def _always() -> Message | None:
    return None


def _why_not_numba() -> Message | None:
    if find_spec("numba") is None:
        return message("Numba is not installed.")
    return None


def _why_not_gpu() -> Message | None:
    if find_spec("numba") is None:
        return message("Numba is not installed.")
    from kernels.training import gpu

    return _said(gpu.why_not())


def _said(reason: Reason | None) -> Message | None:
    return None if reason is None else Message(reason.template, reason.values)


_CHECKS: dict[Kernel, Callable[[], Message | None]] = {
    "numpy": _always,
    "numba": _why_not_numba,
    "numba-parallel": _why_not_numba,
    "gpu": _why_not_gpu,
}

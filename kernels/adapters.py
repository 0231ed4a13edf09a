"""The graphics adapters of this machine as WebGPU sees them, and which of them count as a GPU."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kernels.ladder.kernel import Reason

SOFTWARE = ("llvmpipe", "lavapipe", "softpipe", "swiftshader", "basic render")
"""Parts of the names of renderers that compute on the processor, whatever they say of themselves."""


@dataclass(frozen=True, slots=True)
class GpuAdapter:
    """One adapter: `kind` as the system calls it, and whether it is hardware of its own."""

    name: str
    backend: str
    kind: str
    is_gpu: bool


@cache
def adapters() -> tuple[GpuAdapter, ...]:
    """Return the adapters, each once, GPUs first; none where the library or every driver is missing.

    Looked up once: the first call loads the library and the drivers, about half a second.
    """
    found: dict[tuple[str, bool], GpuAdapter] = {}
    for handle in _handles():
        adapter = described(dict(handle.info))
        found.setdefault((adapter.name, adapter.is_gpu), adapter)
    return tuple(sorted(found.values(), key=lambda adapter: not adapter.is_gpu))


@cache
def why_no_gpu() -> Reason | None:
    """Return why WebGPU finds no GPU here; None where it finds one."""
    try:
        import wgpu  # noqa: F401  # is it there?
    except Exception as error:  # noqa: BLE001  # a native library may fail in any way
        return Reason("The GPU library wgpu could not be loaded: {problem}.", {"problem": _line(error)})
    known = adapters()
    if any(adapter.is_gpu for adapter in known):
        return None
    if known:
        return Reason(
            "The only adapter is a software renderer ({name}): it is not a GPU and is not counted as one.",
            {"name": known[0].name.partition(" (")[0]},
        )
    return Reason("No GPU was found: the system names no adapter for Vulkan, Metal or Direct3D 12.")


def handle(*, allow_software: bool = False) -> Any | None:
    """Return the library's own handle of the best adapter; None where there is none of this kind.

    allow_software : take a software renderer where there is no GPU
    """
    ranked = sorted(_handles(), key=lambda one: _rank(described(dict(one.info))))
    if ranked and (allow_software or described(dict(ranked[0].info)).is_gpu):
        return ranked[0]
    return None


def described(info: dict[str, Any]) -> GpuAdapter:
    """Return an adapter from what WebGPU says of it."""
    name = str(info.get("device") or info.get("description") or "")
    kind = str(info.get("adapter_type", ""))
    is_software = kind == "CPU" or any(part in name.lower() for part in SOFTWARE)
    return GpuAdapter(name, str(info.get("backend_type", "")), kind, not is_software and kind != "Unknown")


def _handles() -> list[Any]:
    try:
        import wgpu

        return list(wgpu.gpu.enumerate_adapters_sync())
    except Exception:  # noqa: BLE001  # a broken driver is as good as none, and `why_no_gpu` says so
        return []


def _rank(adapter: GpuAdapter) -> tuple[bool, bool, bool]:
    """Order: hardware first, a card of its own before one inside the processor, OpenGL last."""
    return (not adapter.is_gpu, adapter.kind != "DiscreteGPU", adapter.backend == "OpenGL")


def _line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__

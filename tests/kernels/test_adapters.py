"""Which adapters count as a GPU, and the sentences where none does."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from kernels import adapters
from kernels.adapters import GpuAdapter, described, why_no_gpu
from kernels.adapters import adapters as found


@pytest.fixture(autouse=True)
def looks_again() -> Iterator[None]:
    """Forget what was found, before and after."""
    for remembered in (found, why_no_gpu):
        remembered.cache_clear()
    yield
    for remembered in (found, why_no_gpu):
        remembered.cache_clear()


class Handle:
    """What the library hands out for an adapter."""

    def __init__(self, name: str, kind: str, backend: str = "Vulkan") -> None:
        self.info = {"device": name, "adapter_type": kind, "backend_type": backend}


CARD = Handle("NVIDIA H200", "DiscreteGPU")
INSIDE = Handle("AMD Radeon 780M", "IntegratedGPU")
SOFTWARE = Handle("llvmpipe (LLVM 15.0.6, 256 bits)", "CPU")
SAME_BY_OPENGL = Handle("NVIDIA H200", "DiscreteGPU", "OpenGL")


@pytest.mark.parametrize(
    ("name", "kind", "is_gpu"),
    [
        ("NVIDIA H200", "DiscreteGPU", True),
        ("Apple M4", "IntegratedGPU", True),
        ("Virtio-GPU Venus", "VirtualGPU", True),
        ("llvmpipe (LLVM 15.0.6, 256 bits)", "CPU", False),
        ("llvmpipe (LLVM 15.0.6, 256 bits)", "DiscreteGPU", False),
        ("Microsoft Basic Render Driver", "DiscreteGPU", False),
        ("SwiftShader Device", "CPU", False),
        ("something", "Unknown", False),
    ],
)
def test_software_is_no_gpu(name: str, kind: str, is_gpu: bool) -> None:
    assert described({"device": name, "adapter_type": kind, "backend_type": "Vulkan"}).is_gpu is is_gpu


def test_hardware_comes_first_and_each_adapter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters, "_handles", lambda: [SOFTWARE, SAME_BY_OPENGL, INSIDE, CARD])
    assert [adapter.name for adapter in found()] == [
        "NVIDIA H200",
        "AMD Radeon 780M",
        "llvmpipe (LLVM 15.0.6, 256 bits)",
    ]
    assert why_no_gpu() is None
    assert adapters.handle() is CARD
    assert adapters.handle(allow_software=True) is CARD


def test_a_software_renderer_alone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters, "_handles", lambda: [SOFTWARE])
    reason = why_no_gpu()
    assert reason is not None
    assert reason.text == (
        "The only adapter is a software renderer (llvmpipe): it is not a GPU and is not counted as one."
    )
    assert adapters.handle() is None
    assert adapters.handle(allow_software=True) is SOFTWARE


def test_no_adapter_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters, "_handles", list)
    reason = why_no_gpu()
    assert reason is not None
    assert reason.text.startswith("No GPU was found")
    assert adapters.handle(allow_software=True) is None


def test_a_missing_library_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wgpu", None)
    reason = why_no_gpu()
    assert reason is not None
    assert reason.text.startswith("The GPU library wgpu could not be loaded")
    assert found() == ()


def test_what_is_found_here_is_described() -> None:
    for adapter in found():
        assert isinstance(adapter, GpuAdapter)
        assert adapter.name
        assert adapter.backend

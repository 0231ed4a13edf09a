"""Mesa's software Vulkan driver as a stand-in for a GPU: the same programs, slowly."""

from __future__ import annotations

import pytest

from kernels import adapters
from kernels.ladder.webgpu import Gpu


def open_gpu() -> Gpu:
    """An open adapter of any kind, to be closed; skips the test where there is none."""
    if adapters.handle(allow_software=True) is None:
        pytest.skip("No Vulkan driver is installed; Debian's is mesa-vulkan-drivers.")
    return Gpu(allow_software=True)

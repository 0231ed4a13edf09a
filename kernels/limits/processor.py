"""Which processor this is."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from kernels.limits.caches import sysctl

CPUINFO = Path("/proc/cpuinfo")


def processor() -> str:
    """Return the name of the processor."""
    if sys.platform == "darwin":
        return sysctl("machdep.cpu.brand_string") or platform.processor()
    if CPUINFO.exists():
        for line in CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(("model name", "Model")):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

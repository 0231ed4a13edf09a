"""Which processor this is, and how many of its cores this process may use."""

from __future__ import annotations

import math
import os
import platform
import sys
from pathlib import Path

from kernels.limits.caches import sysctl

CPUINFO = Path("/proc/cpuinfo")
QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where Linux says how much processor time a container gets: microseconds, and of how many."""


def processor() -> str:
    """Return the name of the processor."""
    if sys.platform == "darwin":
        return sysctl("machdep.cpu.brand_string") or platform.processor()
    if CPUINFO.exists():
        for line in CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(("model name", "Model")):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def cores(quota: Path = QUOTA) -> int:
    """Return how many cores this process may use: those that it is bound to, as far as its time reaches."""
    if hasattr(os, "sched_getaffinity"):
        bound = len(os.sched_getaffinity(0))
    else:
        bound = os.cpu_count() or 1
    try:
        share, period = quota.read_text(encoding="ascii").split()[:2]
    except (OSError, ValueError):
        return bound
    return min(bound, max(1, math.ceil(int(share) / int(period)))) if share.isdecimal() else bound

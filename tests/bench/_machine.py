"""What a figure was measured on: the machine, its load, and the versions."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path

LIBRARIES = ("neural-playground", "PySide6-Essentials", "numpy", "numba", "pyqtgraph")

OVERRIDES = ("OPENBLAS_", "MKL_", "OMP_", "BLIS_", "NUMBA_", "VECLIB_")
"""Beginnings of the variables that slow numerical libraries down, or speed them up."""


def machine() -> dict[str, object]:
    """The processor, the cores that this process may use, and the system."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def load() -> list[float] | None:
    """Processes that wanted to run, averaged over 1, 5 and 15 minutes; None where the system does not say."""
    return [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else None


def versions() -> dict[str, str]:
    """Python's version and those of the libraries that figures depend on."""
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES}


def plain_environment() -> dict[str, str]:
    """The variables of this process without overrides of the numerical libraries, and with no screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OVERRIDES)}
    return kept | {"QT_QPA_PLATFORM": "offscreen"}


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"

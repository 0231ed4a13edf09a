"""The sizes of this processor's caches, as its system tells them."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

LINUX = Path("/sys/devices/system/cpu/cpu0/cache")
MACOS = (
    ("L1", ("hw.perflevel0.l1dcachesize", "hw.l1dcachesize")),
    ("L2", ("hw.perflevel0.l2cachesize", "hw.l2cachesize")),
    ("L3", ("hw.l3cachesize",)),
)
"""Names under which macOS tells the sizes in bytes; those of its fast cores first."""

Caches = tuple[tuple[str, int], ...]


@cache
def caches() -> Caches:
    """Return the level ("L1", "L2", "L3") and KiB of each data cache that a core uses; none where unknown."""
    if sys.platform == "darwin":
        return _of_macos()
    return of_linux(LINUX)


def of_linux(folder: Path) -> Caches:
    """Return what Linux tells of one core in a folder with one entry for each cache."""
    found: dict[str, int] = {}
    for entry in sorted(folder.glob("index*")):
        try:
            kind, level, size = (
                (entry / name).read_text(encoding="ascii").strip() for name in ("type", "level", "size")
            )
        except OSError:
            continue
        if kind != "Instruction" and size.endswith("K"):
            found[f"L{level}"] = int(size[:-1])
    return tuple(sorted(found.items()))


def _of_macos() -> Caches:
    found = []
    for level, names in MACOS:
        sizes = [size for name in names if (size := sysctl_number(name)) > 0]
        if sizes:
            found.append((level, sizes[0] >> 10))
    return tuple(found)


def sysctl_number(name: str) -> int:
    """Return a number that macOS tells, 0 where it does not know the name."""
    text = sysctl(name)
    return int(text) if text.isdecimal() else 0


def sysctl(name: str) -> str:
    """Return what macOS tells under a name, "" where it does not know it."""
    try:
        told = subprocess.run(["sysctl", "-n", name], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip() if told.returncode == 0 else ""

"""Makes a kernel ready to train: compiled once for each version of the program, then loaded from the disk."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
from pathlib import Path

from kernels.cache import VARIABLE, use_cache
from playground.app.folders import cache_folder
from playground.model.keys import DType, Kernel

COMPILE = "from playground.app.kernel_preparing import load_kernel; load_kernel(*__import__('sys').argv[1:])"
LOOK_SECONDS = 0.05
LOW_PRIORITY = 10


def keep_compiled() -> None:
    """Keep what is compiled under the user's cache folder; to be called before anything loads Numba.

    Where no folder can be made, code is compiled anew each time.
    """
    try:
        use_cache(cache_folder())
    except OSError:
        os.environ.pop(VARIABLE, None)


def prepare_kernel(kernel: Kernel, dtype: DType, is_over: threading.Event) -> None:
    """Get a kernel ready in this process; ends soon once `is_over` is set.

    Compiling holds up all other threads for a moment again and again. So where nothing was compiled yet
    another process compiles, and this one only loads what it left on the disk.
    Raises kernels.ladder.kernel.UnavailableError, ImportError and what else compiling may raise.
    """
    keep_compiled()
    mark = _mark(kernel, dtype)
    if mark is not None and not mark.exists():
        if not _compile_beside(kernel, dtype, is_over):
            return
        mark.touch()
    load_kernel(kernel, dtype)


def load_kernel(kernel: Kernel, dtype: DType) -> None:
    """Compile a kernel here, or load it where that was done before."""
    if kernel == "gpu":
        from kernels.training import gpu

        gpu.prepare(dtype)
    else:
        from kernels.training import fused

        fused.prepare(dtype)


def _mark(kernel: Kernel, dtype: DType) -> Path | None:
    """The file that says that this computer has compiled a kernel; None where none is kept."""
    folder = os.environ.get(VARIABLE)
    return None if folder is None else Path(folder) / f"{kernel}-{dtype}-{platform.node()}"


def _compile_beside(kernel: Kernel, dtype: DType, is_over: threading.Event) -> bool:
    """Compile in a process of its own, at low priority; false where it was not waited for.

    A failure is not looked at: loading the kernel then meets it again, and tells what it is.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", COMPILE, kernel, dtype],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    _step_back(process.pid)
    while process.poll() is None:
        if is_over.wait(LOOK_SECONDS):
            process.kill()
            process.wait()
            return False
    return True


def _step_back(pid: int) -> None:
    """Let a process have only what others leave over."""
    import psutil

    try:
        process = psutil.Process(pid)
        # Windows has classes in place of numbers, which psutil knows only there.
        process.nice(getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", LOW_PRIORITY))
    except psutil.Error:
        return  # it has ended already, or may not be changed

"""From the start of the process to the first useful paint, and the memory that the program has then."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from time import perf_counter

import psutil

RUNS = 5
FIRST_PAINT = "first paint"
"""What the window prints, when it is asked to, once the network is on the screen."""


def figures() -> Iterator[Mapping[str, object]]:
    """Yield the median time to the first paint, and the memory at that moment."""
    runs = [started() for _ in range(RUNS + 1)][1:]  # the first one warms the disk's cache
    seconds = sorted(seconds for seconds, _ in runs)
    memory = sorted(megabytes for _, megabytes in runs)
    yield {
        "figure": "process start to first paint",
        "value": round(seconds[RUNS // 2], 3),
        "unit": "s",
        "limit": 1.0,
        "slowest_s": round(seconds[-1], 3),
    }
    yield {"figure": "memory at first paint", "value": round(memory[-1], 1), "unit": "MB", "limit": 120.0}


def started() -> tuple[float, float]:
    """Start the program, wait for its first paint, and return seconds and resident megabytes."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "PLAYGROUND_REPORT_PAINT": "1",
            "XDG_CONFIG_HOME": home,
            "XDG_STATE_HOME": home,
            "XDG_DATA_HOME": home,
        }
        start = perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "playground"], stdout=subprocess.PIPE, text=True, env=environment
        )
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == FIRST_PAINT:
                    return perf_counter() - start, psutil.Process(process.pid).memory_info().rss / 1e6
            raise RuntimeError(f"the program ended with {process.wait()} before its first paint")
        finally:
            process.terminate()
            process.wait(10)
            if process.stdout is not None:
                process.stdout.close()

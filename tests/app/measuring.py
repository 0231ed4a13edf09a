"""A small process that answers as the measuring process does, with figures that are plainly made up."""

from __future__ import annotations

import sys
from collections.abc import Mapping

PROGRAM = r"""
import json, os, sys, time

def say(event, **what):
    print(json.dumps({"event": event, "id": asked.get("id"), **what}), flush=True)

def timing(kernel, threads, m, n, k):
    return {
        "kernel": kernel, "operation": asked.get("operation", "gemm"), "m": m, "n": n, "k": k,
        "dtype": asked["dtype"], "threads": threads, "repeats": 3, "seconds": 0.001,
        "gflops": 100.0 * threads, "low_gflops": 90.0 * threads, "high_gflops": 110.0 * threads,
        "gbytes_per_second": 12.0, "compile_seconds": 0.0, "error_over_bound": 0.25,
        "share_of_peak": 0.5, "ratio_to_numpy": 1.05, "times_python": 5000.0,
    }

PEAKS = [{"dtype": kind, "one_core": 200.0, "all_cores": 400.0} for kind in ("float32", "float64")]
MACHINE = {
    "processor": os.environ.get("SLOW_DOWN", "Slide rule"), "cores": 2,
    "vector_bits": 256, "features": "AVX2",
    "caches_kib": [["L1", 32], ["L2", 1024], ["L3", 8192]], "peaks": PEAKS,
    "bandwidth_one": 10.0, "bandwidth_all": 20.0, "blas": "OpenBLAS", "blas_core": "Haswell",
    "adapters": [{"name": "llvmpipe", "backend": "Vulkan", "is_gpu": False}],
}
NO_GPU = {"template": "No graphics card was found.", "values": {}}
RUNGS = [
    {"key": key, "title": title, "device": device, "operations": ["gemm", "gemv"],
     "dtypes": ["float64", "float32"], "is_parallel": threads, "why_not": why}
    for key, title, device, threads, why in (
        ("python", "Plain Python loops", "cpu", False, None),
        ("numba-packed", "Numba, packed with a register tile", "cpu", False, None),
        ("numba-parallel", "Numba parallel", "cpu", True, None),
        ("numpy", "NumPy", "cpu", True, None),
        ("webgpu", "GPU through WebGPU", "gpu", False, NO_GPU),
    )
]

for line in sys.stdin:
    asked = json.loads(line)
    do = asked["do"]
    if do == "machine":
        say("machine", machine=MACHINE)
    elif do == "rungs":
        say("rungs", rungs=RUNGS)
    elif do == "race":
        if asked["m"] == 15:  # the machine is faster than it was
            twice = [peak | {"all_cores": 800.0} for peak in PEAKS]
            say("machine", machine=MACHINE | {"peaks": twice})
        for index, (key, threads) in enumerate(asked["rungs"]):
            say("preparing", kernel=key)
            if asked["m"] == 4096:
                time.sleep(600)  # a race that nobody waits for
            if asked["m"] == 13:
                os._exit(3)  # the memory ran out
            if asked["m"] == 14:
                print("Hello", flush=True)
            if key == "webgpu":
                say("refused", kernel=key, reason=NO_GPU)
            else:
                say("timed", timing=timing(key, threads, asked["m"], asked["n"], asked["k"]))
            say("progress", done=index + 1, total=len(asked["rungs"]))
    elif do == "sweep":
        for size in asked["sizes"]:
            for key, threads in asked["rungs"]:
                say("timed", timing=timing(key, threads, size, size, size))
    elif do == "scaling":
        for key in asked["rungs"]:
            for threads in (1, 2):
                say("timed", timing=timing(key, threads, *[asked["size"]] * 3))
    elif do == "schedule":
        m, n, k = asked["m"], asked["n"], asked["k"]
        steps = [[row, 0, row, row + 1, 0, n, 0, k] for row in range(m)]
        say("schedule", schedule={
            "kernel": asked["kernel"], "m": m, "n": n, "k": k, "threads": asked["threads"],
            "steps": steps, "traffic": [{"level": "L1", "n_bytes": 4 * m * n * k}],
        })
    say("done")
"""

COMMAND = (sys.executable, "-c", PROGRAM)


def plain(environment: Mapping[str, str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The environment without what is called SLOW_..., and those names."""
    slow = tuple(sorted(name for name in environment if name.startswith("SLOW_")))
    return {name: value for name, value in environment.items() if name not in slow}, slow

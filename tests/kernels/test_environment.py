"""Overrides are taken away and named; all else stays."""

from __future__ import annotations

import os
import subprocess
import sys

from kernels.environment import plain
from kernels.threads import available_cores


def test_overrides_are_removed_and_named() -> None:
    environ = {
        "PATH": "/bin",
        "OPENBLAS_CORETYPE": "Haswell",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "omp_wait_policy": "passive",
        "MY_OMP_NOTES": "mine",
        "NUMBA_CACHE_DIR": "somewhere",
    }
    environment, removed = plain(environ)
    assert environment == {"PATH": "/bin", "MY_OMP_NOTES": "mine", "NUMBA_CACHE_DIR": "somewhere"}
    assert removed == (
        "MKL_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_CORETYPE",
        "OPENBLAS_NUM_THREADS",
        "omp_wait_policy",
    )
    assert len(environ) == 8


def test_a_plain_environment_stays_as_it_is() -> None:
    assert plain({"PATH": "/bin"}) == ({"PATH": "/bin"}, ())


def test_a_process_in_it_has_all_threads_again() -> None:
    """The library's own answer, in a process started with an override and in one started without."""
    ask = "import numpy, threadpoolctl; print(threadpoolctl.threadpool_info()[0]['num_threads'])"
    held_back = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    counts = [
        int(subprocess.run([sys.executable, "-c", ask], env=env, capture_output=True, check=True).stdout)
        for env in (held_back, plain(held_back)[0])
    ]
    assert counts[0] == 1
    assert counts[1] == available_cores()

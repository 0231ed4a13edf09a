"""The machine as it is measured."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from kernels import machine
from kernels.host import vector_unit
from kernels.ladder.kernel import DTYPES
from kernels.limits import memory
from kernels.threads import available_cores
from playground.model import speed


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> machine.Machine:
    monkeypatch.setattr(memory, "array_bytes", lambda: 8 << 20)
    return machine.measure(("OMP_NUM_THREADS",))


def test_everything_about_this_machine_is_there(measured: machine.Machine) -> None:
    assert measured.processor
    assert measured.cores == available_cores()
    assert measured.vector_bits == vector_unit().bits
    assert [peak.dtype for peak in measured.peaks] == list(DTYPES)
    assert all(np.isfinite([peak.one_core, peak.all_cores]).all() for peak in measured.peaks)
    assert all(peak.one_core > 0 and peak.all_cores > 0 for peak in measured.peaks)
    assert measured.bandwidth_one > 0
    assert measured.bandwidth_all > 0
    assert measured.overrides == ("OMP_NUM_THREADS",)
    json.dumps(dataclasses.asdict(measured), allow_nan=False)


def test_the_library_behind_numpy_is_named(measured: machine.Machine) -> None:
    found = [one for one in threadpool_info() if one["user_api"] == "blas" and "numpy" in one["filepath"]]
    if not found:
        pytest.skip("this NumPy multiplies with a library that says nothing of itself")
    assert found[0]["internal_api"] == measured.blas.split()[0].lower()
    assert found[0]["architecture"] == measured.blas_core


def test_peaks_are_measured_once(measured: machine.Machine) -> None:
    assert machine.peak("float32", 1) == measured.peaks[0].one_core


@pytest.mark.parametrize(
    ("ours", "shown"),
    [(machine.Machine, speed.MachineFacts), (machine.Peak, speed.Peak), (machine.Adapter, speed.Adapter)],
)
def test_what_is_measured_is_what_is_shown(ours: type, shown: type) -> None:
    assert [one.name for one in dataclasses.fields(ours)] == [one.name for one in dataclasses.fields(shown)]


def test_knowing_the_machine_loads_no_compiler_at_once() -> None:
    code = "import sys, kernels.machine; print({'numba', 'wgpu'} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "set()"

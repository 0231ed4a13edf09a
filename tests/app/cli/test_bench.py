"""`playground bench`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kernels.threads import available_cores
from playground.app.cli import bench
from playground.app.cli.bench import measured
from playground.app.cli.refusals import JobError
from playground.model.message import sentence
from tests.app.cli.runs import here, in_process, is_one_sentence

ROOT = Path(__file__).parents[3]
TINY = ("bench", "--quick", "--sizes", "16,8", "--kernels", "numpy,python,webgpu", "--dtype", "float64")

BLAS = """
import numpy, threadpoolctl
found = [one for one in threadpoolctl.threadpool_info() if one["user_api"] == "blas"]
print(found[0]["architecture"] if found else "")
"""


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder in which compiled kernels outlive a test; a digest of the sources keeps them true."""
    folder = str(ROOT / ".pytest_cache" / "compiled")
    monkeypatch.setenv("XDG_CACHE_HOME", folder)
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    return folder


def test_one_object_holds_everything(kept: str) -> None:
    outcome = in_process(
        *TINY, "--json", XDG_CACHE_HOME=kept, OPENBLAS_CORETYPE="Prescott", OMP_NUM_THREADS="1"
    )
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(outcome.out)
    keys = ["machine", "versions", "overrides_removed", "entries", "refused", "training", "seconds"]
    assert list(found) == keys
    assert {"OMP_NUM_THREADS", "OPENBLAS_CORETYPE"} <= set(found["overrides_removed"])
    plain = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    core = subprocess.run([sys.executable, "-c", BLAS], env=plain, capture_output=True, text=True, check=True)
    assert found["machine"]["blas_core"] == core.stdout.strip()
    assert found["machine"]["cores"] == available_cores()
    assert [peak["dtype"] for peak in found["machine"]["peaks"]] == ["float32", "float64"]
    assert {"python", "numpy", "numba", "neural-playground"} <= found["versions"].keys()
    counts = sorted({1, available_cores()})
    lanes = [("python", 1), *(("numpy", threads) for threads in counts)]
    entries = found["entries"]
    assert [(e["operation"], e["size"], e["kernel"], e["threads"]) for e in entries] == [
        (operation, size, *lane) for operation in ("gemm", "gemv") for size in (8, 16) for lane in lanes
    ]
    for entry in entries:
        assert entry["dtype"] == "float64"
        assert 0 < entry["gflops"]["low"] <= entry["gflops"]["median"] <= entry["gflops"]["high"]
        assert 0 <= entry["error_over_bound"] <= 1
        assert entry["share_of_peak"] > 0
        assert entry["ratio_to_numpy"] > 0
        assert (entry["share_of_bandwidth"] is None) == (entry["operation"] == "gemm")
    assert all(entry["ratio_to_numpy"] == 1 for entry in entries if entry["kernel"] == "numpy")
    assert {one["kernel"] for one in found["refused"]} <= {"webgpu"}
    trained = {(one["network"], one["kernel"], one["dtype"]) for one in found["training"]}
    assert trained >= {
        (network, kernel, "float64")
        for network in ("2-4-2-1", "7-8-8-8-8-8-8-1", "64-64-32-10")
        for kernel in ("numpy", "numba")
    }
    assert all(one["epochs_per_second"]["median"] > 0 for one in found["training"])
    assert all(one["difference_from_oracle"] < 1e-9 for one in found["training"])
    assert found["seconds"] > 0


def events() -> Iterator[dict[str, Any]]:
    """What a small machine might say."""
    peaks = [{"dtype": dtype, "one_core": 100.0, "all_cores": 190.0} for dtype in ("float32", "float64")]
    yield {
        "event": "machine",
        "machine": {
            "processor": "A processor",
            "cores": 2,
            "vector_bits": 256,
            "features": "AVX2, FMA",
            "caches_kib": [["L1", 32]],
            "peaks": peaks,
            "bandwidth_one": 20.0,
            "bandwidth_all": 30.0,
            "blas": "OpenBLAS 0.3",
            "blas_core": "Zen",
            "overrides": [],
            "adapters": [{"name": "llvmpipe", "backend": "Vulkan", "is_gpu": False}],
        },
    }
    yield {
        "event": "refused",
        "kernel": "cuda",
        "reason": {"template": "No {what}.", "values": {"what": "driver"}},
    }
    yield {"event": "preparing", "kernel": "numpy"}
    timing = {
        "kernel": "numpy",
        "operation": "gemv",
        "m": 1024,
        "n": 1,
        "k": 1024,
        "dtype": "float32",
        "threads": 2,
        "repeats": 7,
        "seconds": 0.001,
        "gflops": 2.1,
        "low_gflops": 2.0,
        "high_gflops": 2.2,
        "gbytes_per_second": 15.0,
        "compile_seconds": 0.0,
        "error_over_bound": 0.25,
        "end_to_end_gflops": None,
        "share_of_peak": 0.011,
        "ratio_to_numpy": 1.0,
        "times_python": 80.0,
        "is_smaller": False,
    }
    yield {"event": "timed", "timing": timing}
    speed = {
        "network": "2-4-2-1",
        "kernel": "numba",
        "dtype": "float32",
        "threads": 1,
        "n_rows": 250,
        "batch_size": 10,
        "repeats": 5,
        "epochs_per_second": 50_000.0,
        "low": 49_000.0,
        "high": 51_000.0,
        "examples_per_second": 12_500_000.0,
        "gflops": 1.1,
        "epochs_per_gflops": 500.0,
        "prepare_seconds": 3.0,
        "difference": 1e-7,
    }
    yield {"event": "trained", "speed": speed}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """Requests that a made-up measuring process was asked."""
    asked: list[Mapping[str, Any]] = []

    def answered(request: Mapping[str, Any], _environment: object) -> Iterator[dict[str, Any]]:
        asked.append(request)
        return events()

    monkeypatch.setattr(bench, "measured", answered)
    return asked


def test_options_become_a_request(
    capsys: pytest.CaptureFixture[str], told: list[Mapping[str, Any]], kept: str
) -> None:
    here(capsys, "bench", "--json")
    chosen = ("--sizes", "8, 16", "--kernels", "numpy", "--threads", "1", "--dtype", "float32", "--quick")
    here(capsys, "bench", "--json", *chosen)
    assert [
        {name: list(value) if isinstance(value, tuple) else value for name, value in one.items()}
        for one in told
    ] == [
        {"do": "report", "sizes": [], "rungs": [], "threads": [], "dtypes": [], "quick": False},
        {
            "do": "report",
            "sizes": [8, 16],
            "rungs": ["numpy"],
            "threads": [1],
            "dtypes": ["float32"],
            "quick": True,
        },
    ]


def test_figures_are_kept_as_they_were_said(
    capsys: pytest.CaptureFixture[str], told: list[Mapping[str, Any]], kept: str
) -> None:
    found = json.loads(here(capsys, "bench", "--json").out)
    (entry,) = found["entries"]
    assert entry["gflops"] == {"median": 2.1, "low": 2.0, "high": 2.2}
    assert entry["share_of_bandwidth"] == 0.5
    assert found["refused"] == [{"kernel": "cuda", "reason": "No driver."}]
    (training,) = found["training"]
    assert training["epochs_per_second"] == {"median": 50_000.0, "low": 49_000.0, "high": 51_000.0}
    assert training["epochs_per_second_per_peak_gflops"] == 500.0


def test_people_read_a_table(
    capsys: pytest.CaptureFixture[str], told: list[Mapping[str, Any]], kept: str
) -> None:
    lines = here(capsys, "bench").out.splitlines()
    assert any(line.startswith("A processor: 2 cores, 256-bit vectors") for line in lines)
    assert "cuda: No driver." in lines
    (row,) = (line for line in lines if line.startswith("numpy"))
    assert row.split()[:3] == ["numpy", "1,024", "×"]
    assert "1.1 %" in row
    (trained,) = (line for line in lines if line.startswith("2-4-2-1"))
    assert trained.split()[-1] == "500"
    (headline,) = (line for line in lines if line.startswith("Kernel"))
    assert headline.index("threads") + len("threads") == row.index(" 2 ") + 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--kernels", "nimpy"), "nimpy"),
        (("--kernels", "numpy,,python"), "commas"),
        (("--sizes", "0"), "from 1 on"),
        (("--sizes", "many"), "many"),
        (("--threads", "4096"), f"there are {available_cores():,}"),
        (("--threads", "none"), "none"),
        (("--dtype", "int8"), "int8"),
        (("FILE",), "FILE"),
    ],
)
def test_bad_options_are_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    outcome = here(capsys, "bench", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert is_one_sentence(outcome.err)
    assert words in outcome.err


def test_nothing_measured_is_a_failure_that_says_why(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    monkeypatch.setattr(bench, "measured", lambda _request, _environment: [list(events())[1]])
    outcome = here(capsys, "bench", "--json")
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "No driver.\n")


def test_a_process_that_ends_too_soon_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys; print('{\"event\": \"preparing\"}'); sys.exit('out of order.')"
    monkeypatch.setattr(bench, "COMMAND", (sys.executable, "-c", code))
    heard = measured({"do": "report"}, os.environ)
    assert next(iter(heard))["event"] == "preparing"
    with pytest.raises(JobError) as failed:
        list(heard)
    assert sentence(failed.value.message) == "The measuring ended by itself with 1: out of order."


def test_a_failed_measurement_is_a_failure() -> None:
    with pytest.raises(JobError, match="do") as failed:
        list(measured({"do": "dance"}, os.environ))
    assert "machine" in sentence(failed.value.message)


def test_whoever_stops_listening_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    code = 'import os, time; print(\'{"event": "%d"}\' % os.getpid(), flush=True); time.sleep(1000)'
    monkeypatch.setattr(bench, "COMMAND", (sys.executable, "-c", code))
    heard = measured({"do": "report"}, os.environ)
    pid = int(next(heard)["event"])
    heard.close()  # type: ignore[attr-defined]  # a generator
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_nothing_of_qt_is_loaded(kept: str) -> None:
    code = """
import sys
from playground.app.main import main
from playground.app.cli import bench
bench.measured = lambda request, environment: []
assert main(["bench"]) == 1
print(any(name.startswith(("PySide6", "shiboken6")) for name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"

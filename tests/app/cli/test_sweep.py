"""`playground sweep`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from playground.app.sweep_process import COMMAND
from resources import example_path
from tests.app.cli.runs import here, is_one_sentence

AVOCADO = example_path("avocado")
PATIENCE_SECONDS = 60.0


def told(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path, command: str = "sweep"
) -> dict[str, Any]:
    outcome = here(capsys, command, *arguments, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    result: dict[str, Any] = json.loads(outcome.out)
    return result


def test_each_run_is_that_of_train_with_these_settings(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rates, optimizers = [0.01, 0.1], ["sgd", "adam"]
    arguments = ["--set", "learning.learning_rate=0.01,0.1", "--set", "learning.optimizer=sgd,adam"]
    swept = told(capsys, AVOCADO, *arguments, "--epochs", "7", "--workers", "2")
    expected = [(rate, optimizer) for rate in rates for optimizer in optimizers]
    assert [tuple(run["settings"].values()) for run in swept["runs"]] == expected
    losses = []
    for run, (rate, optimizer) in zip(swept["runs"], expected, strict=True):
        content = json.loads(AVOCADO.read_bytes())
        content["learning"] |= {"learning_rate": rate, "optimizer": optimizer}
        path = tmp_path / "one.playground"
        path.write_text(json.dumps(content))
        trained = told(capsys, path, "--epochs", "7", command="train")
        for part in ("train", "test"):
            assert run["curve"][f"{part}_loss"] == trained["loss"][part]
            assert run["curve"][f"{part}_accuracy"] == trained["accuracy"][part]
            assert run["loss"][part] == trained["loss"][part][-1]
        assert run["network"] == trained["network"]
        assert (run["epochs"], run["stopped"], run["problem"]) == (7, "epochs", None)
        losses.append(trained["loss"]["test"][-1])
    assert swept["best"] == losses.index(min(losses))
    assert swept["settings"] == {"learning.learning_rate": rates, "learning.optimizer": optimizers}


def test_the_table_names_settings_marks_the_best_and_says_what_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = here(
        capsys,
        "sweep",
        AVOCADO,
        "--set",
        "learning.learning_rate=0.03,1e300",
        "--set",
        "seed=4",
        "--epochs",
        "3",
    )
    assert (outcome.code, outcome.err) == (0, "")
    head, good, bad, empty, last = outcome.out.splitlines()
    assert head.split()[:3] == ["learning_rate", "seed", "epochs"]
    assert good.split()[:3] == ["0.03", "4", "3"]
    assert good.endswith(" best")
    assert bad.endswith("Its numbers grew past all bounds. A smaller learning rate may help.")
    assert empty == ""
    assert last.startswith("2 runs in ")


def test_a_failed_run_leaves_the_others_and_has_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    result = told(capsys, AVOCADO, "--set", "data.name=iris,avocado", "--epochs", "2")
    failed, good = result["runs"]
    assert "which the data does not have" in failed["problem"]
    assert "loss" not in failed
    assert good["problem"] is None
    assert result["best"] == 1


def test_where_nothing_has_learned_the_job_has_failed(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = here(capsys, "sweep", AVOCADO, "--set", "data.name=iris", "--epochs", "2")
    assert outcome.code == 1
    assert is_one_sentence(outcome.err)
    assert "which the data does not have" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (
            ["--set", "learning.learning_rate=fast"],
            2,
            "learning.learning_rate=fast: expected a finite number",
        ),
        (["--set", "learning.speed=1"], 2, "There is no setting learning.speed"),
        (["--set", "seed"], 2, "expected a key"),
        ([], 2, "--set"),
        (["--set", "seed=1", "--workers", "0"], 2, "whole number"),
        (["--set", "seed=1", "--epochs", "-1"], 2, "whole number"),
        (["--set", "seed=1", "--cluster", "tcp://127.0.0.1:1", "--workers", "2"], 2, "--workers"),
        (["--set", f"seed={','.join(map(str, range(1001)))}"], 2, "1,001 runs"),
    ],
)
def test_bad_input_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, part: str
) -> None:
    outcome = here(capsys, "sweep", AVOCADO, *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert is_one_sentence(outcome.err)
    assert part in outcome.err


def test_without_dask_a_cluster_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    outcome = here(capsys, "sweep", AVOCADO, "--set", "seed=1", "--cluster", "tcp://127.0.0.1:1")
    assert outcome.code == 1
    assert "dask.distributed, which is not installed" in outcome.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT that can be sent to one process")
def test_ctrl_c_ends_it_and_its_processes() -> None:
    # An update for every row, so that an epoch takes seconds and hundreds of them pass before it settles.
    endless = ["--set", "learning.learning_rate=1e-9,1e-10", "--set", "data.count=200000"]
    lengths = ["--set", "learning.batch_size=1", "--epochs", "1000000", "--workers", "2"]
    program = subprocess.Popen(
        [sys.executable, "-c", HEEDS_CTRL_C, "sweep", str(AVOCADO), *endless, *lengths],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    children = _children(program.pid, 2)
    try:
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=PATIENCE_SECONDS)
    finally:
        program.kill()
    assert (program.returncode, out, err) == (1, "", "Stopped.\n")
    assert len(children) == 2
    _, left = psutil.wait_procs(children, timeout=PATIENCE_SECONDS)
    assert left == []


HEEDS_CTRL_C = """
import signal, sys
from playground.app.main import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""
"""What a shell starts in the background is told to ignore Ctrl+C; the program is run as in the foreground."""


def _children(program: int, count: int) -> list[psutil.Process]:
    """Wait until a program has so many processes that do runs."""
    found: list[psutil.Process] = []
    end = time.monotonic() + PATIENCE_SECONDS
    while len(found) < count and time.monotonic() < end:
        found = [child for child in psutil.Process(program).children() if COMMAND[-1] in child.cmdline()]
        time.sleep(0.02)
    return found

"""`playground train`."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from kernels.ladder.kernel import Reason
from kernels.training import gpu
from playground.engine import kernel_choice
from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.session import Session
from playground.model import file
from playground.model.trace import LearnerState
from resources import example_path
from tests.app.cli.runs import here, in_process

AVOCADO = example_path("avocado")


def changed(tmp_path: Path, **learning: Any) -> Path:
    content = json.loads(AVOCADO.read_bytes())
    content["learning"].update(learning)
    path = tmp_path / "changed.playground"
    path.write_text(json.dumps(content))
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    outcome = here(capsys, "train", *arguments, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    result: dict[str, Any] = json.loads(outcome.out)
    return result


def test_the_shape_of_the_answer(tmp_path: Path) -> None:
    outcome = in_process("train", AVOCADO, "--epochs", "5", "--json", folder=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    result = json.loads(outcome.out)
    keys = ["epochs", "stopped", "loss", "penalty", "accuracy", "seconds", "kernel", "dtype", "network"]
    assert list(result) == keys
    assert (result["epochs"], result["stopped"]) == (5, "epochs")
    assert (result["kernel"], result["dtype"]) == ("numpy", "float64")
    assert result["seconds"] > 0
    assert result["penalty"] == 0.0
    for name in ("train", "test"):
        assert len(result["loss"][name]) == 6
        assert all(0 <= share <= 1 for share in result["accuracy"][name])
    assert set(result["network"]) >= {"nodes", "edges"}


def test_losses_and_weights_are_those_of_the_engine(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.playground"
    result = told(capsys, AVOCADO, "--epochs", "4", "-o", out)
    experiment, parameters = file.read(AVOCADO.read_bytes())
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    session = Session(experiment, bound, LearnerState(parameters))
    losses = [session.snapshot().train_loss]
    for _ in range(4):
        session.run_epoch()
        losses.append(session.snapshot().train_loss)
    assert result["loss"]["train"] == losses
    saved, values = file.read(out.read_bytes())
    assert saved == experiment
    assert values == session.state.parameters
    assert json.loads(out.read_bytes())["network"] == result["network"]


def test_a_run_is_repeated_to_the_bit_and_another_seed_shuffles_otherwise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = told(capsys, AVOCADO, "--epochs", "3", "--seed", "5")
    again = told(capsys, AVOCADO, "--epochs", "3", "--seed", "5")
    other = told(capsys, AVOCADO, "--epochs", "3", "--seed", "6")
    assert first["loss"] == again["loss"]
    assert first["loss"]["train"][0] == other["loss"]["train"][0]
    assert first["loss"]["train"][1:] != other["loss"]["train"][1:]


def test_no_epoch_leaves_the_network_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    result = told(capsys, AVOCADO, "--epochs", "0")
    assert (result["epochs"], result["stopped"], len(result["loss"]["train"])) == (0, "epochs", 1)
    assert result["network"] == json.loads(file.write(*file.read(AVOCADO.read_bytes())))["network"]


def test_epochs_are_a_hundred_or_what_the_file_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert told(capsys, AVOCADO)["epochs"] == 100
    path = changed(tmp_path, stop={"epochs": 7, "loss": None})
    assert told(capsys, path)["epochs"] == 7
    assert told(capsys, path, "--epochs", "9")["epochs"] == 9


def test_divergence_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = json.loads(AVOCADO.read_bytes())
    content["learning"].update(loss="squared", optimizer="sgd", learning_rate=1e9)
    for node in content["network"]["nodes"]:
        if node["role"] != "input":
            node["activation"] = "linear"
    path = tmp_path / "wild.playground"
    path.write_text(json.dumps(content))
    result = told(capsys, path, "--epochs", "50")
    assert result["stopped"] == "diverged"
    assert result["epochs"] < 50


def test_a_penalty_is_reported_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = changed(tmp_path, regularization="l2", regularization_rate=0.5)
    result = told(capsys, path, "--epochs", "0")
    weights = [edge["weight"] for edge in result["network"]["edges"]]
    assert math.isclose(result["penalty"], 0.25 * sum(w * w for w in weights), rel_tol=1e-12)


def test_no_test_rows_and_no_accuracy_are_null(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = {
        "format": "neural-playground",
        "version": 1,
        "network": {
            "nodes": [{"id": 1, "role": "input", "feature": "x"}, {"id": 2, "role": "output"}],
            "edges": [{"source": 1, "target": 2, "weight": 0.1}],
        },
        "data": {
            "table": {"columns": ["x", "y"], "rows": [[0, 0.3], [1, 2.1], [2, 3.7]]},
            "targets": ["y"],
            "test_share": 0.0,
        },
    }
    path = tmp_path / "line.playground"
    path.write_text(json.dumps(content))
    result = told(capsys, path, "--epochs", "2")
    assert result["loss"]["test"] is None
    assert result["accuracy"] is None


def test_people_read_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = here(capsys, "train", AVOCADO, "--epochs", "3")
    assert outcome.code == 0
    assert "3 epochs" in outcome.out
    assert "Loss on test rows" in outcome.out


def test_an_old_file_stays_when_training_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.playground"
    out.write_bytes(b"old")
    path = changed(tmp_path, learning_rate=-1)
    assert here(capsys, "train", path, "-o", out).code == 2
    assert out.read_bytes() == b"old"


@pytest.mark.parametrize("kernel", ["numba", "numba-parallel"])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-9), ("float32", 1e-3)])
def test_a_compiled_kernel_learns_as_numpy_does(
    capsys: pytest.CaptureFixture[str], kernel: str, dtype: str, tolerance: float
) -> None:
    ours = told(capsys, AVOCADO, "--epochs", "20", "--kernel", kernel, "--dtype", dtype)
    oracle = told(capsys, AVOCADO, "--epochs", "20")
    assert (ours["kernel"], ours["dtype"]) == (kernel, dtype)
    assert (oracle["kernel"], oracle["dtype"]) == ("numpy", "float64")
    assert len(ours["loss"]["train"]) == 21
    for name in ("train", "test"):
        assert ours["loss"][name] == pytest.approx(oracle["loss"][name], rel=tolerance)
        assert ours["accuracy"][name][0] == oracle["accuracy"][name][0]


def test_the_files_kernel_is_used_and_another_one_is_kept_in_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path, out = changed(tmp_path, kernel="numba", dtype="float32"), tmp_path / "out.playground"
    result = told(capsys, path, "--epochs", "2", "-o", out)
    assert (result["kernel"], result["dtype"]) == ("numba", "float32")
    assert json.loads(out.read_bytes())["learning"]["kernel"] == "numba"
    result = told(capsys, path, "--epochs", "2", "--kernel", "numpy", "-o", out)
    assert (result["kernel"], result["dtype"]) == ("numpy", "float64")
    assert "kernel" not in json.loads(out.read_bytes())["learning"]


def test_what_cannot_train_here_is_refused_with_the_reason(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = here(capsys, "train", AVOCADO, "--dtype", "float32")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "NumPy trains in float64 here; for float32 choose one of the other kernels.\n"
    monkeypatch.setattr(gpu, "why_not", lambda: Reason("No GPU was found."))
    outcome = here(capsys, "train", AVOCADO, "--kernel", "gpu")
    assert (outcome.code, outcome.err) == (2, "No GPU was found.\n")
    monkeypatch.setattr(kernel_choice, "find_spec", lambda _name: None)
    outcome = here(capsys, "train", AVOCADO, "--kernel", "numba")
    assert (outcome.code, outcome.err) == (2, "Numba is not installed.\n")


@pytest.mark.parametrize("kernel", ["numpy", "numba"])
def test_schedule_and_dropout_of_the_file_are_followed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kernel: str
) -> None:
    schedule = {"kind": "cosine", "epochs": 10, "least": 0.5}
    path = changed(tmp_path, schedule=schedule, dropout=0.2, learning_rate=0.04)
    plain = told(capsys, AVOCADO, "--epochs", "10", "--kernel", kernel)
    ours = told(capsys, path, "--epochs", "10", "--kernel", kernel)
    assert ours["loss"]["train"][0] == plain["loss"]["train"][0]
    assert ours["loss"]["train"][1:] != plain["loss"]["train"][1:]
    outcome = here(capsys, "train", path, "--epochs", "10", "--kernel", kernel)
    assert "Learning rate: 0.04 before, 0.02 after." in outcome.out
    kept = tmp_path / "kept.playground"
    told(capsys, path, "--epochs", "1", "-o", kept)
    learning = json.loads(kept.read_bytes())["learning"]
    assert (learning["schedule"], learning["dropout"]) == (schedule, 0.2)


def test_a_dropout_of_all_nodes_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    outcome = here(capsys, "train", changed(tmp_path, dropout=1))
    assert outcome.code == 2
    assert "learning.dropout" in outcome.err

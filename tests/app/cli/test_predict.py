"""`playground predict`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from playground.engine.binding import input_values
from playground.engine.datasets import make_dataset
from playground.engine.trace import trace_values
from playground.model import file
from playground.model.trace import LearnerState
from resources import example_path
from tests.app.cli.runs import here

AVOCADO = example_path("avocado")


def rows() -> tuple[list[str], list[list[float]]]:
    experiment, _ = file.read(AVOCADO.read_bytes())
    assert experiment.data is not None
    dataset = make_dataset(experiment.data)
    names = [column.name for column in dataset.table.columns]
    cells = dataset.table.cells[:5]
    keep = [names.index(name) for name in dataset.feature_names]
    return [names[index] for index in keep], cells[:, keep].tolist()


def table(path: Path) -> Path:
    names, cells = rows()
    with path.open("w", newline="", encoding="utf-8") as device:
        writer = csv.writer(device)
        writer.writerow(names)
        writer.writerows(cells)
    return path


def test_answers_are_those_of_a_pass(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path, out = table(tmp_path / "new.csv"), tmp_path / "out.csv"
    outcome = here(capsys, "predict", AVOCADO, path)
    assert outcome.code == 0
    told = list(csv.reader(io.StringIO(outcome.out)))
    experiment, parameters = file.read(AVOCADO.read_bytes())
    assert experiment.data is not None
    dataset = make_dataset(experiment.data)
    names, cells = rows()
    full = np.zeros((len(cells), len(dataset.table.columns)))
    for index, name in enumerate(names):
        column = [column.name for column in dataset.table.columns].index(name)
        full[:, column] = np.array(cells)[:, index]
    inputs = input_values(experiment.network, dataset, full)
    expected = trace_values(experiment, LearnerState(parameters), inputs).probabilities[:, -1]
    assert len(told) == 6
    assert told[0][: len(names)] == names
    assert [float(row[-1]) for row in told[1:]] == pytest.approx(expected.tolist(), rel=1e-12)
    classes = dataset.table.columns[-1].classes
    assert [row[-2] for row in told[1:]] == [classes[int(answer > 0.5)] for answer in expected]
    assert here(capsys, "predict", AVOCADO, path, "-o", out).code == 0
    assert out.read_bytes().decode().replace("\r\n", "\n") == outcome.out


def test_a_table_that_lacks_a_column_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    outcome = here(capsys, "predict", AVOCADO, path, "-o", tmp_path / "out.csv")
    assert outcome.code == 2
    assert rows()[0][0] in outcome.err
    assert not (tmp_path / "out.csv").exists()

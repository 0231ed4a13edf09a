"""`playground explain`: the same text as in the window, for any example and level."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.trace import trace
from playground.model import file
from playground.model.keys import LEVELS, Level
from playground.model.trace import LearnerState
from playground.share.markdown import explain
from resources import example_path
from tests.app.cli.runs import here, in_process

AVOCADO = example_path("avocado")


@pytest.mark.parametrize("level", LEVELS)
def test_it_tells_the_pass_of_the_example(level: Level, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = here(capsys, "explain", AVOCADO, "--example", "3", "--level", level)
    assert (outcome.code, outcome.err) == (0, "")
    experiment, parameters = file.read(AVOCADO.read_bytes())
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    state = LearnerState(parameters)
    expected = explain(trace(experiment, state, bound, [2]), level, state)
    assert outcome.out.rstrip() == expected.rstrip()


def test_a_process_needs_no_display(tmp_path: Path) -> None:
    outcome = in_process("explain", AVOCADO, folder=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("# ")


def test_a_network_without_data_has_one_example(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = json.loads(AVOCADO.read_bytes())
    del content["data"]
    path = tmp_path / "bare.playground"
    path.write_text(json.dumps(content))
    outcome = here(capsys, "explain", path)
    assert (outcome.code, outcome.err) == (0, "")
    assert "0.5" in outcome.out
    assert here(capsys, "explain", path, "--example", "2").code == 2

"""ONNX models answer as the window does, by the library's own evaluator."""

from __future__ import annotations

import sys

import numpy as np
import onnx
import onnx.reference
import pytest

from playground.engine.binding import InputMap
from playground.engine.metrics import in_units
from playground.engine.trace import trace_values
from playground.model.errors import DataError, FileError
from playground.model.experiment import Experiment
from playground.model.network import Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState
from playground.share.onnx_files.writing import as_onnx
from tests.share.code.programs import drawn


@pytest.mark.parametrize("seed", range(40))
def test_models_answer_as_the_window_does(seed: int) -> None:
    experiment, parameters, dataset = drawn(seed)
    model = onnx.load_from_string(as_onnx(experiment, parameters, dataset))
    inputs = InputMap.of(experiment.network, dataset)
    read = np.stack(
        [
            np.zeros(len(dataset.table.cells)) if one is None else one.values(dataset, dataset.table.cells)
            for one in inputs.readings
        ],
        axis=1,
    )
    (found,) = np.asarray(onnx.reference.ReferenceEvaluator(model).run(None, {"inputs": read}))
    done = trace_values(experiment, LearnerState(parameters), inputs.values(dataset.table.cells))
    expected = in_units(experiment.network, dataset, done.probabilities)
    # ONNX keeps the slope of a leaky ReLU in float32.
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)
    (described,) = model.graph.output
    assert described.doc_string.count(",") == len(experiment.network.outputs) - 1


def test_a_network_without_an_output_is_refused() -> None:
    experiment = Experiment(Network.build([Node(1, "input")]))
    with pytest.raises(DataError, match="no output"):
        as_onnx(experiment, Parameters(np.zeros(0), np.zeros(1)), None)


def test_a_missing_library_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx.helper", None)
    with pytest.raises(FileError, match="extra “onnx”"):
        as_onnx(*drawn(0))

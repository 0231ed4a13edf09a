"""Exported programs run, check themselves, and answer as the window does."""

from __future__ import annotations

import ast
import json

import numpy as np
import pytest

from playground.engine.binding import InputMap
from playground.engine.metrics import in_units
from playground.engine.trace import trace_values
from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import Experiment, Learning
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters
from playground.model.trace import LearnerState
from playground.share.code.languages import LANGUAGES, as_code
from playground.share.code.recipe import CHECKED_ROWS, TOLERANCE
from tests.share.code.programs import drawn, run_exported
from tests.strategies import dense_network

SEEDS = range(24)


def shown(experiment: Experiment, parameters: Parameters, dataset: Dataset) -> Floats:
    """What the window shows for the rows that are checked: the oracle's answers in the table's units."""
    rows = np.concatenate([dataset.train, dataset.test])[:CHECKED_ROWS]
    inputs = InputMap.of(experiment.network, dataset).values(dataset.table.cells[rows])
    done = trace_values(experiment, LearnerState(parameters), inputs)
    return in_units(experiment.network, dataset, done.probabilities)


@pytest.mark.parametrize("language", ["python", "numpy", "keras"])
def test_programs_answer_as_the_window_does(language: str) -> None:
    cases = [drawn(seed) for seed in SEEDS]
    found = run_exported([as_code(language, *case) for case in cases], keras=language == "keras")
    assert len(found) == len(cases)
    for case, answers in zip(cases, found, strict=True):
        np.testing.assert_allclose(answers, shown(*case), rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize("language", ["python", "numpy"])
def test_the_check_notices_a_changed_weight(language: str) -> None:
    network = dense_network((2, 3, 1), "tanh", "linear")
    weights = np.linspace(0.5, 1.5, len(network.edges))
    source = as_code(language, Experiment(network), Parameters(weights, np.full(6, 0.25)), None)
    assert run_exported([source])
    assert source.count("0.7") >= 1
    with pytest.raises(AssertionError):
        run_exported([source.replace("0.7", "0.9", 1)])


def test_the_notebook_holds_the_numpy_program() -> None:
    case = drawn(3)
    document = json.loads(as_code("notebook", *case))
    assert document["nbformat"] == 4
    code = ["".join(cell["source"]) for cell in document["cells"] if cell["cell_type"] == "code"]
    (answers,) = run_exported(["\n\n".join(code)])
    np.testing.assert_allclose(answers, shown(*case), rtol=TOLERANCE, atol=TOLERANCE)
    assert len({cell["id"] for cell in document["cells"]}) == len(document["cells"])


@pytest.mark.parametrize("seed", SEEDS)
def test_pytorch_has_a_layer_for_each_stage(seed: int) -> None:
    """PyTorch itself is large: its program runs where the benchmarks have it; here its shape is read."""
    experiment, parameters, dataset = drawn(seed)
    tree = ast.parse(as_code("pytorch", experiment, parameters, dataset))
    layers = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "linear"
    ]
    weights = [value for call in layers for value in np.ravel(ast.literal_eval(call.args[0])).tolist()]
    biases = [value for call in layers for value in ast.literal_eval(call.args[1])]
    network = experiment.network
    expected = parameters.edge_weights(network)
    assert sorted(value for value in weights if value) == sorted(expected[expected != 0].tolist())
    computed = [network.node_index[node.id] for node in network.nodes.values() if node.role != "input"]
    assert sorted(biases) == sorted(parameters.biases[computed].tolist())
    assert {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} >= {"predict", "check"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_stay_text(language: str) -> None:
    label = 'x"""\\\nimport os; os.abort() # {evil}'
    network = Network.build([Node(1, "input", label=label), Node(2, "output", label=label)], [Edge(1, 2, 1)])
    source = as_code(language, Experiment(network), Parameters(np.ones(1), np.zeros(2)), None)
    if language == "notebook":
        cells = json.loads(source)["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    names = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert names <= {"math", "numpy", "torch", "keras"}


def test_a_network_without_an_output_is_refused() -> None:
    network = Network.build([Node(1, "input")])
    with pytest.raises(DataError, match="no output"):
        as_code(
            "python", Experiment(network, learning=Learning()), Parameters(np.zeros(0), np.zeros(1)), None
        )

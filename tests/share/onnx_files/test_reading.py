"""ONNX models become networks that answer alike, or are refused with a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnx.reference
import pytest
from onnx import helper, numpy_helper

from playground.engine.trace import trace_values
from playground.model import file
from playground.model.errors import FileError
from playground.model.experiment import Experiment
from playground.model.parameters import Floats
from playground.model.trace import LearnerState
from playground.share.onnx_files.reading import from_onnx
from playground.share.onnx_files.writing import as_onnx
from tests.share.code.programs import drawn
from tests.strategies import random_case


def model(
    nodes: list[Any],
    constants: dict[str, Floats],
    width: int = 3,
    results: int = 2,
    inputs: tuple[str, ...] = ("x",),
) -> bytes:
    """A float32 model of these operators from `x` to `y`."""
    tensors = [numpy_helper.from_array(np.asarray(v), name) for name, v in constants.items()]
    kind = onnx.TensorProto.FLOAT
    read = [helper.make_tensor_value_info(name, kind, [None, width]) for name in inputs]
    said = [helper.make_tensor_value_info("y", kind, [None, results])]
    graph = helper.make_graph(nodes, "made", read, said, tensors)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    data: bytes = made.SerializeToString()
    return data


def answers(data: bytes, rows: Floats) -> Floats:
    """What the network that comes of a model answers."""
    experiment, parameters = from_onnx(data)
    file.read(file.write(experiment, parameters))  # it is a network that can be saved
    return trace_values(experiment, LearnerState(parameters), rows).probabilities


def expected(data: bytes, rows: Floats) -> Floats:
    """What the model answers, by the library's evaluator."""
    evaluator = onnx.reference.ReferenceEvaluator(onnx.load_from_string(data))
    (found,) = np.asarray(evaluator.run(None, {"x": rows.astype(np.float32)}))
    return np.asarray(found, np.float64)


def dense(rng: np.random.Generator, *shape: int) -> Floats:
    return rng.normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("seed", range(30))
def test_a_network_comes_back(seed: int) -> None:
    case = random_case(np.random.default_rng(seed))
    experiment = Experiment(case.network, learning=case.experiment.learning)
    found = answers(as_onnx(experiment, case.parameters, None), case.inputs)
    done = trace_values(experiment, LearnerState(case.parameters), case.inputs)
    np.testing.assert_allclose(found, done.probabilities, rtol=1e-6, atol=1e-6)


def test_scaling_and_units_become_weights() -> None:
    experiment, parameters, dataset = next(
        case
        for case in map(drawn, range(100))
        if case[0].learning.loss == "squared" and case[2].scale.max() > 1
    )
    data = as_onnx(experiment, parameters, dataset)
    rows = np.random.default_rng(1).normal(size=(6, len(experiment.network.inputs)))
    evaluator = onnx.reference.ReferenceEvaluator(onnx.load_from_string(data))
    (wanted,) = np.asarray(evaluator.run(None, {"inputs": rows}))
    np.testing.assert_allclose(answers(data, rows), wanted, rtol=1e-6, atol=1e-6)


def test_layers_as_other_programs_write_them() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(5, 3))
    data = model(
        [
            helper.make_node("Sub", ["x", "mean"], ["c"]),
            helper.make_node("Div", ["c", "deviation"], ["s"]),
            helper.make_node("MatMul", ["s", "w1"], ["m1"]),
            helper.make_node("Add", ["b1", "m1"], ["z1"]),
            helper.make_node("Relu", ["z1"], ["a1"]),
            helper.make_node("Dropout", ["a1"], ["d1"]),
            helper.make_node("Gemm", ["d1", "w2", "b2"], ["z2"], transB=1, alpha=0.5, beta=2.0),
            helper.make_node("LeakyRelu", ["z2"], ["a2"]),
            helper.make_node("Concat", ["a2", "x"], ["both"], axis=-1),
            helper.make_node("Gemm", ["both", "w3"], ["z3"]),
            helper.make_node("Softmax", ["z3"], ["p"]),
            helper.make_node("Identity", ["p"], ["y"]),
        ],
        {
            "mean": dense(rng, 3),
            "deviation": np.float32(2.0) + np.abs(dense(rng, 3)),
            "w1": dense(rng, 3, 4),
            "b1": dense(rng, 4),
            "w2": dense(rng, 5, 4),
            "b2": dense(rng, 5),
            "w3": dense(rng, 8, 2),
        },
    )
    np.testing.assert_allclose(answers(data, rows), expected(data, rows), rtol=1e-5, atol=1e-6)
    experiment, _ = from_onnx(data)
    assert experiment.learning.loss == "softmax_cross_entropy"
    assert len(experiment.network.inputs) == 3


def test_a_sum_of_two_layers_and_outputs_that_feed_others() -> None:
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(5, 3))
    data = model(
        [
            helper.make_node("MatMul", ["x", "w1"], ["m1"]),
            helper.make_node("Tanh", ["m1"], ["a1"]),
            helper.make_node("MatMul", ["a1", "w2"], ["m2"]),
            helper.make_node("Add", ["m2", "m1"], ["z"]),
            helper.make_node("Sin", ["z"], ["s"]),
            helper.make_node("Mul", ["s", "two"], ["t"]),
            helper.make_node("Concat", ["t", "a1"], ["all"], axis=1),
            helper.make_node("Gather", ["all", "places"], ["y"], axis=1),
        ],
        {
            "w1": dense(rng, 3, 2),
            "w2": dense(rng, 2, 2),
            "two": np.full(1, 2, np.float32),
            "places": np.array([2, 0]),
        },
    )
    np.testing.assert_allclose(answers(data, rows), expected(data, rows), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("nodes", "constants", "named"),
    [
        ([helper.make_node("Exp", ["x"], ["y"])], {}, "Exp"),
        ([helper.make_node("LeakyRelu", ["x"], ["y"], alpha=0.2)], {}, "LeakyRelu"),
        (
            [helper.make_node("Softmax", ["x"], ["p"]), helper.make_node("Tanh", ["p"], ["y"])],
            {},
            "Softmax",
        ),
        ([helper.make_node("Mul", ["x", "x"], ["y"])], {}, "Mul"),
        ([helper.make_node("Gemm", ["x", "w"], ["y"])], {"w": np.ones((4, 2), np.float32)}, "Gemm"),
        (
            [helper.make_node("MatMul", ["x", "w"], ["y"])],
            {"w": np.full((3, 2), np.nan)},
            "MatMul",
        ),
        ([helper.make_node("Div", ["x", "zero"], ["y"])], {"zero": np.float32(0)}, "Div"),
    ],
)
def test_what_cannot_be_drawn_is_named(nodes: list[Any], constants: dict[str, Any], named: str) -> None:
    with pytest.raises(FileError, match=f"The model uses {named} in a way"):
        from_onnx(model(nodes, constants))


def test_other_shapes_of_models_are_refused() -> None:
    add = helper.make_node("Add", ["x", "other"], ["y"])
    with pytest.raises(FileError, match="one input and one output"):
        from_onnx(model([add], {}, inputs=("x", "other")))
    with pytest.raises(FileError, match="no ONNX model"):
        from_onnx(b"neither this nor that")


def test_too_large_a_model_is_refused() -> None:
    wide = helper.make_node("MatMul", ["x", "w"], ["y"])
    with pytest.raises(FileError, match="too large to draw"):
        from_onnx(model([wide], {"w": np.ones((500, 500), np.float32)}, width=500, results=500))


def test_damaged_files_are_refused_or_right() -> None:
    rng = np.random.default_rng(5)
    whole = as_onnx(*drawn(1)[:2], None)
    refused = 0
    for _ in range(150):
        damaged = bytearray(whole)
        for place in rng.integers(0, len(damaged), 3):
            damaged[place] = rng.integers(256)
        try:
            from_onnx(bytes(damaged))
        except FileError:
            refused += 1
    assert refused > 0

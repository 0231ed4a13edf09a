"""A network as an ONNX model: one Gemm and one activation for each stage, float64."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.model.dataset import Dataset
from playground.model.experiment import Experiment
from playground.model.keys import Activation
from playground.model.parameters import Floats, Parameters
from playground.share.code.recipe import Recipe, recipe
from playground.share.onnx_files.library import load

OPERATORS: dict[Activation, tuple[str, dict[str, float]]] = {
    "linear": ("Identity", {}),
    "sigmoid": ("Sigmoid", {}),
    "tanh": ("Tanh", {}),
    "relu": ("Relu", {}),
    "leaky_relu": ("LeakyRelu", {"alpha": 0.01}),
    "softplus": ("Softplus", {}),
    "sine": ("Sin", {}),
}
"""ONNX's names for the activations, and their settings."""

OPSET = 18
IR_VERSION = 9
"""Versions that programs of the last years read: operators of 2022, their file of 2023."""

INPUTS, ANSWERS = "inputs", "answers"
"""Names of the model's only input and output: (rows, inputs) and (rows, outputs)."""


def as_onnx(experiment: Experiment, parameters: Parameters, dataset: Dataset | None) -> bytes:
    """Return the network as an ONNX model that takes what the input nodes read before it is scaled.

    The scaling, the softmax where the loss asks for it, and the units of the answers are part of the model;
    formulas of columns are not: their value is the input. Raises FileError without the library onnx, and
    DataError as `recipe` does.
    """
    helper = load("onnx.helper")
    graph = _Graph(recipe(experiment, parameters, dataset), helper)
    model = helper.make_model(
        graph.finished(),
        producer_name="Neural Playground",
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    load("onnx.checker").check_model(model, full_check=True)
    data: bytes = model.SerializeToString()
    return data


class _Graph:
    """The model's graph while it is put together: its operators and constants so far."""

    def __init__(self, steps: Recipe, helper: Any) -> None:
        self._steps, self._helper = steps, helper
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def finished(self) -> Any:
        """Return the graph of all stages."""
        steps = self._steps
        layers = [self._scaled()]
        for place, stage in enumerate(steps.stages, start=1):
            sums = f"sums_{place}"
            if stage.sources:
                before = self._side_by_side([layers[source] for source in stage.sources], f"before_{place}")
                weights = self._constant(f"weights_{place}", stage.weights)
                self._add("Gemm", [before, weights, self._constant(f"biases_{place}", stage.biases)], sums)
            else:
                # Nothing runs in: the biases alone, once for every row.
                zeros = self._constant(f"weights_{place}", np.zeros((len(steps.inputs), len(stage.nodes))))
                biases = self._constant(f"biases_{place}", stage.biases)
                self._add("Gemm", [layers[0], zeros, biases], sums)
            operator, settings = OPERATORS[stage.activation]
            layers.append(self._add(operator, [sums], f"layer_{place}", **settings))
        self._answers(layers)
        rows = [None, len(steps.inputs)], [None, len(steps.answers)]
        kind = self._helper.np_dtype_to_tensor_dtype(np.dtype(np.float64))
        described = (
            self._helper.make_tensor_value_info(name, kind, shape)
            for name, shape in zip((INPUTS, ANSWERS), rows, strict=True)
        )
        inputs, answers = described
        labels = ", ".join(read.label for read in steps.reads), ", ".join(a.label for a in steps.answers)
        inputs.doc_string, answers.doc_string = labels
        return self._helper.make_graph(self._nodes, "network", [inputs], [answers], self._constants)

    def _scaled(self) -> str:
        reads = self._steps.reads
        offsets, scales = np.array([read.offset for read in reads]), np.array([read.scale for read in reads])
        if not offsets.any() and (scales == 1).all():
            return INPUTS
        centred = self._add("Sub", [INPUTS, self._constant("offsets", offsets)], "centred")
        return self._add("Div", [centred, self._constant("scales", scales)], "layer_0")

    def _answers(self, layers: list[str]) -> None:
        steps = self._steps
        stages = sorted({stage for stage, _ in steps.picks})
        widths = [len(steps.inputs), *(len(stage.nodes) for stage in steps.stages)]
        starts = dict(
            zip(stages, np.cumsum([0, *(widths[stage] for stage in stages)]).tolist(), strict=False)
        )
        together = self._side_by_side([layers[stage] for stage in stages], "computed")
        columns = np.array([starts[stage] + column for stage, column in steps.picks], np.int64)
        offsets = np.array([answer.offset for answer in steps.answers])
        scales = np.array([answer.scale for answer in steps.answers])
        name = self._add("Gather", [together, self._constant("columns", columns)], "picked", axis=1)
        if steps.is_softmax:
            name = self._add("Softmax", [name], "shares", axis=1)
        if offsets.any() or (scales != 1).any():
            name = self._add("Mul", [name, self._constant("unit", scales)], "stretched")
            name = self._add("Add", [name, self._constant("zero", offsets)], "in_units")
        self._add("Identity", [name], ANSWERS)

    def _side_by_side(self, names: list[str], output: str) -> str:
        return names[0] if len(names) == 1 else self._add("Concat", names, output, axis=1)

    def _add(self, operator: str, inputs: list[str], output: str, **settings: float) -> str:
        self._nodes.append(self._helper.make_node(operator, inputs, [output], **settings))
        return output

    def _constant(self, name: str, values: Floats | np.ndarray[Any, np.dtype[np.int64]]) -> str:
        self._constants.append(load("onnx.numpy_helper").from_array(np.ascontiguousarray(values), name))
        return name

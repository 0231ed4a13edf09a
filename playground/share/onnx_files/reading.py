"""An ONNX model of dense layers as a network to draw, checked against the library's own evaluator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from playground.engine.trace import trace_values
from playground.model.errors import FileError
from playground.model.experiment import Experiment, Learning
from playground.model.keys import Activation
from playground.model.layout import tidy
from playground.model.message import Message, message
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters
from playground.model.trace import LearnerState
from playground.share.onnx_files.columns import Columns, Draft, scaled, shifted, spread
from playground.share.onnx_files.library import load

ACTIVATIONS: Mapping[str, Activation] = {
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Relu": "relu",
    "Softplus": "softplus",
    "Sin": "sine",
}
"""The operators that are activations of ours; a LeakyRelu is one where its slope is 0.01."""

PASSING = frozenset({"Identity", "Dropout", "Cast", "Flatten"})
"""Operators that change nothing here."""

CHECKED_ROWS = 8
TOLERANCE = 1e-4
"""How far the drawn network may be from the model, which may compute in float32."""

MAX_BYTES = 256 << 20


def from_onnx(data: bytes) -> tuple[Experiment, Parameters]:
    """Return the network of an ONNX model with its weights, laid out, without data.

    Dense layers and our activations can be read, in any acyclic wiring; a softmax at the end becomes the
    loss that goes with it. Raises FileError where the model holds anything else, is damaged, or answers
    otherwise than the network that came of it.
    """
    onnx = load()
    if len(data) > MAX_BYTES:
        raise FileError(message("The file is larger than {limit} MiB.", limit=MAX_BYTES >> 20))
    try:
        model = onnx.load_from_string(data)
        load("onnx.checker").check_model(model)
    except Exception as error:
        raise FileError(message("This is no ONNX model, or a damaged one.")) from error
    reader = _Reader(model)
    experiment, parameters = reader.network()
    _ensure_same(model, experiment, parameters)
    return experiment, parameters


class _Reader:
    """Follows a model's operators in their order."""

    def __init__(self, model: Any) -> None:
        graph = model.graph
        to_array = load("onnx.numpy_helper").to_array
        self._graph = graph
        self._constants: dict[str, Floats] = {
            tensor.name: np.asarray(to_array(tensor)) for tensor in graph.initializer
        }
        self._to_array = to_array
        inputs = [value for value in graph.input if value.name not in self._constants]
        if len(inputs) != 1 or len(graph.output) != 1:
            raise FileError(message("The model must have one input and one output."))
        sizes = [size.dim_value for size in inputs[0].type.tensor_type.shape.dim]
        if len(sizes) != 2 or sizes[1] < 1:
            raise FileError(
                message("The model's input must be a table: rows, and a fixed number of columns.")
            )
        self._draft = Draft(sizes[1])
        self._columns: dict[str, Columns] = {inputs[0].name: self._draft.inputs()}
        self._softmax: str | None = None

    def network(self) -> tuple[Experiment, Parameters]:
        """Return what the operators make."""
        for operator in self._graph.node:
            self._follow(operator)
        name = self._graph.output[0].name
        if name not in self._columns:
            raise FileError(message("The model's output does not depend on its input."))
        if self._softmax is not None and self._softmax != name:
            raise _unknown("Softmax")
        return self._drawn(self._columns[name])

    def _follow(self, operator: Any) -> None:
        kind, inputs = operator.op_type, list(operator.input)
        settings = {item.name: load("onnx.helper").get_attribute_value(item) for item in operator.attribute}
        if kind == "Constant" and "value" in settings:
            self._constants[operator.output[0]] = np.asarray(self._to_array(settings["value"]))
            return
        if operator.domain not in {"", "ai.onnx"}:
            raise _unknown(kind)
        if self._softmax is not None and self._softmax in inputs and kind != "Identity":
            raise _unknown("Softmax")
        known = [self._columns[name] for name in inputs if name in self._columns]
        if kind in PASSING and known:
            found = known[0]
        elif kind in ACTIVATIONS:
            found = self._activated(known[0], ACTIVATIONS[kind])
        elif kind == "LeakyRelu" and abs(settings.get("alpha", 0.01) - 0.01) < 1e-6:
            found = self._activated(known[0], "leaky_relu")
        elif kind in _OPERATIONS:
            found = _OPERATIONS[kind](self, inputs, settings)
        elif kind == "Softmax" and settings.get("axis", -1) in {1, -1}:
            found = known[0]
            self._softmax = operator.output[0]
        else:
            raise _unknown(kind)
        if kind == "Identity" and self._softmax is not None and self._softmax in inputs:
            self._softmax = operator.output[0]
        self._columns[operator.output[0]] = found

    def _activated(self, columns: Columns, activation: Activation) -> Columns:
        return tuple(self._draft.node(column, activation) for column in columns)

    def _gemm(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        weights = self._matrix("Gemm", inputs[1])
        if settings.get("transA", 0) or inputs[0] not in self._columns:
            raise _unknown("Gemm")
        weights = settings.get("alpha", 1.0) * (weights.T if settings.get("transB", 0) else weights)
        biases = np.zeros(weights.shape[1])
        if len(inputs) > 2 and inputs[2]:
            held = spread(self._constant("Gemm", inputs[2]), weights.shape[1])
            if held is None:
                raise _unknown("Gemm")
            biases = settings.get("beta", 1.0) * np.array(held)
        return self._product("Gemm", self._columns[inputs[0]], weights, biases)

    def _matmul(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        weights = self._matrix("MatMul", inputs[1])
        if inputs[0] not in self._columns:
            raise _unknown("MatMul")
        return self._product("MatMul", self._columns[inputs[0]], weights, np.zeros(weights.shape[1]))

    def _product(self, kind: str, columns: Columns, weights: Floats, biases: Floats) -> Columns:
        if weights.shape[0] != len(columns):
            raise _unknown(kind)
        return self._draft.product(columns, weights, biases)

    def _add(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        left, right = inputs
        if left in self._columns and right in self._columns:
            if len(self._columns[left]) != len(self._columns[right]):
                raise _unknown("Add")
            return self._draft.added(self._columns[left], self._columns[right])
        columns, numbers = self._with_constant("Add", left, right)
        return shifted(columns, numbers)

    def _subtract(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        columns, numbers = self._with_constant("Sub", *inputs)
        if inputs[0] in self._columns:
            return shifted(columns, [-number for number in numbers])
        return shifted(scaled(columns, [-1.0] * len(columns)), numbers)

    def _multiply(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        return scaled(*self._with_constant("Mul", *inputs))

    def _divide(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        columns, numbers = self._with_constant("Div", *inputs)
        if inputs[0] not in self._columns or 0.0 in numbers:
            raise _unknown("Div")
        return scaled(columns, [1.0 / number for number in numbers])

    def _concat(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        if settings.get("axis") not in {1, -1} or any(name not in self._columns for name in inputs):
            raise _unknown("Concat")
        return tuple(column for name in inputs for column in self._columns[name])

    def _gather(self, inputs: list[str], settings: Mapping[str, Any]) -> Columns:
        places = self._constant("Gather", inputs[1]).ravel().astype(np.int64).tolist()
        if settings.get("axis", 0) not in {1, -1} or inputs[0] not in self._columns:
            raise _unknown("Gather")
        columns = self._columns[inputs[0]]
        if any(not -len(columns) <= place < len(columns) for place in places):
            raise _unknown("Gather")
        return tuple(columns[place] for place in places)

    def _constant(self, kind: str, name: str) -> Floats:
        if name not in self._constants:
            raise _unknown(kind)
        return self._constants[name]

    def _matrix(self, kind: str, name: str) -> Floats:
        values = np.asarray(self._constant(kind, name), np.float64)
        if values.ndim != 2 or not np.isfinite(values).all():
            raise _unknown(kind)
        return values

    def _with_constant(self, kind: str, left: str, right: str) -> tuple[Columns, list[float]]:
        name, other = (left, right) if left in self._columns else (right, left)
        if name not in self._columns:
            raise _unknown(kind)
        numbers = spread(self._constant(kind, other), len(self._columns[name]))
        if numbers is None or not np.isfinite(numbers).all():
            raise _unknown(kind)
        return self._columns[name], numbers

    def _drawn(self, answers: Columns) -> tuple[Experiment, Parameters]:
        draft = self._draft
        outputs = self._outputs(answers)
        nodes = [Node(node, "input") for node in range(1, draft.n_inputs + 1)]
        edges: list[Edge] = []
        weights: dict[int, float] = {}
        for place, (activation, terms) in enumerate(zip(draft.activations, draft.terms, strict=True)):
            node = draft.n_inputs + place + 1
            nodes.append(Node(node, "output" if node in outputs else "hidden", activation))
            for source, weight in terms.items():
                edges.append(Edge(source, node, len(edges) + 1))
                weights[len(edges)] = weight
        # Outputs stand in the order in which the model gives them.
        order = {node: place for place, node in enumerate(outputs)}
        nodes.sort(key=lambda node: order.get(node.id, -1))
        network = Network.build(nodes, edges)
        places = tidy(network)
        network = Network.build([node.at(*places.get(node.id, (0.0, 0.0))) for node in nodes], edges)
        biases = {draft.n_inputs + place + 1: bias for place, bias in enumerate(draft.biases)}
        parameters = Parameters.of(network, weights, biases)
        learning = Learning()
        if self._softmax is not None:
            learning = replace(learning, loss="softmax_cross_entropy")
        elif all(network.nodes[node].activation == "sigmoid" for node in network.outputs):
            learning = replace(learning, loss="cross_entropy")
        return Experiment(network, learning=learning), parameters

    def _outputs(self, answers: Columns) -> list[int]:
        """Return one node for each answer that nothing else reads, made where there is none."""
        read = {source for terms in self._draft.terms for source in terms}
        found: list[int] = []
        for column in answers:
            node = column.node
            free = node is not None and node > self._draft.n_inputs and node not in read
            if self._softmax is not None and node is not None and free:
                free = self._draft.activations[node - self._draft.n_inputs - 1] == "linear"
            if not free or node in found:
                node = self._draft.node(column, "linear").node
            if node is not None:
                found.append(node)
        return found


_OPERATIONS: Mapping[str, Callable[[_Reader, list[str], Mapping[str, Any]], Columns]] = {
    "Gemm": _Reader._gemm,
    "MatMul": _Reader._matmul,
    "Add": _Reader._add,
    "Sub": _Reader._subtract,
    "Mul": _Reader._multiply,
    "Div": _Reader._divide,
    "Concat": _Reader._concat,
    "Gather": _Reader._gather,
}


def _unknown(kind: str) -> FileError:
    return FileError(
        message(
            "The model uses {operator} in a way that cannot be drawn. Dense layers (Gemm, MatMul, Add) with "
            "sigmoid, tanh, ReLU, leaky ReLU of slope 0.01, softplus, sine and a softmax at the end can be.",
            operator=kind,
        )
    )


def _ensure_same(model: Any, experiment: Experiment, parameters: Parameters) -> None:
    """Compare both on random rows, as far as the model's own type allows."""
    (name,) = [
        value.name
        for value in model.graph.input
        if value.name not in {t.name for t in model.graph.initializer}
    ]
    kind = next(value.type.tensor_type.elem_type for value in model.graph.input if value.name == name)
    dtype = load("onnx.helper").tensor_dtype_to_np_dtype(kind)
    rows = np.random.default_rng(0).normal(size=(CHECKED_ROWS, len(experiment.network.inputs))).astype(dtype)
    try:
        (expected,) = load("onnx.reference").ReferenceEvaluator(model).run(None, {name: rows})
    except Exception as error:
        raise FileError(
            message("The model cannot be evaluated: {reason}.", reason=_first_line(error))
        ) from error
    found = trace_values(experiment, LearnerState(parameters), rows.astype(np.float64)).probabilities
    if not np.allclose(found, expected, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True):
        raise FileError(_different())


def _different() -> Message:
    return message("The network that came of the model answers otherwise than the model, so it is not used.")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__

"""All numbers that a text about a pass may hold, worked out from the trace by plain Python."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np

from playground.model.message import MINUS, Message, parse_number, sentence
from playground.model.narration import Narration
from playground.model.parameters import Floats
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import SLOPE

NUMBER = re.compile(rf"{MINUS}?\d[\d,]*(?:\.\d+)?(?:×10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?")
ARRAYS = (
    *("inputs", "targets", "sums", "activations", "probabilities", "output_losses", "losses"),
    *("dl_da", "dl_dz", "edge_gradients", "weight_gradients", "penalty_gradients", "bias_gradients"),
)
SETTINGS = ("learning_rate", "momentum", "beta1", "beta2", "epsilon", "regularization_rate")


def numbers_of(trace: Trace, state: LearnerState) -> Floats:
    """Return every number of a trace, and those of the arithmetic between them, sorted: (n,)."""
    found = [0.0, 0.01]
    for name in ARRAYS:
        found += np.asarray(getattr(trace, name)).ravel().tolist()
    for parameters in (trace.old, trace.new):
        found += parameters.weights.tolist() + parameters.biases.tolist()
    found += [trace.loss, trace.penalty]
    found += [getattr(trace.experiment.learning, name) for name in SETTINGS]
    found += [1 - trace.experiment.learning.beta1, 1 - trace.experiment.learning.beta2]
    for row in range(trace.n_rows):
        found += _of_row(trace, row)
    for edge in range(len(trace.experiment.network.edges)):
        along = trace.edge_gradients[:, edge].tolist()
        found += [sum(along) / len(along), sum(along[3:])]
    found += _of_update(trace, state)
    return np.sort(np.array([number for number in found if math.isfinite(number)]))


def floats_in(text: Message) -> Iterator[float]:
    """Yield every number with a fraction that a message holds, nested ones too; counts are whole numbers."""
    for value in text.values.values():
        if isinstance(value, Message):
            yield from floats_in(value)
        elif isinstance(value, float):
            yield value


def numbers_in(text: str) -> list[float]:
    """Return the numbers that a reader finds in a text."""
    return [parse_number(found) for found in NUMBER.findall(text)]


def messages_of(told: Narration) -> list[Message]:
    """Return every message of a narration."""
    found = [told.title, *told.sentences]
    for row in told.rows:
        found += [row.label] if row.calculation is None else [row.label, row.calculation]
    return found + [formula.numbers for formula in told.formulas]


def text_of(text: Message) -> str:
    """Return a message as people read it, with its names left out: they may hold numbers of their own."""
    return sentence(_nameless(text))


def literals_of(text: Message) -> set[float]:
    """Return the numbers that stand in the templates themselves, nested ones too, and the counts."""
    found = set(numbers_in(re.sub(r"\{\w+\}", " ", text.template)))
    for value in text.values.values():
        if isinstance(value, Message):
            found |= literals_of(value)
        elif isinstance(value, int):
            found.add(float(value))
    return found


def is_among(number: float, numbers: Floats, tolerance: float) -> bool:
    """Say whether a number is one of these, or the negative of one, within a tolerance."""
    for signed in (number, -number):
        place = int(np.searchsorted(numbers, signed))
        near = numbers[max(0, place - 1) : place + 1]
        if len(near) and np.abs(near - signed).min() <= tolerance:
            return True
    return False


def rounding_of(number: float) -> float:
    """Return how far a shown number of three significant digits may be from the real one."""
    return 0.0 if number == 0 else 0.501 * 10.0 ** (math.floor(math.log10(abs(number))) - 2)


def _nameless(text: Message) -> Message:
    values = {}
    for name, value in text.values.items():
        values[name] = (
            "name" if isinstance(value, str) else _nameless(value) if isinstance(value, Message) else value
        )
    return Message(text.template, values)


def _of_row(trace: Trace, row: int) -> list[float]:
    network, found = trace.experiment.network, []
    for source, target in network.edge_keys:
        weight = trace.old.weight(network, (source, target))
        found.append(weight * float(trace.activations[row, network.node_index[source]]))
        found.append(weight * float(trace.dl_dz[row, network.node_index[target]]))
    for place, node in enumerate(network.nodes.values()):
        found.append(SLOPE[node.activation](float(trace.sums[row, place])))
    found += (trace.probabilities[row] - trace.targets[row]).tolist()
    return found


def _of_update(trace: Trace, state: LearnerState) -> list[float]:
    learning, found = trace.experiment.learning, []
    for kind in ("weights", "biases"):
        old, new = getattr(trace.old, kind), getattr(trace.new, kind)
        gradients = trace.weight_gradients if kind == "weights" else trace.bias_gradients
        found += (new - old).tolist()
        for place, gradient in enumerate(gradients.tolist()):
            memory = [float(getattr(moment, kind)[place]) for moment in state.moments]
            found += memory
            if kind == "weights":
                found.append(gradient - float(trace.penalty_gradients[place]))
            if learning.optimizer == "momentum":
                found.append(learning.momentum * memory[0] + gradient)
            if learning.optimizer == "adam":
                mean = learning.beta1 * memory[0] + (1 - learning.beta1) * gradient
                spread = learning.beta2 * memory[1] + (1 - learning.beta2) * gradient**2
                steps = state.step_count + 1
                found += [mean, spread]
                mean, spread = mean / (1 - learning.beta1**steps), spread / (1 - learning.beta2**steps)
                found += [mean, spread, mean / (math.sqrt(spread) + learning.epsilon)]
    return found

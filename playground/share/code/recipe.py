"""What exported code computes, whatever its language: what is read, the stages, and answers to check by."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from playground.engine.binding import InputMap, Reading
from playground.engine.claims import claims
from playground.engine.metrics import in_units
from playground.engine.trace import trace_values
from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import Column, Experiment
from playground.model.formula import Formula
from playground.model.keys import Activation
from playground.model.message import message, sentence
from playground.model.parameters import Floats, Parameters
from playground.model.trace import LearnerState

CHECKED_ROWS = 5
"""How many rows stand in the code with the answers that it must reproduce."""

TOLERANCE = 1e-6
"""How far an answer of the code may be from the one that the window shows, absolute and relative."""

BY_HAND = 0.5
"""What every input reads in the check where there are no data."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one input node makes of a row: an argument, one class of it, or a formula; then scaled.

    label : what people call the node
    argument : the name of the argument that it reads; empty where it reads a formula, or nothing
    class_text : 1 where the argument is this text, else 0; None for a number
    """

    label: str
    argument: str = ""
    class_text: str | None = None
    formula: Formula | None = None
    offset: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """Nodes that are computed together: one matrix, one vector of biases, one activation.

    nodes : ids, in the order of the columns
    sources : places of earlier stages whose numbers stand side by side in front of the matrix; 0 is the input
    weights : (n_sources, n_nodes), 0 where there is no edge; biases : (n_nodes,)
    """

    nodes: tuple[int, ...]
    sources: tuple[int, ...]
    weights: Floats
    biases: Floats
    activation: Activation

    @property
    def is_full(self) -> bool:
        """Whether every source is joined with every node."""
        return bool((self.weights != 0).all())


@dataclass(frozen=True, slots=True)
class Answer:
    """What one output says: its label, and what brings it back into the units of the table."""

    label: str
    offset: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """A network as steps of computation.

    arguments : what a row consists of, as names that a program can use, with the columns' own names
    labels, names : of every node, by id: what people call it, and the name that a program can use
    stages : in order; the input nodes are stage 0 and not among them
    picks : for each output, the stage and the column where its number stands
    is_softmax : whether the answers are the softmax over the outputs
    checks : rows of arguments, and the answers to them
    """

    arguments: tuple[tuple[str, Column], ...]
    reads: tuple[Read, ...]
    inputs: tuple[int, ...]
    labels: dict[int, str]
    names: dict[int, str]
    stages: tuple[Stage, ...]
    picks: tuple[tuple[int, int], ...]
    is_softmax: bool
    answers: tuple[Answer, ...]
    checks: tuple[tuple[tuple[float | str, ...], tuple[float, ...]], ...]

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activations in use, each once."""
        return tuple(dict.fromkeys(stage.activation for stage in self.stages))


def recipe(experiment: Experiment, parameters: Parameters, dataset: Dataset | None) -> Recipe:
    """Return the recipe of a network with its present values.

    dataset : what its inputs read and what the check is made of; None where there is none
    Raises DataError where there is no output, and as `bind` does.
    """
    network = experiment.network
    if not network.outputs:
        raise DataError(message("There is no output yet, so there is nothing to compute."))
    labels = {node: sentence(name) for node, name in network.names.items()}
    names = dict(zip(labels, identifiers(labels.values()), strict=True))
    stages = tuple(_stages(experiment, parameters))
    places = {
        node: (place, column)
        for place, nodes in enumerate([network.inputs, *(stage.nodes for stage in stages)])
        for column, node in enumerate(nodes)
    }
    if dataset is None:
        arguments = tuple((names[node], Column(labels[node])) for node in network.inputs)
        reads = tuple(Read(labels[node], names[node]) for node in network.inputs)
        answers = tuple(Answer(labels[node]) for node in network.outputs)
    else:
        inputs = InputMap.of(network, dataset)
        arguments = _arguments(dataset, inputs.columns)
        reads = tuple(_reads(inputs, dict(zip(inputs.columns, arguments, strict=True)), labels))
        answers = tuple(_answers(experiment, dataset, labels))
    return Recipe(
        arguments=arguments,
        reads=reads,
        inputs=network.inputs,
        labels=labels,
        names=names,
        stages=stages,
        picks=tuple(places[node] for node in network.outputs),
        is_softmax=experiment.learning.loss == "softmax_cross_entropy",
        answers=answers,
        checks=tuple(_checks(experiment, parameters, dataset)),
    )


def identifiers(labels: Iterable[str]) -> list[str]:
    """Return a name for each label that a program can use: words of letters, digits and _, each once."""
    found: list[str] = []
    for label in labels:
        word = re.sub(r"\W+", "_", label.lower(), flags=re.ASCII).strip("_") or "value"
        if word[0].isdigit() or keyword.iskeyword(word) or keyword.issoftkeyword(word) or word in RESERVED:
            word = f"value_{word}"
        name, number = word, 2
        while name in found:
            name, number = f"{word}_{number}", number + 1
        found.append(name)
    return found


RESERVED = frozenset({"math", "np", "numpy", "torch", "keras", "read", "predict", "self", "row", "rows"})
"""Names that the exported programs use themselves."""


def _stages(experiment: Experiment, parameters: Parameters) -> Iterable[Stage]:
    network = experiment.network
    edge_weights = parameters.edge_weights(network)
    stage_of = dict.fromkeys(network.inputs, 0)
    column_of = {node: column for column, node in enumerate(network.inputs)}
    widths = [len(network.inputs)]
    for layer in network.layers:
        nodes = sorted(
            (node for node in layer if network.nodes[node].role != "input"),
            key=lambda node: network.nodes[node].activation,
        )
        for activation, group in groupby(nodes, key=lambda node: network.nodes[node].activation):
            members = tuple(group)
            sources = sorted({stage_of[source] for node in members for source in network.incoming[node]})
            starts = dict(zip(sources, np.cumsum([0, *(widths[s] for s in sources)]).tolist(), strict=False))
            weights = np.zeros((sum(widths[source] for source in sources), len(members)))
            for column, node in enumerate(members):
                for source in network.incoming[node]:
                    weight = edge_weights[network.edge_index[source, node]]
                    weights[starts[stage_of[source]] + column_of[source], column] = weight
            biases = parameters.biases[[network.node_index[node] for node in members]]
            yield Stage(members, tuple(sources), weights, biases, activation)
            stage_of |= dict.fromkeys(members, len(widths))
            column_of |= {node: column for column, node in enumerate(members)}
            widths.append(len(members))


def _arguments(dataset: Dataset, columns: tuple[int, ...]) -> tuple[tuple[str, Column], ...]:
    read = [dataset.table.columns[column] for column in columns]
    return tuple(zip(identifiers(column.name for column in read), read, strict=True))


def _reads(
    inputs: InputMap, arguments: dict[int, tuple[str, Column]], labels: dict[int, str]
) -> Iterable[Read]:
    for node, reading in zip(inputs.network.inputs, inputs.readings, strict=True):
        yield Read(labels[node]) if reading is None else _read(reading, arguments, labels[node])


def _read(reading: Reading, arguments: dict[int, tuple[str, Column]], label: str) -> Read:
    if reading.formula is not None:
        return Read(label, formula=reading.formula, offset=reading.offset, scale=reading.scale)
    name, column = arguments[reading.column]
    text = column.classes[reading.class_index] if reading.class_index >= 0 else None
    return Read(label, name, text, offset=reading.offset, scale=reading.scale)


def _answers(experiment: Experiment, dataset: Dataset, labels: dict[int, str]) -> Iterable[Answer]:
    network = experiment.network
    for node, claim in zip(network.outputs, claims(network, dataset), strict=True):
        if claim is None or claim.class_index is not None:
            yield Answer(labels[node])
        else:
            offset, scale = dataset.offset[claim.column], dataset.scale[claim.column]
            yield Answer(labels[node], float(offset), float(scale))


def _checks(
    experiment: Experiment, parameters: Parameters, dataset: Dataset | None
) -> Iterable[tuple[tuple[float | str, ...], tuple[float, ...]]]:
    network, state = experiment.network, LearnerState(parameters)
    if dataset is None:
        values = np.full((1, len(network.inputs)), BY_HAND)
        done = trace_values(experiment, state, values)
        yield tuple(values[0].tolist()), tuple(done.probabilities[0].tolist())
        return
    inputs = InputMap.of(network, dataset)
    rows: NDArray[np.int64] = np.concatenate([dataset.train, dataset.test])[:CHECKED_ROWS]
    cells = dataset.table.cells[rows]
    done = trace_values(experiment, state, inputs.values(cells))
    answers = in_units(network, dataset, done.probabilities)
    for row, expected in zip(cells, answers, strict=True):
        yield (
            tuple(_cell(dataset, column, row[column]) for column in inputs.columns),
            tuple(expected.tolist()),
        )


def _cell(dataset: Dataset, column: int, value: float) -> float | str:
    classes = dataset.table.columns[column].classes
    return classes[int(value)] if classes else float(value)

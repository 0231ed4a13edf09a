"""Fitting: a network drawn to suit a data spec, laid out, labelled, and with a loss that suits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from playground.engine.claims import target_columns
from playground.engine.datasets import make_dataset
from playground.model import features
from playground.model.dataset import Dataset
from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE, PIXEL_DISTANCE
from playground.model.errors import DataError
from playground.model.experiment import Column, DataSpec, Experiment, Learning, Table
from playground.model.initial import initial_parameters
from playground.model.keys import OUTPUT_ACTIVATION, Activation, Loss, Scaling
from playground.model.limits import MAX_EDGES, MAX_LABEL, MAX_NODES
from playground.model.message import message
from playground.model.network import Edge, Group, Network, Node
from playground.model.parameters import Parameters
from playground.model.pixels import pixel_places

LEARNING_RATES: dict[Loss, float] = {"squared": 0.01, "cross_entropy": 0.03, "softmax_cross_entropy": 0.03}
"""A step of Adam at which small networks learn quickly and do not jump about."""

YES_AND_NO = frozenset(
    {
        ("no", "yes"),
        ("false", "true"),
        ("n", "y"),
        ("f", "t"),
        ("off", "on"),
        ("nein", "ja"),
        ("falsch", "wahr"),
        ("non", "oui"),
        ("faux", "vrai"),
    }
)
"""Pairs of classes that say whether the column's name holds."""


def fitting_experiment(
    spec: DataSpec, hidden: Sequence[int] | None = None, seed: int = 0
) -> tuple[Experiment, Parameters]:
    """Return an untrained experiment whose network fits a data spec.

    There is an input for every column of numbers and of two classes, and one for each class of a column of
    three or more (its feature is `column=class`); a column of one class has none. Outputs are one sigmoid
    for a yes or no, one linear output for each of three or more classes under a softmax, and one linear
    output for each number.

    hidden : number of nodes of each hidden layer; None chooses one layer to suit the inputs
    Raises DataError when the spec cannot be used, or the network would be too large.
    """
    dataset = make_dataset(spec)
    loss = fitting_loss(dataset)
    read = list(_features(dataset))
    if not read:
        raise DataError(
            message("Nothing is left to predict from: each column is predicted or always the same.")
        )
    targets = list(_outputs(dataset, loss))
    if hidden is None:
        hidden = (min(8, max(3, len(read))),)
    sizes = [len(read), *hidden, len(targets)]
    edge_count = sum(left * right for left, right in itertools.pairwise(sizes))
    if sum(sizes) > MAX_NODES or edge_count > MAX_EDGES:
        raise DataError(
            message(
                "A network for {inputs} inputs would have {edges} edges; {limit} are the most.",
                inputs=len(read),
                edges=edge_count,
                limit=MAX_EDGES,
            )
        )
    network = _network(read, hidden, targets, OUTPUT_ACTIVATION[loss] or "linear")
    learning = Learning(
        loss=loss,
        optimizer="adam",
        learning_rate=LEARNING_RATES[loss],
        batch_size=int(np.clip(len(dataset.train) // 50, 10, 256)),
    )
    experiment = Experiment(network, spec, learning, seed)
    return experiment, initial_parameters(network, learning, seed)


def fitting_scaling(table: Table) -> Scaling:
    """`none` where every number that is read lies in [0, 1] already, otherwise `standard`."""
    numbers = [
        position
        for position, column in enumerate(table.columns)
        if column.kind == "number" and not np.isnan(table.cells[:, position]).all()
    ]
    cells = table.cells[:, numbers]
    inside = bool(np.all((cells >= 0) & (cells <= 1) | np.isnan(cells)))
    return "none" if inside else "standard"


def fitting_loss(dataset: Dataset) -> Loss:
    """The loss that suits what a data set asks for."""
    if dataset.task == "classes":
        return "softmax_cross_entropy"
    return "cross_entropy" if dataset.task == "binary" else "squared"


def readable(name: str) -> str:
    """A column's or a class's name as a label, within the limit of labels."""
    return features.readable(name)[:MAX_LABEL]


def _features(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Feature and label of every input."""
    for column in dataset.table.columns:
        is_constant = column.kind == "class" and len(column.classes) < 2
        if column.name not in dataset.feature_names or is_constant:
            continue
        if len(column.classes) > 2:
            yield from ((f"{column.name}={text}", _class_label(column, text)) for text in column.classes)
        else:
            yield column.name, readable(column.name)


def _outputs(dataset: Dataset, loss: Loss) -> Iterator[tuple[str, str]]:
    """Target and label of every output."""
    for position in target_columns(dataset):
        column = dataset.table.columns[position]
        if len(column.classes) > 2:
            is_only = loss == "softmax_cross_entropy"
            for text in column.classes:
                label = readable(text) if is_only and _is_word(text) else _class_label(column, text)
                yield f"{column.name}={text}", label
        else:
            yield column.name, _answer_label(column, dataset)


def _answer_label(column: Column, dataset: Dataset) -> str:
    if column.kind == "number":
        return readable(column.name) + ("?" if dataset.task == "binary" else "")
    if tuple(text.casefold() for text in column.classes) in YES_AND_NO or not _is_word(column.classes[1]):
        return f"{readable(column.name)[: MAX_LABEL - 1]}?"
    return f"{readable(column.classes[1])[: MAX_LABEL - 1]}?"


def _class_label(column: Column, text: str) -> str:
    return f"{readable(column.name)}: {text}"[:MAX_LABEL]


def _is_word(text: str) -> bool:
    return sum(character.isalpha() for character in text) > 1


def _network(
    read: list[tuple[str, str]],
    hidden: Sequence[int],
    targets: list[tuple[str, str]],
    output_activation: Activation,
) -> Network:
    count = itertools.count(1)
    layers = [
        [Node(0, "input", label=label, feature=feature) for feature, label in read],
        *(
            [Node(0, "hidden", "tanh", f"Hidden {next(count)}", group=depth) for _ in range(size)]
            for depth, size in enumerate(hidden, start=1)
        ),
        [Node(0, "output", output_activation, label, target=target) for target, label in targets],
    ]
    placed = _placed(layers)
    pairs = [
        (source.id, target.id)
        for left, right in itertools.pairwise(placed)
        for target in right
        for source in left
    ]
    edges = [Edge(source, target, number) for number, (source, target) in enumerate(pairs, start=1)]
    groups = [Group(depth, f"Layer {depth}") for depth in range(1, len(hidden) + 1)]
    return Network.build(itertools.chain.from_iterable(placed), edges, groups)


def _placed(layers: list[list[Node]]) -> list[list[Node]]:
    """The nodes numbered from 1, each layer a column of its own, all centred on the origin.

    Inputs that read the pixels of a picture stand as the pixels do.
    """
    ids = itertools.count(1)
    placed = [
        [
            replace(
                node,
                id=next(ids),
                x=LAYER_DISTANCE * (depth - (len(layers) - 1) / 2),
                y=NODE_DISTANCE * (place - (len(layer) - 1) / 2),
            )
            for place, node in enumerate(layer)
        ]
        for depth, layer in enumerate(layers)
    ]
    pixels, (height, width) = pixel_places([node.feature or "" for node in layers[0]])
    for position, (row, column) in pixels.items():
        node = placed[0][position]
        placed[0][position] = replace(
            node,
            x=node.x - PIXEL_DISTANCE * (width - 1 - column),
            y=NODE_DISTANCE * (row - (height - 1) / 2),
        )
    return placed

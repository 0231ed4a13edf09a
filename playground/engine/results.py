"""Works out results: what a network answers for all rows, class by class or number by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from kernels import oracle
from kernels.codes import LOSS_CODES
from kernels.graph import Graph
from playground.engine.claims import Claim, claims
from playground.engine.compile import compile_graph
from playground.engine.metrics import in_units
from playground.model.dataset import BoundData, Dataset
from playground.model.experiment import Experiment
from playground.model.message import Message, format_number, message
from playground.model.parameters import Floats, Parameters, frozen_array
from playground.model.results import (
    NOTHING,
    ClassFigures,
    ClassResults,
    ColumnResults,
    NumberResults,
    Part,
    Rows,
)

MOST_CLASSES = 200
"""Of columns with more classes nobody could read a matrix."""

AFFIRMATIVE = frozenset({"yes", "y", "true", "t", "1"})
"""Classes that only say that it is so: their column's name says what."""


@dataclass(frozen=True, slots=True)
class Question:
    """How the outputs that answer for one column are read.

    column : position of the column in the table; outputs : positions among the network's outputs
    asked : the class of each output; empty for numbers
    pair : of an output that says yes or no: its answers for no and for yes, in the column's units; else None
    """

    column: int
    outputs: tuple[int, ...]
    asked: tuple[int, ...] = ()
    pair: tuple[float, float] | None = None


def results(
    experiment: Experiment, bound: BoundData, parameters: Parameters, graph: Graph | None = None
) -> tuple[ColumnResults, ...]:
    """Return the results for every column that some output answers for, in the order of the outputs.

    graph : the compiled network, where the caller has kept it
    Raises DataError as `claims` does.
    """
    network, dataset = experiment.network, bound.dataset
    graph = graph or compile_graph(network)
    with np.errstate(all="ignore"):
        said = {
            part: in_units(network, dataset, _answers(graph, experiment, parameters, inputs))
            for part, inputs in (("train", bound.train_inputs), ("test", bound.test_inputs))
        }
    rows: dict[Part, Rows] = {"train": dataset.train, "test": dataset.test}
    found = []
    for question in questions(claims(network, dataset), dataset):
        names = _names(question, dataset)
        parts: dict[Part, ClassResults | NumberResults] = {}
        for part, numbers in rows.items():
            cells = dataset.table.cells[numbers, question.column]
            told = said[part][:, list(question.outputs)]
            if names:
                parts[part] = _of_classes(question, len(names), numbers, cells, told)
            else:
                parts[part] = number_results(numbers, cells, told[:, 0])
        name = dataset.table.columns[question.column].name
        found.append(ColumnResults(name, names, question.pair is not None, MappingProxyType(parts)))
    return tuple(found)


def questions(claimed: Sequence[Claim | None], dataset: Dataset) -> tuple[Question, ...]:
    """Return how the outputs are read, one question for each column that some output claims.

    Columns of very many classes are passed over.
    """
    by_column: dict[int, list[tuple[int, Claim]]] = {}
    for place, claim in enumerate(claimed):
        if claim is not None:
            by_column.setdefault(claim.column, []).append((place, claim))
    return tuple(
        _question(column, mine, dataset) for column, mine in by_column.items() if len(mine) <= MOST_CLASSES
    )


def class_results(rows: Rows, right: Rows, said: Rows, certainty: Floats, n_classes: int) -> ClassResults:
    """Return counts and figures of answers about classes.

    Precision is TP / (TP + FP), recall TP / (TP + FN), F1 their harmonic mean 2 TP / (2 TP + FP + FN), after
    C. J. van Rijsbergen, Information Retrieval (1979), chapter 7.
    """
    told = said != NOTHING
    flat = np.bincount(right[told] * n_classes + said[told], minlength=n_classes * n_classes)
    counts = flat.reshape(n_classes, n_classes).astype(np.int64)
    for array in (counts, right, said, certainty):
        array.flags.writeable = False
    hits, as_said = np.diagonal(counts), counts.sum(axis=0)
    support = np.bincount(right, minlength=n_classes)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.stack([hits / as_said, hits / support, 2.0 * hits / (as_said + support)], axis=1)
    figures = tuple(
        ClassFigures(precision, recall, f1, count)
        for (precision, recall, f1), count in zip(shares.tolist(), support.tolist(), strict=True)
    )
    return ClassResults(rows, right, said, certainty, counts, figures)


def number_results(rows: Rows, right: Floats, said: Floats) -> NumberResults:
    """Return the figures of answers about a number; answers that are no numbers are left out of them.

    R² is 1 - sum (right - said)² / sum (right - mean of right)².
    """
    told = np.isfinite(said)
    wanted, answers = right[told], said[told]
    with np.errstate(all="ignore"):
        r2 = float("nan")
        if len(wanted) and wanted.min() < wanted.max():
            spread = float(np.square(wanted - wanted.mean()).sum())
            r2 = 1.0 - float(np.square(wanted - answers).sum()) / spread
        off = float(np.abs(wanted - answers).mean()) if len(wanted) else float("nan")
    return NumberResults(rows, frozen_array(right), frozen_array(said), r2, off)


def _answers(graph: Graph, experiment: Experiment, parameters: Parameters, inputs: Floats) -> Floats:
    """What the outputs say: (n_rows, n_outputs)."""
    code = LOSS_CODES[experiment.learning.loss]
    found = np.empty((len(inputs), len(experiment.network.outputs)))
    for rows in oracle.row_blocks(graph, len(inputs)):
        done = oracle.forward(graph, parameters.weights, parameters.biases, inputs[rows])
        found[rows] = oracle.answers(graph, code, done)
    return found


def _question(column: int, mine: Sequence[tuple[int, Claim]], dataset: Dataset) -> Question:
    outputs = tuple(place for place, _ in mine)
    first = mine[0][1]
    if first.class_index is None:
        return Question(column, outputs[:1], pair=_yes_or_no(dataset.table.cells[:, column]))
    asked = tuple(claim.class_index or 0 for _, claim in mine)
    return Question(column, outputs, asked, (first.otherwise, 1.0) if len(mine) == 1 else None)


def _yes_or_no(cells: Floats) -> tuple[float, float] | None:
    """The two values of a column of numbers that only says yes or no."""
    for low, high in ((0.0, 1.0), (-1.0, 1.0)):
        if len(cells) and ((cells == low) | (cells == high)).all():
            return low, high
    return None


def _names(question: Question, dataset: Dataset) -> tuple[str | Message, ...]:
    """The names of the classes that answers and rows can have; nothing for numbers."""
    column = dataset.table.columns[question.column]
    if question.pair is not None and not question.asked:
        name = column.name.replace("_", " ")
        if question.pair[0] == 0.0:
            return message("not {name}", name=name), name
        return tuple(format_number(value) for value in question.pair)
    if question.pair is not None:
        yes = question.asked[0]
        if column.classes[yes].strip().lower() in AFFIRMATIVE and len(column.classes) == 2:
            name = column.name.replace("_", " ")
            return message("not {name}", name=name), name
        others = [text for index, text in enumerate(column.classes) if index != yes]
        no = others[0] if len(others) == 1 else message("not {name}", name=column.classes[yes])
        return no, column.classes[yes]
    if not question.asked:
        return ()
    names: list[str | Message] = [column.classes[index] for index in question.asked]
    cells = dataset.table.cells[:, question.column]
    return (*names, message("something else")) if not np.isin(cells, question.asked).all() else tuple(names)


def _of_classes(question: Question, n_classes: int, rows: Rows, cells: Floats, told: Floats) -> ClassResults:
    if question.pair is not None:
        no, yes = question.pair
        right = np.equal(cells, question.asked[0] if question.asked else yes).astype(np.int64)
        values = told[:, 0]
        said = np.where(np.isfinite(values), values >= (no + yes) / 2, NOTHING).astype(np.int64)
        with np.errstate(all="ignore"):
            share = np.clip((values - no) / (yes - no), 0.0, 1.0)
        certainty = np.where(np.isfinite(values), np.maximum(share, 1.0 - share), np.nan)
        return class_results(rows, right, said, certainty, n_classes)
    places: Mapping[int, int] = {index: place for place, index in enumerate(question.asked)}
    right = np.array([places.get(int(cell), n_classes - 1) for cell in cells], np.int64)
    known = np.asarray(np.isfinite(told).all(axis=1))
    said = np.where(known, np.where(np.isfinite(told), told, -np.inf).argmax(axis=1), NOTHING).astype(
        np.int64
    )
    with np.errstate(all="ignore"):
        certainty = np.where(known, np.clip(told.max(axis=1), 0.0, 1.0), np.nan)
    return class_results(rows, right, said, certainty, n_classes)

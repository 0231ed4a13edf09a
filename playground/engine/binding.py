"""Binding: a data set as one network sees it, through its input nodes' features and its outputs' targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from playground.engine.claims import claims, class_places
from playground.engine.scaling import fit_scaling
from playground.model import formula
from playground.model.dataset import BoundData, Dataset
from playground.model.errors import DataError
from playground.model.message import message
from playground.model.network import Network
from playground.model.parameters import Floats, frozen_array


def bind(network: Network, dataset: Dataset) -> BoundData:
    """Return what a network reads and is to answer, for every row of a data set.

    A feature is the exact name of a column, or `column=class` (1 where the row is of that class, else 0), or
    a formula of columns. A formula is worked out in the table's own units and then scaled like a column.
    Raises DataError, naming the node, for a name that the data does not have, a formula that cannot be
    read, and a formula that has no value in some row.
    """
    inputs = InputMap.of(network, dataset).values(dataset.table.cells)
    claimed = claims(network, dataset)
    answers = np.full((len(dataset.table.cells), len(network.outputs)), np.nan)
    for position, claim in enumerate(claimed):
        if claim is not None:
            answers[:, position] = claim.values(dataset)
    return BoundData(
        dataset=dataset,
        train_inputs=frozen_array(inputs[dataset.train]),
        train_targets=frozen_array(answers[dataset.train]),
        test_inputs=frozen_array(inputs[dataset.test]),
        test_targets=frozen_array(answers[dataset.test]),
        unbound=tuple(node for node in network.inputs if network.nodes[node].feature is None),
        unclaimed=tuple(node for node, claim in zip(network.outputs, claimed, strict=True) if claim is None),
    )


def input_values(network: Network, dataset: Dataset, cells: Floats) -> Floats:
    """Return what the input nodes read for values set by hand: float64, shape (n_rows, n_inputs).

    cells : float64, (n_rows, n_columns) or (n_columns,), in the order and the units of the table's columns;
        cells of columns that no node reads may be anything
    Raises DataError as `bind` does.
    """
    return InputMap.of(network, dataset).values(np.atleast_2d(np.asarray(cells, dtype=np.float64)))


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How one input node gets its value from a row: a column, one class of a column, or a formula."""

    node: int
    column: int = -1
    class_index: int = -1
    formula: formula.Formula | None = None
    offset: float = 0.0
    scale: float = 1.0

    def values(self, dataset: Dataset, cells: Floats, *, gaps_allowed: bool = False) -> Floats:
        """Unscaled values for rows of cells: float64, shape (n_rows,).

        gaps_allowed : whether a formula is NaN where it has no value; else it raises FormulaValueError
        """
        if self.formula is not None:
            names = [column.name for column in dataset.table.columns]
            read = {name: cells[:, names.index(name)] for name in self.formula.columns}
            return self.formula.evaluate(read, len(cells), gaps_allowed=gaps_allowed)
        if self.class_index >= 0:
            return np.equal(cells[:, self.column], self.class_index).astype(np.float64)
        values: Floats = cells[:, self.column]
        return values


@dataclass(frozen=True, slots=True, eq=False)
class InputMap:
    """The way from a row's cells to what each input node reads; fitted once, so kept while sliders move.

    readings : one per input node, in order; None where the node reads no feature, and so reads 0
    """

    network: Network
    dataset: Dataset
    readings: tuple[Reading | None, ...]

    @classmethod
    def of(cls, network: Network, dataset: Dataset) -> InputMap:
        """Return the map of a network's input nodes. Raises DataError, naming the node."""
        names = {column.name: position for position, column in enumerate(dataset.table.columns)}
        classes = class_places(dataset.table)
        return cls(
            network,
            dataset,
            tuple(_reading(network, dataset, node, names, classes) for node in network.inputs),
        )

    def values(self, cells: Floats) -> Floats:
        """Return what the input nodes read: float64, shape (n_rows, n_inputs).

        cells : float64, (n_rows, n_columns), in the order and the units of the table's columns
        Raises DataError, naming the node and the row.
        """
        found = np.zeros((len(cells), len(self.readings)))
        for position, reading in enumerate(self.readings):
            if reading is not None:
                values = _evaluated(self.network, self.dataset, reading, cells)
                found[:, position] = (values - reading.offset) / reading.scale
        return found

    def values_with_gaps(self, cells: Floats) -> Floats:
        """Return the same, with NaN where a formula has no value; nothing is raised."""
        found = np.zeros((len(cells), len(self.readings)))
        for position, reading in enumerate(self.readings):
            if reading is not None:
                values = reading.values(self.dataset, cells, gaps_allowed=True)
                found[:, position] = (values - reading.offset) / reading.scale
        return found

    @property
    def columns(self) -> tuple[int, ...]:
        """Positions of the table's columns that some input node reads, in order."""
        names = [column.name for column in self.dataset.table.columns]
        read: set[int] = set()
        for reading in self.readings:
            if reading is not None and reading.formula is not None:
                read.update(names.index(name) for name in reading.formula.columns)
            elif reading is not None:
                read.add(reading.column)
        return tuple(sorted(read))


def _reading(
    network: Network,
    dataset: Dataset,
    node: int,
    names: Mapping[str, int],
    classes: Mapping[str, tuple[int, int]],
) -> Reading | None:
    feature = network.nodes[node].feature
    if feature is None:
        return None
    if feature in names:
        column = names[feature]
        return Reading(node, column, offset=float(dataset.offset[column]), scale=float(dataset.scale[column]))
    if feature in classes:
        return Reading(node, *classes[feature])
    return _formula_reading(network, dataset, node, feature)


def _formula_reading(network: Network, dataset: Dataset, node: int, feature: str) -> Reading:
    names = [column.name for column in dataset.table.columns]
    try:
        read = formula.parse(feature)
    except formula.FormulaError as error:
        raise DataError(
            message(
                "{node} reads “{feature}”, which is no column of the data. {reason}",
                node=network.names[node],
                feature=feature,
                reason=error.message,
            )
        ) from error
    for name in read.columns:
        if name not in names:
            raise DataError(
                message(
                    "{node} reads the column “{name}”, which the data does not have; it has {known}.",
                    node=network.names[node],
                    name=name,
                    known=", ".join(names),
                )
            )
    reading = Reading(node, formula=read)
    values = _evaluated(network, dataset, reading, dataset.table.cells)
    offset, scale = fit_scaling(values[dataset.train, np.newaxis], dataset.scaling)
    return replace(reading, offset=float(offset[0]), scale=float(scale[0]))


def _evaluated(network: Network, dataset: Dataset, reading: Reading, cells: Floats) -> Floats:
    try:
        return reading.values(dataset, cells)
    except formula.FormulaValueError as error:
        raise DataError(
            message(
                "{node} cannot be worked out. {reason}",
                node=network.names[reading.node],
                reason=error.message,
            )
        ) from error

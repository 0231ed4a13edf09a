"""Claims: which output answers for which target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import Column, Table
from playground.model.message import message
from playground.model.network import Network
from playground.model.parameters import Floats


@dataclass(frozen=True, slots=True)
class Claim:
    """What one output is to answer: a column, or whether a row is of one class of a column.

    column : position of the column in the table
    class_index : 1 is expected for rows of this class, `otherwise` for others; None for a column of numbers
    otherwise : 0, or −1 where the output is a tanh, whose answers lie between −1 and 1
    """

    name: str
    column: int
    class_index: int | None = None
    otherwise: float = 0.0

    def values(self, dataset: Dataset) -> Floats:
        """The right answers for all rows of the table: float64, shape (n_rows,); numbers are scaled."""
        cells: Floats = dataset.table.cells[:, self.column]
        if self.class_index is not None:
            return np.where(cells == self.class_index, 1.0, self.otherwise)
        scaled: Floats = (cells - dataset.offset[self.column]) / dataset.scale[self.column]
        return scaled


def claims(network: Network, dataset: Dataset) -> tuple[Claim | None, ...]:
    """Return one claim per output node, in order; None where the data has no target left for it.

    An output that names its target has that one. The others take the targets that nobody named, in order. A
    column of two classes is one target, which says whether a row is of the second class; where there are
    more outputs than targets, it is two, one for each class.
    Raises DataError, naming the node, for a target that the data does not have.
    """
    named = {
        node: _named(network, dataset, node, target)
        for node in network.outputs
        if (target := network.nodes[node].target) is not None
    }
    waiting = [node for node in network.outputs if node not in named]
    taken = list(named.values())
    free = [claim for claim in _in_order(dataset, pairs=False) if not _is_taken(claim, taken, dataset)]
    if len(free) < len(waiting):
        split = [claim for claim in _in_order(dataset, pairs=True) if not _same_in(claim, taken)]
        free = split if len(split) <= len(waiting) else free
    found = named | dict(zip(waiting, free, strict=False))
    return tuple(_suiting(network, dataset, node, found.get(node)) for node in network.outputs)


def class_places(table: Table) -> dict[str, tuple[int, int]]:
    """Every `column=class` of a table, with the column's position and the class's index."""
    return {
        f"{column.name}={text}": (position, index)
        for position, column in enumerate(table.columns)
        for index, text in enumerate(column.classes)
    }


def target_columns(dataset: Dataset) -> tuple[int, ...]:
    """Positions of the columns to predict, in the order in which outputs claim them."""
    names = [column.name for column in dataset.table.columns]
    places = class_places(dataset.table) | {name: (position, 0) for position, name in enumerate(names)}
    return tuple(dict.fromkeys(places[target.name][0] for target in dataset.targets))


def _suiting(network: Network, dataset: Dataset, node: int, claim: Claim | None) -> Claim | None:
    """The claim in the range of the output's answers: at a tanh, one of two classes is −1 and the other 1."""
    if claim is None or claim.class_index is None or network.nodes[node].activation != "tanh":
        return claim
    is_pair = len(dataset.table.columns[claim.column].classes) == 2
    return replace(claim, otherwise=-1.0) if is_pair else claim


def _in_order(dataset: Dataset, *, pairs: bool) -> Iterable[Claim]:
    for position in target_columns(dataset):
        yield from _of_column(dataset.table.columns[position], position, pairs=pairs)


def _of_column(column: Column, position: int, *, pairs: bool) -> Iterable[Claim]:
    if column.kind == "number":
        yield Claim(column.name, position)
    elif len(column.classes) == 2 and not pairs:
        yield Claim(column.name, position, 1)
    else:
        for index, text in enumerate(column.classes):
            yield Claim(f"{column.name}={text}", position, index)


def _is_taken(claim: Claim, taken: list[Claim], dataset: Dataset) -> bool:
    """Whether somebody named this target; any class of a column of two takes the whole column."""
    is_pair = len(dataset.table.columns[claim.column].classes) == 2
    return any(
        other.column == claim.column and (is_pair or other.class_index == claim.class_index)
        for other in taken
    )


def _same_in(claim: Claim, taken: list[Claim]) -> bool:
    return any((other.column, other.class_index) == (claim.column, claim.class_index) for other in taken)


def _named(network: Network, dataset: Dataset, node: int, target: str) -> Claim:
    columns = dataset.table.columns
    offered = target_columns(dataset)
    names = [column.name for column in columns]
    if target in names and names.index(target) in offered:
        position = names.index(target)
        if len(columns[position].classes) <= 2:
            (claim,) = _of_column(columns[position], position, pairs=False)
            return claim
        raise DataError(
            message(
                "{node} is to predict “{name}”, which has {count} classes: name one, as in “{name}={text}”.",
                node=network.names[node],
                name=target,
                count=len(columns[position].classes),
                text=columns[position].classes[0],
            )
        )
    found = class_places(dataset.table).get(target)
    if found is not None and found[0] in offered:
        return Claim(target, *found)
    raise DataError(
        message(
            "{node} is to predict “{name}”, but the data has no such column to predict; it has {known}.",
            node=network.names[node],
            name=target,
            known=", ".join(names[position] for position in offered),
        )
    )

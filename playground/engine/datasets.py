"""Data sets: what a data spec and its seed give, split into rows for learning and rows for testing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.builtin.catalogue import BUILT_IN, DatasetInfo
from playground.engine.scaling import fit_scaling
from playground.model.dataset import Dataset, Target, Task
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, Column, DataSpec, Table
from playground.model.keys import Scaling, Split
from playground.model.limits import MAX_CELLS
from playground.model.message import message
from playground.model.parameters import Floats, frozen_array
from playground.model.points import colour_count

__all__ = ["BUILT_IN", "DatasetInfo", "complete_rows", "make_dataset", "target_names"]


def make_dataset(spec: DataSpec) -> Dataset:
    """Return the rows of a data spec; the same spec gives the same bits.

    Raises DataError with a sentence when the spec cannot be used.
    """
    making, splitting = (np.random.default_rng(part) for part in np.random.SeedSequence(spec.seed).spawn(2))
    if isinstance(spec, BuiltInData):
        info = _info(spec)
        count = spec.count if info.max_count is None else min(spec.count, info.max_count)
        table = info.make(count, spec.noise, making)
        return _dataset(
            info.key,
            table,
            info.targets,
            _split(count, spec.test_share, "shuffled", splitting),
            0,
            info.scaling,
        )
    table, left_out = complete_rows(spec.table)
    rows = _split(len(table.cells), spec.test_share, spec.split, splitting)
    return _dataset("table", table, spec.targets, rows, left_out, spec.scaling)


def complete_rows(table: Table) -> tuple[Table, int]:
    """Return the table without the rows that have a missing cell, and how many those were.

    Raises DataError when nothing is left.
    """
    whole = np.logical_not(np.isnan(table.cells).any(axis=1))
    left_out = int(len(whole) - whole.sum())
    if not whole.any():
        if left_out:
            raise DataError(message("Each of the {count} rows has a missing value.", count=left_out))
        if colour_count(table):
            raise DataError(message("There are no points yet: paint some on the map."))
        raise DataError(message("The table has no rows."))
    return (table if left_out == 0 else Table(table.columns, table.cells[whole])), left_out


def target_names(column: Column) -> tuple[str, ...]:
    """The names that one target column gives: itself, or `column=class` for each of three or more classes."""
    if len(column.classes) > 2:
        return tuple(f"{column.name}={text}" for text in column.classes)
    return (column.name,)


def _info(spec: BuiltInData) -> DatasetInfo:
    info = BUILT_IN.get(spec.name)
    if info is None:
        raise DataError(
            message(
                "There is no built-in data set “{name}”; there are {known}.",
                name=spec.name,
                known=", ".join(BUILT_IN),
            )
        )
    most = MAX_CELLS // len(info.columns)
    if not 1 <= spec.count <= most:
        raise DataError(
            message(
                "The data set “{name}” can have 1 to {most} rows, not {count}.",
                name=spec.name,
                most=most,
                count=spec.count,
            )
        )
    if not (np.isfinite(spec.noise) and spec.noise >= 0):
        raise DataError(message("Noise must be a number from 0 on, not {noise}.", noise=spec.noise))
    return info


def _split(
    count: int, test_share: float, split: Split, generator: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row numbers for training and for testing, each in the table's order; at least one for training."""
    if not 0 <= test_share <= 1:
        raise DataError(
            message(
                "The share of rows kept for testing must lie between 0 and 1, not {share}.", share=test_share
            )
        )
    test_count = min(round(count * test_share), count - 1)
    order = generator.permutation(count) if split == "shuffled" else np.arange(count)
    train, test = np.split(order.astype(np.int64), [count - test_count])
    train.sort()
    test.sort()
    return _read_only(train), _read_only(test)


def _dataset(
    name: str,
    table: Table,
    target_columns: tuple[str, ...],
    rows: tuple[NDArray[np.int64], NDArray[np.int64]],
    left_out: int,
    scaling: Scaling,
) -> Dataset:
    train, test = rows
    _check(table, target_columns)
    names = [column.name for column in table.columns]
    offset, scale = _column_scaling(table, target_columns, train, scaling)
    positions = [names.index(target) for target in target_columns]
    targets = [
        target
        for position in positions
        for target in _targets(
            table.columns[position], (table.cells[:, position] - offset[position]) / scale[position]
        )
    ]
    return Dataset(
        name=name,
        table=table,
        feature_names=tuple(column for column in names if column not in target_columns),
        targets=tuple(targets),
        train=train,
        test=test,
        left_out=left_out,
        offset=frozen_array(offset),
        scale=frozen_array(scale),
        task=_task([table.columns[position] for position in positions], targets),
        scaling=scaling,
    )


def _check(table: Table, target_columns: tuple[str, ...]) -> None:
    columns = {column.name: column for column in table.columns}
    if not target_columns:
        raise DataError(message("No column to predict has been chosen."))
    for target in target_columns:
        if target not in columns:
            raise DataError(message("The table has no column “{name}” to predict.", name=target))
        column = columns[target]
        if column.kind == "class" and len(column.classes) < 2:
            raise DataError(
                message(
                    "Every row says “{text}” in the column “{name}”, so there is nothing to tell apart.",
                    text="".join(column.classes),
                    name=target,
                )
            )
    infinite = np.argwhere(np.isinf(table.cells))
    if len(infinite):
        row, position = infinite[0]
        raise DataError(
            message(
                "Row {row} of the column “{name}” is infinite.",
                row=int(row) + 1,
                name=table.columns[position].name,
            )
        )


def _column_scaling(
    table: Table, target_columns: tuple[str, ...], train: NDArray[np.int64], scaling: Scaling
) -> tuple[Floats, Floats]:
    """Offset and scale of every column; classes, and numbers to predict within [0, 1], stay as they are."""
    offset, scale = fit_scaling(table.cells[train], scaling)
    for position, column in enumerate(table.columns):
        values = table.cells[:, position]
        is_share = column.name in target_columns and values.min() >= 0 and values.max() <= 1
        if column.kind == "class" or is_share:
            offset[position], scale[position] = 0.0, 1.0
    return offset, scale


def _targets(column: Column, values: Floats) -> list[Target]:
    if column.kind == "number":
        return [Target(column.name, frozen_array(values))]
    if len(column.classes) == 2:
        return [Target(column.name, frozen_array(values))]
    return [Target(name, frozen_array(values == index)) for index, name in enumerate(target_names(column))]


def _task(columns: list[Column], targets: list[Target]) -> Task:
    """Classes for one column of three or more; binary where each target is 0 or 1; regression otherwise."""
    if len(columns) == 1 and len(columns[0].classes) > 2:
        return "classes"
    if all(np.isin(target.values, (0.0, 1.0)).all() for target in targets):
        return "binary"
    return "regression"


def _read_only(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    rows.flags.writeable = False
    return rows

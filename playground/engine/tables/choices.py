"""The last question, which the person answers: what to predict."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from playground.engine.tables.columns import as_classes
from playground.model.experiment import Column, Table
from playground.model.parameters import Floats

TARGET_NAMES = frozenset({"target", "label", "class", "outcome", "result", "response", "output", "answer"})
"""What the column to predict is often called."""


def target_choices(table: Table) -> tuple[str, ...]:
    """Names of the columns that can be predicted, the likeliest first.

    That is the last column with a usual name for it, such as "target"; else the last column where it holds
    classes or only 0 and 1, else the last column of classes, else the last column. A column that says the
    same in every row cannot be predicted.
    """
    usable = [
        position
        for position, column in enumerate(table.columns)
        if column.kind == "number" or len(column.classes) > 1
    ]
    if not usable:
        return ()
    classes = [
        position for position in usable if _is_class_like(table.columns[position], table.cells[:, position])
    ]
    texts = [position for position in usable if table.columns[position].kind == "class"]
    likeliest = usable[-1]
    called = [position for position in usable if table.columns[position].name.casefold() in TARGET_NAMES]
    if called:
        likeliest = called[-1]
    elif likeliest not in classes and (texts or classes):
        likeliest = (texts or classes)[-1]
    return tuple(table.columns[p].name for p in (likeliest, *(p for p in usable if p != likeliest)))


def with_classes(table: Table, names: Collection[str]) -> Table:
    """Return the table with columns of numbers read as classes. Raises DataError for too many of them."""
    if not names:
        return table
    columns, cells = list(table.columns), table.cells.copy()
    for position, column in enumerate(columns):
        if column.name in names:
            columns[position], cells[:, position] = as_classes(column, cells[:, position])
    return Table(tuple(columns), cells)


def _is_class_like(column: Column, cells: Floats) -> bool:
    return column.kind == "class" or bool(np.isin(cells[~np.isnan(cells)], (0.0, 1.0)).all())

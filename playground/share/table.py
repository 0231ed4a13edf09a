"""Tables of numbers and texts as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence

from playground.model.experiment import Table

Cell = str | int | float


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV: commas, quotes where they are needed, numbers in full."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def table_as_csv(table: Table) -> str:
    """Return a table as CSV, its columns' names first; a missing cell is empty."""
    columns = table.columns
    rows = (
        [_cell(value, column.classes) for value, column in zip(row, columns, strict=True)]
        for row in table.cells.tolist()
    )
    return as_csv([[column.name for column in columns], *rows])


def _cell(value: float, classes: Sequence[str]) -> Cell:
    if math.isnan(value):
        return ""
    if classes:
        return classes[int(value)]
    return int(value) if value.is_integer() and abs(value) < 2**53 else value

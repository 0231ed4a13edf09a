"""The data of a file: from entries to values and back."""

from __future__ import annotations

import math

import numpy as np

from playground.model.experiment import BuiltInData, Column, DataSpec, Table, TableData
from playground.model.file_entries import ColumnEntry, DataEntry, TableEntry
from playground.model.file_places import EXPECTED, at, expected
from playground.model.limits import MAX_CELLS
from playground.model.message import Message, message

OF_TABLES = ("targets", "split", "scaling")
OF_BUILT_IN = ("count", "noise")

Cells = list[list[float | str | None]]


def read_data(entry: DataEntry | None) -> DataSpec | None:
    """Return the data spec. Raises FileError."""
    if entry is None:
        return None
    if entry.table is None:
        return _built_in(entry)
    if entry.name is not None:
        raise at("data", message("data has a name or a table, not both"))
    _refuse(entry, OF_BUILT_IN, message("a table has no such key"))
    table = _table(entry.table)
    if entry.targets is None:
        raise at("data.targets", message("this key is missing"))
    names = {column.name for column in table.columns}
    for index, target in enumerate(entry.targets):
        if target not in names:
            raise at(f"data.targets[{index}]", message("there is no column {name}", name=target))
    return TableData(
        table,
        tuple(entry.targets),
        entry.test_share,
        entry.split or "shuffled",
        entry.seed,
        entry.scaling or "none",
    )


def write_data(spec: DataSpec | None) -> dict[str, object] | None:
    """Return the data's keys and values, its table apart from the rows (see `write_rows`)."""
    if spec is None:
        return None
    if isinstance(spec, BuiltInData):
        return {
            "name": spec.name,
            "count": spec.count,
            "noise": spec.noise,
            "test_share": spec.test_share,
            "seed": spec.seed,
        }
    return {
        "targets": list(spec.targets),
        "test_share": spec.test_share,
        "split": spec.split,
        "seed": spec.seed,
        "scaling": spec.scaling,
    }


def write_columns(table: Table) -> list[str | ColumnEntry]:
    """Return the entries of a table's columns."""
    return [
        column.name
        if column.kind == "number"
        else ColumnEntry(column.name, column.kind, list(column.classes))
        for column in table.columns
    ]


def write_rows(table: Table) -> Cells:
    """Return a table's cells as they stand in the file."""
    columns: list[list[float | str | None]] = []
    for column, values in zip(table.columns, table.cells.T.tolist(), strict=True):
        if column.kind == "number":
            columns.append([None if math.isnan(value) else value for value in values])
        else:
            columns.append([None if math.isnan(value) else column.classes[int(value)] for value in values])
    if not columns:
        return [[] for _ in range(len(table.cells))]
    return [list(row) for row in zip(*columns, strict=True)]


def _built_in(entry: DataEntry) -> BuiltInData:
    if entry.name is None:
        raise at("data.name", message("this key is missing"))
    _refuse(entry, OF_TABLES, message("only a table has this key"))
    if entry.noise is not None and not math.isfinite(entry.noise):
        raise expected("data.noise", EXPECTED["float"])
    known = {name: value for name in OF_BUILT_IN if (value := getattr(entry, name)) is not None}
    return BuiltInData(entry.name, test_share=entry.test_share, seed=entry.seed, **known)


def _refuse(entry: DataEntry, keys: tuple[str, ...], text: Message) -> None:
    for key in keys:
        if getattr(entry, key) is not None:
            raise at(f"data.{key}", text)


def _table(entry: TableEntry) -> Table:
    width = len(entry.columns)
    if width * len(entry.rows) > MAX_CELLS:
        raise at("data.table", message("a table may have at most {limit} cells", limit=MAX_CELLS))
    for index, row in enumerate(entry.rows):
        if len(row) != width:
            raise expected(f"data.table.rows[{index}]", message("{count} cells", count=width))
    columns: list[Column] = []
    cells = np.full((len(entry.rows), width), np.nan)
    for index, found in enumerate(entry.columns):
        name = found if isinstance(found, str) else found.name
        if name in {column.name for column in columns}:
            raise at(f"data.table.columns[{index}]", message("the column {name} is there already", name=name))
        if isinstance(found, ColumnEntry) and found.kind == "class":
            columns.append(_class_column(found, index, entry.rows, cells))
        else:
            if isinstance(found, ColumnEntry) and found.classes:
                raise at(f"data.table.columns[{index}].classes", message("only a class column has classes"))
            columns.append(Column(name))
            _read_numbers(index, entry.rows, cells)
    return Table(tuple(columns), cells)


def _class_column(entry: ColumnEntry, index: int, rows: Cells, cells: np.ndarray) -> Column:
    """The column; where its classes are not listed, they are its texts in the order of appearance."""
    texts = [row[index] for row in rows]
    classes = entry.classes or list(dict.fromkeys(text for text in texts if isinstance(text, str)))
    numbers = {text: number for number, text in enumerate(classes)}
    if len(numbers) != len(classes):
        raise at(f"data.table.columns[{index}].classes", message("a class is listed twice"))
    for row, text in enumerate(texts):
        if text is None:
            continue
        if not isinstance(text, str) or text not in numbers:
            raise expected(f"data.table.rows[{row}][{index}]", message("one of the column's classes"))
        cells[row, index] = numbers[text]
    return Column(entry.name, "class", tuple(classes))


def _read_numbers(index: int, rows: Cells, cells: np.ndarray) -> None:
    for number, row in enumerate(rows):
        value = row[index]
        if value is None:
            continue
        if isinstance(value, str) or not math.isfinite(value):
            raise expected(f"data.table.rows[{number}][{index}]", EXPECTED["float"])
        cells[number, index] = value

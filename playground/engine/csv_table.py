"""Opens a person's own table of text: what it is written in is found out, and said."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.engine.tables.choices import target_choices, with_classes
from playground.engine.tables.columns import find_column
from playground.engine.tables.dialect import Cancelled, Progress, Steps, find_delimiter, read_cells
from playground.engine.tables.encoding import decode
from playground.engine.tables.header import column_names, has_header
from playground.engine.tables.numbers import DecimalSign, find_decimal_sign
from playground.model.errors import DataError
from playground.model.experiment import Column, Table
from playground.model.limits import MAX_FILE_BYTES
from playground.model.message import Message, message
from playground.model.parameters import Floats

__all__ = [
    "CsvReading",
    "TextTable",
    "read_csv",
    "read_text_table",
    "target_choices",
    "with_classes",
]

ROW_NUMBER_NAMES = frozenset({"index", "row", "no", "no.", "nr", "nr.", "#", "number"})
"""What a column of row numbers is often called, besides names that end with "id"."""

Source = str | os.PathLike[str] | bytes
"""A file, or its bytes."""

READING_SHARE = 0.6
"""The share of the time that goes by before the columns are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class TextTable:
    """The cells of a file as texts, and how the file is written.

    names : one per column; rows : without the row of names; lines : the line that each row ends on, from 1
    header : whether the first row names the columns
    unnamed : positions of columns whose name had to be made up
    notes : sentences on names that were found or made up
    """

    names: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    delimiter: str
    encoding: str
    header: bool
    decimal_sign: DecimalSign
    unnamed: frozenset[int]
    notes: tuple[Message, ...]

    def column(self, name: str) -> list[str]:
        """The texts of one column. Raises ValueError where there is no such column."""
        position = self.names.index(name)
        return [row[position] for row in self.rows]


@dataclass(frozen=True, slots=True, eq=False)
class CsvReading:
    """A table that was read, and what was recognised in it.

    table : the columns that can be used; missing cells are NaN
    notes : sentences on what was found, left out or renamed
    text : all cells as they stand in the file
    """

    table: Table
    notes: tuple[Message, ...]
    text: TextTable

    @property
    def delimiter(self) -> str:
        """The sign between cells."""
        return self.text.delimiter

    @property
    def encoding(self) -> str:
        """The encoding of the file, as Python spells it."""
        return self.text.encoding

    @property
    def header(self) -> bool:
        """Whether the first row names the columns."""
        return self.text.header


def read_csv(
    source: Source,
    *,
    header: bool | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> CsvReading:
    """Return the table in a file, or in its bytes, to learn from.

    Columns of numbers and of classes are kept. Dates, free text and empty columns are left out, with a note.
    header : whether the first row names the columns; None finds out
    progress : called with the share that is done, from 0 to 1; cancelled : asked whether to stop
    Raises DataError with a sentence, and the line where there is one; ReadingStoppedError when stopped.
    """
    steps = Steps(progress, cancelled)
    text = read_text_table(
        source, header=header, progress=steps.part(0.0, READING_SHARE), cancelled=cancelled
    )
    if not text.rows:
        raise DataError(message("The table has names of columns, but no row of values."))
    if len(text.rows) == 1:
        raise DataError(message("The table has a single row of values; learning takes two or more."))
    if len(text.names) == 1:
        raise DataError(
            message(
                "The file has a single column. A table needs two or more, "
                "with commas, semicolons or tabs between them."
            )
        )
    table, dropped = _table(text, steps)
    found = [message("Numbers are written with a decimal comma.")] if text.decimal_sign == "," else []
    return CsvReading(table, (*text.notes, *found, *dropped, *_missing_notes(table)), text)


def read_text_table(
    source: Source,
    *,
    header: bool | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> TextTable:
    """Return the cells of a file as texts; a single column and a single row will do.

    Arguments and errors are those of `read_csv`.
    """
    text, encoding = decode(source if isinstance(source, bytes) else _contents(Path(source)))
    delimiter = find_delimiter(text)
    cells = read_cells(text, delimiter, progress, cancelled)
    sign = find_decimal_sign(cells.rows, delimiter)
    is_named = has_header(cells.rows, sign) if header is None else header
    first = cells.rows[0] if is_named else []
    names, renamed = column_names(first, len(cells.rows[0]))
    return TextTable(
        names=tuple(names),
        rows=cells.rows[is_named:],
        lines=cells.lines[is_named:],
        delimiter=delimiter,
        encoding=encoding,
        header=is_named,
        decimal_sign=sign,
        unnamed=frozenset(i for i in range(len(names)) if not first or not first[i]),
        notes=(_header_note(is_named), *renamed),
    )


def _contents(path: Path) -> bytes:
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_FILE_BYTES:
            raise DataError(
                message(
                    "“{name}” has {size} MB; tables of up to {limit} MB can be read.",
                    name=path.name,
                    size=round(size_bytes / 1024**2),
                    limit=MAX_FILE_BYTES // 1024**2,
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            message("“{name}” cannot be read: {reason}.", name=path.name, reason=error.strerror or str(error))
        ) from error


def _table(text: TextTable, steps: Steps) -> tuple[Table, list[Message]]:
    columns: list[Column] = []
    values: list[Floats] = []
    notes: list[Message] = []
    for position, texts in enumerate(zip(*text.rows, strict=True)):
        steps.report(READING_SHARE + (1 - READING_SHARE) * position / len(text.names))
        name = text.names[position]
        found = find_column(name, texts, text.lines, text.decimal_sign)
        if text.header and found.cells is not None and _counts_rows(text, position, found.cells):
            notes.append(message("The column “{name}” only counts the rows and is left out.", name=name))
            continue
        if text.header and position in text.unnamed:
            if not any(texts):
                continue
            notes.append(
                message("Column {number} has no name and is called “{name}”.", number=position + 1, name=name)
            )
        if found.note is not None:
            notes.append(found.note)
        if found.column is not None and found.cells is not None:
            columns.append(found.column)
            values.append(found.cells)
    steps.report(1.0)
    if len(columns) < 2:
        raise DataError(
            message(
                "Of {count} columns {usable} can be used; a table needs two or more with numbers or classes.",
                count=len(text.names),
                usable=len(columns),
            )
        )
    table = Table(tuple(columns), np.column_stack(values))
    if np.isnan(table.cells).any(axis=1).all():
        raise DataError(message("Each of the {count} rows has a missing value.", count=len(table.cells)))
    return table, notes


def _counts_rows(text: TextTable, position: int, cells: Floats) -> bool:
    """Whether a column is the row numbers that many programs write, without a name or called an id."""
    name = text.names[position].casefold()
    if position not in text.unnamed and not name.endswith("id") and name not in ROW_NUMBER_NAMES:
        return False
    numbers = np.arange(len(cells))
    return np.array_equal(cells, numbers) or np.array_equal(cells, numbers + 1)


def _header_note(is_named: bool) -> Message:
    if is_named:
        return message("The first line names the columns.")
    return message("The first line is no line of names, so the columns are numbered.")


def _missing_notes(table: Table) -> list[Message]:
    count = int(np.isnan(table.cells).any(axis=1).sum())
    if count == 0:
        return []
    if count == 1:
        return [message("1 row has missing values and is left out.")]
    return [message("{count} rows have missing values and are left out.", count=count)]

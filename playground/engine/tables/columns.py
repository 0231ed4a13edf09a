"""The fourth question: what each column holds, numbers or classes, and which columns cannot be used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.engine.tables.numbers import MISSING, DecimalSign, Parsed, parse_numbers
from playground.model.errors import DataError
from playground.model.experiment import Column
from playground.model.message import Message, message
from playground.model.parameters import Floats

FEW_CLASSES = 10
"""So many different texts are classes in any table."""
MAX_CLASSES = 50
"""So many are classes where each comes twice or more on average."""
MOSTLY = 0.8

_DATE = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ].*)?|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?: .*)?"
    r"|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
)


@dataclass(frozen=True, slots=True, eq=False)
class FoundColumn:
    """What a column of texts turned out to be.

    column, cells : as in a table; None where the column cannot be used
    note : what people should know of it; None where there is nothing to say
    """

    column: Column | None
    cells: Floats | None
    note: Message | None = None


def find_column(name: str, texts: Sequence[str], lines: Sequence[int], sign: DecimalSign) -> FoundColumn:
    """Return what a column holds.

    texts : the cells, without blanks around them; lines : the line of each, for messages
    Raises DataError with the line for a number too large, and for a few texts among many numbers.
    """
    parsed = parse_numbers(texts, sign)
    present = len(texts) - parsed.missing_count
    if parsed.missing_count > len(texts) / 2:
        return FoundColumn(None, None, _mostly_empty(name, parsed.missing_count, len(texts)))
    if parsed.infinite:
        raise DataError(
            message(
                "Line {line}: the number “{text}” in the column “{name}” is infinite or too large.",
                line=lines[parsed.infinite[0]],
                text=texts[parsed.infinite[0]],
                name=name,
            )
        )
    if not parsed.texts:
        return FoundColumn(Column(name), parsed.values)
    classes = sorted({text for text in texts if text not in MISSING}, key=_natural)
    if _are_dates(classes):
        return FoundColumn(
            None, None, message("The column “{name}” holds dates or times and is left out.", name=name)
        )
    if len(classes) <= FEW_CLASSES or (len(classes) <= MAX_CLASSES and len(classes) <= present / 2):
        return _class_column(name, texts, classes)
    _refuse_odd_cells(name, texts, lines, parsed, present)
    return FoundColumn(
        None,
        None,
        message(
            "The column “{name}” holds {count} different texts, too many to be classes, and is left out.",
            name=name,
            count=len(classes),
        ),
    )


def as_classes(column: Column, cells: Floats) -> tuple[Column, Floats]:
    """Return a column of numbers as a column of classes, such as 1, 2 and 3 for kinds of wine.

    Raises DataError where it has more different numbers than there can be classes.
    """
    if column.kind == "class":
        return column, cells
    numbers = np.unique(cells[~np.isnan(cells)])
    if len(numbers) > MAX_CLASSES:
        raise DataError(
            message(
                "The column “{name}” has {count} different numbers; {limit} classes are the most.",
                name=column.name,
                count=len(numbers),
                limit=MAX_CLASSES,
            )
        )
    texts = tuple(repr(number).removesuffix(".0") for number in numbers.tolist())
    indices = np.searchsorted(numbers, cells).astype(np.float64)
    return Column(column.name, "class", texts), np.where(np.isnan(cells), np.nan, indices)


def _class_column(name: str, texts: Sequence[str], classes: list[str]) -> FoundColumn:
    index = {text: float(position) for position, text in enumerate(classes)}
    cells = np.array([index.get(text, np.nan) for text in texts])
    note = None
    if len(classes) == 1:
        note = message(
            "Every row says “{text}” in the column “{name}”, so nothing can be told from it.",
            text=classes[0],
            name=name,
        )
    return FoundColumn(Column(name, "class", tuple(classes)), cells, note)


def _refuse_odd_cells(
    name: str, texts: Sequence[str], lines: Sequence[int], parsed: Parsed, present: int
) -> None:
    """A slip of the pen in a column of numbers must not turn the whole column into text."""
    if present - len(parsed.texts) >= MOSTLY * present:
        row = parsed.texts[0]
        raise DataError(
            message(
                "Line {line}: “{text}” in the column “{name}” is not a number, though most of the column is.",
                line=lines[row],
                text=texts[row],
                name=name,
            )
        )


def _mostly_empty(name: str, missing: int, count: int) -> Message:
    if missing == count:
        return message("The column “{name}” is empty and is left out.", name=name)
    return message(
        "The column “{name}” is empty in {missing} of {count} rows and is left out.",
        name=name,
        missing=missing,
        count=count,
    )


def _are_dates(classes: Sequence[str]) -> bool:
    return sum(_DATE.fullmatch(text) is not None for text in classes) >= MOSTLY * len(classes)


def _natural(text: str) -> tuple[list[tuple[int, float, str]], str]:
    """Sorts numbers within texts by size, and letters without regard to case: 2 before 10, no before Yes."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(0, float(part), "") if part.isdecimal() else (1, 0.0, part) for part in parts if part], text

"""The table in which runs are compared: what differs between them, and what came of it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from playground.model.keys import Level
from playground.model.message import Message, format_number, message
from playground.model.run import Run, readable_epoch
from playground.model.run_settings import Setting, course, differing
from widgets.loss_plot import percent
from widgets.runs.run_words import origin
from widgets.runs.setting_words import ARROW, NOTHING, duration, setting_name, value_text
from widgets.text import capital, pick, say

Best = Literal["lowest", "highest"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: as it is read, what it is sorted by, and what stands in a file."""

    text: str
    order: tuple[int, float, str]
    plain: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, a cell for each run, and the rows whose value is the best of all."""

    name: str
    cells: tuple[Cell, ...]
    best: frozenset[int] = frozenset()
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a run has reached: its names, how to read and to write it, and which is best."""

    words: Message
    technical: Message
    read: Callable[[Run], float]
    write: Callable[[float], str]
    best: Best | None = None


def _count(value: float) -> str:
    return format_number(readable_epoch(value))


FIGURES: tuple[Figure, ...] = (
    Figure(message("Rounds"), message("Epochs"), lambda run: run.end.epoch, _count),
    Figure(
        message("Mistake in practice"),
        message("Training loss"),
        lambda run: run.end.train_loss,
        format_number,
        "lowest",
    ),
    Figure(
        message("Mistake on new examples"),
        message("Test loss"),
        lambda run: run.end.test_loss,
        format_number,
        "lowest",
    ),
    Figure(
        message("Right in practice"),
        message("Training accuracy"),
        lambda run: run.end.train_accuracy,
        percent,
        "highest",
    ),
    Figure(
        message("Right on new examples"),
        message("Test accuracy"),
        lambda run: run.end.test_accuracy,
        percent,
        "highest",
    ),
    Figure(message("Time"), message("Time"), lambda run: run.seconds, duration),
)


def comparison(runs: Sequence[Run], level: Level) -> tuple[Column, ...]:
    """Return the columns: names, where runs branched off, settings that differ, and figures.

    A setting that was changed while a run learned shows each of its values in their order.
    """
    columns = [Column(say(message("Run")), tuple(_text(say(run.title)) for run in runs))]
    if any(run.parent is not None for run in runs):
        begins = [origin(run, runs, level) for run in runs]
        told = tuple(_text(NOTHING if begin is None else capital(say(begin))) for begin in begins)
        columns.append(Column(say(message("Begins")), told))
    for key in differing(runs):
        cells = tuple(_setting(key, course(run, key), level) for run in runs)
        columns.append(Column(setting_name(key, level), cells))
    for figure in FIGURES:
        values = [figure.read(run) for run in runs]
        if all(math.isnan(value) for value in values):
            continue
        name = pick(level, say(figure.words), say(figure.technical))
        cells = tuple(_number(value, figure.write) for value in values)
        columns.append(Column(name, cells, _best(values, figure.best), is_numeric=True))
    return tuple(columns)


def as_csv(columns: Sequence[Column], rows: Sequence[int]) -> str:
    """Return the table as CSV with these rows in their order; numbers in full, with a point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([column.cells[row].plain for column in columns])
    return text.getvalue()


def sorted_rows(column: Column, *, descending: bool) -> list[int]:
    """Return the rows by rising (or falling) value of a column; what has no value comes last."""
    known = [row for row, cell in enumerate(column.cells) if cell.order[0] == 0]
    unknown = [row for row, cell in enumerate(column.cells) if cell.order[0] != 0]
    return sorted(known, key=lambda row: column.cells[row].order, reverse=descending) + unknown


def _best(values: Sequence[float], best: Best | None) -> frozenset[int]:
    known = [value for value in values if not math.isnan(value)]
    if best is None or len(set(known)) < 2:
        return frozenset()
    wanted = min(known) if best == "lowest" else max(known)
    return frozenset(row for row, value in enumerate(values) if value == wanted)


def _text(text: str) -> Cell:
    return Cell(text, (1 if text == NOTHING else 0, 0.0, text.casefold()), "" if text == NOTHING else text)


def _number(value: float, write: Callable[[float], str]) -> Cell:
    if math.isnan(value):
        return _text(NOTHING)
    return Cell(write(value), (0, value, ""), repr(float(value)))


def _setting(key: str, values: Sequence[Setting], level: Level) -> Cell:
    text = ARROW.join(value_text(key, value, level) for value in values)
    last = values[-1]
    if isinstance(last, int | float) and not isinstance(last, bool):
        plain = ARROW.join("" if value is None else str(value) for value in values)
        return Cell(text, (0, float(last), ""), plain)
    return _text(text)

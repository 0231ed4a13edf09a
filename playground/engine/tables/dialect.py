"""The second question: which sign stands between the cells, and are there cells of text at all."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playground.model.errors import DataError
from playground.model.limits import MAX_CELLS
from playground.model.message import message

DELIMITERS = ("\t", ";", "|", ",")
"""From the rarest in other use to the commonest: where two fit alike, the earlier one is meant."""

MAX_COLUMNS = 5_000
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_ROWS = 200
_REPORT_EVERY = 4_096

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


class ReadingStoppedError(DataError):
    """The person stopped the reading of a table."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Says how far a long job has come, and stops it when it is asked to."""

    progress: Progress | None = None
    cancelled: Cancelled | None = None

    def report(self, share: float) -> None:
        """Tell which share is done. Raises ReadingStoppedError."""
        if self.cancelled is not None and self.cancelled():
            raise ReadingStoppedError(message("Reading the table was stopped."))
        if self.progress is not None:
            self.progress(min(1.0, share))

    def part(self, start: float, end: float) -> Progress:
        """Return what tells the progress of a part of the job, from 0 to 1."""
        return lambda share: self.report(start + (end - start) * share)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells of a file as texts without blanks around them, all rows of one width.

    lines : the number of the line on which each row ends, counted from 1
    """

    rows: list[list[str]]
    lines: list[int]


def find_delimiter(text: str) -> str:
    """Return the sign between cells; a comma where every line is a single cell."""
    declared = re.match(r"\s*sep=(.)\r?\n", text)
    if declared:
        return declared[1]
    best, best_share = "", 0.0
    for delimiter in DELIMITERS:
        share = _agreement(text, delimiter)
        if share > best_share + 0.01:
            best, best_share = delimiter, share
    return best or ","


def read_cells(
    text: str, delimiter: str, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Cells:
    """Return all cells; lines without any text are passed over.

    Raises DataError with the line for a row of another width, an open quotation mark and too many cells;
    ReadingStoppedError once `cancelled` says so.
    """
    rows: list[list[str]] = []
    lines: list[int] = []
    width = 0
    steps = Steps(progress, cancelled)
    line_count = text.count("\n") + 1
    for line, row in _rows(text, delimiter):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if not rows:
            width = _width(cells)
        if len(cells) != width:
            cells = _fitted(cells, rows[0], line)
        rows.append(cells)
        lines.append(line)
        if (len(rows) - 1) * width > MAX_CELLS:
            raise DataError(
                message(
                    "More than {limit} cells are too many; line {line} is the last that fits.",
                    limit=MAX_CELLS,
                    line=lines[-2],
                )
            )
        if len(rows) % _REPORT_EVERY == 0:
            steps.report(line / line_count)
    if not rows:
        raise DataError(message("The file is empty."))
    steps.report(1.0)
    return Cells(rows, lines)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    source = io.StringIO(text, newline="")
    skipped = 1 if re.match(r"\s*sep=.\r?\n", text) else 0
    for _ in range(skipped):
        source.readline()
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    last = 0
    try:
        for row in reader:
            last = reader.line_num + skipped
            yield last, row
    except csv.Error as error:
        raise DataError(
            message(
                "The row from line {line} on has a quotation mark that is not closed, or closed too early.",
                line=last + 1,
            )
        ) from error


def _width(first: list[str]) -> int:
    if len(first) > MAX_COLUMNS:
        raise DataError(
            message(
                "The table has {count} columns; {limit} are the most.", count=len(first), limit=MAX_COLUMNS
            )
        )
    return len(first)


def _fitted(cells: list[str], first: list[str], line: int) -> list[str]:
    """The cells with empty ones at the end dropped or added, as in files that end lines with a delimiter."""
    width = len(first)
    if not any(cells[width:]) and not any(first[len(cells) :]):
        return cells[:width] + [""] * (width - len(cells))
    raise DataError(
        message(
            "Line {line} has {count} cells, but the first row has {width}.",
            line=line,
            count=len(cells),
            width=width,
        )
    )


def _agreement(text: str, delimiter: str) -> float:
    """Which share of the first rows have the commonest number of cells; 0 where that number is 1."""
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample[: sample.rfind("\n") + 1] or sample
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    ((width, count),) = widths.most_common(1) or [(1, 0)]
    return count / widths.total() if width > 1 else 0.0

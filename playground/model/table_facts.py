"""What is in the columns of a table, what a network makes of them, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.model.experiment import ColumnKind, Table
from playground.model.message import Message, message
from playground.model.parameters import Floats

Use = Literal["read", "answer", "leave"]
"""What becomes of a column: the network reads it, learns to answer it, or it is left out."""
USES: tuple[Use, ...] = ("read", "answer", "leave")

FEW_ROWS = 20
"""With fewer rows there is little to learn from."""
MANY_INPUTS = 100
"""More inputs than this are much to look at."""
FEW_TEXTS = 4
"""So many classes are named one by one."""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What a column holds.

    low, high : the least and the greatest number; NaN for classes and where every cell is missing
    counts : how many rows there are of each class, in the order of `classes`
    missing : how many cells are empty
    """

    name: str
    kind: ColumnKind
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    low: float
    high: float
    missing: int

    @property
    def is_constant(self) -> bool:
        """Whether it says the same in every row."""
        if self.kind == "class":
            return sum(count > 0 for count in self.counts) < 2
        return not self.low < self.high

    @property
    def width(self) -> int:
        """How many inputs it becomes, or how many answers."""
        return len(self.classes) if len(self.classes) > 2 else 1


def column_facts(table: Table) -> tuple[ColumnFacts, ...]:
    """Return the facts of every column, in order."""
    cells = table.cells
    missing = np.isnan(cells)
    # Each reduction goes over all columns at once: a table may have hundreds.
    low = np.where(missing, np.inf, cells).min(axis=0, initial=np.inf)
    high = np.where(missing, -np.inf, cells).max(axis=0, initial=-np.inf)
    found = []
    for position, column in enumerate(table.columns):
        is_class = column.kind == "class"
        present = cells[~missing[:, position], position] if is_class else np.zeros(0)
        counts = np.bincount(present.astype(np.int64), minlength=len(column.classes)) if is_class else ()
        has_numbers = not is_class and np.isfinite(low[position])
        found.append(
            ColumnFacts(
                column.name,
                column.kind,
                column.classes,
                tuple(int(count) for count in counts),
                float(low[position]) if has_numbers else float("nan"),
                float(high[position]) if has_numbers else float("nan"),
                int(missing[:, position].sum()),
            )
        )
    return tuple(found)


def kept_table(table: Table, uses: Mapping[str, Use]) -> Table:
    """Return the table without the columns that are left out."""
    kept = [n for n, column in enumerate(table.columns) if uses[column.name] != "leave"]
    if len(kept) == len(table.columns):
        return table
    return Table(tuple(table.columns[n] for n in kept), table.cells[:, kept])


def holds(facts: ColumnFacts) -> Message:
    """What a column holds, in a few words: its range, or its classes."""
    if facts.kind == "number":
        if np.isnan(facts.low):
            return message("nothing")
        if facts.is_constant:
            return message("always {number}", number=facts.low)
        return message("{low} to {high}", low=facts.low, high=facts.high)
    if len(facts.classes) <= FEW_TEXTS:
        return message("{classes}", classes=", ".join(facts.classes))
    return message("{count} different texts", count=len(facts.classes))


def becomes(facts: ColumnFacts, use: Use) -> Message:
    """What the network makes of a column."""
    if use == "leave":
        return message("nothing")
    if use == "answer":
        if facts.width > 1:
            return message("{count} answers: how likely each text is", count=facts.width)
        return message("one answer")
    if facts.width > 1:
        return message("{count} inputs: one for each text, 1 where it says so, else 0", count=facts.width)
    if facts.kind == "class" and len(facts.classes) == 2:
        return message(
            "one input: 0 for {first}, 1 for {second}", first=facts.classes[0], second=facts.classes[1]
        )
    return message("no input: it is always the same") if facts.kind == "class" else message("one input")


def refusal(table: Table, facts: Sequence[ColumnFacts], uses: Mapping[str, Use]) -> Message | None:
    """Return why nothing can be learned with these uses; None where it can."""
    answers = [column for column in facts if uses[column.name] == "answer"]
    if not answers:
        return message("Choose at least one column to predict.")
    if not any(uses[column.name] == "read" for column in facts):
        return message("Leave at least one column to predict from.")
    for column in answers:
        if column.kind == "class" and len(column.classes) < 2:
            return message(
                "“{name}” says “{text}” in every row, so there is nothing to tell apart.",
                name=column.name,
                text="".join(column.classes),
            )
    if not _whole_rows(table, uses):
        return message(
            "With these columns every row has a missing cell. Leave out the columns with the most."
        )
    return None


def problems(table: Table, facts: Sequence[ColumnFacts], uses: Mapping[str, Use]) -> tuple[Message, ...]:
    """Return a sentence for everything that people should know before they let a network learn from this."""
    whole = _whole_rows(table, uses)
    return (
        *_of_rows(len(table.cells), whole),
        *_constant([column for column in facts if uses[column.name] != "leave" and column.is_constant]),
        *_single(column for column in facts if uses[column.name] == "answer"),
        *_given_away(table, uses),
        *_of_inputs(sum(column.width for column in facts if uses[column.name] == "read")),
    )


def _whole_rows(table: Table, uses: Mapping[str, Use]) -> int:
    kept = [n for n, column in enumerate(table.columns) if uses[column.name] != "leave"]
    return int((~np.isnan(table.cells[:, kept]).any(axis=1)).sum())


def _of_rows(count: int, whole: int) -> Iterator[Message]:
    if 0 < whole < count:
        yield message(
            "Rows with a missing cell are left out: {missing} of {count}.", missing=count - whole, count=count
        )
    if 0 < whole < FEW_ROWS:
        yield message("With {count} rows there is little to learn from, and less to test with.", count=whole)


def _constant(columns: Sequence[ColumnFacts]) -> Iterator[Message]:
    if len(columns) == 1:
        yield message(
            "“{name}” is the same in every row: nothing can be learned from it.", name=columns[0].name
        )
    elif columns:
        yield message(
            "{count} columns are the same in every row, “{name}” for one: nothing can be learned from them.",
            count=len(columns),
            name=columns[0].name,
        )


def _single(answers: Iterator[ColumnFacts]) -> Iterator[Message]:
    for column in answers:
        single = [text for text, count in zip(column.classes, column.counts, strict=False) if count == 1]
        if len(single) == 1:
            yield message(
                "Only one row says “{text}” in “{name}”: it can be learned from or tested with, not both.",
                text=single[0],
                name=column.name,
            )
        elif single:
            yield message(
                "{count} texts in “{name}” stand in a single row each: such a row can be learned from "
                "or tested with, not both.",
                count=len(single),
                name=column.name,
            )


def _given_away(table: Table, uses: Mapping[str, Use]) -> Iterator[Message]:
    """Columns that are read and say the same as one to answer, row by row."""
    of: dict[Use, list[int]] = {use: [] for use in USES}
    for position, column in enumerate(table.columns):
        of[uses[column.name]].append(position)
    for answer in of["answer"]:
        name = table.columns[answer].name
        copies = [read for read in of["read"] if _says_the_same(table.cells[:, read], table.cells[:, answer])]
        if len(copies) == 1:
            yield message(
                "“{copy}” goes with “{name}” in every row and gives the answer away. Leave it out.",
                copy=table.columns[copies[0]].name,
                name=name,
            )
        elif copies:
            yield message(
                "{count} columns go with “{name}” in every row, “{copy}” for one, and give the answer away.",
                count=len(copies),
                copy=table.columns[copies[0]].name,
                name=name,
            )


def _says_the_same(one: Floats, other: Floats) -> bool:
    """Whether two columns go together in every row, perhaps by other numbers or names."""
    present = ~(np.isnan(one) | np.isnan(other))
    if not present.any():
        return False
    one, other = one[present], other[present]
    if np.array_equal(one, other):
        return len(one) > 1 and bool(np.ptp(one) > 0)
    if len(one) > 1 and len(np.unique(other[:1000])) < min(len(other), 1000) // 2:
        pairs: dict[float, float] = {}
        for left, right in zip(one[:1000].tolist(), other[:1000].tolist(), strict=True):
            if pairs.setdefault(right, left) != left:
                return False
        values, inverse = np.unique(other, return_inverse=True)
        named = np.full(len(values), np.nan)
        named[inverse] = one
        return bool(np.array_equal(named[inverse], one)) and len(np.unique(named)) == len(values) > 1
    return False


def _of_inputs(count: int) -> Iterator[Message]:
    if count > MANY_INPUTS:
        yield message(
            "The network gets {count} inputs, which is much to look at. Leave out what cannot matter.",
            count=count,
        )

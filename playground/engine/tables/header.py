"""Whether the first row names the columns, and what the columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from playground.engine.tables.numbers import DecimalSign, parse_numbers
from playground.model.message import Message, message

_SAMPLE_ROWS = 200


def has_header(rows: Sequence[Sequence[str]], sign: DecimalSign) -> bool:
    """Say whether the first row is one of names.

    It is not where a cell of it is a number. Otherwise it is where some column below holds numbers, or none
    of its cells comes again in its own column below.
    """
    first, below = rows[0], rows[1 : 1 + _SAMPLE_ROWS]
    read = parse_numbers(first, sign)
    if len(read.texts) + len(read.infinite) < sum(bool(cell) for cell in first):
        return False
    if not below:
        return True
    columns = list(zip(*below, strict=True))
    if any(not parse_numbers(column, sign).texts and any(column) for column in columns):
        return True
    return all(name not in column for name, column in zip(first, columns, strict=True) if name)


def column_names(first: Sequence[str], count: int) -> tuple[list[str], list[Message]]:
    """Return a name of its own for each column, and notes on those that come twice.

    first : the row of names; empty where the file has none
    """
    names: list[str] = []
    notes: list[Message] = []
    taken = Counter(" ".join(name.split()) for name in first)
    for position in range(count):
        given = " ".join(first[position].split()) if first else ""
        name = given or f"column_{position + 1}"
        number = 2
        while name in names or (name != given and taken[name]):
            name, number = f"{given or 'column'} ({number})", number + 1
        if given and name != given:
            notes.append(message("A second column “{given}” is called “{name}”.", given=given, name=name))
        names.append(name)
    return names, notes

"""The frame of every narration: what is said at which level, and how long tables are kept short."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

import numpy as np

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.network import EdgeKey
from playground.model.parameters import Floats

Rows = Callable[[], Iterable[ArithmeticRow]]
Formulas = Callable[[], Iterable[Formula]]
Element = TypeVar("Element")

SHOWN_ROWS = 12
"""A table lists at most this many of a kind: the strongest; the others share one row."""


def told(
    level: Level,
    title: Message,
    words: Sequence[Message],
    maths: Sequence[Message],
    rows: Rows,
    formulas: Formulas,
    nodes: Sequence[int] = (),
    edges: Sequence[EdgeKey] = (),
) -> Narration:
    """Return the text at a level: words alone, words over a table, or exact terms over formulas."""
    return Narration(
        title=title,
        sentences=tuple(maths if level == "maths" else words),
        rows=tuple(rows()) if level == "numbers" else (),
        formulas=tuple(_stacked(formulas())) if level == "maths" else (),
        nodes=tuple(nodes),
        edges=tuple(edges),
    )


def _stacked(formulas: Iterable[Formula]) -> Iterator[Formula]:
    """Formulas with the same symbols one after the other become one, with a line of numbers for each."""
    for symbols, group in groupby(formulas, key=lambda formula: formula.symbols):
        lines = [formula.numbers for formula in group]
        numbers = lines[0]
        for line in lines[1:]:
            numbers = message("{above}<br>{below}", above=numbers, below=line)
        yield Formula(symbols, numbers)


def others(rest: Floats) -> ArithmeticRow:
    """Return the one row for all that is not listed: their sum."""
    if len(rest) == 1:
        return ArithmeticRow(message("and one other"), None, float(rest[0]))
    return ArithmeticRow(message("and {count} others together", count=len(rest)), None, float(rest.sum()))


def others_on_average(rest: Floats) -> ArithmeticRow:
    """Return the one row for all that is not listed, where a sum of it would mean nothing: their mean."""
    if len(rest) == 1:
        return others(rest)
    label = message("and {count} others, on average", count=len(rest))
    return ArithmeticRow(label, None, float(rest.mean()))


def strongest(elements: Sequence[Element], values: Floats) -> tuple[list[Element], Floats]:
    """Return the elements to show, in their order, and the values of the rest: all while they are few.

    values : (n_elements,), by whose magnitude they are chosen
    """
    if len(elements) <= SHOWN_ROWS:
        return list(elements), np.zeros(0)
    kept = np.sort(np.argsort(-np.abs(values), kind="stable")[:SHOWN_ROWS])
    return [elements[place] for place in kept], np.delete(values, kept)

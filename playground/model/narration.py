"""What a step of a pass is said to do, at one of three levels.

Titles, sentences, labels and calculations are plain text. Only the templates of a `Formula` are rich text: a
view escapes the names put into them. At the level Words there are sentences alone, at Numbers the same
sentences and rows, at Maths sentences in exact terms and formulas.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.message import Message
from playground.model.network import EdgeKey


@dataclass(frozen=True, slots=True)
class ArithmeticRow:
    """A row of the arithmetic: a label, the calculation as text parts, and its result.

    calculation : for instance "{activation} × {weight}", empty where there is none
    strong : whether the row is a sum or a result, set apart from the rows above it
    """

    label: Message
    calculation: Message | None
    result: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in symbols, and the same formula with the numbers in it.

    Both are in simple rich text: <i>, <sub>, <sup>, <br> and Unicode signs only. The numbers have a line for
    each element that the formula holds for.
    """

    symbols: str
    numbers: Message


@dataclass(frozen=True, slots=True)
class Narration:
    """The text for one step: sentences, and at the levels Numbers and Maths rows or formulas.

    nodes, edges : what the text speaks of, for a highlight on the canvas
    """

    title: Message
    sentences: tuple[Message, ...]
    rows: tuple[ArithmeticRow, ...] = ()
    formulas: tuple[Formula, ...] = ()
    nodes: tuple[int, ...] = ()
    edges: tuple[EdgeKey, ...] = ()

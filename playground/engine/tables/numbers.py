"""The third question: how numbers are written, and which cells are numbers, missing, or text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.model.parameters import Floats

DecimalSign = Literal[".", ","]

MISSING = frozenset(
    {"", "?", "-", "NA", "na", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "NULL", "Null", "null"}
)
"""What stands in a cell that has no value."""

_GROUPING = " '’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
"""Signs between thousands, besides the comma or the point that is not the decimal sign."""

_NUMBER = {
    sign: re.compile(
        rf"[+-]?(?:\d{{1,3}}(?:[{re.escape(other)}{_GROUPING}]\d{{3}})+|\d+)?(?:{re.escape(sign)}\d*)?(?:[eE][+-]?\d+)?"
    )
    for sign, other in ((".", ","), (",", "."))
}
_ONLY_DECIMAL = {
    sign: re.compile(
        rf"[+\-−]?(?:0{re.escape(sign)}\d+|\d*{re.escape(sign)}(?:\d{{1,2}}|\d{{4,}})|\d{{4,}}{re.escape(sign)}\d+"
        rf"|\d{{1,3}}(?:[{re.escape(other)}{_GROUPING}]\d{{3}})+{re.escape(sign)}\d+)"
    )
    for sign, other in ((".", ","), (",", "."))
}
"""Numbers in which a sign can only be the decimal sign."""
_COMMA_NUMBER = re.compile(r"[+\-−]?\d{1,3},\d{3}")


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A column read as numbers.

    values : float64, (n_rows,); NaN where the cell is missing or no number
    texts : row numbers of the cells that are neither a number nor missing
    infinite : row numbers of numbers that are infinite or too large to be held
    missing_count : how many cells are missing
    """

    values: Floats
    texts: list[int]
    infinite: list[int]
    missing_count: int


def find_decimal_sign(rows: Sequence[Sequence[str]], delimiter: str) -> DecimalSign:
    """Return the decimal sign of a table, from all cells that can only be read in one way.

    Where every number with a comma has three digits after it (`1,234`) it could be either; then it is taken
    as the decimal sign in files with semicolons, which are usual where people write a decimal comma.
    """
    with_comma = {cell for row in rows for cell in row if "," in cell}
    if not with_comma:
        return "."
    with_point = {cell for row in rows for cell in row if "." in cell}
    comma = sum(_ONLY_DECIMAL[","].fullmatch(cell) is not None for cell in with_comma)
    point = sum(_ONLY_DECIMAL["."].fullmatch(cell) is not None for cell in with_point)
    if comma or point:
        return "," if comma > point else "."
    unclear = any(_COMMA_NUMBER.fullmatch(cell) for cell in with_comma)
    return "," if unclear and delimiter == ";" and not with_point else "."


def parse_numbers(cells: Iterable[str], sign: DecimalSign) -> Parsed:
    """Return a column read as numbers with this decimal sign; thousands may be set apart."""
    found: list[float] = []
    texts: list[int] = []
    missing_count = 0
    for row, cell in enumerate(cells):
        if cell in MISSING:
            missing_count += 1
            found.append(np.nan)
            continue
        value = _number(cell, sign)
        if value is None:
            texts.append(row)
            value = np.nan
        found.append(value)
    values = np.array(found, dtype=np.float64)
    return Parsed(values, texts, np.flatnonzero(np.isinf(values)).tolist(), missing_count)


def _number(cell: str, sign: DecimalSign) -> float | None:
    if sign == "." or ("," not in cell and "." not in cell):
        try:
            # The common case; Python also reads "1_000", which nobody means in a table.
            return None if "_" in cell else _not_nan(float(cell))
        except ValueError:
            pass
    plain = cell.replace("−", "-")
    if not any(map(str.isdigit, plain)) or _NUMBER[sign].fullmatch(plain) is None:
        return None
    other = "," if sign == "." else "."
    for character in (other, *_GROUPING):
        plain = plain.replace(character, "")
    return float(plain.replace(sign, "."))


def _not_nan(value: float) -> float | None:
    return None if math.isnan(value) else value

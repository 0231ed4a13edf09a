"""Reads numbers as people type them, and says what is wrong when it cannot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playground.model.message import MINUS, Message, message, parse_number


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which numbers are allowed.

    above : the number must be more than this, where given
    """

    minimum: float = -math.inf
    maximum: float = math.inf
    above: float | None = None
    whole: bool = False


def read_number(text: str) -> float:
    """Return the number in a text: a decimal point or comma, either minus, powers as 1e-3 or 1×10^-3.

    One comma is a decimal comma; several are thousands. Raises ValueError when it is no number.
    """
    plain = text.strip().replace(MINUS, "-").replace("\N{NO-BREAK SPACE}", "").replace("'", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    elif "," in plain and "." in plain and plain.rindex(",") > plain.rindex("."):
        plain = plain.replace(".", "").replace(",", ".")
    value = parse_number(plain)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def complaint(text: str, bounds: Bounds) -> Message | None:
    """Return a sentence that says why the text cannot be used, or None where it can."""
    if not text.strip():
        return message("Type a number, for instance 0.5.")
    try:
        value = read_number(text)
    except ValueError:
        return message("“{text}” is not a number. Type one such as 0.5.", text=text.strip())
    if bounds.whole and not value.is_integer():
        return message("Type a whole number, such as 10.")
    if bounds.above is not None and value <= bounds.above:
        return message("Type a number above {limit}.", limit=bounds.above)
    if value < bounds.minimum:
        return message("Type {limit} or more.", limit=bounds.minimum)
    if value > bounds.maximum:
        return message("Type {limit} or less.", limit=bounds.maximum)
    return None

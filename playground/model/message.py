"""Sentences for people: a whole template and named values, formatted and translated in one place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Value = str | int | float
"""What a placeholder may hold besides another message."""

MINUS = "\N{MINUS SIGN}"
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
LOWERED = {ord(raised): plain for plain, raised in zip("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", strict=True)}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people, kept as a template with named values, so that numbers stay numbers.

    The template is the key of its translation; it is never put together from pieces. A value that is
    itself a message is translated before it is put in.
    """

    template: str
    values: Mapping[str, Value | Message] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def message(template: str, /, **values: Value | Message) -> Message:
    """Return a message; the template stands as a literal at the call, so that translators find it."""
    return Message(template, MappingProxyType(values))


def format_number(value: float, digits: int = 3) -> str:
    """Return a number as people read it: at most `digits` significant digits and a real minus sign.

    Whole numbers keep all their digits, with commas at the thousands. Numbers below one keep their zero;
    very large and very small ones are written with a power of ten.
    """
    if isinstance(value, int):
        return f"{value:,}".replace("-", MINUS)
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value == 0:
        return "0"
    magnitude = abs(value)
    exponent = int(f"{magnitude:.{digits - 1}e}".partition("e")[2])
    if exponent >= digits + 3 or exponent < -4:
        text = _scientific(magnitude, digits)
    else:
        text = f"{round(magnitude, digits - 1 - exponent):,.{max(0, digits - 1 - exponent)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS}{text}" if value < 0 else text


def format_exact(value: float) -> str:
    """Return a number in full precision (it reads back to the same float), with a real minus sign."""
    if not math.isfinite(value):
        return format_number(value)
    mantissa, _, power = repr(float(value)).removesuffix(".0").partition("e")
    text = f"{mantissa}×10{str(int(power)).translate(RAISED)}" if power else mantissa
    return text.replace("-", MINUS)


def parse_number(text: str) -> float:
    """Return the number in a text as `format_number` or `format_exact` writes it, or as people type it.

    Raises ValueError when the text is no number.
    """
    plain = text.strip().replace(MINUS, "-").replace(",", "").replace(" ", "")
    mantissa, ten, power = plain.partition("×10")
    if ten:
        return float(f"{mantissa}e{power.translate(LOWERED).removeprefix('^')}")
    return float(plain.replace("∞", "inf"))


def sentence(text: Message, translate: Callable[[str], str] = str) -> str:
    """Return a message as text in the language of `translate`, numbers formatted for people."""
    values = {name: _formatted(value, translate) for name, value in text.values.items()}
    return translate(text.template).format_map(values)


def _formatted(value: Value | Message, translate: Callable[[str], str]) -> str:
    if isinstance(value, Message):
        return sentence(value, translate)
    return value if isinstance(value, str) else format_number(value)


def _scientific(magnitude: float, digits: int) -> str:
    mantissa, power = f"{magnitude:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}×10{str(int(power)).translate(RAISED)}"

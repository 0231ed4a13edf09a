"""Sentences that name the place in a file: `network.edges[3].weight: expected a finite number`."""

from __future__ import annotations

import json
import math
import re

from playground.model.errors import FileError
from playground.model.message import Message, message

RESERVED = {"view", "runs", "lesson"}
"""Keys that a later version gives a meaning to."""

EXPECTED: dict[str, Message] = {
    "int": message("a whole number"),
    "float": message("a finite number"),
    "str": message("a text"),
    "bool": message("true or false"),
    "array": message("a list"),
    "object": message("an object"),
    "null": message("null"),
}
"""msgspec's names of types, in words."""

COMPARED: dict[str, Message] = {
    ">=": message("{expected} that is at least {limit}"),
    ">": message("{expected} that is greater than {limit}"),
    "<=": message("{expected} that is at most {limit}"),
    "<": message("{expected} that is less than {limit}"),
    "of length <=": message("{expected} of at most {limit} parts"),
    "of length": message("{expected} of {limit} parts"),
}
"""msgspec's limits, in words."""

PLACED = re.compile(r"^(?P<text>.*?)(?: - at `\$\.?(?P<place>.*)`)?$", re.DOTALL)
WRONG = re.compile(
    r"^Expected `(?P<types>[^`]*)`(?: (?P<how>of length <=|of length|[<>]=?) (?P<limit>[\d.e+-]+))?"
)


def at(place: str, text: Message) -> FileError:
    """Return the error whose sentence names a place and says what was expected there."""
    return FileError(message("{place}: {text}", place=place, text=text))


def expected(place: str, what: Message) -> FileError:
    """Return the error that says what should stand at a place."""
    return at(place, message("expected {what}", what=what))


def refused(text: str) -> FileError:
    """Return the error for what msgspec says about a file that is JSON but of the wrong shape."""
    found = PLACED.match(text)
    place = (found["place"] if found else None) or ""
    said = found["text"] if found else text
    if key := re.match(r"Object contains unknown field `(.*)`", said, re.DOTALL):
        name = key[1]
        if name in RESERVED:
            return at(_joined(place, name), message("this key is kept for a later version"))
        return at(_joined(place, name), message("this key is not known"))
    if key := re.match(r"Object missing required field `(.*)`", said):
        return at(_joined(place, key[1]), message("this key is missing"))
    place = place or "file"
    if choice := re.match(r"Invalid enum value (.*)", said, re.DOTALL):
        return at(place, message("{value} is not one of the choices", value=choice[1]))
    if wrong := WRONG.match(said):
        return expected(place, _in_words(wrong["types"], wrong["how"], wrong["limit"]))
    if "out of range" in said:
        return expected(place, EXPECTED["float"])
    return at(place, message("this value is not allowed"))


def malformed(data: bytes, text: str) -> FileError:
    """Return the error for what is no JSON at all, or JSON with a number such as NaN."""
    place = _not_finite(data)
    if place is not None:
        return expected(place, EXPECTED["float"])
    if "truncated" in text:
        return FileError(message("The file breaks off before its end."))
    byte = re.search(r"byte (\d+)", text)
    return FileError(
        message("The file is not a playground file: it is no JSON from byte {byte} on.", byte=byte[1])
        if byte
        else message("The file is not a playground file: it is no JSON.")
    )


def _in_words(types: str, how: str | None, limit: str | None) -> Message:
    names = [EXPECTED.get(name, message("something else")) for name in types.split(" | ")]
    words = names[0]
    for name in names[1:]:
        words = message("{one} or {other}", one=words, other=name)
    if how is None or limit is None:
        return words
    return message(COMPARED[how].template, expected=words, limit=float(limit) if "." in limit else int(limit))


def _joined(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _not_finite(data: bytes) -> str | None:
    """The place of the first NaN or infinity, in a text that Python's more lenient reader takes as JSON."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return None
    waiting: list[tuple[str, object]] = [("", content)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, float) and not math.isfinite(value):
            return place
        if isinstance(value, dict):
            waiting += [(_joined(place, str(key)), part) for key, part in reversed(value.items())]
        if isinstance(value, list):
            waiting += [(f"{place}[{index}]", part) for index, part in reversed(list(enumerate(value)))]
    return None

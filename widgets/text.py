"""Turns messages into text in the language of the window."""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QCoreApplication

from playground.model.keys import Level
from playground.model.message import Message, Value, format_number, sentence

CONTEXT = "Message"
"""The context under which translators find the templates of messages."""
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""As `html.escape` does; that module brings 1 MB of names of signs along, before the first picture."""


def translate(template: str) -> str:
    """Return a message's template in the language of the window."""
    return QCoreApplication.translate(CONTEXT, template)


def say(text: Message) -> str:
    """Return a message as plain text in the language of the window."""
    return sentence(text, translate)


def say_rich(text: Message) -> str:
    """Return a message whose template is rich text; texts put into it are shown as they are."""
    values = {name: _escaped(value) for name, value in text.values.items()}
    return sentence(Message(text.template, MappingProxyType(values)), translate)


def pick(level: Level, words: str, technical: str) -> str:
    """Return the label for a level: plain words, or the name that the field uses."""
    return words if level == "words" else technical


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence: plain text, a name, or a number with its sign."""

    text: str
    kind: Literal["plain", "name", "number"] = "plain"
    negative: bool = False


def runs(text: Message) -> tuple[Run, ...]:
    """Return a sentence in stretches, so that names and numbers in it can be set apart.

    A name directly before a number ("Squishiness 0.8") becomes one stretch with it.
    """
    joined = _runs(text)
    return (replace(joined[0], text=capital(joined[0].text)), *joined[1:]) if joined else ()


def capital(text: str) -> str:
    """A sentence with a capital at its start, where it begins with a name that has none."""
    return text[:1].upper() + text[1:]


def _runs(text: Message) -> tuple[Run, ...]:
    found: list[Run] = []
    for literal, name, _spec, _conversion in string.Formatter().parse(translate(text.template)):
        if literal:
            found.append(Run(literal))
        if name is not None and name in text.values:
            found.extend(_value_runs(text.values[name]))
    return _joined(found)


def _value_runs(value: Value | Message) -> tuple[Run, ...]:
    if isinstance(value, Message):
        return _runs(value) if value.values else (Run(translate(value.template)),)
    if isinstance(value, str):
        return (Run(value, "name"),)
    if isinstance(value, int):  # a count is no value of the network
        return (Run(format_number(value)),)
    return (Run(format_number(value), "number", value < 0),)


def _joined(found: list[Run]) -> tuple[Run, ...]:
    """Join a name, a space and a number that follow each other."""
    joined: list[Run] = []
    for run in found:
        if run.kind == "number" and len(joined) > 1 and joined[-1] == Run(" ") and joined[-2].kind == "name":
            joined.pop()
            joined.append(Run(f"{joined.pop().text} {run.text}", "number", run.negative))
        else:
            joined.append(run)
    return tuple(joined)


def _escaped(value: Value | Message) -> Value | Message:
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, Message):
        inner = {name: _escaped(part) for name, part in value.values.items()}
        return Message(value.template, MappingProxyType(inner))
    return value

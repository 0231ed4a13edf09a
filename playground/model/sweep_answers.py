"""Outcomes of runs as bytes, so that a process or another machine can hand them over."""

from __future__ import annotations

from types import MappingProxyType

import msgspec
import numpy as np

from playground.model.message import Message, Value
from playground.model.parameters import frozen_array
from playground.model.sweep import Outcome, PointResult


class Reason(msgspec.Struct):
    """A message: its template and its values, of which some may be messages themselves."""

    template: str
    values: dict[str, str | int | float | Reason] = {}


class Answer(msgspec.Struct):
    """An outcome; `reason` stands where there is no result. A number that is not finite is null."""

    epochs: float = 0.0
    stopped: str = ""
    curve: list[list[float | None]] = []
    penalty: float | None = None
    seconds: float = 0.0
    file: bytes = b""
    reason: Reason | None = None


def encode(outcome: Outcome) -> bytes:
    """Return an outcome as JSON."""
    if isinstance(outcome, Message):
        return msgspec.json.encode(Answer(reason=_reason(outcome)))
    return msgspec.json.encode(
        Answer(
            outcome.epochs,
            outcome.stopped,
            outcome.curve.tolist(),
            outcome.penalty,
            outcome.seconds,
            outcome.file,
        )
    )


def decode(data: bytes) -> Outcome:
    """Return the outcome that was encoded. Raises ValueError where the bytes are none."""
    answer = msgspec.json.decode(data, type=Answer)
    if answer.reason is not None:
        return _message(answer.reason)
    curve = np.array([[np.nan if part is None else part for part in row] for row in answer.curve])
    return PointResult(
        answer.epochs,
        answer.stopped,
        frozen_array(curve.reshape(-1, 5)),
        np.nan if answer.penalty is None else answer.penalty,
        answer.seconds,
        answer.file,
    )


def _reason(text: Message) -> Reason:
    return Reason(
        text.template,
        {
            name: _reason(value) if isinstance(value, Message) else value
            for name, value in text.values.items()
        },
    )


def _message(reason: Reason) -> Message:
    values: dict[str, Value | Message] = {
        name: _message(value) if isinstance(value, Reason) else value for name, value in reason.values.items()
    }
    return Message(reason.template, MappingProxyType(values))

"""What the network answers at one place, in words."""

from __future__ import annotations

import math

from playground.model.keys import Level
from playground.model.maps import Answer
from playground.model.message import Message, message
from playground.model.parameters import Floats

NO_ANSWER = message("Here the network has no answer: its numbers are past all bounds.")


def told(answer: Answer, values: Floats, level: Level) -> Message:
    """Return a sentence about what the outputs answer at a place.

    values : (n_outputs,), of all outputs
    """
    mine = [float(values[place]) for place in answer.outputs]
    if not all(math.isfinite(value) for value in mine):
        return NO_ANSWER
    if answer.kind == "value":
        if level == "words":
            return message("Here it answers {value} for {name}.", value=mine[0], name=answer.name)
        return message("{name} = {value}", name=answer.name, value=mine[0])
    if answer.kind == "pair":
        return _of_pair(answer, mine[0], level)
    return _of_classes(answer, mine, level)


def certainty(answer: Answer, value: float) -> float:
    """Return how sure an output is of the second class: 0 it is not, 0.5 undecided, 1 it is."""
    return min(max(0.5 + 0.5 * (value - answer.middle) / answer.reach, 0.0), 1.0)


def _of_pair(answer: Answer, value: float, level: Level) -> Message:
    share = certainty(answer, value)
    name = answer.classes[value >= answer.middle]
    if level == "words":
        return _sure(name, max(share, 1.0 - share))
    return message("{value}, so {name}", value=value, name=name)


def _of_classes(answer: Answer, values: list[float], level: Level) -> Message:
    order = sorted(range(len(values)), key=lambda place: -values[place])
    first = order[0]
    if level == "words":
        return _sure(answer.classes[first], min(max(values[first], 0.0), 1.0))
    if len(order) == 1:
        return message("{name} {value}", name=answer.classes[first], value=values[first])
    second = order[1]
    return message(
        "{name} {value}, then {other} {next}",
        name=answer.classes[first],
        value=values[first],
        other=answer.classes[second],
        next=values[second],
    )


def _sure(name: str, share: float) -> Message:
    percent = round(100 * share)
    if percent < 60:
        return message("Here it can hardly tell: rather {name} ({percent} %).", name=name, percent=percent)
    if percent < 90:
        return message("Here it thinks: {name} ({percent} % sure).", name=name, percent=percent)
    return message("Here it is sure: {name} ({percent} %).", name=name, percent=percent)

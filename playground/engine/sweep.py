"""Sweeps: settings with values to try, and every combination of them as a point that can be run."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Sequence

from playground.engine.sweep_keys import SettingError, changed, known_keys
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.parameters import Parameters
from playground.model.sweep import DEFAULT_EPOCHS, MAX_POINTS, MAX_WEIGHTS, Point, Setting, Value, value_text

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
WHOLE = re.compile(r"[+-]?\d+")


def read_setting(text: str) -> Setting:
    """Return the setting that a text gives: `learning.learning_rate=0.01,0.03`. Raises SettingError."""
    key, equals, values = text.partition("=")
    if not key.strip() or not equals:
        raise SettingError(
            message(
                "“{text}” gives no setting; expected a key, an equals sign and values: {example}.",
                text=text,
                example="learning.learning_rate=0.01,0.03",
            )
        )
    return Setting(key.strip(), read_values(key.strip(), values))


def read_values(key: str, text: str) -> tuple[Value, ...]:
    """Return the values in a text, with commas between them, each once. Raises SettingError."""
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        raise SettingError(message("{key}: a value is missing between the commas.", key=key))
    return tuple(_value(part) for part in dict.fromkeys(parts))


def make_points(
    experiment: Experiment, parameters: Parameters, settings: Sequence[Setting], epochs: int | None = None
) -> tuple[Point, ...]:
    """Return every combination of the settings' values, the last setting's changing fastest.

    parameters : what a point begins with; where it tries seeds, starting weights or hidden layers, fresh
        weights are drawn for it
    epochs : how long each runs; None takes each point's own `learning.stop.epochs`, or 100
    Raises SettingError with a sentence that names key and value where one cannot be used.
    """
    _check(experiment, settings)
    chosen = [
        tuple(zip([setting.key for setting in settings], values, strict=True))
        for values in itertools.product(*(setting.values for setting in settings))
    ]
    points: list[Point] = []
    weights = 0
    for number, one in enumerate(chosen):
        points.append(_point(number, experiment, parameters, one, epochs))
        weights += len(points[-1].parameters.weights)
        if weights > MAX_WEIGHTS:
            raise SettingError(
                message("So many runs of a network of this size do not fit: at most {count}.", count=number)
            )
    return tuple(points)


def count_points(settings: Sequence[Setting]) -> int:
    """Return how many combinations there are."""
    return math.prod(len(setting.values) for setting in settings)


def why_not_sweep(experiment: Experiment, settings: Sequence[Setting]) -> Message | None:
    """Return what is wrong with the settings as a whole, None where nothing is."""
    try:
        _check(experiment, settings)
    except SettingError as error:
        return error.message
    return None


def _check(experiment: Experiment, settings: Sequence[Setting]) -> None:
    if not settings:
        raise SettingError(message("Choose a setting, and the values to try."))
    known, seen = known_keys(experiment), set[str]()
    for setting in settings:
        if setting.key in seen:
            raise SettingError(message("{key} is given twice.", key=setting.key))
        seen.add(setting.key)
        if not any(setting.key == key or setting.key.startswith(f"{key}.") for key in known):
            raise SettingError(
                message(
                    "There is no setting {key} to try; there is {known}.",
                    key=setting.key,
                    known=", ".join(known),
                )
            )
    count = count_points(settings)
    if count > MAX_POINTS:
        raise SettingError(
            message(
                "These values make {count} runs; {limit} are the most. Leave some values out.",
                count=count,
                limit=MAX_POINTS,
            )
        )


def _point(
    number: int,
    experiment: Experiment,
    parameters: Parameters,
    chosen: tuple[tuple[str, Value], ...],
    epochs: int | None,
) -> Point:
    try:
        made, values = changed(experiment, parameters, chosen)
    except SettingError:
        for one in chosen:  # the sentence is about one value where that alone is wrong
            changed(experiment, parameters, (one,))
        raise
    length = epochs if epochs is not None else made.learning.stop_epochs or DEFAULT_EPOCHS
    return Point(number, chosen, made, values, length)


def _value(text: str) -> Value:
    if text in ("true", "false"):
        return text == "true"
    if text == "null":
        return None
    if WHOLE.fullmatch(text):
        return int(text) if len(text) < 20 else float(text)
    if NUMBER.fullmatch(text):
        return float(text)
    try:
        quoted = json.loads(text)
    except ValueError:
        return text
    return quoted if isinstance(quoted, str) else text


def told(chosen: Sequence[tuple[str, Value]]) -> str:
    """Return a point's settings as one text: `learning.learning_rate=0.01, seed=3`."""
    return ", ".join(f"{key}={value_text(value)}" for key, value in chosen)

"""What the settings of runs and their values are called at each level."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from playground.model.keys import Level
from playground.model.message import Message, format_number, message
from playground.model.run_settings import Setting
from widgets.names import (
    ACTIVATION_NAMES,
    INITIALIZATION_NAMES,
    KERNEL_NAMES,
    LOSS_NAMES,
    OPTIMIZER_NAMES,
    REGULARIZATION_NAMES,
    SCALING_NAMES,
    Names,
    name_of,
    readable,
)
from widgets.text import say

SETTING_NAMES: Names = {
    "data": (message("Data"), message("Data")),
    "rows": (message("Rows"), message("Rows")),
    "noise": (message("Noise"), message("Noise")),
    "test_share": (message("Kept for testing"), message("Kept for testing")),
    "data_seed": (message("Which rows"), message("Seed of the data")),
    "scaling": (message("Size of the numbers"), message("Scaling")),
    "inputs": (message("What it reads"), message("Inputs")),
    "hidden": (message("Hidden nodes"), message("Hidden layers")),
    "activation": (message("How nodes answer"), message("Activation")),
    "loss": (message("What counts as a mistake"), message("Loss")),
    "optimizer": (message("Way of going downhill"), message("Optimizer")),
    "momentum": (message("Momentum"), message("Momentum")),
    "beta1": (message("Beta 1"), message("Beta 1")),
    "beta2": (message("Beta 2"), message("Beta 2")),
    "epsilon": (message("Epsilon"), message("Epsilon")),
    "learning_rate": (message("Step size"), message("Learning rate")),
    "batch_size": (message("Examples per step"), message("Batch size")),
    "shuffle": (message("Shuffled"), message("Shuffled")),
    "regularization": (message("Price on strong arrows"), message("Regularization")),
    "regularization_rate": (message("How high the price is"), message("Regularization rate")),
    "initialization": (message("Arrows to begin with"), message("Initialization")),
    "stop_epochs": (message("Stop after rounds"), message("Stop after epochs")),
    "stop_loss": (message("Stop below a mistake of"), message("Stop below a loss of")),
    "kernel": (message("What multiplies"), message("Kernel")),
    "dtype": (message("Numbers"), message("Numbers")),
    "schedule": (message("How the steps shrink"), message("Schedule")),
    "schedule.every": (message("Smaller steps every"), message("Step every")),
    "schedule.factor": (message("Smaller by a factor of"), message("Step factor")),
    "schedule.epochs": (message("Shrink for"), message("Cosine over")),
    "schedule.least": (message("Smallest share of a step"), message("Cosine down to")),
    "dropout": (message("Nodes left out"), message("Dropout")),
    "seed": (message("First weights"), message("Seed")),
}

SCHEDULE_NAMES: Names = {
    "constant": (message("Never"), message("Constant")),
    "step": (message("In steps"), message("Step")),
    "cosine": (message("Smoothly"), message("Cosine")),
}

VALUE_NAMES: Mapping[str, Names] = MappingProxyType(
    {
        "loss": LOSS_NAMES,
        "optimizer": OPTIMIZER_NAMES,
        "regularization": REGULARIZATION_NAMES,
        "initialization": INITIALIZATION_NAMES,
        "kernel": KERNEL_NAMES,
        "scaling": SCALING_NAMES,
        "schedule": SCHEDULE_NAMES,
    }
)

NOTHING = "–"
ARROW = " → "


def setting_name(key: str, level: Level) -> str:
    """Return what a setting is called; one that has no name of its own is called by its key."""
    return name_of(SETTING_NAMES, key, level) if key in SETTING_NAMES else readable(key)


def value_text(key: str, value: Setting, level: Level) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return say(_yes_or_no(value))
    if isinstance(value, int | float):
        return format_number(value)
    if key == "activation":
        return ", ".join(name_of(ACTIVATION_NAMES, part, level) for part in value.split(", "))
    if key == "data":
        return readable(value)
    names = VALUE_NAMES.get(key)
    return value if names is None or value not in names else name_of(names, value, level)


def duration(seconds: float) -> str:
    """Return a time of training as people read it."""
    if seconds < 60:
        return say(message("{seconds} s", seconds=round(seconds, 1)))
    minutes, rest = divmod(round(seconds), 60)
    return say(message("{minutes} min {seconds} s", minutes=minutes, seconds=rest))


def _yes_or_no(value: bool) -> Message:
    return message("yes") if value else message("no")

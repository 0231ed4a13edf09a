"""The settings that a person can try several values of, with values to begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.model.experiment import BuiltInData, Experiment
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.sweep import Value, value_text
from widgets.names import ACTIVATION_NAMES, INITIALIZATION_NAMES, OPTIMIZER_NAMES, Names, name_of
from widgets.text import pick, say

SETTING_NAMES: Names = {
    "learning.learning_rate": (message("Step size"), message("Learning rate")),
    "learning.optimizer": (message("Way of going downhill"), message("Optimizer")),
    "learning.activation": (message("What nodes make of their sums"), message("Activation")),
    "learning.hidden": (message("Hidden layers"), message("Hidden layers")),
    "learning.batch_size": (message("Examples per step"), message("Batch size")),
    "learning.regularization_rate": (message("Price on strong arrows"), message("Regularization rate")),
    "learning.dropout": (message("Share of nodes left out"), message("Dropout")),
    "learning.initialization": (message("Arrows to begin with"), message("Initialization")),
    "data.noise": (message("Noise in the data"), message("Noise")),
    "data.count": (message("Number of examples"), message("Number of examples")),
    "seed": (message("Other starts"), message("Seed")),
}
"""What a setting is called where several values of it are tried."""

VALUE_NAMES: Mapping[str, Names] = {
    "learning.optimizer": OPTIMIZER_NAMES,
    "learning.activation": ACTIVATION_NAMES,
    "learning.initialization": INITIALIZATION_NAMES,
}
"""Settings that are chosen among names; all others are typed."""

SUGGESTED: Mapping[str, tuple[Value, ...]] = {
    "learning.learning_rate": (0.003, 0.01, 0.03, 0.1, 0.3),
    "learning.optimizer": ("sgd", "momentum", "adam"),
    "learning.activation": ("sigmoid", "tanh", "relu"),
    "learning.hidden": (2, 4, 8, "8x4"),
    "learning.batch_size": (1, 5, 20, 50),
    "learning.regularization_rate": (0, 0.001, 0.01, 0.1),
    "learning.dropout": (0, 0.1, 0.2, 0.4),
    "learning.initialization": ("glorot_uniform", "uniform"),
    "data.noise": (0, 0.1, 0.3, 0.5),
    "data.count": (50, 100, 200, 400),
    "seed": (1, 2, 3, 4, 5, 6),
}
"""Values that show something at a glance."""


@dataclass(frozen=True, slots=True)
class SweepOffer:
    """A setting to try: its key in the file, and the values that are suggested."""

    key: str
    values: tuple[Value, ...]

    @property
    def names(self) -> Names | None:
        """The names among which its values are chosen; None where they are typed."""
        return VALUE_NAMES.get(self.key)

    @property
    def text(self) -> str:
        """The suggested values as they are typed."""
        return ", ".join(value_text(value) for value in self.values)


def sweep_offers(experiment: Experiment) -> tuple[SweepOffer, ...]:
    """Return the settings that make a difference to an experiment."""
    left_out: set[str] = set()
    if experiment.learning.regularization == "none":
        left_out.add("learning.regularization_rate")
    if not any(node.role == "hidden" for node in experiment.network.nodes.values()):
        left_out |= {"learning.activation", "learning.dropout"}
    if not isinstance(experiment.data, BuiltInData):
        left_out |= {"data.noise", "data.count"}
    return tuple(SweepOffer(key, SUGGESTED[key]) for key in SETTING_NAMES if key not in left_out)


def setting_name(key: str, level: Level) -> str:
    """Return what a setting is called; its key where it has no name."""
    return name_of(SETTING_NAMES, key, level) if key in SETTING_NAMES else key


def value_name(key: str, value: Value, level: Level) -> str:
    """Return what a value is called: by its name, or as people read it."""
    names = VALUE_NAMES.get(key, {})
    return name_of(names, value, level) if isinstance(value, str) and value in names else value_text(value)


def caption(chosen: Sequence[tuple[str, Value]], level: Level) -> str:
    """Return what tells a run from the others, a setting on a line."""
    return "\n".join(say(_line(key, value, level)) for key, value in chosen)


def _line(key: str, value: Value, level: Level) -> Message:
    told = value_name(key, value, level)
    if key in VALUE_NAMES:
        return message("{text}", text=told)
    short = pick(level, say(message("Start")), setting_name(key, level)) if key == "seed" else None
    return message("{name} {value}", name=short or setting_name(key, level), value=told)

"""The settings of runs, and which of them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import MappingProxyType

from playground.model.experiment import BuiltInData, Experiment, Learning
from playground.model.network import Network
from playground.model.run import Run

Setting = str | int | float | bool | None
"""One setting's value; None where the experiment has no such setting, or it is switched off."""

ONLY_WITH: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "momentum": ("optimizer", "momentum"),
        "beta1": ("optimizer", "adam"),
        "beta2": ("optimizer", "adam"),
        "epsilon": ("optimizer", "adam"),
        "schedule.every": ("schedule", "step"),
        "schedule.factor": ("schedule", "step"),
        "schedule.epochs": ("schedule", "cosine"),
        "schedule.least": ("schedule", "cosine"),
    }
)
"""Settings that say something only while another one has a certain value."""

DEPENDENT = frozenset({*ONLY_WITH, "regularization_rate"})
"""Settings that are there only with certain values of others."""


def settings_of(experiment: Experiment) -> dict[str, Setting]:
    """Return all settings by key, in the order in which people look for them."""
    network, data, learning = experiment.network, experiment.data, experiment.learning
    found: dict[str, Setting] = {}
    if isinstance(data, BuiltInData):
        found |= {"data": data.name, "rows": data.count, "noise": data.noise}
        found |= {"test_share": data.test_share, "data_seed": data.seed}
    elif data is not None:
        found |= {"data": "table", "rows": len(data.table.cells), "noise": None}
        found |= {"test_share": data.test_share, "data_seed": data.seed, "scaling": data.scaling}
    found["inputs"] = ", ".join(_features(network))
    found["hidden"] = ", ".join(str(count) for count in hidden_layers(network))
    found["activation"] = ", ".join(_activations(network))
    for field in fields(Learning):
        found |= _values(field.name, getattr(learning, field.name))
    for key, (other, wanted) in ONLY_WITH.items():
        if key in found and found.get(other) != wanted:
            found[key] = None
    if found.get("regularization") == "none":
        found["regularization_rate"] = None
    found["seed"] = experiment.seed
    return found


def differing(runs: Sequence[Run]) -> tuple[str, ...]:
    """Return the keys of the settings that are not the same in all runs, all the time."""
    every = [settings_of(instant.experiment) for run in runs for instant in (run.start, run.end)]
    keys = dict.fromkeys(key for settings in every for key in settings)
    found = []
    for key in keys:
        values = {settings.get(key) for settings in every}
        if key in DEPENDENT:
            values.discard(None)  # that the optimizer has no such setting is told by the optimizer
        if len(values) > 1:
            found.append(key)
    return tuple(found)


def course(run: Run, key: str) -> tuple[Setting, ...]:
    """Return the values that a setting had in a run, in their order, each change once."""
    values: list[Setting] = []
    known: Experiment | None = None
    for instant in run.instants:
        if instant.experiment is not known:
            known = instant.experiment
            value = settings_of(known).get(key)
            if not values or values[-1] != value:
                values.append(value)
    return tuple(values)


def hidden_layers(network: Network) -> tuple[int, ...]:
    """Return how many hidden nodes there are at each depth, where there are any."""
    counts = (
        sum(network.nodes[node].role == "hidden" for node in layer)  # an output may have a depth of its own
        for layer in network.layers
    )
    return tuple(count for count in counts if count)


def _features(network: Network) -> list[str]:
    return [network.nodes[node].feature or "–" for node in network.inputs]


def _activations(network: Network) -> list[str]:
    """The activations of the hidden nodes, each once, in the order of the network."""
    return list(
        dict.fromkeys(
            network.nodes[node].activation for node in network.order if network.nodes[node].role == "hidden"
        )
    )


def _values(key: str, value: object) -> dict[str, Setting]:
    """Return a setting by its key; one that has parts by the key of each, its kind by its own."""
    if value is None or isinstance(value, str | int | float | bool):
        return {key: value}
    if is_dataclass(value):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return {key if name == "kind" else f"{key}.{name}": part for name, part in parts.items()}
    return {key: str(value)}

"""The settings that a sweep can try, and what an experiment becomes when they are given values."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np

from playground.engine.builtin.catalogue import BUILT_IN
from playground.model import edits, file
from playground.model.distances import LAYER_DISTANCE
from playground.model.errors import EditError, FileError, PlaygroundError
from playground.model.experiment import BuiltInData, DataSpec, Experiment, Table, TableData
from playground.model.file_entries import LearningEntry
from playground.model.initial import initial_parameters
from playground.model.keys import ACTIVATIONS, Activation
from playground.model.message import Message, message
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.sweep import Value, value_text

ACTIVATION, HIDDEN, SEED = "learning.activation", "learning.hidden", "seed"
"""Settings of the whole network: the activation and the sizes of its hidden layers, and its seed."""

OF_NETWORK = (ACTIVATION, HIDDEN)
DRAWN_ANEW = frozenset({SEED, HIDDEN, "learning.initialization"})
"""Settings that mean nothing for weights that are there already."""

OF_TABLES = ("test_share", "split", "seed", "scaling")
OF_BUILT_IN = ("name", "count", "noise", "test_share", "seed")
SIZES = re.compile(r"\d{1,5}([x-]\d{1,5}){0,19}")

Chosen = Sequence[tuple[str, Value]]


class SettingError(PlaygroundError):
    """A setting, or a value of it, that cannot be tried."""


def known_keys(experiment: Experiment) -> tuple[str, ...]:
    """Return the keys that can be tried with an experiment."""
    of_data: tuple[str, ...] = ()
    if experiment.data is not None:
        of_data = OF_TABLES if isinstance(experiment.data, TableData) else OF_BUILT_IN
    return (
        *(f"learning.{name}" for name in LearningEntry.__struct_fields__),
        *OF_NETWORK,
        *(f"data.{name}" for name in of_data),
        SEED,
    )


def changed(experiment: Experiment, parameters: Parameters, chosen: Chosen) -> tuple[Experiment, Parameters]:
    """Return an experiment with these settings, and the values that it begins with.

    The given parameters are kept, unless one of the settings asks for fresh ones.
    Raises SettingError with a sentence that names key and value.
    """
    try:
        made = _with_file_keys(experiment, chosen)
        made, values = _with_loss(experiment, made, parameters)
        for key, value in chosen:
            if key == HIDDEN:
                made = _with_hidden(made, _sizes(value))
        for key, value in chosen:
            if key == ACTIVATION:
                made = _with_activation(made, value)
    except FileError as error:
        raise _refused(chosen, cast("Message", error.message.values.get("text", error.message))) from error
    except EditError as error:
        raise _refused(chosen, error.message) from error
    if any(key in DRAWN_ANEW for key, _ in chosen):
        values = initial_parameters(made.network, made.learning, made.seed)
    return made, values


def _with_file_keys(experiment: Experiment, chosen: Chosen) -> Experiment:
    """The experiment with what its file would say: the same checks hold, and the same meaning.

    Only settings go through the file: the network and a table's rows stay out.
    """
    wanted = [(key, value) for key, value in chosen if key not in OF_NETWORK]
    if not wanted:
        return experiment
    bare = Experiment(Network.build(), _without_rows(experiment.data), experiment.learning, experiment.seed)
    content: dict[str, Any] = json.loads(file.write(bare, _no_values(bare.network)))
    for key, value in wanted:
        *places, last = key.split(".")
        part = content
        for place in places:
            if not isinstance(part.get(place), dict):
                part[place] = {}  # such as a schedule that was "constant"; the reader refuses all others
            part = part[place]
        part[last] = value
    read, _ = file.read(json.dumps(content).encode())
    if isinstance(read.data, BuiltInData) and read.data.name not in BUILT_IN:
        raise EditError(message("expected one of {known}", known=", ".join(BUILT_IN)))
    return replace(
        experiment, data=_with_rows(read.data, experiment.data), learning=read.learning, seed=read.seed
    )


def _without_rows(spec: DataSpec | None) -> DataSpec | None:
    if not isinstance(spec, TableData):
        return spec
    return replace(spec, table=Table(spec.table.columns, np.zeros((0, len(spec.table.columns)))))


def _with_rows(read: DataSpec | None, known: DataSpec | None) -> DataSpec | None:
    if isinstance(read, TableData) and isinstance(known, TableData):
        return replace(read, table=known.table)
    return read


def _with_loss(old: Experiment, new: Experiment, parameters: Parameters) -> tuple[Experiment, Parameters]:
    """Let the outputs answer as a new loss asks."""
    if new.learning.loss == old.learning.loss:
        return new, parameters
    before = replace(new, learning=replace(new.learning, loss=old.learning.loss))
    change = edits.set_learning(loss=new.learning.loss).make(before, parameters)
    return change.experiment, parameters


def _with_hidden(experiment: Experiment, sizes: Sequence[int]) -> Experiment:
    """The experiment with other hidden layers, each joined to the next by all edges; inputs, outputs stay."""
    network = experiment.network
    used = Counter(node.activation for node in network.nodes.values() if node.role == "hidden")
    activation: Activation = used.most_common(1)[0][0] if used else "tanh"
    none = _no_values(network)
    hidden = [node.id for node in network.nodes.values() if node.role == "hidden"]
    if hidden or network.edges:
        experiment = edits.delete(hidden, list(network.edges)).make(experiment, none).experiment
    network = experiment.network
    inputs = [network.nodes[node].x for node in network.inputs]
    moved = {
        node: (max(inputs, default=0.0) + LAYER_DISTANCE, network.nodes[node].y) for node in network.outputs
    }
    if moved:
        experiment = edits.arrange(moved).make(experiment, none).experiment
    for size in sizes:
        experiment = edits.add_layer(size, activation).make(experiment, none).experiment
    return experiment


def _with_activation(experiment: Experiment, value: Value) -> Experiment:
    if value not in ACTIVATIONS:
        raise EditError(message("expected one of {known}", known=", ".join(ACTIVATIONS)))
    hidden = [node.id for node in experiment.network.nodes.values() if node.role == "hidden"]
    if not hidden:
        raise EditError(message("the network has no hidden nodes"))
    edit = edits.set_activation(hidden, value)
    return edit.make(experiment, _no_values(experiment.network)).experiment


def _no_values(network: Network) -> Parameters:
    """Values for edits that only change the structure."""
    return Parameters(np.zeros(len(network.parameter_ids)), np.zeros(len(network.nodes)))


def _sizes(value: Value) -> tuple[int, ...]:
    """The sizes of the hidden layers: 8 is one layer, 8x4 or 8-4 are two."""
    text = "" if isinstance(value, bool) else value_text(value)
    if not SIZES.fullmatch(text) or not all(int(part) for part in re.split("[x-]", text)):
        raise EditError(message("expected the size of a layer, or sizes such as 8x4"))
    return tuple(int(part) for part in re.split("[x-]", text))


def _refused(chosen: Chosen, text: Message) -> SettingError:
    what = ", ".join(f"{key}={value_text(value)}" for key, value in chosen)
    return SettingError(message("{what}: {text}", what=what, text=text))

"""The shape of an edit: a named, pure change of experiment and touched values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playground.model.experiment import Experiment
from playground.model.message import Message
from playground.model.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Change:
    """The outcome of an edit: the new experiment, and the values that the edit itself sets.

    weights : parameter id -> new value; biases : node id -> new value. All other values are kept.
    restarts : whether learning begins anew (step count, optimizer and history are dropped)
    name : what Undo and Redo say where the edit's own name can be told better once the network is known
    """

    experiment: Experiment
    weights: Mapping[int, float] = field(default_factory=dict)
    biases: Mapping[int, float] = field(default_factory=dict)
    restarts: bool = False
    name: Message | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit by name; `make` is pure and raises EditError with a sentence where rules forbid it.

    name : what Undo and Redo say: "Move 3 nodes"
    merge : edits with the same key that follow each other become one undo step (a drag); None never does
    """

    name: Message
    make: Callable[[Experiment, Parameters], Change]
    merge: str | None = None

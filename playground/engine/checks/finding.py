"""What a check looks at, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from playground.model.dataset import BoundData
from playground.model.edit import Edit
from playground.model.experiment import Experiment
from playground.model.message import Message
from playground.model.network import Network
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

FindingKey = Literal[
    "not_finite",
    "diverged",
    "dead_relu",
    "saturated",
    "reads_answer",
    "input_scale",
    "constant_input",
    "no_way_in",
    "no_way_out",
]


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """A network, the data as it sees them, what it has learned, and how the run went so far.

    bound : None while there are no data; snapshot : None before the first training
    ran_away : whether the last run ended because its next step would have left all bounds
    """

    experiment: Experiment
    bound: BoundData | None
    state: LearnerState
    snapshot: Snapshot | None
    ran_away: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One trouble in words, and the edit that mends it.

    message : what is the matter; remedy : what the button says
    nodes : ids of the nodes that it is about, in order; empty where it is about the whole
    """

    key: FindingKey
    message: Message
    remedy: Message
    edit: Edit
    nodes: tuple[int, ...] = ()


def told(network: Network, nodes: tuple[int, ...], one: Message, many: Message) -> Message:
    """Return the sentence for one node, or the one for many, with their number and the first one's name."""
    chosen = one if len(nodes) == 1 else many
    return replace(chosen, values={"node": network.names[nodes[0]], "count": len(nodes)})

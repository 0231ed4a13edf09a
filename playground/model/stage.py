"""Everything that the canvas shows, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.model.experiment import Experiment
from playground.model.keys import Level
from playground.model.maps import MapMode, NodeMaps
from playground.model.message import Message
from playground.model.moment import Moment
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Parameters
from playground.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen nodes and edges."""

    nodes: frozenset[int] = frozenset()
    edges: frozenset[EdgeKey] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What the canvas shows: the network with its values, and a pass at rest or at one moment.

    trace : the pass over the chosen example with these parameters, or None where there is none
    moment : None at rest: then every forward value is shown and nothing travels
    path_edges : edge -> share in [0, 1] of the strongest path, lit up for a selected edge
    badges : node id -> what is the matter with it ("reads nothing yet")
    maps : small pictures of nodes; map_mode : whether all of them are shown
    """

    experiment: Experiment
    parameters: Parameters
    trace: Trace | None = None
    moment: Moment | None = None
    selection: Selection = field(default_factory=Selection)
    hovered_node: int | None = None
    hovered_edge: EdgeKey | None = None
    path_edges: Mapping[EdgeKey, float] = field(default_factory=dict)
    badges: Mapping[int, Message] = field(default_factory=dict)
    level: Level = "numbers"
    maps: tuple[NodeMaps, ...] = ()
    map_mode: MapMode = "on"

    @property
    def network(self) -> Network:
        """The network of the experiment."""
        return self.experiment.network

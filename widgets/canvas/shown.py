"""What is shown: the stage as it came in, with nodes elsewhere for the time being, and its geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from playground.model.edits.rebuild import changed_network
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats
from playground.model.stage import Stage
from widgets.canvas.biases import BIAS_PX, bias_rects
from widgets.canvas.cache import PaintCache
from widgets.canvas.emphasis import Emphasis
from widgets.canvas.fonts import SMALLEST_PX
from widgets.canvas.geometry import Geometry
from widgets.canvas.hit import Chips
from widgets.canvas.pills import PILL_PX

Point = tuple[float, float]

BIASES_AT_MOST = 400
"""More nodes are too small to take hold of their biases."""


class Shown:
    """Keeps what was derived from a stage until it changes.

    places : where nodes are shown instead of where they are; empty at rest
    """

    def __init__(self, stage: Stage) -> None:
        self.came = stage
        self.places: Mapping[int, Point] = {}
        self.hovered: int | EdgeKey | None = None
        self.content = 1.0
        self.cache = PaintCache()
        self._stage: Stage | None = None
        self._moved: tuple[Network, Mapping[int, Point], Network] | None = None
        self._chips: tuple[Stage, Geometry, Chips] | None = None

    def take(self, stage: Stage) -> None:
        """Show another stage."""
        self.came = stage
        self._stage = None

    def put(self, places: Mapping[int, Point]) -> None:
        """Show nodes elsewhere."""
        if places != self.places:
            self.places = places
            self._stage = None

    def point_at(self, element: int | EdgeKey | None) -> bool:
        """Show an element as hovered; says whether that is another one than before."""
        if element == self.hovered:
            return False
        self.hovered = element
        self._stage = None
        return True

    def enlarge(self, content: float) -> None:
        """Show contents at another scale."""
        self.content = content

    @property
    def stage(self) -> Stage:
        """The stage to paint."""
        if self._stage is None:
            stage = self.came
            if self.places:
                stage = replace(stage, experiment=replace(stage.experiment, network=self._network()))
            if self.hovered is not None:
                node = self.hovered if isinstance(self.hovered, int) else None
                edge = self.hovered if isinstance(self.hovered, tuple) else None
                stage = replace(stage, hovered_node=node, hovered_edge=edge)
            self._stage = stage
        return self._stage

    @property
    def geometry(self) -> Geometry:
        """Where everything of the stage lies."""
        stage = self.stage
        return self.cache.geometry(stage.network, stage.parameters, self.content)

    def chips(self, zoom: float) -> Chips:
        """The pills and biases that are painted at a zoom; none where they would be too small to read."""
        stage, geometry = self.stage, self.geometry
        if self._chips is None or self._chips[0] is not stage or self._chips[1] is not geometry:
            few = len(geometry.centres) <= BIASES_AT_MOST
            rects = bias_rects(stage, geometry) if few else np.zeros((0, 4))
            chips = Chips(Emphasis.of(stage, geometry).pills, rects)
            self._chips = (stage, geometry, chips)
        chips = self._chips[2]
        unit = zoom * geometry.content
        pills = chips.pills if PILL_PX * unit >= SMALLEST_PX else chips.pills[:0]
        biases = chips.biases if BIAS_PX * unit >= SMALLEST_PX else chips.biases[:0]
        return Chips(pills, biases)

    def _network(self) -> Network:
        network = self.came.network
        if self._moved is None or self._moved[0] is not network or self._moved[1] is not self.places:
            nodes = dict(network.nodes)
            for node, (x, y) in self.places.items():
                if node in nodes:
                    nodes[node] = replace(nodes[node], x=x, y=y)
            self._moved = (network, self.places, changed_network(network, nodes=nodes))
        return self._moved[2]


def places_of(network: Network) -> Floats:
    """Where the nodes are: (n_nodes, 2), in scene units."""
    return np.array([(node.x, node.y) for node in network.nodes.values()], np.float64).reshape(-1, 2)

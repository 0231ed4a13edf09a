"""Where everything of a network lies in the scene: nodes, edges, pills. Pure arrays, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE
from playground.model.network import Network, Node
from playground.model.parameters import Floats, Parameters
from widgets.canvas import curve
from widgets.canvas.camera import Bounds
from widgets.canvas.routes import bowed, routes
from widgets.canvas.spots import spots
from widgets.canvas.topology import Indices, Topology

BASE_RADIUS = 34.0
PILL_SIZE = (52.0, 25.0)
TAG_ROOM = 21.0
CARD_WIDTH = 68.0
"""About the width of the card that tells a weight's change; pills keep so far apart."""
LABEL_GAP = 14.0
ROOM_APART = 0.34
PILLS_BETWEEN = 2.6
"""Enlarged nodes keep their radius below this share of the least distance, and room for so many pills."""

VERDICT_WIDTH = 136.0
"""Room for the right answer and the loss beside the outputs."""

LETTER_WIDTH = 9.4
"""About the width of one letter of a label; labels are measured exactly only when they are painted."""

UNNAMED_WIDTH = 64.0
"""Room for what an input or output without a label is called."""

MOST_DRAWN = 5_000
"""Edges up to which all are drawn; of more, the strongest this many."""


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """The places of nodes, edges and pills, in scene units; arrays follow the network's index tables.

    content : factor on all sizes but the distances; BASE_RADIUS × content is every node's radius
    centres : (n_nodes, 2)
    curves : (n_edges, 4, 2), Bézier control points from rim to rim; NaN where an edge is not drawn
    weights, widths : (n_edges,), the weight of every edge and the thickness of its line
    pill_at, pill_centres : (n_edges,), (n_edges, 2), the pill's place as t along the curve and as a point
    drawn : indices of the edges that are drawn, the weakest first
    bounds : of everything, labels included
    """

    network: Network
    topology: Topology
    content: float
    centres: Floats
    curves: Floats
    weights: Floats
    widths: Floats
    pill_at: Floats
    pill_centres: Floats
    drawn: Indices
    bounds: Bounds

    @classmethod
    def of(cls, network: Network, parameters: Parameters, scale: float = 1.0) -> Geometry:
        """Lay out a network with its values; `scale` enlarges contents as far as there is room."""
        topology = network.topology
        centres = _centres(network)
        content = _content(centres, topology, scale)
        weights = topology.weights(parameters.weights)
        drawn = strongest(weights)
        laid_out = cls(
            network=network,
            topology=topology,
            content=content,
            centres=centres,
            curves=np.full((len(weights), 4, 2), np.nan),
            weights=weights,
            widths=edge_widths(weights) * content,
            pill_at=np.full(len(weights), 0.5),
            pill_centres=np.full((len(weights), 2), np.nan),
            drawn=drawn,
            bounds=_bounds(network, centres, content),
        )
        laid_out._route(drawn)
        return laid_out._frozen()

    def with_parameters(self, parameters: Parameters) -> Geometry:
        """The same places with other weights; only widths, and which edges are drawn, are looked at again."""
        weights = self.topology.weights(parameters.weights)
        drawn = strongest(weights)
        changed = replace(self, weights=weights, widths=edge_widths(weights) * self.content, drawn=drawn)
        missing = drawn[np.isnan(self.curves[drawn, 0, 0])]
        if len(missing):
            changed = replace(
                changed,
                curves=self.curves.copy(),
                pill_at=self.pill_at.copy(),
                pill_centres=self.pill_centres.copy(),
            )
            changed._route(missing)
        return changed._frozen()

    def of_equal(self, network: Network) -> Geometry | None:
        """The same layout for another network with the same edges and places; None for any other."""
        if network.topology is not self.topology or not np.array_equal(_centres(network), self.centres):
            return None
        return replace(self, network=network, bounds=_bounds(network, self.centres, self.content))

    @property
    def radius(self) -> float:
        """Every node's radius in scene units."""
        return BASE_RADIUS * self.content

    @property
    def pill_size(self) -> tuple[float, float]:
        """Width and height of a weight's pill in scene units."""
        return PILL_SIZE[0] * self.content, PILL_SIZE[1] * self.content

    @property
    def pill_rects(self) -> Floats:
        """Left, top, right and bottom of every pill: (n_edges, 4); NaN where an edge is not drawn."""
        half = np.array(self.pill_size) / 2
        return np.concatenate((self.pill_centres - half, self.pill_centres + half), axis=1)

    def _route(self, edges: Indices) -> None:
        """Fill in the curves and pills of some edges, while the arrays are still our own."""
        sources, targets = self.topology.sources[edges], self.topology.targets[edges]
        curves = routes(self.centres[sources], self.centres[targets], self.radius)
        curves = bowed(curves, self.centres, sources, targets, self.radius)
        below = TAG_ROOM * self.content
        room = (CARD_WIDTH * self.content, self.pill_size[1] + below)
        self.curves[edges] = curves
        self.pill_at[edges] = spots(curves, self.centres, targets, self.radius, room, below)
        self.pill_centres[edges] = curve.points(curves, self.pill_at[edges])

    def _frozen(self) -> Geometry:
        for array in (self.centres, self.curves, self.widths, self.pill_at, self.pill_centres, self.drawn):
            array.flags.writeable = False
        return self


def _centres(network: Network) -> Floats:
    places = [(node.x, node.y) for node in network.nodes.values()]
    return np.array(places, dtype=np.float64).reshape(-1, 2)


def edge_widths(weights: Floats) -> Floats:
    """The thickness of a line for each weight: 1.2 at 0, about 4 at 1, at most 8 scene units."""
    return np.asarray(1.2 + 6.8 * np.tanh(np.nan_to_num(np.abs(weights), nan=0.0, posinf=1e9) / 2.4))


def strongest(weights: Floats, most: int = MOST_DRAWN) -> Indices:
    """The indices of the `most` edges of the largest |weight|, the weakest first."""
    strength = np.nan_to_num(np.abs(weights), nan=np.inf)
    if len(weights) > most:
        chosen = np.argpartition(strength, len(weights) - most)[-most:]
        return np.asarray(chosen[np.argsort(strength[chosen], kind="stable")], np.intp)
    return np.asarray(np.argsort(strength, kind="stable"), np.intp)


def _content(centres: Floats, topology: Topology, scale: float) -> float:
    """The largest factor up to `scale` at which nodes keep apart and pills fit between them.

    At least 1 where `scale` is; nothing is enlarged beyond 1,000 nodes.
    """
    if scale <= 1.0 or not 2 <= len(centres) <= 1_000:
        return scale
    away = np.abs(centres[:, None] - centres[None])
    distance = np.hypot(away[..., 0], away[..., 1])
    nearest = float(distance[~np.eye(len(centres), dtype=bool)].min())
    limits = [scale, ROOM_APART * nearest / BASE_RADIUS]
    if len(topology.sources):
        gap = np.abs(centres[topology.sources] - centres[topology.targets]).max(axis=1).min()
        limits.append(float(gap) / (2 * BASE_RADIUS + PILLS_BETWEEN * PILL_SIZE[0]))
    return max(1.0, min(limits))


def _name_width(node: Node) -> float:
    """About how wide a node's name is written; without a label it is short: "output 2"."""
    if node.label:
        return min(len(node.label), 24) * LETTER_WIDTH
    return 0.0 if node.role == "hidden" else UNNAMED_WIDTH


def _bounds(network: Network, centres: Floats, content: float) -> Bounds:
    if len(centres) == 0:
        return (-LAYER_DISTANCE, -NODE_DISTANCE, LAYER_DISTANCE, NODE_DISTANCE)
    radius = BASE_RADIUS * content
    words = np.array([_name_width(node) for node in network.nodes.values()]) * content
    beside = np.where(words > 0, words + LABEL_GAP * content, 0.0)
    left = np.array([node.role == "input" for node in network.nodes.values()])
    right = np.array([node.role == "output" for node in network.nodes.values()])
    x, y = centres[:, 0], centres[:, 1]
    return (
        float((x - radius - np.where(left, beside, words / 2 * ~right)).min()),
        float((y - radius - 14 * content).min()),
        float(
            (
                x + radius + np.where(right, np.maximum(beside, VERDICT_WIDTH * content), words / 2 * ~left)
            ).max()
        ),
        float((y + radius + 40 * content).max()),
    )

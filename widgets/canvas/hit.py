"""What lies under a point of the view: a node, its rim, a pill, an edge, a bias, or nothing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.model.network import EdgeKey
from playground.model.parameters import Floats
from widgets.canvas import curve
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.topology import Indices

HitKind = Literal["node", "rim", "pill", "edge", "bias", "nothing"]

EDGE_REACH_PX = 6.0
RIM_INSIDE_PX = 7.0
RIM_OUTSIDE_PX = 8.0
CHIP_REACH_PX = 2.0
"""How far from a curve, a rim or a chip's border a point still counts, in view pixels."""

RIM_AT_MOST = 0.3
"""The rim reaches inward by at most this share of the radius, so that a small node can be moved."""

COARSE, FINE = 5, 32
"""Straight pieces by which a curve is followed: first all that could be near, then those that may be."""

CURVES_AT_MOST = 2_000
"""Curves that are looked at for one point; of more, the topmost."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a point meets: a node id for node, rim and bias, an edge key for pill and edge."""

    kind: HitKind = "nothing"
    node: int | None = None
    edge: EdgeKey | None = None

    @property
    def element(self) -> int | EdgeKey | None:
        """The node or edge that is met."""
        return self.node if self.edge is None else self.edge


NOTHING = Hit()


@dataclass(frozen=True, slots=True, eq=False)
class Chips:
    """The small things that are painted now and can be taken hold of, in scene units.

    pills : indices of the edges whose pill is shown, the topmost last
    biases : (n_nodes, 4), left, top, right, bottom of each node's bias; NaN where none is shown; (0, 4) where
        none is shown at all
    """

    pills: Indices
    biases: Floats


def hit(geometry: Geometry, chips: Chips, camera: Camera, point: tuple[float, float]) -> Hit:
    """Return what lies under a point of the view (pixels); small things come before large ones."""
    spot = camera.to_scene(point)
    network = geometry.network
    pill = _pill(geometry, chips, spot, CHIP_REACH_PX / camera.zoom)
    if pill is not None:
        return Hit("pill", edge=network.edge_keys[pill])
    bias = _inside(chips.biases, spot, CHIP_REACH_PX / camera.zoom)
    if bias is not None:
        return Hit("bias", node=network.node_ids[bias])
    found = _node(geometry, camera, spot)
    if found.kind != "nothing":
        return found
    edge = nearest_edge(geometry, spot, EDGE_REACH_PX / camera.zoom)
    return NOTHING if edge is None else Hit("edge", edge=network.edge_keys[edge])


def nearest_edge(geometry: Geometry, spot: Floats, reach: float) -> int | None:
    """Index of the drawn edge whose line is nearest to a scene point and within `reach` of its border."""
    drawn = geometry.drawn
    if len(drawn) == 0:
        return None
    curves = geometry.curves[drawn]
    half = geometry.widths[drawn] / 2
    room = (reach + half)[:, None]
    # A Bézier curve stays within the box of its control points.
    near = ((curves.min(axis=1) - room <= spot) & (spot <= curves.max(axis=1) + room)).all(axis=1)
    candidates = np.flatnonzero(near)[-CURVES_AT_MOST:]
    if len(candidates) == 0:
        return None
    curves, half = curves[candidates], half[candidates]
    coarse = _distances(curve.sampled(curves, COARSE), spot)
    maybe = np.flatnonzero(coarse - half <= reach + _sag(curves) / COARSE**2)
    if len(maybe) == 0:
        return None
    beyond = _distances(curve.sampled(curves[maybe], FINE), spot) - half[maybe]
    # Of edges that are equally near, the topmost: drawn last.
    best = len(beyond) - 1 - int(np.argmin(beyond[::-1]))
    return int(drawn[candidates[maybe[best]]]) if beyond[best] <= reach else None


def nodes_in(geometry: Geometry, corner: Floats, opposite: Floats) -> list[int]:
    """Ids of the nodes whose centres lie within a rectangle of the scene."""
    low, high = np.minimum(corner, opposite), np.maximum(corner, opposite)
    inside = ((geometry.centres >= low) & (geometry.centres <= high)).all(axis=1)
    return [geometry.network.node_ids[index] for index in np.flatnonzero(inside)]


def edges_in(geometry: Geometry, corner: Floats, opposite: Floats) -> list[EdgeKey]:
    """Keys of the drawn edges whose pills' centres lie within a rectangle of the scene."""
    low, high = np.minimum(corner, opposite), np.maximum(corner, opposite)
    centres = geometry.pill_centres[geometry.drawn]
    inside = ((centres >= low) & (centres <= high)).all(axis=1)
    return [geometry.network.edge_keys[index] for index in geometry.drawn[inside]]


def _pill(geometry: Geometry, chips: Chips, spot: Floats, reach: float) -> int | None:
    if len(chips.pills) == 0:
        return None
    half = np.array(geometry.pill_size) / 2 + reach
    inside = (np.abs(geometry.pill_centres[chips.pills] - spot) <= half).all(axis=1)
    found = np.flatnonzero(inside)
    return int(chips.pills[found[-1]]) if len(found) else None


def _inside(rects: Floats, spot: Floats, reach: float) -> int | None:
    if len(rects) == 0:
        return None
    inside = (rects[:, :2] - reach <= spot).all(axis=1) & (spot <= rects[:, 2:] + reach).all(axis=1)
    found = np.flatnonzero(inside)
    return int(found[-1]) if len(found) else None


def _node(geometry: Geometry, camera: Camera, spot: Floats) -> Hit:
    if len(geometry.centres) == 0:
        return NOTHING
    away = geometry.centres - spot
    distance = np.hypot(away[:, 0], away[:, 1])
    nearest = len(distance) - 1 - int(np.argmin(distance[::-1]))
    inner = max(geometry.radius * (1 - RIM_AT_MOST), geometry.radius - RIM_INSIDE_PX / camera.zoom)
    node = geometry.network.node_ids[nearest]
    if distance[nearest] < inner:
        return Hit("node", node=node)
    if distance[nearest] <= geometry.radius + RIM_OUTSIDE_PX / camera.zoom:
        return Hit("rim", node=node)
    return NOTHING


def _distances(lines: Floats, spot: Floats) -> Floats:
    """The distance from a point to each polyline: (n, m, 2) -> (n,)."""
    start = lines[:, :-1]
    along = np.diff(lines, axis=1)
    towards = spot - start
    square = np.maximum((along * along).sum(axis=2), 1e-12)
    share = np.clip((towards * along).sum(axis=2) / square, 0.0, 1.0)
    off = towards - share[..., None] * along
    return np.asarray(np.sqrt((off * off).sum(axis=2).min(axis=1)))


def _sag(curves: Floats) -> Floats:
    """How far each curve can be from the straight line between its ends: (n,).

    A curve is at most max|B''| / 8 away from its chord, and a cubic's |B''| at most 6 times its larger
    second difference; of n equal pieces each is 1/n² of that away.
    """
    second = np.abs(np.diff(curves, n=2, axis=1)).max(axis=1)
    return np.asarray(0.75 * np.hypot(second[:, 0], second[:, 1]))

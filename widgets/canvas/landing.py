"""Where a new node lands, and as what: input, hidden node or output. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.keys import Role
from playground.model.network import Network
from widgets.canvas.camera import Camera
from widgets.canvas.snapping import snapped

COLUMN = 90.0
"""Nearer than this to the column of inputs (or beyond it), a new node becomes one; scene units."""

EDGE_OF_VIEW = 0.3
"""Where no input or output is there yet, this share of the view at the left and right makes one."""


@dataclass(frozen=True, slots=True)
class Landing:
    """A place in the scene for a new node, its role, and the lines on which it stands with others."""

    x: float
    y: float
    role: Role
    guide_x: float | None = None
    guide_y: float | None = None


def landing(
    network: Network, camera: Camera, point: tuple[float, float], role: Role | None = None
) -> Landing:
    """Return where a node lands that is placed at a point of the view, in line with others or on the grid."""
    scene = camera.to_scene(point)
    others = [(node.x, node.y) for node in network.nodes.values()]
    spot = snapped((float(scene[0]), float(scene[1])), others, 8.0 / camera.zoom)
    share = point[0] / max(camera.width, 1.0)
    return Landing(spot.x, spot.y, role or role_at(network, spot.x, share), spot.guide_x, spot.guide_y)


def role_at(network: Network, x: float, share: float) -> Role:
    """The role that fits a place: scene x, and the share of the view's width to the left of it."""
    columns: dict[Role, list[float]] = {"input": [], "hidden": [], "output": []}
    for node in network.nodes.values():
        columns[node.role].append(node.x)
    if columns["input"]:
        if x <= max(columns["input"]) + COLUMN:
            return "input"
    elif share < EDGE_OF_VIEW:
        return "input"
    if columns["output"]:
        if x >= min(columns["output"]) - COLUMN:
            return "output"
    elif share > 1 - EDGE_OF_VIEW:
        return "output"
    return "hidden"

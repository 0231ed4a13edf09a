"""A network's edges and nodes as index arrays: the model's own, under the name that the canvas uses."""

from __future__ import annotations

from playground.model.topology import Indices, Topology

__all__ = ["Indices", "Topology"]

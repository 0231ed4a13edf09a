"""A node at another place is the same node."""

from __future__ import annotations

from dataclasses import fields, replace

from playground.model.network import Node


def test_only_the_place_changes() -> None:
    node = Node(7, "output", "sigmoid", "Ripe?", 1.0, 2.0, 3, "height", "ripe")
    plain = Node(8, "hidden")
    assert all(getattr(node, f.name) != getattr(plain, f.name) for f in fields(Node))
    assert node.at(-5.0, 0.5) == replace(node, x=-5.0, y=0.5)

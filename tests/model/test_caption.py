"""What nodes are called."""

from __future__ import annotations

from playground.model.caption import caption, captions
from playground.model.message import sentence
from playground.model.network import Edge, Network, Node
from tests.strategies import dense_network


def names(network: Network) -> list[str]:
    found = captions(network)
    return [sentence(found[node]) for node in network.nodes]


def test_labels_are_names() -> None:
    network = Network.build([Node(1, "input", label="Height"), Node(2, "output", label="Ripe?")])
    assert names(network) == ["Height", "Ripe?"]
    assert sentence(caption(network, 2)) == "Ripe?"


def test_a_label_with_braces_stays_as_it_is() -> None:
    network = Network.build([Node(1, "input", label="{0} {x}")])
    assert names(network) == ["{0} {x}"]


def test_nodes_without_a_label_are_numbered_by_role() -> None:
    assert names(dense_network((2, 3, 1))) == [
        "input 1", "input 2", "hidden 1", "hidden 2", "hidden 3", "output 1",
    ]  # fmt: skip


def test_in_deep_networks_the_layer_is_told_too() -> None:
    assert names(dense_network((1, 2, 1, 1)))[1:4] == ["hidden 1.1", "hidden 1.2", "hidden 2.1"]


def test_a_network_with_a_circle_has_names_too() -> None:
    nodes = [Node(1, "hidden"), Node(2, "hidden")]
    assert names(Network.build(nodes, [Edge(1, 2, 1), Edge(2, 1, 2)])) == ["hidden 1", "hidden 2"]


def test_one_name_is_the_same_as_among_all() -> None:
    network = dense_network((3, 5, 5, 2))
    found = captions(network)
    assert [caption(network, node) for node in network.nodes] == [found[node] for node in network.nodes]


def test_every_node_has_a_name() -> None:
    network = dense_network((3, 5, 5, 2))
    found = names(network)
    assert len(set(found)) == len(network.nodes)

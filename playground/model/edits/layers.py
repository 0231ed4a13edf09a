"""The edit that adds a whole layer at once."""

from __future__ import annotations

from dataclasses import replace

from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE
from playground.model.edit import Change, Edit
from playground.model.edits.rebuild import as_dict, changed_network
from playground.model.edits.rules import fresh_ids, require_label, require_room
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.initial import INITIAL_BIAS, new_weights
from playground.model.keys import ACTIVATIONS, Activation
from playground.model.limits import MAX_NODES
from playground.model.message import message
from playground.model.network import Edge, EdgeKey, Group, Network, Node
from playground.model.parameters import Parameters


def add_layer(count: int, activation: Activation = "tanh", name: str = "") -> Edit:
    """Put a hidden layer of `count` nodes, a named group, in front of the outputs.

    What led into the outputs leads into every node of the layer instead, and the layer leads into every
    output. Where nothing led there, the layer follows the last hidden layer, or else the inputs.
    """

    def make(experiment: Experiment, _parameters: Parameters) -> Change:
        network = experiment.network
        if not 1 <= count <= MAX_NODES:
            raise EditError(message("A layer needs from 1 to {limit} nodes.", limit=MAX_NODES))
        if activation not in ACTIVATIONS:
            raise EditError(message("There is no activation {key}.", key=str(activation)))
        require_label(name)
        sources = _sources(network)
        kept = {key: edge for key, edge in network.edges.items() if network.nodes[key[1]].role != "output"}
        more = count * (len(sources) + len(network.outputs))
        require_room(len(network.nodes) + count, len(kept) + more)
        group = Group(fresh_ids(network.groups, 1)[0], name or f"Layer {_hidden_layers(network) + 1}")
        layer = _placed(network, fresh_ids(network.nodes, count), activation, group.id)
        pairs = [(source, node.id) for node in layer for source in sources]
        pairs += [(node.id, output) for output in network.outputs for node in layer]
        ids = fresh_ids(network.parameter_ids, len(pairs))
        new = {pair: Edge(*pair, parameter) for pair, parameter in zip(pairs, ids, strict=True)}
        changed = replace(
            experiment,
            network=changed_network(
                network,
                nodes={**_with_room(network), **{node.id: node for node in layer}},
                edges={**kept, **new},
                groups=as_dict(network.groups) | {group.id: group},
            ),
        )
        weights = new_weights(changed.network, list(new), experiment.learning, experiment.seed)
        bias = INITIAL_BIAS[experiment.learning.initialization]
        return Change(
            changed,
            weights=dict(zip(ids, weights.tolist(), strict=True)),
            biases={node.id: bias for node in layer},
        )

    return Edit(message("Add a layer"), make)


def _sources(network: Network) -> tuple[int, ...]:
    """The nodes that the new layer reads from."""
    outputs = set(network.outputs)
    leading: dict[EdgeKey, int] = {key: key[0] for key in network.edges if key[1] in outputs}
    if leading:
        return tuple(dict.fromkeys(leading.values()))
    hidden = [node.id for node in network.nodes.values() if node.role == "hidden"]
    if not hidden:
        return network.inputs
    deepest = max(network.depth[node] for node in hidden)
    return tuple(node for node in hidden if network.depth[node] == deepest)


def _hidden_layers(network: Network) -> int:
    """How many groups of hidden nodes there are already."""
    groups = {node.group for node in network.nodes.values() if node.role == "hidden"}
    return len(groups - {None})


def _left_edge(network: Network) -> float:
    """Where the new layer stands: where the outputs stood, or one layer behind all nodes."""
    outputs = [network.nodes[node].x for node in network.outputs]
    before = [node.x for node in network.nodes.values() if node.role != "output"]
    behind = max(before, default=-LAYER_DISTANCE) + LAYER_DISTANCE
    return min(outputs) if outputs else behind


def _placed(network: Network, ids: list[int], activation: Activation, group: int) -> list[Node]:
    heights = [network.nodes[node].y for node in network.outputs] or [n.y for n in network.nodes.values()]
    middle = (min(heights) + max(heights)) / 2 if heights else 0.0
    top = middle - NODE_DISTANCE * (len(ids) - 1) / 2
    x = _left_edge(network)
    return [
        Node(id_, "hidden", activation, x=x, y=top + NODE_DISTANCE * index, group=group)
        for index, id_ in enumerate(ids)
    ]


def _with_room(network: Network) -> dict[int, Node]:
    """The nodes, with the outputs moved on by one layer."""
    return {
        node.id: replace(node, x=node.x + LAYER_DISTANCE) if node.role == "output" else node
        for node in network.nodes.values()
    }

"""A network as the index arrays that a schedule needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.schedule import pace
from playground.model.experiment import Experiment
from playground.model.parameters import Floats

Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """Arrays over nodes and edges, in the order of the network's index tables.

    source, target, parameter : (n_edges,), indices of nodes and parameters
    trainable : (n_edges,), false where any edge with the same weight is held
    travel_s : (n_edges,), how long a chip is under way: far takes longer
    position : (n_nodes,), place in the order of computation
    depth : (n_nodes,), the layer
    is_input, is_output, squashes : (n_nodes,); a linear node passes its sum on as it is
    outputs : (n_outputs,), indices of the output nodes, in order
    has_softmax : whether the outputs share a softmax
    """

    source: Indices
    target: Indices
    parameter: Indices
    trainable: Flags
    travel_s: Floats
    position: Indices
    depth: Indices
    is_input: Flags
    is_output: Flags
    squashes: Flags
    outputs: Indices
    has_softmax: bool

    @property
    def n_nodes(self) -> int:
        """How many nodes there are."""
        return len(self.position)

    @property
    def n_edges(self) -> int:
        """How many edges there are."""
        return len(self.source)

    @property
    def computed(self) -> Indices:
        """Indices of all nodes but the inputs, in the order of computation."""
        nodes = np.flatnonzero(~self.is_input)
        return nodes[np.argsort(self.position[nodes], kind="stable")]

    @classmethod
    def of(cls, experiment: Experiment) -> Wiring:
        """Return the wiring of an experiment's network. Raises CycleError."""
        network = experiment.network
        n_nodes, index, topology = len(network.nodes), network.node_index, network.topology
        source, target, parameter = topology.sources, topology.targets, topology.parameters
        nodes = network.nodes.values()
        x = np.fromiter((node.x for node in nodes), np.float64, n_nodes)
        y = np.fromiter((node.y for node in nodes), np.float64, n_nodes)
        length = np.hypot(x[target] - x[source], y[target] - y[source])
        trainable = np.ones(len(network.parameter_ids), np.bool_)
        trainable[parameter[~topology.trainable]] = False
        position = np.empty(n_nodes, np.intp)
        position[[index[node] for node in network.order]] = np.arange(n_nodes)
        return cls(
            source=source,
            target=target,
            parameter=parameter,
            trainable=trainable[parameter],
            travel_s=np.clip(length / pace.SPEED, pace.TRAVEL_LEAST_S, pace.TRAVEL_MOST_S),
            position=position,
            depth=np.fromiter((network.depth[node] for node in network.nodes), np.intp, n_nodes),
            is_input=np.fromiter((node.role == "input" for node in nodes), np.bool_, n_nodes),
            is_output=np.fromiter((node.role == "output" for node in nodes), np.bool_, n_nodes),
            squashes=np.fromiter((node.activation != "linear" for node in nodes), np.bool_, n_nodes),
            outputs=np.fromiter((index[node] for node in network.outputs), np.intp, len(network.outputs)),
            has_softmax=experiment.learning.loss == "softmax_cross_entropy" and bool(network.outputs),
        )

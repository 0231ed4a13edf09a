"""One example's numbers by node and edge, as a narration asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.narration.algebra import Part
from playground.engine.slopes import slope
from playground.model.experiment import BuiltInData
from playground.model.keys import Activation
from playground.model.message import Message, message
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats
from playground.model.trace import LearnerState, Trace

_EXAMPLE_NAMES = {
    "avocado": message("this avocado"),
    "admission": message("this applicant"),
    "iris": message("this flower"),
}
_ANY_EXAMPLE = message("this example")


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A trace seen from one of its examples; every number is the trace's.

    row : index of the example within the trace
    state : the learner before the pass, for the optimizer's memory; None where it is not at hand
    output_place : output -> its place among the outputs
    """

    trace: Trace
    row: int
    state: LearnerState | None
    output_place: Mapping[int, int]

    @classmethod
    def of(cls, trace: Trace, row: int, state: LearnerState | None = None) -> View:
        """Return the view of one example. Raises IndexError where the trace has no such row."""
        if not 0 <= row < trace.n_rows:
            raise IndexError(f"the pass has {trace.n_rows} examples, so there is none of number {row}")
        outputs = trace.experiment.network.outputs
        return cls(trace, row, state, {node: place for place, node in enumerate(outputs)})

    @property
    def network(self) -> Network:
        """The network that the example flows through."""
        return self.trace.experiment.network

    @property
    def has_softmax(self) -> bool:
        """Whether the outputs share a softmax."""
        return self.trace.experiment.learning.loss == "softmax_cross_entropy"

    @property
    def example_name(self) -> Message:
        """What one example is: "this avocado"."""
        data = self.trace.experiment.data
        return _EXAMPLE_NAMES.get(data.name, _ANY_EXAMPLE) if isinstance(data, BuiltInData) else _ANY_EXAMPLE

    def name(self, node: int) -> Part:
        """A node's label, or its role and number where it has none."""
        return self.network.nodes[node].label or self.network.names[node]

    def is_input(self, node: int) -> bool:
        """Whether the node is an input."""
        return self.network.nodes[node].role == "input"

    def is_output(self, node: int) -> bool:
        """Whether the node is an output."""
        return self.network.nodes[node].role == "output"

    def activation(self, node: int) -> Activation:
        """The key of the node's activation."""
        return self.network.nodes[node].activation

    def edges_into(self, node: int) -> tuple[EdgeKey, ...]:
        """Edges into a node, in order."""
        return tuple((source, node) for source in self.network.incoming[node])

    def edges_out_of(self, node: int) -> tuple[EdgeKey, ...]:
        """Edges out of a node, in order."""
        return tuple((node, target) for target in self.network.outgoing[node])

    def trains(self, edge: EdgeKey) -> bool:
        """Whether learning may change the edge's weight: not while any edge that shares it is held."""
        topology = self.network.topology
        own = self.network.parameter_index[self.network.edges[edge].parameter]
        return bool(topology.trainable[topology.parameters == own].all())

    def total(self, node: int) -> float:
        """The weighted sum z of a node."""
        return float(self.trace.sums[self.row, self.network.node_index[node]])

    def value(self, node: int) -> float:
        """The activation a of a node."""
        return float(self.trace.activations[self.row, self.network.node_index[node]])

    def bias(self, node: int) -> float:
        """The bias of a node before the update."""
        return self.trace.old.bias(self.network, node)

    def weight(self, edge: EdgeKey) -> float:
        """The weight of an edge before the update."""
        return self.trace.old.weight(self.network, edge)

    def product(self, edge: EdgeKey) -> float:
        """What arrives at the end of an edge: weight times the source's activation."""
        return self.weight(edge) * self.value(edge[0])

    def answer(self, output: int) -> float:
        """What an output finally says: its share of the softmax where there is one."""
        return float(self.trace.probabilities[self.row, self.output_place[output]])

    def right_answer(self, output: int) -> float:
        """The target of an output."""
        return float(self.trace.targets[self.row, self.output_place[output]])

    def loss_of(self, output: int) -> float:
        """An output's part of the example's loss."""
        return float(self.trace.output_losses[self.row, self.output_place[output]])

    @property
    def loss(self) -> float:
        """The example's loss."""
        return float(self.trace.losses[self.row])

    def dl_da(self, node: int) -> float:
        """The derivative of the example's loss by a node's activation."""
        return float(self.trace.dl_da[self.row, self.network.node_index[node]])

    def dl_dz(self, node: int) -> float:
        """The derivative of the example's loss by a node's sum: its bias's gradient."""
        return float(self.trace.dl_dz[self.row, self.network.node_index[node]])

    def slope(self, node: int) -> float:
        """The slope da/dz of a node; 1 at inputs and where a softmax follows."""
        if self.is_input(node):
            return 1.0
        return slope(self.activation(node), self.total(node), self.value(node))

    def edge_gradient(self, edge: EdgeKey) -> float:
        """The gradient of an edge for this example, without penalty."""
        return float(self.trace.edge_gradients[self.row, self.network.edge_index[edge]])

    def mean_edge_gradient(self, edge: EdgeKey) -> float:
        """The mean of an edge's gradients over all examples of the pass, without penalty."""
        return float(self.trace.edge_gradients[:, self.network.edge_index[edge]].mean())

    def strongest_edge(self, edges: Sequence[EdgeKey]) -> EdgeKey:
        """The edge with the largest gradient among some; there must be one."""
        return edges[int(np.abs(self.edge_gradients(edges)).argmax())]

    def values(self, nodes: Sequence[int]) -> Floats:
        """The activations of some nodes: (n,)."""
        found: Floats = self.trace.activations[self.row, self._places(nodes)]
        return found

    def blames(self, nodes: Sequence[int]) -> Floats:
        """The gradients dL/dz of some nodes: (n,)."""
        found: Floats = self.trace.dl_dz[self.row, self._places(nodes)]
        return found

    def answers(self, outputs: Sequence[int]) -> Floats:
        """What some outputs finally say: (n,)."""
        return self.trace.probabilities[self.row, [self.output_place[node] for node in outputs]]

    def losses_of(self, outputs: Sequence[int]) -> Floats:
        """The parts of the loss of some outputs: (n,)."""
        return self.trace.output_losses[self.row, [self.output_place[node] for node in outputs]]

    def edge_gradients(self, edges: Sequence[EdgeKey]) -> Floats:
        """The gradients of some edges for this example: (n,)."""
        found: Floats = self.trace.edge_gradients[self.row, self._edge_places(edges)]
        return found

    def mean_edge_gradients(self, edges: Sequence[EdgeKey]) -> Floats:
        """The means over the examples of the gradients of some edges: (n,)."""
        found: Floats = self.trace.edge_gradients.mean(axis=0)[self._edge_places(edges)]
        return found

    def parameter_places(self, edges: Sequence[EdgeKey]) -> NDArray[np.intp]:
        """The places of some edges' weights among the parameters: (n,)."""
        own, index = self.network.edges, self.network.parameter_index
        return np.fromiter((index[own[edge].parameter] for edge in edges), np.intp, len(edges))

    def weight_moves(self, places: NDArray[np.intp]) -> Floats:
        """New less old of the weights at these places: (n,)."""
        return self.trace.new.weights[places] - self.trace.old.weights[places]

    def bias_moves(self, nodes: Sequence[int]) -> Floats:
        """New bias less old of some nodes: (n,)."""
        places = self._places(nodes)
        return self.trace.new.biases[places] - self.trace.old.biases[places]

    def _places(self, nodes: Sequence[int]) -> NDArray[np.intp]:
        index = self.network.node_index
        return np.fromiter((index[node] for node in nodes), np.intp, len(nodes))

    def _edge_places(self, edges: Sequence[EdgeKey]) -> NDArray[np.intp]:
        index = self.network.edge_index
        return np.fromiter((index[edge] for edge in edges), np.intp, len(edges))

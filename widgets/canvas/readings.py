"""What every part of a stage shows at this instant: arrays taken from the trace and the parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.model.moment import Moment
from playground.model.network import Network
from playground.model.parameters import Floats
from playground.model.stage import Stage
from playground.model.trace import Trace
from widgets.canvas.topology import Indices, Topology

NOTHING, VALUE, PARTIAL, SUM, PROBABILITY = range(5)
NODE_KINDS = ("nothing", "value", "partial", "sum", "probability")
"""What a node's number is: its activation, what has arrived so far, the whole sum, or a softmax."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """The numbers that a stage shows; arrays follow the network's index tables.

    row : the example within the trace
    node_kind : (n_nodes,), index into NODE_KINDS
    node_value : (n_nodes,), the number that the node shows
    squashing : (n_nodes,), in (0, 1) while the sum becomes the activation, else 0 or 1
    old_weights, new_weights, weight_progress : (n_edges,)
    old_biases, new_biases, bias_progress : (n_nodes,)
    carried, product_shown : (n_edges,), a chip's way forward, and whether it has become the product
    chip_value : (n_edges,), the number on the chip
    returned : (n_edges,), a tag's way backward; tag_value : its number
    rested_value, rested_count : (n_edges,), the tag that lies at the edge, and of how many examples
    averaged : whether the resting tags are means over the batch
    blame, blame_known : (n_nodes,), dL/da and then dL/dz; 0 nothing, 1 dL/da, 2 dL/dz
    compared : (n_outputs,), in [0, 1]
    loss : of the example, of the batch once averaged, or None where there is none yet
    """

    network: Network
    topology: Topology
    trace: Trace | None
    moment: Moment | None
    row: int
    node_kind: NDArray[np.uint8]
    node_value: Floats
    squashing: Floats
    old_weights: Floats
    new_weights: Floats
    weight_progress: Floats
    old_biases: Floats
    new_biases: Floats
    bias_progress: Floats
    carried: Floats
    product_shown: NDArray[np.bool_]
    chip_value: Floats
    returned: Floats
    tag_value: Floats
    rested_value: Floats
    rested_count: Indices
    averaged: bool
    blame: Floats
    blame_known: NDArray[np.uint8]
    compared: Floats
    loss: float | None

    @classmethod
    def of(cls, stage: Stage, topology: Topology) -> Readings:
        """Read a stage. A trace of another network, or a moment of another trace, is passed over."""
        network = stage.network
        trace = stage.trace if stage.trace is not None and _fits(stage.trace, network) else None
        moment = stage.moment if trace is not None and _timed(stage.moment, network) else None
        row = min(moment.row, trace.n_rows - 1) if moment is not None and trace is not None else 0
        parameters = stage.parameters if trace is None or moment is None else trace.old
        changed = parameters if trace is None or moment is None else trace.new
        no_nodes, no_edges = np.zeros(len(network.nodes)), np.zeros(len(network.edges))
        forward = _Forward.of(network, topology, trace, moment, row)
        backward = _Backward.of(network, trace, moment, row)
        return cls(
            network=network,
            topology=topology,
            trace=trace,
            moment=moment,
            row=row,
            node_kind=forward.kind,
            node_value=forward.value,
            squashing=no_nodes if moment is None else moment.squashed,
            old_weights=topology.weights(parameters.weights),
            new_weights=topology.weights(changed.weights),
            weight_progress=no_edges if moment is None else moment.updated_weights[topology.parameters],
            old_biases=parameters.biases,
            new_biases=changed.biases,
            bias_progress=no_nodes if moment is None else moment.updated_biases,
            carried=no_edges if moment is None else moment.carried,
            product_shown=forward.product_shown,
            chip_value=forward.chip_value,
            returned=no_edges if moment is None else moment.returned,
            tag_value=backward.tag_value,
            rested_value=backward.rested_value,
            rested_count=backward.rested_count,
            averaged=backward.averaged,
            blame=backward.blame,
            blame_known=backward.known,
            compared=_compared(network, trace, moment),
            loss=_loss(trace, moment, row, averaged=backward.averaged),
        )

    @property
    def chips(self) -> Indices:
        """Edges on which a chip is under way."""
        return np.flatnonzero((self.carried > 0) & (self.carried < 1))

    @property
    def tags(self) -> Indices:
        """Edges on which a tag with its number is under way; halfway it leaves the number at the edge."""
        return np.flatnonzero((self.returned > 0) & (self.returned < 0.5))

    @property
    def rested(self) -> Indices:
        """Edges at which a tag lies."""
        return np.flatnonzero(self.rested_count > 0)

    @property
    def is_changing(self) -> bool:
        """Whether weights change from one picture to the next: all through the update."""
        return self.moment is not None and self.moment.phase == "update"

    def looks_of_nodes(self) -> list[tuple[object, ...]]:
        """All numbers that each node shows, in a form that can be compared."""
        return list(
            zip(
                self.node_kind.tolist(),
                self.node_value.tolist(),
                self.old_biases.tolist(),
                self.new_biases.tolist(),
                (self.bias_progress > 0).tolist(),
                self.blame_known.tolist(),
                self.blame.tolist(),
                strict=True,
            )
        )

    @property
    def weights(self) -> Floats:
        """The weight by which each edge is drawn: between old and new while it changes; (n_edges,)."""
        return _between(self.old_weights, self.new_weights, self.weight_progress)

    def weights_of(self, edges: Indices) -> Floats:
        """The same for some edges only, since there may be 200,000 of which few are drawn."""
        return _between(self.old_weights[edges], self.new_weights[edges], self.weight_progress[edges])


@dataclass(frozen=True, slots=True, eq=False)
class _Forward:
    kind: NDArray[np.uint8]
    value: Floats
    product_shown: NDArray[np.bool_]
    chip_value: Floats

    @classmethod
    def of(
        cls, network: Network, topology: Topology, trace: Trace | None, moment: Moment | None, row: int
    ) -> _Forward:
        count = len(network.nodes)
        nothing = np.zeros(len(network.edges))
        if trace is None:
            return cls(np.zeros(count, np.uint8), np.zeros(count), nothing.astype(bool), nothing)
        done, done_kind = trace.activations[row].copy(), np.full(count, VALUE, np.uint8)
        if trace.experiment.learning.loss == "softmax_cross_entropy":
            outputs = [network.node_index[node] for node in network.outputs]
            done[outputs] = trace.probabilities[row]
            done_kind[outputs] = PROBABILITY
        if moment is None:
            return cls(done_kind, done, nothing.astype(bool), nothing)
        sources, targets = topology.sources, topology.targets
        source_values = trace.activations[row][sources]
        products = topology.weights(trace.old.weights) * source_values
        arrived = moment.carried >= 1
        partial = trace.old.biases + np.bincount(targets[arrived], weights=products[arrived], minlength=count)
        some = np.bincount(targets[arrived], minlength=count) > 0
        is_input = np.fromiter((n.role == "input" for n in network.nodes.values()), bool, count)
        states = (moment.squashed >= 0.5, moment.summed > 0, some & ~is_input)
        kind = np.select(states, (done_kind, np.uint8(SUM), np.uint8(PARTIAL)), np.uint8(NOTHING))
        kind = np.where(is_input, VALUE, kind).astype(np.uint8)
        value = np.select(states, (done, trace.sums[row], partial), 0.0)
        value = np.where(is_input, done, value)
        product_shown = moment.multiplied >= 0.5
        return cls(kind, value, product_shown, np.where(product_shown, products, source_values))


@dataclass(frozen=True, slots=True, eq=False)
class _Backward:
    tag_value: Floats
    rested_value: Floats
    rested_count: Indices
    averaged: bool
    blame: Floats
    known: NDArray[np.uint8]

    @classmethod
    def of(cls, network: Network, trace: Trace | None, moment: Moment | None, row: int) -> _Backward:
        no_nodes, no_edges = np.zeros(len(network.nodes)), np.zeros(len(network.edges))
        if trace is None or moment is None:
            return cls(
                no_edges, no_edges, no_edges.astype(np.intp), False, no_nodes, no_nodes.astype(np.uint8)
            )
        tags = trace.edge_gradients[row]
        back = moment.returned >= 0.5
        averaged = trace.n_rows > 1 and moment.averaged >= 0.5
        if averaged:
            rested = trace.edge_gradients.mean(axis=0)
        else:
            rested = np.where(back, tags, trace.edge_gradients[max(row - 1, 0)])
        known = np.where(moment.blamed >= 0.5, 2, np.where(moment.blamed > 0, 1, 0)).astype(np.uint8)
        blame = np.where(known == 2, trace.dl_dz[row], trace.dl_da[row])
        return cls(tags, rested, (row + back).astype(np.intp), averaged, blame, known)


def _fits(trace: Trace, network: Network) -> bool:
    """Whether the arrays of a trace line up with a network: all but places and names must be the same."""
    traced = trace.experiment.network
    return traced is network or (
        traced.node_ids == network.node_ids
        and traced.edge_keys == network.edge_keys
        and traced.parameter_ids == network.parameter_ids
        and traced.outputs == network.outputs
    )


def _timed(moment: Moment | None, network: Network) -> bool:
    return (
        moment is not None
        and len(moment.carried) == len(network.edges)
        and len(moment.summed) == len(network.nodes)
        and len(moment.compared) == len(network.outputs)
        and len(moment.updated_weights) == len(network.parameter_ids)
    )


def _compared(network: Network, trace: Trace | None, moment: Moment | None) -> Floats:
    if trace is None or not trace.has_answer:
        return np.zeros(len(network.outputs))
    return np.ones(len(network.outputs)) if moment is None else moment.compared


def _loss(trace: Trace | None, moment: Moment | None, row: int, *, averaged: bool) -> float | None:
    if trace is None or not trace.has_answer:
        return None
    if moment is not None and not bool((moment.compared >= 1).all()):
        return None
    return float(trace.loss if averaged else trace.losses[row])


def _between(old: Floats, new: Floats, progress: Floats) -> Floats:
    under_way = (progress > 0) & (progress < 1)
    # Only what is under way is mixed: the ends must be exactly old and new, and may be infinite.
    values = np.where(progress >= 1, new, old)
    part = progress[under_way]
    values[under_way] = old[under_way] * (1 - part) + new[under_way] * part
    return values

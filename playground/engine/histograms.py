"""Spreads the weights of a run's moments, and their gradients, over bins: one histogram per layer and moment.

Nothing is recorded for it: a run keeps its parameters at a thinning rate anyway, and the gradients follow
from them. What is worked out is kept within a fixed number of bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kernels import oracle
from kernels.codes import LOSS_CODES, REGULARIZATION_CODES
from kernels.graph import Graph
from playground.engine.compile import compile_graph
from playground.model.dataset import BoundData
from playground.model.histograms import Histograms, LayerHistograms, Subject, WeightHistory
from playground.model.message import Message, message
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats, frozen_array
from playground.model.run import Instant

N_BINS = 24
MOST_MOMENTS, FEWEST_MOMENTS = 64, 4
"""Of a run at most so many moments are shown, and of the largest network so many."""

KEPT_BYTES = 8 * 1024 * 1024
"""What the gradients of all moments may take; larger networks are looked at at fewer moments."""

MOST_ROWS = 1_000
"""Gradients are worked out over the first so many training rows."""

Single = NDArray[np.float32]


class HistogramMaker:
    """Makes histograms of one run as it grows; belongs to one thread at a time.

    Gradients of moments that are still shown are kept, so that a growing run costs only what is new.
    """

    def __init__(self, network: Network, bound: BoundData) -> None:
        self.network, self.bound = network, bound
        self._graph: Graph = compile_graph(network)
        self._layers = _layers(network)
        self._known: dict[int, tuple[Instant, Single]] = {}

    def make(
        self, subject: Subject, instants: Sequence[Instant], is_stopped: Callable[[], bool] = lambda: False
    ) -> Histograms:
        """Return the histograms at moments chosen from these instants, those of other networks left out.

        is_stopped : asked between two moments; what follows is then left out
        """
        mine = [instant for instant in instants if same_weights(instant.experiment.network, self.network)]
        chosen = moments(mine, self._most)
        values = []
        for instant in chosen:
            if is_stopped():
                break
            values.append(self._values(subject, instant))
        if subject == "gradients":
            shown = {id(instant) for instant in chosen}
            self._known = {key: known for key, known in self._known.items() if key in shown}
        epochs = frozen_array([instant.epoch for instant in chosen[: len(values)]])
        table = np.stack(values) if values else np.zeros((0, len(self.network.parameter_ids)), np.float32)
        is_wide = subject == "gradients"  # at the start they are a thousand times those at the end
        layers = tuple(
            layer_histograms(name, table[:, places], is_wide=is_wide) for name, places in self._layers
        )
        return Histograms(subject, epochs, layers)

    @property
    def _most(self) -> int:
        room = KEPT_BYTES // (4 * max(1, len(self.network.parameter_ids)))
        return int(min(max(room, FEWEST_MOMENTS), MOST_MOMENTS))

    def _values(self, subject: Subject, instant: Instant) -> Single:
        with np.errstate(all="ignore"):
            if subject == "weights":
                return instant.parameters.weights.astype(np.float32)
            known = self._known.get(id(instant))
            if known is None:
                known = self._known[id(instant)] = (instant, self._gradients(instant))
            return known[1]

    def _gradients(self, instant: Instant) -> Single:
        """The gradients of the weights at an instant, those of the penalty included."""
        learning, values, bound = instant.experiment.learning, instant.parameters, self.bound
        kind, rate = REGULARIZATION_CODES[learning.regularization], learning.regularization_rate
        rows = slice(0, MOST_ROWS)
        found, _ = oracle.gradients(
            self._graph,
            values.weights,
            values.biases,
            LOSS_CODES[learning.loss],
            bound.train_inputs[rows],
            bound.train_targets[rows],
        )
        return (found + oracle.penalty_gradients(kind, rate, values.weights)).astype(np.float32)


def moments(instants: Sequence[Instant], most: int) -> list[Instant]:
    """Return at most `most` of these instants: every so many, a power of two, and always the newest.

    A run that grows is thinned in the same steps, so that most of the moments stay the same.
    """
    if not instants:
        return []
    step = 1
    while (len(instants) - 1) // step + 2 > most:
        step *= 2
    chosen = list(instants[::step])
    if chosen[-1] is not instants[-1]:
        chosen.append(instants[-1])
    return chosen


def layer_histograms(
    name: str | Message, values: Floats | Single, *, is_wide: bool = False
) -> LayerHistograms:
    """Return the histograms of one layer's values, (n_moments, n_values), in bins that all moments share.

    is_wide : whether bins grow with the distance from 0, as sinh does, so that small values are told apart
        beside large ones; else all are equally wide
    """
    finite = np.isfinite(values)
    told = values[finite].astype(np.float64)
    low, high = (float(told.min()), float(told.max())) if told.size else (-1.0, 1.0)
    if not low < high:
        low, high = low - max(abs(low), 1.0) / 2, high + max(abs(high), 1.0) / 2
    edges = np.linspace(low, high, N_BINS + 1)
    small = float(np.median(np.abs(told[told != 0]))) if is_wide and told.any() else 0.0
    if small > 0:
        edges = small * np.sinh(np.linspace(np.arcsinh(low / small), np.arcsinh(high / small), N_BINS + 1))
        edges[0], edges[-1] = low, high
    counts = np.zeros((len(values), N_BINS), np.int64)
    means, spreads = np.full(len(values), np.nan), np.full(len(values), np.nan)
    for place, (row, is_told) in enumerate(zip(values, finite, strict=True)):
        mine = row[is_told].astype(np.float64)
        if len(mine):
            counts[place] = np.histogram(mine, edges)[0]
            means[place], spreads[place] = mine.mean(), mine.std()
    counts.flags.writeable = False
    return LayerHistograms(name, frozen_array(edges), counts, frozen_array(means), frozen_array(spreads))


def weight_history(instants: Sequence[Instant], edge: EdgeKey) -> WeightHistory:
    """Return one edge's weight at all instants whose network has the edge."""
    found = [
        (instant.epoch, instant.parameters.weight(instant.experiment.network, edge))
        for instant in instants
        if edge in instant.experiment.network.edges
    ]
    epochs, values = zip(*found, strict=True) if found else ((), ())
    return WeightHistory(frozen_array(epochs), frozen_array(values))


def same_weights(one: Network, other: Network) -> bool:
    """Whether two networks have the same edges with the same weights, so that their parameters fit both."""
    return one is other or (
        one.parameter_ids == other.parameter_ids
        and one.node_ids == other.node_ids
        and one.edge_keys == other.edge_keys
    )


def _layers(network: Network) -> tuple[tuple[str | Message, NDArray[np.int64]], ...]:
    """Each layer's name, and the places of the weights that lead into it; layers without any are left out."""
    index = network.parameter_index
    layer_of = {node: depth for depth, layer in enumerate(network.layers) for node in layer}
    places: dict[int, set[int]] = {}
    for (_, target), edge in network.edges.items():
        places.setdefault(layer_of[target], set()).add(index[edge.parameter])
    return tuple(
        (_name(network, depth), np.array(sorted(places[depth]), np.int64)) for depth in sorted(places)
    )


def _name(network: Network, depth: int) -> str | Message:
    """A layer's own name where all of its nodes belong to one group; else its role or its number."""
    nodes = [network.nodes[node] for node in network.layers[depth]]
    groups = {node.group for node in nodes}
    (group,) = groups if len(groups) == 1 else (None,)
    if group is not None:
        return network.groups[group].name
    if all(node.role == "output" for node in nodes):
        return message("Output")
    return message("Layer {number}", number=depth)

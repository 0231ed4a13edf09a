"""The values of a network: one weight per parameter, one bias per node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from playground.model.network import EdgeKey, Network

Floats = NDArray[np.float64]


def frozen_array(values: object) -> Floats:
    """Return values as a float64 array of their own that cannot be written to."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """Weights and biases, aligned with a network's index tables; read-only.

    weights : float64, shape (n_parameters,), in the order of `Network.parameter_ids`
    biases : float64, shape (n_nodes,), in the order of `Network.node_ids`; 0 at inputs
    """

    weights: Floats
    biases: Floats

    def __post_init__(self) -> None:
        for name in ("weights", "biases"):
            array = getattr(self, name)
            if array.flags.writeable or array.dtype != np.float64:
                object.__setattr__(self, name, frozen_array(array))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Parameters):
            return NotImplemented
        return np.array_equal(self.weights, other.weights, equal_nan=True) and np.array_equal(
            self.biases, other.biases, equal_nan=True
        )

    __hash__ = None  # type: ignore[assignment]  # compared by value, so not hashable

    @classmethod
    def zeros(cls, network: Network) -> Parameters:
        """Return all-zero parameters for a network."""
        return cls(
            frozen_array(np.zeros(len(network.parameter_ids))), frozen_array(np.zeros(len(network.nodes)))
        )

    @classmethod
    def of(cls, network: Network, weights: Mapping[int, float], biases: Mapping[int, float]) -> Parameters:
        """Return parameters from values by parameter id and by node id; what is missing is 0."""
        return cls(
            frozen_array([weights.get(parameter, 0.0) for parameter in network.parameter_ids]),
            frozen_array([biases.get(node, 0.0) for node in network.node_ids]),
        )

    def weight(self, network: Network, edge: EdgeKey) -> float:
        """The weight of an edge."""
        return float(self.weights[network.parameter_index[network.edges[edge].parameter]])

    def bias(self, network: Network, node: int) -> float:
        """The bias of a node."""
        return float(self.biases[network.node_index[node]])

    def edge_weights(self, network: Network) -> Floats:
        """The weight of every edge: float64, shape (n_edges,), shared ones repeated."""
        return network.topology.weights(self.weights)

    def changed(
        self, network: Network, weights: Mapping[int, float], biases: Mapping[int, float]
    ) -> Parameters:
        """Return these parameters with the given ones, by parameter id and node id, replaced.

        Ids that the network does not have are passed over.
        """
        new_weights, new_biases = self.weights.copy(), self.biases.copy()
        for parameter, value in weights.items():
            if parameter in network.parameter_index:
                new_weights[network.parameter_index[parameter]] = value
        for node, value in biases.items():
            if node in network.node_index:
                new_biases[network.node_index[node]] = value
        return Parameters(new_weights, new_biases)

    def carried(self, old: Network, new: Network) -> Parameters:
        """Return the values of `old` for the network `new`, joined by id; what is new there is 0."""
        if old.parameter_ids == new.parameter_ids and old.node_ids == new.node_ids:
            return self
        return Parameters(
            _carried(self.weights, old.parameter_index, new.parameter_ids),
            _carried(self.biases, old.node_index, new.node_ids),
        )


def _carried(values: Floats, index: Mapping[int, int], ids: tuple[int, ...]) -> Floats:
    positions = np.fromiter(map(index.get, ids, repeat(-1)), np.intp, len(ids))
    known = positions >= 0
    found = np.zeros(len(ids))
    found[known] = values[positions[known]]
    return found

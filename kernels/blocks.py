"""The edges into one level of a graph, cut into blocks that NumPy handles in a few calls.

A block knows three things: the weighted sums that it adds forward, the blame that it carries back, and the
gradient of each of its edges. `activations`, `sums`, `dl_da` and `dl_dz` are float64, (n_rows, n_nodes).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Index = slice | Indices

ELEMENTS = 1 << 19
"""How many products (rows times edges) are held at once; bounds memory and the time of one call."""


def index(nodes: Indices) -> Index:
    """Return a slice where the indices run on without a gap, else the indices: slices are much faster."""
    first, count = int(nodes[0]) if len(nodes) else 0, len(nodes)
    if np.array_equal(nodes, np.arange(first, first + count)):
        return slice(first, first + count)
    return nodes


@dataclass(frozen=True, slots=True, eq=False)
class FullBlock:
    """Every one of m sources joined with every one of n targets: one matrix product.

    parameters : intp, (m, n), the parameter of each edge
    """

    sources: Index
    targets: Index
    parameters: Indices

    def add_sums(self, weights: Floats, activations: Floats, sums: Floats) -> None:
        """z[t] += sum over s of a[s] w[s, t]."""
        sums[:, self.targets] += activations[:, self.sources] @ weights[self.parameters]

    def add_blame(self, weights: Floats, dl_dz: Floats, dl_da: Floats) -> None:
        """dl_da[s] += sum over t of dl_dz[t] w[s, t]."""
        dl_da[:, self.sources] += dl_dz[:, self.targets] @ weights[self.parameters].T

    def gradients(self, activations: Floats, dl_dz: Floats) -> Floats:
        """Return the sum over the rows of a[s] dl_dz[t], for each edge: (m * n,), as `parameters`."""
        return (activations[:, self.sources].T @ dl_dz[:, self.targets]).ravel()


@dataclass(frozen=True, slots=True, eq=False)
class RaggedBlock:
    """Edges without a pattern, gathered, multiplied and added up by target (or by source, going back).

    sources, targets, parameters : intp, (n_edges,), sorted by target
    target_starts, target_nodes : where each target's edges start, and which node it is
    by_source : intp, (n_edges,), the edges in the order of their sources
    source_starts, source_nodes : the same for the edges in that order
    """

    sources: Indices
    targets: Indices
    parameters: Indices
    target_starts: Indices
    target_nodes: Indices
    by_source: Indices
    source_starts: Indices
    source_nodes: Indices

    @classmethod
    def of(cls, sources: Indices, targets: Indices, parameters: Indices) -> RaggedBlock:
        """Return the block of these edges, in any order."""
        order = np.argsort(targets, kind="stable")
        sources, targets, parameters = sources[order], targets[order], parameters[order]
        by_source = np.argsort(sources, kind="stable")
        target_nodes, target_starts = np.unique(targets, return_index=True)
        source_nodes, source_starts = np.unique(sources[by_source], return_index=True)
        return cls(
            sources, targets, parameters, target_starts, target_nodes, by_source, source_starts, source_nodes
        )

    def add_sums(self, weights: Floats, activations: Floats, sums: Floats) -> None:
        """z[t] += sum over its edges of a[s] w."""
        edge_weights = weights[self.parameters]
        for rows in self._rows(len(sums)):
            products = activations[rows].take(self.sources, axis=1) * edge_weights
            sums[rows, self.target_nodes] += np.add.reduceat(products, self.target_starts, axis=1)

    def add_blame(self, weights: Floats, dl_dz: Floats, dl_da: Floats) -> None:
        """dl_da[s] += sum over its edges of dl_dz[t] w."""
        edge_weights = weights[self.parameters[self.by_source]]
        targets = self.targets[self.by_source]
        for rows in self._rows(len(dl_dz)):
            shares = dl_dz[rows].take(targets, axis=1) * edge_weights
            dl_da[rows, self.source_nodes] += np.add.reduceat(shares, self.source_starts, axis=1)

    def gradients(self, activations: Floats, dl_dz: Floats) -> Floats:
        """Return the sum over the rows of a[s] dl_dz[t], for each edge: (n_edges,), as `parameters`."""
        total = np.zeros(len(self.sources))
        for rows in self._rows(len(dl_dz)):
            a, d = activations[rows].take(self.sources, axis=1), dl_dz[rows].take(self.targets, axis=1)
            total += np.einsum("re,re->e", a, d)
        return total

    def _rows(self, n_rows: int) -> Iterator[slice]:
        step = max(1, ELEMENTS // len(self.sources))
        return (slice(first, first + step) for first in range(0, n_rows, step))


Block = FullBlock | RaggedBlock

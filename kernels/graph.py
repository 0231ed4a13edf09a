"""A drawn network as index arrays, cut into levels that can be computed one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kernels.blocks import Block, FullBlock, Index, Indices, RaggedBlock, index

Scalar = TypeVar("Scalar", bound=np.generic)

SMALL_BLOCK_EDGES = 64
"""A full block with fewer edges than this is not worth calls of its own beside others in its level."""


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Nodes that do not depend on each other: their edges in, and their activations.

    blocks : all edges into the level's nodes
    activations : pairs of an activation's code and the nodes that have it; inputs are left out
    hidden : the level's nodes that are neither inputs nor outputs
    """

    blocks: tuple[Block, ...]
    activations: tuple[tuple[int, Index], ...]
    hidden: Index


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """An acyclic graph for the kernels; all arrays read-only, nodes and edges in the caller's order.

    activations : int64, (n_nodes,), codes; linear at inputs
    sources, targets, parameters : intp, (n_edges,)
    trainable : bool, (n_parameters,), false where any edge of the parameter is held
    inputs, outputs : intp, indices of nodes
    levels : from the inputs on
    kinds : pairs of an activation's code and all nodes that have it
    block_parameters : intp, (n_edges,), parameters in the order of the levels' blocks
    held : intp, places in (weights, biases), put one after the other, that an update leaves alone
    """

    n_nodes: int
    n_parameters: int
    activations: NDArray[np.int64]
    sources: Indices
    targets: Indices
    parameters: Indices
    trainable: NDArray[np.bool_]
    inputs: Index
    outputs: Index
    levels: tuple[Level, ...]
    kinds: tuple[tuple[int, Index], ...]
    block_parameters: Indices
    held: Indices

    @classmethod
    def build(
        cls,
        activations: NDArray[np.int64],
        sources: Indices,
        targets: Indices,
        parameters: Indices,
        edge_trainable: NDArray[np.bool_],
        inputs: Indices,
        outputs: Indices,
    ) -> Graph:
        """Return the graph of these nodes and edges.

        activations : (n_nodes,), codes
        sources, targets, parameters, edge_trainable : (n_edges,); parameters count from 0 without gaps
        inputs, outputs : nodes that read and that answer

        Raises ValueError where edges run in a circle, into an input, out of an output, or doubly.
        """
        n_nodes = len(activations)
        n_parameters = int(parameters.max()) + 1 if len(parameters) else 0
        if np.isin(targets, inputs).any() or np.isin(sources, outputs).any():
            raise ValueError("an edge runs into an input or out of an output")
        pairs = np.sort(sources * n_nodes + targets)  # np.unique would hold up all other threads
        if (pairs[1:] == pairs[:-1]).any():
            raise ValueError("two edges join the same pair of nodes")
        is_input, is_output = np.zeros(n_nodes, bool), np.zeros(n_nodes, bool)
        is_input[inputs], is_output[outputs] = True, True
        codes = np.where(is_input, 0, activations)
        edges_in = _Edges(targets, n_nodes)
        levels = tuple(
            Level(
                tuple(_blocks(nodes, edges_in, sources, targets, parameters)),
                _kinds(nodes[~is_input[nodes]], codes),
                index(nodes[~is_input[nodes] & ~is_output[nodes]]),
            )
            for nodes in _level_nodes(sources, targets, n_nodes)
        )
        blocks = [block.parameters.ravel() for level in levels for block in level.blocks]
        trainable = np.ones(n_parameters, bool)
        trainable[parameters[~edge_trainable]] = False
        held = np.concatenate([np.flatnonzero(~trainable), n_parameters + inputs]).astype(np.intp)
        return cls(
            n_nodes=n_nodes,
            n_parameters=n_parameters,
            activations=_frozen(codes),
            sources=_frozen(sources),
            targets=_frozen(targets),
            parameters=_frozen(parameters),
            trainable=_frozen(trainable),
            inputs=index(inputs),
            outputs=index(outputs),
            levels=levels,
            kinds=_kinds(np.arange(n_nodes), codes),
            block_parameters=_frozen(np.concatenate([np.zeros(0, np.intp), *blocks])),
            held=_frozen(held),
        )


class _Edges:
    """Edges sorted by one of their ends, so that a node's edges are found without a search."""

    def __init__(self, ends: Indices, n_nodes: int) -> None:
        self._order: Indices = np.argsort(ends, kind="stable")
        self._starts = np.searchsorted(ends[self._order], np.arange(n_nodes + 1))

    def of(self, nodes: Indices) -> Indices:
        """Return the edges of these nodes, node after node."""
        first, counts = self._starts[nodes], self._starts[nodes + 1] - self._starts[nodes]
        skipped = np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(first, counts) + np.arange(len(skipped)) - skipped
        found: Indices = self._order[places]
        return found


def _level_nodes(sources: Indices, targets: Indices, n_nodes: int) -> Iterator[Indices]:
    """Yield the nodes of each level, ascending: those whose longest way from a start is equally long."""
    edges_out = _Edges(sources, n_nodes)
    waiting = np.bincount(targets, minlength=n_nodes)
    ready = np.flatnonzero(waiting == 0)
    done = 0
    while len(ready):
        yield ready
        done += len(ready)
        reached, times = np.unique(targets[edges_out.of(ready)], return_counts=True)
        waiting[reached] -= times
        ready = reached[waiting[reached] == 0]
    if done < n_nodes:
        raise ValueError("the edges run in a circle")


def _blocks(
    nodes: Indices, edges_in: _Edges, sources: Indices, targets: Indices, parameters: Indices
) -> Iterator[Block]:
    """Yield the edges into these nodes: nodes with the same sources together, what is left over ragged."""
    edges = edges_in.of(nodes)
    if not len(edges):
        return
    edges = edges[np.lexsort((sources[edges], targets[edges]))]
    by_sources: dict[bytes, list[Indices]] = {}
    cuts = np.flatnonzero(np.diff(targets[edges])) + 1
    for part in np.split(edges, cuts):
        by_sources.setdefault(sources[part].tobytes(), []).append(part)
    left_over: list[Indices] = []
    for parts in by_sources.values():
        if len(by_sources) > 1 and len(parts) * len(parts[0]) < SMALL_BLOCK_EDGES:
            left_over.extend(parts)
            continue
        # (targets, sources) as found; turned round, so that it multiplies from the right.
        block = np.stack(parts).T
        yield FullBlock(index(sources[block[:, 0]]), index(targets[block[0]]), _frozen(parameters[block]))
    if left_over:
        rest = np.concatenate(left_over)
        yield RaggedBlock.of(sources[rest], targets[rest], parameters[rest])


def _kinds(nodes: Indices, codes: NDArray[np.int64]) -> tuple[tuple[int, Index], ...]:
    there = codes[nodes]
    return tuple((code, index(nodes[there == code])) for code in sorted(set(there.tolist())))


def _frozen(array: NDArray[Scalar]) -> NDArray[Scalar]:
    array = array.copy()
    array.flags.writeable = False
    return array

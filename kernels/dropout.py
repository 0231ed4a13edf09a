"""Dropout: which hidden nodes are left out of one update, from a hash of counters.

A node is left out of row r in step s where the upper 53 bits of

    h = mix(mix(mix(mix(seed + G) + s G) + r G) + mix(id G))          modulo 2^64

are less than share 2^53; what is left is divided by 1 - share (Srivastava and others 2014, inverted). So a
mask depends on the seed, the number of the update, the number of the row and the node's id alone: on no
thread, no layout and no order of drawing. `mix` is the finaliser of SplitMix64 (Steele, Lea and Flood 2014;
constants: Stafford's variant 13 of MurmurHash3's), G is 2^64 over the golden ratio.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.blocks import Indices
from kernels.graph import Graph

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

GOLDEN = 0x9E3779B97F4A7C15
FACTORS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
SHIFTS = (30, 27, 31)
"""Of the mixing: shift, factor, shift, factor, shift."""

UNUSED_BITS = 11
"""Lowest bits of a hash that are not compared; what is left is exact in float64."""

ALL = 0xFFFFFFFFFFFFFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Dropout:
    """How much is left out, and from what it is drawn.

    share : in [0, 1), of the hidden nodes; seed : at least 0; ids : int64, (n_nodes,), of the nodes
    """

    share: float
    seed: int
    ids: NDArray[np.int64]

    @property
    def limit(self) -> int:
        """Hashes below it, without their lowest bits, leave a node out."""
        return int(self.share * 2.0**53)

    @property
    def scale(self) -> float:
        """What the answers of nodes that stay are multiplied by."""
        return 1.0 / (1.0 - self.share)

    @property
    def seed_key(self) -> int:
        """The seed, mixed."""
        return int(mixed(np.array([(self.seed + GOLDEN) & ALL], np.uint64))[0])

    @property
    def node_keys(self) -> Keys:
        """The ids, mixed: (n_nodes,)."""
        return mixed(self.ids.astype(np.uint64) * np.uint64(GOLDEN))


def mixed(keys: Keys) -> Keys:
    """Return each key with its bits mixed, so that neighbours have nothing in common."""
    for shift, factor in zip(SHIFTS, FACTORS, strict=False):
        keys = (keys ^ (keys >> np.uint64(shift))) * np.uint64(factor)
    return keys ^ (keys >> np.uint64(SHIFTS[-1]))


def kept(dropout: Dropout, graph: Graph, step: int, rows: Indices) -> Floats:
    """Return what each node's answer is multiplied by in one update: (n_rows, n_nodes).

    0 where a hidden node is left out, `scale` where it stays; 1 at inputs and outputs
    step : the number of the update, from 1; rows : numbers of the training rows, from 0
    """
    of_step = mixed(np.array([(dropout.seed_key + step * GOLDEN) & ALL], np.uint64))
    of_rows = mixed(of_step + np.asarray(rows, np.uint64) * np.uint64(GOLDEN))
    hashes = mixed(of_rows[:, None] + dropout.node_keys[None, :])
    is_out = (hashes >> np.uint64(UNUSED_BITS)) < np.uint64(dropout.limit)
    found = np.where(is_out, 0.0, dropout.scale)
    found[:, graph.inputs] = found[:, graph.outputs] = 1.0
    return found

"""How a product is cut into blocks of CUDA threads."""

from __future__ import annotations

TILE = 64
"""A block makes TILE x TILE numbers of C."""

DEPTH = 8
"""How much of k lies in a block's shared memory at a time."""

SIDE = 16
"""A block has SIDE x SIDE threads; each makes EACH x EACH numbers."""

EACH = TILE // SIDE

LANES = 32
"""Threads that share one row of a matrix times a vector."""

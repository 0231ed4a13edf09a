"""The sizes that a network, a table and a file may have."""

from __future__ import annotations

MAX_NODES = 10_000
MAX_EDGES = 200_000
MAX_CELLS = 1_000_000
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_ID = 2**31 - 1
MAX_LABEL = 200
MAX_SEED = 2**63 - 1

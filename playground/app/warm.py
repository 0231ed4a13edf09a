"""Derives the tables of a network before the window asks for them, beside the window."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from playground.app.file_guard import Opened, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from playground.model.network import Network


TABLES = (
    *("node_ids", "node_index", "edge_keys", "edge_index", "parameter_ids", "parameter_index"),
    *("inputs", "outputs", "incoming", "outgoing", "topology", "depth", "layers", "order", "names"),
)
"""What a network derives from its nodes and edges; half a second's work at the limits of the file."""


def warm(network: Network) -> None:
    """Let a network derive its tables now; they are kept with it. Raises CycleError."""
    for name in TABLES:
        getattr(network, name)


def read_warm(path: Path) -> Opened:
    """Return what a playground file holds, with its tables. Raises FileError. Safe in any thread."""
    opened = read_file(path)
    warm(opened.experiment.network)
    gc.freeze()  # all this is there to stay: looking for cycles in it would only hold up the window
    return opened

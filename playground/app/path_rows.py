"""The ways from an edge to the loss, as rows for people."""

from __future__ import annotations

from playground.engine.paths import PathSum
from playground.model.message import Message, message
from playground.model.stage import Stage
from widgets.text import say


def path_rows(paths: PathSum, stage: Stage) -> list[tuple[Message, float]]:
    """Return the paths from an edge to the loss as rows of text and product, the rest as one row."""
    network = stage.network
    rows = [
        (message("{way}", way=" → ".join(say(network.names[node]) for node in path.nodes)), path.product)
        for path in paths.paths
    ]
    if paths.rest_count == 1:
        rows.append((message("and one other path"), paths.rest))
    elif paths.rest_count:
        rows.append((message("and {count} other paths together", count=paths.rest_count), paths.rest))
    return rows

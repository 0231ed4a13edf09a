"""Pieces of networks on the clipboard: a file of our own, and lines that people can read."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from playground.model import file
from playground.model.edits import Fragment
from playground.model.errors import FileError
from playground.model.experiment import Experiment
from playground.model.message import format_exact, sentence

MIME_TYPE = "application/x-neural-playground+json"


def to_mime(part: Fragment) -> QMimeData:
    """Return a fragment for the clipboard."""
    mime = QMimeData()
    mime.setData(MIME_TYPE, file.write(Experiment(part.network), part.parameters))
    mime.setText(as_text(part))
    return mime


def from_mime(mime: QMimeData | None) -> Fragment | None:
    """Return the fragment on the clipboard, or None where it is empty or holds none that can be read."""
    if mime is None or not mime.hasFormat(MIME_TYPE):
        return None
    try:
        experiment, parameters = file.read(bytes(mime.data(MIME_TYPE).data()))
    except FileError:
        # Another version of the program may have written it; there is nothing to paste then.
        return None
    return Fragment(experiment.network, parameters)


def as_text(part: Fragment) -> str:
    """Return a fragment as lines: each node with its bias, then each edge with its weight."""
    network, parameters = part.network, part.parameters
    lines = [
        f"{sentence(network.names[node.id])}\t{node.role}\t{node.activation}"
        f"\t{format_exact(parameters.bias(network, node.id))}"
        for node in network.nodes.values()
    ]
    lines += [
        f"{sentence(network.names[source])} → {sentence(network.names[target])}"
        f"\t{format_exact(parameters.weight(network, (source, target)))}"
        for source, target in network.edges
    ]
    return "\n".join(lines)

"""Answers and histograms as rows of a table, to be taken along."""

from __future__ import annotations

from playground.model.histograms import Histograms
from playground.model.results import NOTHING, PARTS, ClassResults, ColumnResults
from widgets.text import say

Row = tuple[str | int | float, ...]


def figure_rows(found: ColumnResults) -> list[Row]:
    """Return a header and one row for each example: its row in the data, counted from 1, and its answers.

    certainty : how sure the network was of a class, in [0, 1]; for numbers the error, said minus right
    """
    names = [name if isinstance(name, str) else say(name) for name in found.classes]
    last = "certainty" if names else "error"
    rows: list[Row] = [("part", "row", f"{found.name} right", f"{found.name} said", last)]
    for key in PARTS:
        part = found.parts[key]
        numbers = (part.rows + 1).tolist()
        if isinstance(part, ClassResults):
            right = [names[place] for place in part.right.tolist()]
            said = ["" if place == NOTHING else names[place] for place in part.said.tolist()]
            rows.extend(zip([key] * len(numbers), numbers, right, said, part.certainty.tolist(), strict=True))
        else:
            off = (part.said - part.right).tolist()
            told = (part.right.tolist(), part.said.tolist(), off)
            rows.extend(zip([key] * len(numbers), numbers, *told, strict=True))
    return rows


def count_rows(shown: Histograms) -> list[Row]:
    """Return a header and one row for each layer, moment and bin: how many values lie in it."""
    rows: list[Row] = [("layer", "epoch", "from", "to", shown.subject)]
    for layer in shown.layers:
        name = layer.name if isinstance(layer.name, str) else say(layer.name)
        edges = layer.edges.tolist()
        for epoch, counts in zip(shown.epochs.tolist(), layer.counts.tolist(), strict=True):
            rows.extend((name, epoch, *bin_) for bin_ in zip(edges[:-1], edges[1:], counts, strict=True))
    return rows

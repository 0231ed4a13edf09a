"""Tidies a large network up beside the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject

from playground.app.background import Background
from playground.app.document import Document
from playground.model import edits
from playground.model.edit import Change
from playground.model.experiment import Experiment
from playground.model.layout import tidy
from widgets.canvas.canvas import Canvas

Places = Mapping[int, tuple[float, float]]


class Tidying(QObject):
    """Works out calm places for all nodes, and the picture of them, before the document hears of it."""

    def __init__(
        self, document: Document, background: Background, canvas: Canvas, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._canvas = canvas

    def run(self) -> None:
        """Tidy the present network up, as one undo step."""
        experiment, parameters = self._document.experiment, self._document.parameters
        canvas = self._canvas

        def work() -> tuple[Places, Change]:
            places = tidy(experiment.network)
            arranged = edits.arrange(places).make(experiment, parameters)
            canvas.prepare(arranged.experiment.network, parameters)
            return places, arranged

        self._background.run(work, lambda found: self._take(experiment, *found))

    def _take(self, experiment: Experiment, places: Places, arranged: Change) -> None:
        now = self._document.experiment
        if now is experiment:
            self._document.apply(replace(edits.arrange(places), make=lambda *_: arranged))
            return
        # Somebody went on drawing meanwhile.
        nodes = now.network.nodes
        self._document.apply(edits.arrange({node: place for node, place in places.items() if node in nodes}))

"""Keeps "This network" at the open network, and lets pointing there and on the stage be the same."""

from __future__ import annotations

from PySide6.QtCore import QObject

from playground.app.stage_keeper import StageKeeper
from playground.model.network import EdgeKey
from playground.model.stage import Selection, Stage
from widgets.kernels.matrices_view import MatricesView


class MatricesControl(QObject):
    """Shows the stage as matrices while they are seen; what is pointed at there is pointed at everywhere."""

    def __init__(self, view: MatricesView, keeper: StageKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._keeper = keeper
        keeper.stage_changed.connect(self._show)
        view.element_hovered.connect(keeper.set_hovered)
        view.element_chosen.connect(self._choose)

    def refresh(self) -> None:
        """Show the present stage, which may have changed while nobody looked."""
        self._show(self._keeper.stage)

    def _show(self, stage: Stage) -> None:
        if not self._view.isVisible():
            return
        self._view.set_stage(stage)
        hovered = stage.hovered_node if stage.hovered_edge is None else stage.hovered_edge
        self._view.set_hovered(hovered)

    def _choose(self, element: int | EdgeKey | None) -> None:
        if isinstance(element, tuple):
            self._keeper.set_selection(Selection(edges=frozenset({element})))
        elif element is not None:
            self._keeper.set_selection(Selection(frozenset({element})))

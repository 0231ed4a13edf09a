"""Typing names, weights and biases right on the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QWidget

from playground.model import edits
from playground.model.caption import caption
from playground.model.message import format_exact
from playground.model.network import EdgeKey
from widgets.canvas.gestures.value_drag import set_value, value_of
from widgets.canvas.inline_editor import InlineEditor
from widgets.canvas.scene import Scene
from widgets.canvas.titles import describe_edge
from widgets.controls.number_text import read_number
from widgets.text import say


class Editing(QObject):
    """Opens a line to type in at a node or an edge, one at a time."""

    def __init__(self, scene: Scene, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._scene = scene
        self._canvas = canvas
        self._editor: InlineEditor | None = None
        scene.structure_changed.connect(self.close)

    @property
    def editor(self) -> InlineEditor | None:
        """The line that is open."""
        return self._editor

    def rename(self, node: int) -> None:
        """Type a node's name."""
        label = self._scene.stage.network.nodes[node].label

        def accept(text: str) -> None:
            self._scene.ask(edits.rename(node, text))

        name = self.tr("Name of {node}").format(node=say(caption(self._scene.stage.network, node)))
        self._open(label, self.place_of(node), name, accept, is_number=False)

    def type_value(self, element: int | EdgeKey) -> None:
        """Type the weight of an edge or the bias of a node, in full precision."""
        stage = self._scene.stage

        def accept(text: str) -> None:
            self._scene.ask(set_value(element, read_number(text)))

        if isinstance(element, int):
            name = self.tr("Bias of {node}").format(node=say(caption(stage.network, element)))
        else:
            name = say(describe_edge(stage, element))
        self._open(
            format_exact(value_of(stage, element)), self.place_of(element), name, accept, is_number=True
        )

    def close(self) -> None:
        """Close the line and leave all as it was."""
        if self._editor is not None:
            self._editor.close_editor()

    def _open(
        self,
        text: str,
        place: tuple[float, float],
        name: str,
        accept: Callable[[str], None],
        *,
        is_number: bool,
    ) -> None:
        self.close()
        editor = InlineEditor(self._canvas, text, is_number=is_number)
        editor.setAccessibleName(name)
        editor.accepted.connect(accept)
        editor.refused.connect(self._scene.notice)
        editor.closed.connect(self._closed)
        self._editor = editor
        editor.open_at(QPointF(*place))

    def _closed(self) -> None:
        self._editor = None

    def place_of(self, element: int | EdgeKey) -> tuple[float, float]:
        """The view pixel of a node's middle or an edge's pill."""
        geometry = self._scene.geometry
        if isinstance(element, int):
            spot = geometry.centres[geometry.network.node_index[element]]
        else:
            spot = geometry.pill_centres[geometry.network.edge_index[element]]
        x, y = self._scene.camera.to_view(spot)
        return (float(x), float(y))

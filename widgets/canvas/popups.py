"""Opens the menu that fits what was clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from widgets.canvas.commands import Commands
from widgets.canvas.editing import Editing
from widgets.canvas.hit import Hit
from widgets.canvas.menus import ActivationMenu, EdgeMenu, Menu, NodeMenu, StageMenu
from widgets.canvas.scene import Scene
from widgets.text import pick


class Popups(QObject):
    """Makes the menus of one canvas."""

    def __init__(self, scene: Scene, commands: Commands, editing: Editing, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._scene = scene
        self._commands = commands
        self._editing = editing
        self._canvas = canvas

    def menu_for(self, found: Hit, at: tuple[float, float], zoom_to_fit: Callable[[], None]) -> Menu:
        """The menu of a node, an edge or the empty stage; what is clicked is selected first."""
        chosen = self._scene.stage.selection
        if found.edge is not None:
            if found.edge not in chosen.edges:
                self._scene.choose_one(found.edge)
            return EdgeMenu(self._canvas, self._scene, self._commands, self._editing, found.edge)
        if found.node is not None:
            if found.node not in chosen.nodes:
                self._scene.choose_one(found.node)
            return NodeMenu(self._canvas, self._scene, self._commands, self._editing, found.node)
        return StageMenu(self._canvas, self._commands, zoom_to_fit, at)

    def open_activations(self) -> None:
        """Open the activations of the selected nodes, beside the first of them."""
        nodes = self._scene.stage.network.nodes
        fitting = [node for node in sorted(self._scene.stage.selection.nodes) if nodes[node].role != "input"]
        if not fitting:
            self._commands.say_what_has_no_activation()
            return
        first = nodes[fitting[0]]
        level = self._scene.stage.level
        title = pick(level, self.tr("What it makes of the sum"), self.tr("Activation"))
        menu = ActivationMenu(self._canvas, title, first.activation, level, self._commands.set_activation)
        x, y = self._scene.camera.to_view((first.x, first.y))
        menu.popup(self._canvas.mapToGlobal(QPoint(round(x), round(y))))

"""The menus of nodes, edges and the empty stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from playground.model.keys import ACTIVATIONS, Activation, Level
from playground.model.network import EdgeKey
from widgets.canvas.commands import Commands
from widgets.canvas.editing import Editing
from widgets.canvas.scene import Scene
from widgets.names import ACTIVATION_NAMES, name_of
from widgets.text import pick

Point = tuple[float, float]


class Menu(QMenu):
    """A menu that lists what can be done with what was clicked, and goes when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        if not isinstance(parent, QMenu):  # a menu within a menu may be opened again
            self.aboutToHide.connect(self.deleteLater)

    def entry(self, text: str, act: Callable[[], object], key: str = "", *, enabled: bool = True) -> QAction:
        """Add an entry; `key` is only shown, the keyboard listens to it elsewhere."""
        action = self.addAction(f"{text}\t{QKeySequence(key).toString(NATIVE)}" if key else text)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: _call(act))
        return action


NATIVE = QKeySequence.SequenceFormat.NativeText


class ActivationMenu(Menu):
    """The activations, the present one checked."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        present: Activation,
        level: Level,
        choose: Callable[[Activation], None],
    ) -> None:
        super().__init__(parent)
        self.setTitle(title)
        group = QActionGroup(self)
        for key in ACTIVATIONS:
            action = self.entry(name_of(ACTIVATION_NAMES, key, level), _with(choose, key))
            action.setCheckable(True)
            action.setChecked(key == present)
            group.addAction(action)


class NodeMenu(Menu):
    """What can be done with a node and the others that are selected."""

    def __init__(
        self, parent: QWidget, scene: Scene, commands: Commands, editing: Editing, node: int
    ) -> None:
        super().__init__(parent)
        stage = scene.stage
        found, chosen = stage.network.nodes[node], stage.selection.nodes
        has_bias = found.role != "input"
        if has_bias:
            level, present = stage.level, found.activation
            own = pick(level, self.tr("What it makes of the sum"), self.tr("Activation"))
            layer = pick(level, self.tr("The same for its whole layer"), self.tr("Activation of its layer"))
            self.addMenu(ActivationMenu(self, own, present, level, commands.set_activation))
            self.addMenu(
                ActivationMenu(
                    self, layer, present, level, lambda key: commands.set_activation_of_layer(node, key)
                )
            )
            self.entry(self.tr("Type its bias…"), lambda: editing.type_value(node), "B")
        self.entry(self.tr("Rename…"), lambda: editing.rename(node), "F2")
        self.addSeparator()
        several = len(chosen) > 1
        self.entry(self.tr("Connect two selected groups"), commands.connect_selected, enabled=several)
        self.entry(
            self.tr("Make one layer of them"), lambda: commands.group(self.tr("Layer")), enabled=several
        )
        grouped = any(stage.network.nodes[n].group is not None for n in chosen)
        self.entry(self.tr("Take the layer apart"), commands.ungroup, enabled=grouped)
        self.addSeparator()
        self.entry(self.tr("Cut"), commands.cut, "Ctrl+X")
        self.entry(self.tr("Copy"), commands.copy, "Ctrl+C")
        self.entry(self.tr("Duplicate"), commands.duplicate, "Ctrl+D")
        self.entry(self.tr("Delete"), commands.delete, "Del")


class EdgeMenu(Menu):
    """What can be done with an edge and the others that are selected."""

    def __init__(
        self, parent: QWidget, scene: Scene, commands: Commands, editing: Editing, edge: EdgeKey
    ) -> None:
        super().__init__(parent)
        network, chosen, level = scene.stage.network, scene.stage.selection.edges, scene.stage.level
        found = network.edges[edge]
        parameters = [other.parameter for other in network.edges.values()]
        typed, share, own, hold = self._words() if level == "words" else self._terms()
        shared = parameters.count(found.parameter) > 1
        self.entry(typed, lambda: editing.type_value(edge), "W")
        self.addSeparator()
        self.entry(share, commands.share, enabled=len(chosen) > 1)
        self.entry(own, commands.unshare, enabled=shared)
        held = self.entry(hold, lambda: commands.set_trainable(not found.trainable))
        held.setCheckable(True)
        held.setChecked(not found.trainable)
        self.addSeparator()
        self.entry(self.tr("Delete"), commands.delete, "Del")

    def _words(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Type its strength…"),
            self.tr("Share one strength"),
            self.tr("Give it a strength of its own"),
            self.tr("Hold its strength still"),
        )

    def _terms(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Type its weight…"),
            self.tr("Share one weight"),
            self.tr("Give it a weight of its own"),
            self.tr("Hold its weight still"),
        )


class StageMenu(Menu):
    """What can be done where nothing is."""

    def __init__(
        self, parent: QWidget, commands: Commands, zoom_to_fit: Callable[[], None], at: Point
    ) -> None:
        super().__init__(parent)
        self.entry(self.tr("Add an input here"), lambda: commands.add_node("input", at))
        self.entry(self.tr("Add a hidden node here"), lambda: commands.add_node("hidden", at))
        self.entry(self.tr("Add an output here"), lambda: commands.add_node("output", at))
        self.addSeparator()
        self.entry(self.tr("Paste"), commands.paste, "Ctrl+V")
        self.entry(self.tr("Select all"), commands.select_all, "Ctrl+A")
        self.addSeparator()
        self.entry(self.tr("Tidy up"), commands.tidy_up)
        self.entry(self.tr("Zoom to fit"), zoom_to_fit)


def _with(choose: Callable[[Activation], None], key: Activation) -> Callable[[], None]:
    return lambda: choose(key)


def _call(act: Callable[[], object]) -> None:
    act()

"""The canvas from the keyboard: walk, choose, connect, type, step; a table from keys to what they do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from playground.model.message import message
from playground.model.network import EdgeKey
from playground.model.stage import Selection
from widgets.canvas.commands import SELECT_FIRST, Commands
from widgets.canvas.editing import Editing
from widgets.canvas.gestures.key_connect import KeyConnect
from widgets.canvas.gestures.pan import Pan
from widgets.canvas.pointing import Pointing
from widgets.canvas.scene import Scene
from widgets.canvas.snapping import GRID
from widgets.canvas.walk import Direction, neighbour, next_edge, next_node

TAP_MS = 500
"""Space let go within this time, with nothing pulled, was a tap."""

ARROWS: dict[int, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}

NUDGES: dict[Direction, tuple[float, float]] = {
    "left": (-GRID, 0.0),
    "right": (GRID, 0.0),
    "up": (0.0, -GRID),
    "down": (0.0, GRID),
}

NO = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Keyboard(QObject):
    """Knows the node that has the keyboard, and what each key does.

    Signals
    -------
    current_changed : another node or edge has the keyboard
    inspect_requested : Enter
    play_toggled : Space was tapped
    menu_requested : A asks for the activations of the selection
    escape_unhandled : Esc, with nothing here left to leave
    """

    current_changed = Signal()
    inspect_requested = Signal()
    play_toggled = Signal()
    menu_requested = Signal()
    escape_unhandled = Signal()

    def __init__(
        self, scene: Scene, pointing: Pointing, commands: Commands, editing: Editing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._pointing = pointing
        self._commands = commands
        self._editing = editing
        self._current: int | None = None
        self._edge: EdgeKey | None = None
        self._run: tuple[object, str] | None = None
        self._space = QElapsedTimer()
        self.is_used = False
        scene.structure_changed.connect(self._forget_what_is_gone)
        scene.selection_shown.connect(self._follow)
        self._table: dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_Escape, NO): self.escape,
            (Qt.Key.Key_Return, NO): self.enter,
            (Qt.Key.Key_Enter, NO): self.enter,
            (Qt.Key.Key_C, NO): self.connect_from_here,
            (Qt.Key.Key_N, NO): commands.add_node,
            (Qt.Key.Key_F2, NO): self.rename,
            (Qt.Key.Key_W, NO): self.type_weight,
            (Qt.Key.Key_B, NO): self.type_bias,
            (Qt.Key.Key_A, NO): self.menu_requested.emit,
            (Qt.Key.Key_E, NO): lambda: self.walk_edges(1),
            (Qt.Key.Key_E, SHIFT): lambda: self.walk_edges(-1),
            (Qt.Key.Key_Plus, NO): lambda: self.step_value(1.0),
            (Qt.Key.Key_Equal, NO): lambda: self.step_value(1.0),
            (Qt.Key.Key_Minus, NO): lambda: self.step_value(-1.0),
            (Qt.Key.Key_Plus, SHIFT): lambda: self.step_value(1.0, fine=True),
            (Qt.Key.Key_Minus, SHIFT): lambda: self.step_value(-1.0, fine=True),
            (Qt.Key.Key_Underscore, SHIFT): lambda: self.step_value(-1.0, fine=True),
            (Qt.Key.Key_Delete, NO): commands.delete,
            (Qt.Key.Key_Backspace, NO): commands.delete,
            (Qt.Key.Key_A, CTRL): commands.select_all,
            (Qt.Key.Key_A, CTRL | SHIFT): commands.select_nothing,
            (Qt.Key.Key_C, CTRL): lambda: _drop(commands.copy()),
            (Qt.Key.Key_X, CTRL): commands.cut,
            (Qt.Key.Key_V, CTRL): commands.paste,
            (Qt.Key.Key_D, CTRL): commands.duplicate,
        }

    @property
    def current(self) -> int | None:
        """Id of the node that has the keyboard."""
        return self._current

    @property
    def edge(self) -> EdgeKey | None:
        """The edge that has the keyboard, at the current node."""
        return self._edge

    def press(self, event: QKeyEvent) -> bool:
        """Take a key; says whether it meant something here."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        self.is_used |= key != Qt.Key.Key_Escape
        self._scene.forget_note()
        if key == Qt.Key.Key_Space and modifiers == NO:
            if not event.isAutoRepeat():
                self._space.start()
                self._pointing.set_hand(True)
            return True
        if key in ARROWS and self._arrow(ARROWS[key], modifiers):
            return True
        act = self._table.get((key, modifiers))
        if act is None:
            return False
        act()
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Take a key that was let go."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        tapped = self._space.isValid() and self._space.elapsed() < TAP_MS
        tapped &= not isinstance(self._pointing.gesture, Pan)
        self.let_go()
        if tapped:
            self.play_toggled.emit()
        return True

    def let_go(self) -> None:
        """No key is held any more: the focus went elsewhere."""
        self._space.invalidate()
        self._pointing.set_hand(False)

    def mark_pulled(self) -> None:
        """Something was pulled while Space was held, so that it was no tap."""
        self._space.invalidate()

    def go_to(self, node: int | None) -> None:
        """Give a node the keyboard and select it."""
        self.is_used = True
        self._current, self._edge = node, None
        self._scene.choose(Selection() if node is None else Selection(frozenset({node})))
        self.current_changed.emit()

    def step(self, by: int) -> bool:
        """Go to the next node in the order of a pass, or the one before; False past the ends."""
        found = next_node(self._scene.stage.network, self._current, by)
        if found is None:
            return False
        self.go_to(found)
        return True

    def enter_from(self, by: int) -> None:
        """Tab came in from before (1) or from behind (-1): go on at the selection, else at that end."""
        if self._current is None or self._current not in self._scene.stage.selection.nodes:
            self._current = None
            self.step(by)
        self.is_used = True

    def escape(self) -> None:
        """Leave the gesture, or let others see to it."""
        if not self._pointing.cancel_gesture():
            self.escape_unhandled.emit()

    def enter(self) -> None:
        """Land the edge that is being drawn, or inspect."""
        gesture = self._pointing.gesture
        if not isinstance(gesture, KeyConnect):
            self.inspect_requested.emit()
            return
        refused = gesture.refusal is not None
        gesture.land()
        if refused:
            gesture.sticky = True
        else:
            self._pointing.end_gesture()
        self._pointing.note_here()

    def connect_from_here(self) -> None:
        """Begin to draw an edge from the current node."""
        if self._current is None:
            self._scene.tell(message("Go to a node with the arrow keys first, then press C."))
            return
        self._pointing.begin(KeyConnect(self._scene, self._current))
        self._scene.notice.emit(
            message("Choose where the edge goes with the arrow keys. Enter draws it, Esc leaves.")
        )

    def rename(self) -> None:
        """Type the current node's name."""
        if self._current is None:
            self._scene.tell(SELECT_FIRST)
        else:
            self._editing.rename(self._current)

    def type_weight(self) -> None:
        """Type the weight of the selected edge, or of the first one at the current node."""
        edges = self._scene.stage.selection.edges
        if len(edges) != 1 and self._current is not None:
            self.walk_edges(1)
            edges = self._scene.stage.selection.edges
        if len(edges) == 1:
            self._editing.type_value(next(iter(edges)))
        else:
            self._scene.tell(SELECT_FIRST)

    def type_bias(self) -> None:
        """Type the current node's bias."""
        node = self._current
        if node is None:
            self._scene.tell(SELECT_FIRST)
        elif self._scene.stage.network.nodes[node].role == "input":
            self._scene.tell(message("An input has no bias: it passes its value on as it is."))
        else:
            self._editing.type_value(node)

    def walk_edges(self, by: int) -> None:
        """Select the next edge at the current node."""
        if self._current is None:
            self._scene.tell(SELECT_FIRST)
            return
        found = next_edge(self._scene.stage.network, self._current, self._edge, by)
        if found is None:
            self._scene.tell(message("This node has no edges yet. Press C to draw one."))
            return
        node = self._current
        self._scene.choose(Selection(edges=frozenset({found})))
        self._current, self._edge = node, found
        self.current_changed.emit()

    def step_value(self, notches: float, *, fine: bool = False) -> None:
        """Change the selected weight or bias; presses that follow each other become one undo step."""
        self._commands.step_value(notches, fine=fine, gesture=self._running(self._commands.one_value()))

    def _arrow(self, direction: Direction, modifiers: Qt.KeyboardModifier) -> bool:
        gesture = self._pointing.gesture
        if isinstance(gesture, KeyConnect):
            gesture.step(direction)
            self.current_changed.emit()
            self._scene.changed.emit()
        elif modifiers in {ALT, ALT | SHIFT}:
            dx, dy = NUDGES[direction]
            share = 0.1 if modifiers & SHIFT else 1.0
            self._commands.nudge(dx * share, dy * share, self._running(self._scene.stage.selection.nodes))
        elif modifiers in {NO, SHIFT}:
            self._walk(direction, extend=modifiers == SHIFT)
        else:
            return False
        return True

    def _walk(self, direction: Direction, *, extend: bool) -> None:
        self._run = None
        if self._current is None:
            self.step(1)
            return
        found = neighbour(self._scene.geometry, self._current, direction)
        if found is None:
            return
        if not extend:
            self.go_to(found)
            return
        chosen = self._scene.stage.selection
        self._scene.choose(Selection(chosen.nodes | {self._current, found}, chosen.edges))
        self._current = found
        self.current_changed.emit()

    def _running(self, what: object) -> str:
        """The key under which changes of one thing, one after another, become one undo step."""
        if self._run is None or self._run[0] != what:
            self._run = (what, self._scene.gesture_key())
        return self._run[1]

    def _follow(self, selection: Selection) -> None:
        """The keyboard goes on from what the pointer has chosen."""
        self._run = None
        if len(selection.nodes) == 1:
            self._current = next(iter(selection.nodes))
        if selection.nodes or self._edge not in selection.edges:
            self._edge = None
        self.current_changed.emit()

    def _forget_what_is_gone(self) -> None:
        network = self._scene.stage.network
        if self._current not in network.nodes:
            self._current = None
        if self._edge not in network.edges:
            self._edge = None
        self._run = None
        self.current_changed.emit()


def _drop(_done: bool) -> None:
    """Whether something was copied does not matter here."""

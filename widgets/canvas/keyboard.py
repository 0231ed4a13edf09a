"""The canvas from the keyboard: a table from keys to what they do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from playground.model.message import message
from widgets.canvas.commands import SELECT_FIRST, Commands
from widgets.canvas.editing import Editing
from widgets.canvas.gestures.key_connect import KeyConnect
from widgets.canvas.gestures.pan import Pan
from widgets.canvas.pointing import Pointing
from widgets.canvas.scene import Scene
from widgets.canvas.snapping import GRID
from widgets.canvas.walk import Direction
from widgets.canvas.walker import Walker

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
    """Knows what each key does.

    is_used : whether the last thing done came by keyboard, so that its place is shown

    Signals
    -------
    inspect_requested : Enter
    play_toggled : Space was tapped
    menu_requested : A asks for the activations of the selection
    escape_unhandled : Esc, with nothing here left to leave
    """

    inspect_requested = Signal()
    play_toggled = Signal()
    menu_requested = Signal()
    escape_unhandled = Signal()

    def __init__(
        self,
        scene: Scene,
        walker: Walker,
        pointing: Pointing,
        commands: Commands,
        editing: Editing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._walker = walker
        self._pointing = pointing
        self._commands = commands
        self._editing = editing
        self._run: tuple[object, str] | None = None
        self._space = QElapsedTimer()
        self.is_used = False
        walker.went.connect(self._end_run)
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
            # On many keyboards + is only had with Shift, so that Shift cannot mean "finely" here.
            (Qt.Key.Key_Plus, NO): lambda: self.step_value(1.0),
            (Qt.Key.Key_Plus, SHIFT): lambda: self.step_value(1.0),
            (Qt.Key.Key_Equal, NO): lambda: self.step_value(1.0),
            (Qt.Key.Key_Minus, NO): lambda: self.step_value(-1.0),
            (Qt.Key.Key_Plus, ALT): lambda: self.step_value(1.0, fine=True),
            (Qt.Key.Key_Plus, ALT | SHIFT): lambda: self.step_value(1.0, fine=True),
            (Qt.Key.Key_Equal, ALT): lambda: self.step_value(1.0, fine=True),
            (Qt.Key.Key_Minus, ALT): lambda: self.step_value(-1.0, fine=True),
            (Qt.Key.Key_Delete, NO): commands.delete,
            (Qt.Key.Key_Backspace, NO): commands.delete,
            (Qt.Key.Key_A, CTRL): commands.select_all,
            (Qt.Key.Key_A, CTRL | SHIFT): commands.select_nothing,
            (Qt.Key.Key_C, CTRL): lambda: _drop(commands.copy()),
            (Qt.Key.Key_X, CTRL): commands.cut,
            (Qt.Key.Key_V, CTRL): commands.paste,
            (Qt.Key.Key_D, CTRL): commands.duplicate,
        }

    def sequences(self) -> list[QKeySequence]:
        """The keys of the table."""
        return [
            QKeySequence(QKeyCombination(modifiers, Qt.Key(key)).toCombined())
            for key, modifiers in self._table
        ]

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
        if self._walker.node is None:
            self._scene.tell(message("Go to a node with the arrow keys first, then press C."))
            return
        self._pointing.begin(KeyConnect(self._scene, self._walker.node))
        self._scene.notice.emit(
            message("Choose where the edge goes with the arrow keys. Enter draws it, Esc leaves.")
        )

    def rename(self) -> None:
        """Type the current node's name."""
        if self._walker.node is None:
            self._scene.tell(SELECT_FIRST)
        else:
            self._editing.rename(self._walker.node)

    def type_weight(self) -> None:
        """Type the weight of the selected edge, or of the first one at the current node."""
        edges = self._scene.stage.selection.edges
        if len(edges) != 1 and self._walker.node is not None:
            self.walk_edges(1)
            edges = self._scene.stage.selection.edges
        if len(edges) == 1:
            self._editing.type_value(next(iter(edges)))
        else:
            self._scene.tell(SELECT_FIRST)

    def type_bias(self) -> None:
        """Type the current node's bias."""
        node = self._walker.node
        if node is None:
            self._scene.tell(SELECT_FIRST)
        elif self._scene.stage.network.nodes[node].role == "input":
            self._scene.tell(message("An input has no bias: it passes its value on as it is."))
        else:
            self._editing.type_value(node)

    def walk_edges(self, by: int) -> None:
        """Select the next edge at the current node."""
        if self._walker.node is None:
            self._scene.tell(SELECT_FIRST)
            return
        if not self._walker.walk_edges(by):
            self._scene.tell(message("This node has no edges yet. Press C to draw one."))

    def step_value(self, notches: float, *, fine: bool = False) -> None:
        """Change the selected weight or bias; presses that follow each other become one undo step."""
        self._commands.step_value(notches, fine=fine, gesture=self._running(self._commands.one_value()))

    def _arrow(self, direction: Direction, modifiers: Qt.KeyboardModifier) -> bool:
        gesture = self._pointing.gesture
        if isinstance(gesture, KeyConnect):
            gesture.step(direction)
            self._scene.changed.emit()
        elif modifiers in {ALT, ALT | SHIFT}:
            dx, dy = NUDGES[direction]
            share = 0.1 if modifiers & SHIFT else 1.0
            self._commands.nudge(dx * share, dy * share, self._running(self._scene.stage.selection.nodes))
        elif modifiers in {NO, SHIFT}:
            self._walker.walk(direction, extend=modifiers == SHIFT)
        else:
            return False
        return True

    def _running(self, what: object) -> str:
        """The key under which changes of one thing, one after another, become one undo step."""
        if self._run is None or self._run[0] != what:
            self._run = (what, self._scene.gesture_key())
        return self._run[1]

    def _end_run(self) -> None:
        self._run = None


def _drop(_done: bool) -> None:
    """Whether something was copied does not matter here."""

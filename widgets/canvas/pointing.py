"""The pointer on the canvas: which gesture a press begins, and what the wheel does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from playground.model.network import EdgeKey
from widgets.canvas.camera import Camera
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.pan import Pan
from widgets.canvas.gestures.surface import Pointer
from widgets.canvas.gestures.table import BEGIN, CURSORS, Tool
from widgets.canvas.gestures.value_drag import set_value, value_of
from widgets.canvas.hit import Hit
from widgets.canvas.landing import Landing, landing
from widgets.canvas.overlay import Overlay
from widgets.canvas.scene import Scene
from widgets.canvas.stepping import stepped

NOTCH = 120.0
"""What Qt counts for one notch of a wheel."""

ZOOM_PER_NOTCH = 1.2
NOTE_STAYS_PX = 40.0
"""A sentence at the pointer goes when the pointer has moved so far."""


class Pointing(QObject):
    """Knows the tool, the gesture under way, and where the pointer is.

    Signals
    -------
    camera_taken : the person has zoomed or panned by hand
    cursor_changed : the pointer's shape, a Qt.CursorShape
    """

    camera_taken = Signal()
    cursor_changed = Signal(object)

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._tool: Tool = "select"
        self._gesture: Gesture | None = None
        self._where: Pointer | None = None
        self._noted_at: Pointer | None = None
        self._wheel: tuple[int | EdgeKey, str] | None = None
        self._hand = False
        scene.structure_changed.connect(self.cancel_gesture)

    @property
    def tool(self) -> Tool:
        """The tool in the hand."""
        return self._tool

    @property
    def gesture(self) -> Gesture | None:
        """The gesture under way."""
        return self._gesture

    @property
    def seen(self) -> Camera:
        """What part of the scene is seen."""
        return self._scene.camera

    def set_tool(self, tool: Tool) -> None:
        """Take another tool; a gesture under way is left."""
        if tool != self._tool:
            self.cancel_gesture()
            self._tool = tool
            self._show_cursor()
            self._scene.changed.emit()

    def set_hand(self, held: bool) -> None:
        """Hold the hand with which everything can be pulled (the space bar), or let it go."""
        self._hand = held
        self._show_cursor()

    def begin(self, gesture: Gesture) -> None:
        """Begin a gesture that no press has begun."""
        self.cancel_gesture()
        self._gesture = gesture
        self._scene.changed.emit()

    def press(self, at: Pointer, *, pulls: bool = False) -> None:
        """The pointer went down; `pulls` with the button that pans."""
        self._where = at
        self._wheel = None
        self._forget_note()
        if self._gesture is not None and self._gesture.sticky:
            return
        self.cancel_gesture()
        if pulls or self._hand:
            self._gesture = Pan(self._scene, at)
        else:
            found = self._scene.hit_at(at.at)
            self._gesture = BEGIN[self._tool][found.kind](self._scene, at, found)
        self._scene.hover(None)
        self._show_cursor()
        self._scene.changed.emit()

    def drag(self, to: Pointer) -> None:
        """The pointer moved while down."""
        self._where = to
        if self._gesture is not None:
            self._gesture.move(to)
            if isinstance(self._gesture, Pan):
                self.camera_taken.emit()
            self._scene.changed.emit()

    def release(self, at: Pointer) -> None:
        """The pointer went up: the gesture ends, unless it waits for another press."""
        gesture = self._gesture
        if gesture is None:
            return
        self._noted_at = at
        gesture.finish(at)
        if not gesture.sticky and self._gesture is gesture:
            self._gesture = None
        self.move(at)
        self._scene.changed.emit()

    def move(self, to: Pointer) -> None:
        """The pointer moved while up."""
        self._where = to
        if self._noted_at is not None and to.away_from(self._noted_at) > NOTE_STAYS_PX:
            self._forget_note()
        if self._gesture is not None:
            self.drag(to)
            return
        found = self._scene.hit_at(to.at)
        if self._wheel is not None and found.element != self._wheel[0]:
            self._wheel = None
        self._scene.hover(found.element)
        self._show_cursor(found)
        if self._tool == "add":
            self._scene.changed.emit()

    def leave(self) -> None:
        """The pointer has left the canvas."""
        self._where = None
        if self._gesture is None:
            self._scene.hover(None)
            self._scene.changed.emit()

    def cancel_gesture(self) -> bool:
        """Leave the gesture that is under way; says whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._show_cursor()
        self._scene.changed.emit()
        return True

    def end_gesture(self) -> None:
        """The gesture has done what it was for."""
        self._gesture = None
        self._scene.changed.emit()

    def turn(self, at: Pointer, units: float) -> None:
        """The wheel was turned: over a selected one's pill or bias it changes the value, else it zooms."""
        found = self._scene.hit_at(at.at)
        selection = self._scene.stage.selection
        chosen = found.edge in selection.edges if found.kind == "pill" else found.node in selection.nodes
        if found.kind in {"pill", "bias"} and chosen and found.element is not None:
            if self._wheel is None or self._wheel[0] != found.element:
                self._wheel = (found.element, self._scene.gesture_key())
            value = stepped(value_of(self._scene.stage, found.element), units / NOTCH, fine=at.shift)
            self._scene.ask(set_value(found.element, value, self._wheel[1]))
            return
        self.zoom(ZOOM_PER_NOTCH ** (units / NOTCH), at)

    def zoom(self, factor: float, at: Pointer) -> None:
        """Zoom by a factor; what is under the pointer stays there."""
        self.see(self._scene.camera.zoomed(factor, at.at))

    def see(self, camera: Camera) -> None:
        """See another part of the scene."""
        self._scene.look(camera)
        self.camera_taken.emit()

    def note_here(self) -> None:
        """Let the sentence that was just said stand at the pointer."""
        camera = self._scene.camera
        self._noted_at = self._where or Pointer(camera.width / 2, camera.height / 2)

    def ghost(self) -> Landing | None:
        """Where a node would land that is added now; None where the pointer adds none."""
        if self._tool != "add" or self._where is None or self._gesture is not None or self._hand:
            return None
        if self._scene.hit_at(self._where.at).kind not in {"nothing", "edge"}:
            return None
        return landing(self._scene.stage.network, self._scene.camera, self._where.at)

    def paint(self, overlay: Overlay) -> None:
        """Paint what the pointer shows."""
        if self._gesture is not None:
            self._gesture.paint(overlay)
        ghost = self.ghost()
        if ghost is not None:
            overlay.ghost(ghost)
        if self._scene.note is not None and self._noted_at is not None:
            overlay.note(self._noted_at.at, self._scene.note)

    def at(self, x: float, y: float, modifiers: Qt.KeyboardModifier) -> Pointer:
        """The pointer at a place with the keys that are held."""
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        return Pointer(x, y, shift, ctrl)

    def _forget_note(self) -> None:
        self._noted_at = None
        self._scene.forget_note()

    def _show_cursor(self, found: Hit | None = None) -> None:
        if self._gesture is not None:
            self.cursor_changed.emit(self._gesture.cursor)
        elif self._hand:
            self.cursor_changed.emit(Qt.CursorShape.OpenHandCursor)
        else:
            if found is None:
                found = Hit() if self._where is None else self._scene.hit_at(self._where.at)
            self.cursor_changed.emit(CURSORS[self._tool][found.kind])

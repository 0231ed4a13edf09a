"""The events of the canvas's widget, handed on to those who know what they mean."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from widgets.canvas.commands import Commands
from widgets.canvas.editing import Editing
from widgets.canvas.framing import Framing
from widgets.canvas.gestures.surface import Point, Pointer
from widgets.canvas.hit import Hit
from widgets.canvas.keyboard import Keyboard
from widgets.canvas.menus import Menu
from widgets.canvas.pointing import Pointing
from widgets.canvas.popups import Popups
from widgets.canvas.scene import Scene
from widgets.canvas.touch import Touch
from widgets.canvas.walker import Walker

ENTRANCES = {Qt.FocusReason.TabFocusReason: 1, Qt.FocusReason.BacktabFocusReason: -1}
"""Tab comes in at the first node, Shift+Tab at the last."""

TOUCHES = {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}


SIDEWAYS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
"""With these keys held, some systems turn the wheel's way from up and down to left and right."""


class Hands(QWidget):
    """A widget that feels pointer, wheel, fingers and keys, and knows nothing of paint.

    commands : what the window's actions can do with the selection
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene(self)
        self.commands = Commands(self._scene, self)
        self._pointing = Pointing(self._scene, self)
        self._editing = Editing(self._scene, self)
        self._walker = Walker(self._scene, self)
        self._keyboard = Keyboard(
            self._scene, self._walker, self._pointing, self.commands, self._editing, self
        )
        self._framing = Framing(self._scene, self)
        self._popups = Popups(self._scene, self.commands, self._editing, self)
        self._touch = Touch(self._pointing, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._connect()

    def _connect(self) -> None:
        self._touch.held.connect(self._open_menu)
        self._touch.double_tapped.connect(self._type_at)
        self._pointing.camera_taken.connect(self._framing.let_go)
        self._pointing.cursor_changed.connect(self._show_cursor)
        self._keyboard.menu_requested.connect(self._popups.open_activations)
        self.commands.arranged.connect(self._framing.fit)

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees does not move."""
        self._pointing.cancel_gesture()
        self._touch.stop()
        self._scene.settle()
        super().hideEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._keyboard.is_used = False
        at = self._pointer(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointing.press(at)
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._pointing.press(at, pulls=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or point at something."""
        at = self._pointer(event)
        if event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton):
            self._keyboard.mark_pulled()
            self._pointing.drag(at)
        else:
            self._pointing.move(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._pointing.release(self._pointer(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type a name or a value; in other tools it is one more press."""
        at = self._pointer(event)
        if event.button() != Qt.MouseButton.LeftButton or not self._type_at(at.at):
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom, or change the value under the pointer."""
        place = event.position()
        units = event.angleDelta().y()
        if not units and event.modifiers() & SIDEWAYS:
            units = event.angleDelta().x()
        if units and (self._pointing.gesture is None or self._pointing.gesture.sticky):
            self._pointing.turn(self._pointing.at(place.x(), place.y(), event.modifiers()), units)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of what was clicked, or of what has the keyboard."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._walker.node is not None:
            self._open_menu(self._editing.place_of(self._walker.node), Hit("node", node=self._walker.node))
        else:
            self._open_menu((float(event.pos().x()), float(event.pos().y())))

    def menu_for(self, found: Hit, at: tuple[float, float]) -> Menu:
        """The menu of a node, an edge or the empty stage; what is clicked is selected first."""
        return self._popups.menu_for(found, at, self._framing.fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key, or pass it on."""
        if not self._keyboard.press(event):
            super().keyPressEvent(event)
        self.update()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of a key."""
        if not self._keyboard.release(event):
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from node to node, and on to the next widget after the last."""
        self._keyboard.is_used = True
        return self._walker.step(1 if forward else -1) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab enters at the first node, Shift+Tab at the last."""
        super().focusInEvent(event)
        if event.reason() in ENTRANCES:
            self._keyboard.is_used = True
            self._walker.enter_from(ENTRANCES[event.reason()])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No key is held any more."""
        super().focusOutEvent(event)
        self._keyboard.let_go()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went elsewhere."""
        self._pointing.leave()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Fingers and pinches on a trackpad come as events of their own."""
        if event.type() in TOUCHES and isinstance(event, QTouchEvent):
            self._touch.handle(event)
            event.accept()
            return True
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                place = event.position()
                self._pointing.zoom(1.0 + event.value(), Pointer(place.x(), place.y()))
            return True
        return super().event(event)

    def _open_menu(self, at: Point, found: Hit | None = None) -> None:
        self._pointing.cancel_gesture()
        menu = self.menu_for(self._scene.hit_at(at) if found is None else found, at)
        menu.popup(self.mapToGlobal(QPoint(round(at[0]), round(at[1]))))

    def _type_at(self, at: Point) -> bool:
        """Type the name or the value of what is at a point; False where nothing can be typed."""
        found = self._scene.hit_at(at)
        if found.element is None or self._pointing.tool not in {"select", "add"}:
            return False
        if found.kind in {"pill", "edge", "bias"}:
            self._editing.type_value(found.element)
        elif found.node is not None:
            self._editing.rename(found.node)
        return True

    def _pointer(self, event: QMouseEvent) -> Pointer:
        return self._pointing.at(event.position().x(), event.position().y(), event.modifiers())

    def _show_cursor(self, shape: Qt.CursorShape) -> None:
        if self.cursor().shape() != shape:
            self.setCursor(shape)

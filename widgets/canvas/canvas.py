"""The canvas: shows a stage, and turns what hands do into requests."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.message import Message
from playground.model.stage import Stage
from resources.theme import LIGHT, Theme
from widgets.canvas.camera import Camera
from widgets.canvas.commands import Commands
from widgets.canvas.editing import Editing
from widgets.canvas.framing import Framing
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Point, Pointer
from widgets.canvas.gestures.table import Tool
from widgets.canvas.hit import Hit
from widgets.canvas.inline_editor import InlineEditor
from widgets.canvas.keyboard import Keyboard
from widgets.canvas.menus import Menu
from widgets.canvas.overlay import Overlay
from widgets.canvas.paint import paint
from widgets.canvas.pointing import Pointing
from widgets.canvas.popups import Popups
from widgets.canvas.scene import Scene
from widgets.canvas.style import Style
from widgets.canvas.titles import describe_edge, describe_node
from widgets.canvas.touch import Touch
from widgets.canvas.walker import Walker
from widgets.text import say

ENTRANCES = {Qt.FocusReason.TabFocusReason: 1, Qt.FocusReason.BacktabFocusReason: -1}
"""Tab comes in at the first node, Shift+Tab at the last."""

TOUCHES = {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}


class Canvas(QWidget):
    """Shows the network and asks for changes; it never makes one itself.

    commands : what the window's actions can do with the selection

    Signals
    -------
    edit_requested : an Edit; it comes back as a new stage
    selection_changed : the new Selection
    hovered : a node id, an edge key, or None
    zoom_changed : pixels for each scene unit
    notice : a Message for the person, which is also shown at the pointer
    inspect_requested : Enter: show all about the selection
    play_toggled : Space was tapped
    escape_unhandled : Esc, with no gesture and no line to type in that it could leave
    tidy_requested : the network is too large to be laid out on the window's thread; `edits.arrange` takes
        what `playground.model.layout.tidy` gives
    """

    edit_requested = Signal(object)
    selection_changed = Signal(object)
    hovered = Signal(object)
    zoom_changed = Signal(float)
    notice = Signal(object)
    inspect_requested = Signal()
    play_toggled = Signal()
    escape_unhandled = Signal()
    tidy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._style = Style.of(LIGHT)
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
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Network"))
        self._connect()

    def _connect(self) -> None:
        scene, pointing, keyboard = self._scene, self._pointing, self._keyboard
        for inner, outer in (
            (scene.edit_requested, self.edit_requested),
            (scene.selection_changed, self.selection_changed),
            (scene.hovered, self.hovered),
            (scene.zoom_changed, self.zoom_changed),
            (scene.notice, self.notice),
            (keyboard.inspect_requested, self.inspect_requested),
            (keyboard.play_toggled, self.play_toggled),
            (keyboard.escape_unhandled, self.escape_unhandled),
            (self.commands.tidy_requested, self.tidy_requested),
        ):
            inner.connect(outer)
        scene.changed.connect(self.update)
        self._touch.held.connect(self._open_menu)
        self._touch.double_tapped.connect(self._type_at)
        self.commands.arranged.connect(self._framing.fit)
        pointing.camera_taken.connect(self._framing.let_go)
        pointing.cursor_changed.connect(self._show_cursor)
        self._walker.went.connect(self._describe)
        keyboard.menu_requested.connect(self._popups.open_activations)

    @property
    def stage(self) -> Stage:
        """The stage that is shown."""
        return self._scene.stage

    @property
    def camera(self) -> Camera:
        """What part of the scene is seen."""
        return self._scene.camera

    @property
    def scene(self) -> Scene:
        """The stage and camera as they are shown now."""
        return self._scene

    @property
    def keyboard(self) -> Keyboard:
        """What each key does."""
        return self._keyboard

    @property
    def tool(self) -> Tool:
        """The tool in the hand."""
        return self._pointing.tool

    def set_stage(self, stage: Stage) -> None:
        """Show a stage; nodes that stand elsewhere in it glide there."""
        was_empty = not self._scene.stage.network.nodes
        self._scene.set_stage(stage)
        # A network that appears as a whole is shown as a whole; a first node stays where it was put.
        if was_empty and len(stage.network.nodes) > 1:
            self._framing.fit_now()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        if theme != self._theme:
            self._theme = theme
            self._style = Style.of(theme)
            self.update()

    def set_tool(self, tool: Tool) -> None:
        """Take a tool: select, add, connect or erase."""
        self._pointing.set_tool(tool)

    def set_content_scale(self, scale: float) -> None:
        """Enlarge nodes and texts, from 1 to 2.5."""
        self._scene.set_content(scale)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Let nothing glide: camera and nodes jump."""
        self._scene.reduced_motion = reduced

    def set_covered(self, bottom_px: int) -> None:
        """Say how much of the lower edge something else covers, so that fitting leaves it free."""
        self._framing.set_covered(bottom_px)

    def zoom_to_fit(self) -> None:
        """Show the whole network, after a short glide."""
        self._framing.fit()

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle of what is seen."""
        self._pointing.zoom(factor, Pointer(*self._framing.middle))

    def set_camera(self, camera: Camera) -> None:
        """See a part of the scene, at once: to come back to what was seen before."""
        self._framing.let_go()
        self._scene.look(camera.resized(max(self.width(), 1), max(self.height(), 1)))

    def show_refusal(self, text: Message) -> None:
        """Say at the pointer why something was refused."""
        self._pointing.note_here()
        self._scene.show_note(text)

    @property
    def gesture(self) -> Gesture | None:
        """The gesture that is under way."""
        return self._pointing.gesture

    @property
    def editor(self) -> InlineEditor | None:
        """The line to type in that is open."""
        return self._editing.editor

    def rename_selected(self) -> None:
        """Type the name of the selected node."""
        self._keyboard.rename()

    def minimumSizeHint(self) -> QSize:
        """Small enough for every window."""
        return QSize(240, 180)

    def sizeHint(self) -> QSize:
        """A roomy stage."""
        return QSize(720, 560)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the stage, then what the hand shows above it."""
        scene = self._scene
        with QPainter(self) as painter:
            paint(
                painter, scene.shown.stage, scene.camera, self._theme, scene.shown.content, scene.shown.cache
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            overlay = Overlay(painter, self._style, scene.camera, scene.geometry, scene.shown.content)
            current = self._walker.node
            if current is not None and self._keyboard.is_used and self.hasFocus():
                overlay.ring(current, dotted=True)
            self._pointing.paint(overlay)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle, or the whole network where it was shown as a whole."""
        size = event.size()
        self._framing.resize(max(size.width(), 1), max(size.height(), 1))
        self._editing.close()

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
        units = event.angleDelta().y() or event.angleDelta().x()
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
        return self._popups.menu_for(found, at, self.zoom_to_fit)

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
        if found.element is None or self.tool not in {"select", "add"}:
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

    def _describe(self) -> None:
        node, edge, stage = self._walker.node, self._walker.edge, self._scene.stage
        if edge is not None:
            text = say(describe_edge(stage, edge))
        elif node is not None:
            text = say(describe_node(stage, node))
        else:
            text = self.tr("Nothing is selected.")
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        self.update()

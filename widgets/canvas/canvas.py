"""The canvas: shows a stage, and turns what hands do into requests."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.message import Message
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from resources.theme import LIGHT, Theme
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import MOST_DRAWN
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Pointer
from widgets.canvas.gestures.table import Tool
from widgets.canvas.hands import Hands
from widgets.canvas.inline_editor import InlineEditor
from widgets.canvas.keyboard import Keyboard
from widgets.canvas.overlay import Overlay
from widgets.canvas.paint import paint
from widgets.canvas.scene import Scene
from widgets.canvas.style import Style
from widgets.canvas.titles import describe_edge, describe_node
from widgets.text import say


class Canvas(Hands):
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
        self._expects_node = False
        self._next_turn = QTimer(self, interval=0, singleShot=True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Network"))
        self._announce()

    def _announce(self) -> None:
        scene, keyboard = self._scene, self._keyboard
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
        self.commands.placed.connect(self._expect_node)
        scene.changed.connect(self._show_change)
        self._next_turn.timeout.connect(self._take_turn)
        self._walker.went.connect(self._describe)

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

    def prepare(self, network: Network, parameters: Parameters) -> None:
        """Lay out a network that will soon be shown; safe in any thread."""
        self._scene.shown.cache.prepare(network, parameters, self._scene.shown.content)

    def set_stage(self, stage: Stage) -> None:
        """Show a stage; nodes that stand elsewhere in it glide there."""
        was_empty = not self._scene.stage.network.nodes
        self._scene.set_stage(stage)
        # A network that appears as a whole is shown as a whole; a first node stays where it was put.
        if was_empty and len(stage.network.nodes) > 1:
            self._framing.fit_now()
        elif self._expects_node:
            self._framing.keep_in_sight()
        self._expects_node = False

    def _show_change(self) -> None:
        """Paint soon; a very large network at rest in a turn of its own, after whoever waits for the loop."""
        stage = self._scene.stage
        if stage.moment is None and len(stage.network.edges) > MOST_DRAWN:
            self.setUpdatesEnabled(False)  # what lies over the canvas is painted in this turn
            self._next_turn.start()
        else:
            self.update()

    def _take_turn(self) -> None:
        self.setUpdatesEnabled(True)
        self.update()

    def _expect_node(self) -> None:
        """A node was asked for at no place in particular: the next stage has it, perhaps out of sight."""
        self._expects_node = True

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
        if not scene.shown.cache.is_settled:
            self._next_turn.start()  # very many edges get their curves part by part, one in each picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle, or the whole network where it was shown as a whole."""
        size = event.size()
        self._framing.resize(max(size.width(), 1), max(size.height(), 1))
        self._editing.close()

    def _describe(self) -> None:
        node, edge, stage = self._walker.node, self._walker.edge, self._scene.stage
        # While a network goes, others may hear of it before the walker does.
        if edge is not None and edge in stage.network.edges:
            text = say(describe_edge(stage, edge))
        elif node is not None and node in stage.network.nodes:
            text = say(describe_node(stage, node))
        else:
            text = self.tr("Nothing is selected.")
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        self._show_change()

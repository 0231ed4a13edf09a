"""A canvas with a tiny document behind it: edits are applied as they come, and steps counted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.edit import Edit
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.keys import Level
from playground.model.message import Message
from playground.model.network import Edge, EdgeKey, Network, Node
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage
from widgets.canvas.canvas import Canvas
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.inline_editor import InlineEditor

LEFT = Qt.MouseButton.LeftButton


class Sketch:
    """Shows a network on a canvas of 900 by 600 and does what the canvas asks.

    steps : the undo steps that a document would have, merged by key
    """

    def __init__(self, qtbot: QtBot, network: Network, weights: dict[int, float] | None = None) -> None:
        self.experiment = Experiment(network)
        self.parameters = Parameters.of(network, weights or {}, {})
        self.selection = Selection()
        self.level: Level = "numbers"
        self.edits: list[Edit] = []
        self.steps: list[tuple[str | None, Experiment, Parameters]] = []
        self.refusals: list[Message] = []
        self.notices: list[Message] = []
        self.canvas = Canvas()
        qtbot.addWidget(self.canvas)
        self.canvas.set_reduced_motion(True)
        self.canvas.resize(900, 600)
        self.canvas.edit_requested.connect(self.apply)
        self.canvas.selection_changed.connect(self.select)
        self.canvas.notice.connect(self.notices.append)
        self.canvas.set_stage(self.stage())
        self.canvas.show()
        self.canvas.activateWindow()
        self.canvas.setFocus()
        qtbot.waitUntil(self.canvas.hasFocus)
        self.start = self.facts()

    def stage(self) -> Stage:
        return Stage(self.experiment, self.parameters, selection=self.selection, level=self.level)

    def apply(self, edit: Edit) -> None:
        self.edits.append(edit)
        try:
            change = edit.make(self.experiment, self.parameters)
        except EditError as error:
            self.refusals.append(error.message)
            return
        if not (self.steps and edit.merge is not None and self.steps[-1][0] == edit.merge):
            self.steps.append((edit.merge, self.experiment, self.parameters))
        carried = self.parameters.carried(self.experiment.network, change.experiment.network)
        self.parameters = carried.changed(change.experiment.network, change.weights, change.biases)
        self.experiment = change.experiment
        self.canvas.set_stage(self.stage_with_what_is_there())

    def select(self, selection: Selection) -> None:
        self.selection = selection
        self.canvas.set_stage(self.stage())

    def stage_with_what_is_there(self) -> Stage:
        network = self.experiment.network
        self.selection = Selection(
            self.selection.nodes & network.nodes.keys(), self.selection.edges & network.edges.keys()
        )
        return self.stage()

    @property
    def network(self) -> Network:
        return self.experiment.network

    def facts(self) -> tuple[dict[int, Node], dict[EdgeKey, Edge], list[float], list[float]]:
        """Everything that an edit could change, as plain values."""
        return (
            dict(self.network.nodes),
            dict(self.network.edges),
            self.parameters.weights.tolist(),
            self.parameters.biases.tolist(),
        )

    def undo_all(self) -> None:
        """Go back to before the first step."""
        _, self.experiment, self.parameters = self.steps[0]
        self.steps.clear()
        self.canvas.set_stage(self.stage_with_what_is_there())

    def place(self, x: float, y: float) -> QPoint:
        """The pixel of a scene point."""
        at = self.canvas.camera.to_view((x, y))
        return QPoint(round(at[0]), round(at[1]))

    def node(self, node: int) -> QPoint:
        """The pixel of a node's middle."""
        found = self.network.nodes[node]
        return self.place(found.x, found.y)

    def rim(self, node: int, side: float = 1.0) -> QPoint:
        """The pixel of a node's rim, on the right (1) or the left (-1)."""
        found = self.network.nodes[node]
        return self.place(found.x + side * self.canvas.scene.geometry.radius, found.y)

    def pill(self, edge: EdgeKey) -> QPoint:
        """The pixel of a pill's middle."""
        geometry = self.canvas.scene.geometry
        return self.place(*geometry.pill_centres[geometry.network.edge_index[edge]])

    def bias(self, node: int) -> QPoint:
        """The pixel of a bias."""
        found = self.network.nodes[node]
        return self.place(found.x, found.y + self.canvas.scene.geometry.radius)

    def weight(self, edge: EdgeKey) -> float:
        return self.parameters.weight(self.network, edge)

    def press(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mousePress(self.canvas, LEFT, keys, at)

    def move(self, to: QPoint) -> None:
        self._hold(QPointF(to), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton)

    def release(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseRelease(self.canvas, LEFT, keys, at)

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.press(at, keys)
        self.release(at, keys)

    def drag(
        self, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press, go there in eight moves, and let go."""
        self.begin_drag(start, end, keys)
        self.release(end, keys)

    def begin_drag(
        self, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press and go there, without letting go."""
        self.press(start, keys)
        for step in range(1, 9):
            way = QPointF(start) + (QPointF(end) - QPointF(start)) * step / 8
            self._hold(way, keys)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, keys)

    def editor(self) -> InlineEditor | None:
        """The line to type in that is open."""
        return self.canvas.editor

    def gesture(self) -> Gesture | None:
        """The gesture that is under way."""
        return self.canvas.gesture

    def _hold(self, to: QPointF, keys: Qt.KeyboardModifier, held: Qt.MouseButton = LEFT) -> None:
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            to,
            self.canvas.mapToGlobal(to),
            Qt.MouseButton.NoButton,
            held,
            keys,
        )
        QCoreApplication.sendEvent(self.canvas, event)


def small_network() -> Network:
    """Two inputs, two hidden nodes, one output; all connected but 2 to 4."""
    nodes = [
        Node(1, "input", label="Height", x=0, y=-65),
        Node(2, "input", label="Skin", x=0, y=65),
        Node(3, "hidden", "tanh", x=220, y=-65),
        Node(4, "hidden", "tanh", x=220, y=65),
        Node(5, "output", "sigmoid", label="Ripe?", x=440, y=0),
    ]
    ends = [(1, 3), (2, 3), (1, 4), (3, 5), (4, 5)]
    return Network.build(nodes, [Edge(s, t, i) for i, (s, t) in enumerate(ends, 1)])


WEIGHTS = {1: 0.5, 2: -1.25, 3: 0.8, 4: 2.0, 5: -0.3}


def small(qtbot: QtBot) -> Sketch:
    """A sketch of the small network."""
    return Sketch(qtbot, small_network(), WEIGHTS)


def with_tool(sketch: Sketch, tool: str) -> Sketch:
    """The sketch with another tool in the hand."""
    sketch.canvas.set_tool(tool)  # type: ignore[arg-type]  # one of TOOLS
    return sketch

"""A large network: what takes long is done beside the window, and each picture is painted once."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from playground.app.settings import LOOP
from playground.app.window import Window
from playground.engine.timeline import Timeline
from playground.model import edits, file
from playground.model.experiment import Experiment
from playground.model.layout import tidy
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from tests.end_to_end.conftest import WAIT_MS
from widgets.canvas.geometry import Geometry

WIDE = 85
"""Three layers of so many nodes have more edges than are traced in the window's thread."""


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count a paint, and let it pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def wide_file(folder: Path) -> Path:
    """A file with a large network."""
    ids = [range(1 + layer * WIDE, 1 + (layer + 1) * WIDE) for layer in range(3)]
    nodes = [
        Node(
            id_,
            ("input", "hidden", "output")[layer],
            "tanh" if layer == 1 else "linear",
            x=300.0 * layer,
            y=id_,
        )
        for layer, row in enumerate(ids)
        for id_ in row
    ]
    pairs = [(s, t) for left, right in pairwise(ids) for s in left for t in right]
    network = Network.build(nodes, [Edge(s, t, number) for number, (s, t) in enumerate(pairs, 1)])
    path = folder / "wide.playground"
    path.write_bytes(file.write(Experiment(network), Parameters.zeros(network)))
    return path


def test_a_large_file_is_laid_out_and_traced_beside_the_window(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: list[str] = []
    gui = threading.current_thread()
    layout, timeline = Geometry.of.__func__, Timeline.__init__  # type: ignore[attr-defined]  # a class method

    def lay_out(cls: type[Geometry], network: Network, *rest: object) -> Geometry:
        if len(network.edges) > 1_000 and threading.current_thread() is gui:
            here.append("layout")
        found: Geometry = layout(cls, network, *rest)
        return found

    def plan(self: Timeline, *rest: object) -> None:
        if threading.current_thread() is gui:
            here.append("timeline")
        timeline(self, *rest)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(Geometry, "of", classmethod(lay_out))
    path = wide_file(tmp_path)
    monkeypatch.setattr(Timeline, "__init__", plan)
    window.files.open(path)
    qtbot.waitUntil(lambda: window.document.path == path, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.player.timeline is not None, timeout=WAIT_MS)
    assert window.passes.trace is not None
    assert window.passes.trace.experiment.network is window.document.experiment.network
    qtbot.waitUntil(lambda: window.room.canvas.scene.shown.cache.drawn_edges == 5_000, timeout=WAIT_MS)
    assert here == []


def test_each_moment_is_painted_once(window: Window, qtbot: QtBot) -> None:
    player, shown = window.player, list[object]()
    window.settings.set(LOOP, True)
    player.loop = True
    window.passes.toggle()
    qtbot.waitUntil(lambda: window.room.canvas.stage.moment is not None, timeout=WAIT_MS)
    player.moment_changed.connect(shown.append)
    paints = Paints(window.room.canvas)
    qtbot.waitUntil(lambda: len(shown) >= 60, timeout=WAIT_MS)
    player.pause()
    assert 0 < paints.count <= len(shown) + 6


@pytest.mark.parametrize("edits_meanwhile", [False, True])
def test_a_large_network_is_tidied_up_beside_the_window(
    window: Window, qtbot: QtBot, tmp_path: Path, edits_meanwhile: bool
) -> None:
    path, document = wide_file(tmp_path), window.document
    window.files.open(path)
    qtbot.waitUntil(lambda: document.path == path, timeout=WAIT_MS)
    before = document.experiment
    window.room.canvas.tidy_requested.emit()
    if edits_meanwhile:
        assert document.apply(edits.delete([1], []))
    steps = document.undo_stack.count()
    qtbot.waitUntil(lambda: document.undo_stack.count() == steps + 1, timeout=WAIT_MS)
    wanted, nodes = tidy(before.network), document.experiment.network.nodes
    assert {node.id: (node.x, node.y) for node in nodes.values()} == {id_: wanted[id_] for id_ in nodes}
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.experiment == before

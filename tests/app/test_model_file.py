"""Models of other programs are opened as new networks, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from playground.app.model_file import read_model
from playground.app.window import Window
from playground.engine.trace import trace_values
from playground.model.errors import FileError
from playground.model.trace import LearnerState
from playground.share.onnx_files.writing import as_onnx
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS
from tests.widgets.gallery import avocado_scene
from widgets.dialogs.error_dialog import ErrorDialog

Choose = Callable[[Path | None], None]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    scene = avocado_scene()
    path = tmp_path / "ripe.onnx"
    path.write_bytes(as_onnx(scene.experiment, scene.parameters, scene.dataset))
    return path


@pytest.fixture
def convolution(tmp_path: Path) -> Path:
    helper = onnx.helper
    kind = onnx.TensorProto.FLOAT
    node = helper.make_node("Abs", ["x"], ["y"])
    graph = helper.make_graph(
        [node],
        "g",
        [helper.make_tensor_value_info("x", kind, [None, 3])],
        [helper.make_tensor_value_info("y", kind, [None, 3])],
    )
    path = tmp_path / "other.onnx"
    path.write_bytes(helper.make_model(graph).SerializeToString())
    return path


def test_a_model_answers_as_the_network_it_was_made_of(model: Path) -> None:
    scene = avocado_scene()
    opened = read_model(model)
    rows = scene.dataset.table.cells[:5, :3]
    found = trace_values(opened.experiment, LearnerState(opened.parameters), rows).probabilities
    wanted = trace_values(scene.experiment, LearnerState(scene.parameters), rows).probabilities
    np.testing.assert_allclose(found, wanted, atol=1e-9)


def test_what_is_no_model_or_not_there_is_a_sentence(tmp_path: Path, convolution: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"hello")
    for name in ("broken.onnx", "gone.onnx", "other.onnx"):
        with pytest.raises(FileError, match=r"\.$"):
            read_model(tmp_path / name)


@pytest.mark.parametrize("way", ["menu", "drop"])
def test_it_becomes_a_document_without_a_name(
    window: Window, qtbot: QtBot, file_chosen: Choose, model: Path, way: str
) -> None:
    if way == "menu":
        file_chosen(model)
        window.acts["open"].trigger()
    else:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(model))])
        none, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        QApplication.sendEvent(window, QDragEnterEvent(QPoint(200, 200), copy, mime, left, none))
        QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), copy, mime, left, none))
    qtbot.waitUntil(lambda: window.document.experiment.data is None, timeout=WAIT_MS)
    assert window.document.path is None
    assert window.document.is_modified
    assert len(window.document.experiment.network.edges) == 12
    assert window.status.saved.text() == "Not saved yet"


def test_a_refusal_keeps_what_is_on_the_stage(
    window: Window, qtbot: QtBot, file_chosen: Choose, butler: Butler, convolution: Path
) -> None:
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, ErrorDialog)
        said.append(dialog.sentence.text())
        dialog.accept()

    butler.expect("ErrorDialog", read)
    before = window.document.experiment
    file_chosen(convolution)
    window.acts["open"].trigger()
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
    assert "Abs" in said[0]
    assert window.document.experiment is before

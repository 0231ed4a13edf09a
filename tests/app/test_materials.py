"""What the window shows is gathered whole, the plots of its room too."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.kernels_control import KernelsControl
from playground.app.materials import PlotView, heading_of, material, plots_in
from playground.app.window import Window
from playground.model.message import sentence
from playground.share.table import Cell
from tests.app.test_sharing import learn
from widgets.controls.labels import Label
from widgets.results.answers_panel import AnswersPanel


class Panel(QWidget):
    """A plot of so many rows; without any there is nothing to see."""

    def __init__(self, name: str, rows: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = Label(name)
        self.heading.setParent(self)
        self._rows = rows

    def picture(self) -> QImage:
        """An image, or none."""
        return QImage(8, 8, QImage.Format.Format_RGB32) if self._rows else QImage()

    def rows(self) -> list[tuple[Cell, ...]]:
        """A header and some rows."""
        return [("x", "y"), *((float(row), "a") for row in range(self._rows))]


def test_the_material_is_what_the_window_shows(window: Window, qtbot: QtBot) -> None:
    window.play.set_level("words")
    learn(window, qtbot)
    found = material(window)
    assert found.stage is window.keeper.stage
    assert found.dataset is window.source.dataset
    assert found.run is not None
    assert found.run.end.epoch == 3
    assert found.history is not None
    assert found.history[-1, 0] == 3
    assert sentence(found.names.unseen) == "new avocados"
    assert sentence(found.names.unit) == "Round"
    window.play.set_level("maths")
    assert sentence(material(window).names.unit) == "Epoch"


def test_plots_that_show_something_are_found_wherever_they_stand(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    inner = QWidget(room)
    Panel("Sizes", 3, inner)
    Panel("Threads", 0, room)
    Panel("Errors", 1, room)
    found = {sentence(plot.title): plot for plot in plots_in(room)}
    assert sorted(found) == ["Errors", "Sizes"]
    assert len({plot.key for plot in found.values()}) == 2
    assert found["Sizes"].rows[:2] == (("x", "y"), (0.0, "a"))


def test_the_plots_of_the_room_kernels_can_be_taken_out(kernels: KernelsControl) -> None:
    pages = kernels.room.pages
    assert all(isinstance(panel, PlotView) for panel in (pages.sizes, pages.threads, kernels.room.roofline))


def test_a_panel_is_called_as_its_heading_its_fold_or_its_name(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    assert heading_of(Panel("Sizes", 1, room)) == "Sizes"
    answers = AnswersPanel()
    answers.setParent(room)
    assert heading_of(answers) == "Answers"
    assert isinstance(answers, PlotView)
    assert plots_in(room) != ()
    plain = QWidget(room)
    plain.setAccessibleName("A plot")
    assert heading_of(plain) == "A plot"

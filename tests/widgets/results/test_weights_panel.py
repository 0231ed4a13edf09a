"""The section Weights over time shows what it is given, and says what is pointed at."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.engine.histograms import layer_histograms
from playground.model.histograms import Histograms
from playground.model.parameters import frozen_array
from resources.theme import DARK, LIGHT, Theme
from tests.widgets.results.made import histograms
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.results.spread_view import SpreadView, nearest_moments
from widgets.results.weights_panel import WeightsPanel


@pytest.fixture
def panel(qtbot: QtBot) -> WeightsPanel:
    made = WeightsPanel()
    qtbot.addWidget(made)
    made.resize(308, 400)
    made.set_open(True)
    made.show()
    return made


def test_before_anything_is_learned_it_says_what_to_do(panel: WeightsPanel) -> None:
    for nothing in (None, histograms(n_moments=0), histograms(n_moments=1)):
        panel.set_histograms(nothing)
        assert panel.empty.isVisible()
        assert not panel.view.isVisible()
    panel.set_histograms(histograms())
    assert not panel.empty.isVisible()
    assert panel.view.isVisible()


def test_it_asks_for_what_is_chosen(panel: WeightsPanel) -> None:
    heard = Heard(panel.subject_chosen)
    panel.subject_choice.button("gradients").click()
    assert heard.firsts == ["gradients"]
    assert panel.subject == "gradients"


def test_what_is_pointed_at_is_told(panel: WeightsPanel) -> None:
    shown = histograms()
    panel.set_histograms(shown)
    panel.view.pointed.emit((1, 4))
    layer = shown.layers[1]
    assert panel.told.text().startswith("Output after 20 rounds: around ")
    panel.set_level("maths")
    assert panel.told.text().startswith("Output, epoch 20: mean ")
    assert f"{layer.means[4]:.3g}" in panel.told.text()
    panel.view.pointed.emit(None)
    assert "Time goes to the right" in panel.told.text()


def test_moments_can_be_gone_through_by_keys(panel: WeightsPanel) -> None:
    panel.set_histograms(histograms())
    heard = Heard(panel.view.pointed)
    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Left,
        Qt.Key.Key_Down,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
    ):
        QTest.keyClick(panel.view, key)
    assert heard.firsts == [(0, 9), (0, 8), (1, 8), (1, 9), (0, 9)]


def test_the_pointer_tells_layer_and_moment(qtbot: QtBot) -> None:
    view = SpreadView()
    qtbot.addWidget(view)
    view.set_histograms(histograms())
    view.resize(300, view.sizeHint().height())
    view.show()
    heard = Heard(view.pointed)
    for layer, x in ((0, 2), (1, 297)):
        QTest.mouseMove(view, QPoint(x, round(view.strip_of(layer).center().y())))
    assert heard.firsts == [(0, 0), (1, 9)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_fullest_bin_is_darkest_at_its_place(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with themed(qapp, theme):
        view = SpreadView()
        qtbot.addWidget(view)
        values = np.array([[-4.0, -4.0, -4.0, 4.0], [-4.0, 4.0, 4.0, 4.0]])
        layer = layer_histograms("a", values)
        view.set_histograms(Histograms("weights", frozen_array([0.0, 1.0]), (layer,)))
        view.resize(200, view.sizeHint().height())
        view.show()
        picture, strip = view.grab().toImage(), view.strip_of(0)
        low, high = round(strip.bottom()) - 2, round(strip.top()) + 1
        assert picture.pixelColor(20, low).name() == QColor(theme.negative).name()
        assert picture.pixelColor(180, high).name() == QColor(theme.positive).name()
        assert picture.pixelColor(180, low).name() != QColor(theme.negative).name()
        assert picture.pixelColor(20, round(strip.center().y()) - 6).name() == QColor(theme.raised).name()


def test_each_pixel_shows_the_nearest_moment() -> None:
    assert nearest_moments(np.array([0.0, 10.0, 100.0]), 11).tolist() == [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]
    assert nearest_moments(np.array([3.0]), 4).tolist() == [0, 0, 0, 0]


def test_names_follow_the_level_and_all_can_be_taken_along(panel: WeightsPanel) -> None:
    panel.set_histograms(histograms())
    assert panel.disclosure.heading.text() == "Strengths over time"
    panel.set_level("numbers")
    assert panel.disclosure.heading.text() == "Weights over time"
    assert panel.subject_choice.button("gradients").accessibleName() == "Gradients"
    heard = Heard(panel.save_requested)
    panel.save_picture.click()
    panel.save_figures.click()
    assert heard.firsts == ["png", "csv"]
    assert panel.picture().width() == 2 * panel.view.width()
    assert len(panel.rows()) > 100

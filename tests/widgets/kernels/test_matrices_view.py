"""Tables and picture light each other up, and the sentences tell sizes and operations."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.keys import LEVELS, Level
from playground.model.network import Network
from playground.model.parameters import Parameters
from resources.theme import LIGHT, THEMES, Theme
from tests.widgets.kernels.networks import layered
from tests.widgets.pseudo import cut_texts, pseudo_language, settled, unrest, untranslated, visible_parts
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.kernels.matrices_view import MatricesView

STAGE = layered(3, 4, 2)


@pytest.fixture
def view(qtbot: QtBot) -> MatricesView:
    made = MatricesView()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.set_stage(STAGE)
    made.show()
    return made


def test_a_cell_lights_the_edge_and_an_edge_lights_its_cell(view: MatricesView) -> None:
    heard = Heard(view.element_hovered)
    first, second = STAGE.network.edge_keys[1], STAGE.network.edge_keys[-1]
    view.tables.element_hovered.emit(first)
    assert view.picture.element == first
    view.picture.element_hovered.emit(second)
    assert view.tables.element == second
    assert heard.firsts == [first, second]
    assert view.pointed.text().startswith("hidden 4 → output 2: ")


def test_lighting_from_outside_is_shown_twice_and_said_once(view: MatricesView) -> None:
    heard = Heard(view.element_hovered)
    key = STAGE.network.edge_keys[5]
    view.set_hovered(key)
    assert (view.tables.element, view.picture.element) == (key, key)
    view.set_hovered(None)
    assert (view.tables.element, view.picture.element) == (None, None)
    assert heard.all == []


def test_choosing_in_either_place_is_passed_on(view: MatricesView) -> None:
    heard = Heard(view.element_chosen)
    view.tables.element_chosen.emit((1, 4))
    view.picture.element_chosen.emit((2, 5))
    assert heard.firsts == [(1, 4), (2, 5)]


def test_sizes_and_operations_are_told_at_each_level(view: MatricesView) -> None:
    assert "One example takes 40 small sums and products, a round of 10 examples 400." in view.facts.text()
    view.set_level("numbers")
    assert "One pass: 40 operations. One batch of 10: 400 operations." in view.facts.text()
    view.tables.table_changed.emit(1)
    assert "One batch (gemm): 2 × 10 × 4 × 2 = 160 operations." in view.details.text()
    view.set_level("maths")
    assert "Z = A W + 1 bᵀ" in view.facts.text()


def test_a_level_set_before_the_stage_holds(qtbot: QtBot) -> None:
    made = MatricesView()
    qtbot.addWidget(made)
    made.set_level("maths")
    made.set_stage(STAGE)
    assert "FLOP" in made.facts.text()
    first = made.tables.grab().toImage()
    other = MatricesView()
    qtbot.addWidget(other)
    other.set_stage(STAGE)
    other.set_level("maths")
    assert other.tables.grab().toImage() == first


def test_numbers_can_be_made_readable_and_all_be_seen_again(view: MatricesView) -> None:
    view.size_choice.button("read").click()
    assert view.tables.placed is not None
    fitted = [view.tables.is_fitted]
    assert view.tables.placed.has_numbers
    view.size_choice.button("fit").click()
    assert [*fitted, view.tables.is_fitted] == [False, True]
    view.tables.zoom_by(-1)
    assert view.size_choice.current == "read"


def test_an_empty_network_says_what_to_do(view: MatricesView) -> None:
    nothing = replace(
        STAGE,
        experiment=replace(STAGE.experiment, network=Network.build()),
        parameters=Parameters.zeros(Network.build()),
    )
    view.set_stage(nothing)
    assert view.facts.text().startswith("There is no arrow yet.")
    assert not view.picture.isVisible()
    view.set_stage(STAGE)
    assert view.picture.isVisible()


def test_what_the_picture_leaves_out_is_told(qtbot: QtBot) -> None:
    made = MatricesView()
    qtbot.addWidget(made)
    made.set_stage(layered(90, 90))
    assert "The picture has the strongest 5,000 of 8,100 arrows." in made.details.text()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("size", [(1000, 780), (860, 590)])
def test_nothing_is_cut_in_either_language(
    qtbot: QtBot, qapp: QApplication, level: Level, size: tuple[int, int]
) -> None:
    with themed(qapp, LIGHT):
        for speaks_pseudo in (False, True):
            made = MatricesView()
            if speaks_pseudo:
                with pseudo_language():
                    made.deleteLater()
                    made = MatricesView()
                    fill(qtbot, made, level, size)
                    assert untranslated(made, ("hidden", "input", "output")) == []
                    assert cut_texts(made) == []
            else:
                fill(qtbot, made, level, size)
                assert cut_texts(made) == []


def fill(qtbot: QtBot, made: MatricesView, level: Level, size: tuple[int, int]) -> None:
    qtbot.addWidget(made)
    made.set_stage(layered(5, 6, 2, share=0.7, long_edge=True))
    made.set_level(level)
    made.resize(*size)
    made.show()
    settled(made)
    made.set_hovered((1, 7))
    settled(made)
    assert made.width() == size[0]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_it_is_still_and_its_controls_are_named(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with themed(qapp, theme):
        made = MatricesView()
        fill(qtbot, made, "numbers", (1000, 700))
        assert unrest(made) == []
        named = [part for part in visible_parts(made) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert len(named) >= 2
        for part in named:
            assert part.accessibleName(), type(part).__name__
            assert min(part.width(), part.height()) >= 24


def test_where_it_is_narrow_the_picture_goes_below(qtbot: QtBot) -> None:
    made = MatricesView()
    fill(qtbot, made, "words", (640, 760))
    assert made.picture.mapTo(made, made.picture.rect().topLeft()).y() > made.tables.geometry().bottom()
    made.resize(1000, 760)
    settled(made)
    assert made.picture.mapTo(made, made.picture.rect().topLeft()).x() > made.tables.geometry().right()

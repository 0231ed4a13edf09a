"""Maps in the real window: there when they should be, of the present, and made beside it."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from kernels import oracle
from playground.app.settings import NODE_MAPS, ONLY_YES_OR_NO, TEST_POINTS
from playground.app.window import Window
from playground.engine.binding import input_values
from playground.engine.compile import compile_graph
from playground.model import edits
from playground.model.experiment import Experiment
from playground.model.maps import MAP_MODES
from playground.model.parameters import Parameters
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from tests.widgets.spies import Heard


def choose(window: Window, qtbot: QtBot, name: str) -> None:
    """Take a built-in data set, and wait for its maps."""
    window.tables.choose_built_in(name)

    def is_there() -> bool:
        dataset = window.source.dataset
        return dataset is not None and dataset.name == name and bool(window.room.believes.view.region)

    qtbot.waitUntil(is_there, timeout=WAIT_MS)


def settled(window: Window, qtbot: QtBot) -> None:
    """Wait until the maps are those of the present values."""

    def is_so() -> bool:
        believes, view = window.room.believes, window.room.believes.view
        region, dataset = view.region, window.source.dataset
        if region is None or dataset is None or not believes.isVisible():
            return False
        x, y = region.place(0.305, 0.305)
        said = view.values_at(x, y)
        network, values = window.document.experiment.network, window.document.parameters
        # The field's middle, not the place itself, is what was worked out.
        at = region.cells(100, 100).reshape(100, 100, -1)[30, 30]
        inputs = input_values(network, dataset, at)
        done = oracle.forward(compile_graph(network), values.weights, values.biases, inputs)
        place = network.node_index[network.outputs[0]]
        return said is not None and bool(np.isclose(said[0], done.activations[0, place], atol=1e-3))

    qtbot.waitUntil(is_so, timeout=WAIT_MS)


def empty(window: Window) -> None:
    """Begin anew, without the question about unsaved work."""
    experiment = Experiment()
    window.document.reset(experiment, Parameters.zeros(experiment.network))


def test_maps_follow_every_change(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "spiral")
    settled(window, qtbot)
    edge = next(iter(window.document.experiment.network.edges))
    window.document.apply(edits.set_weight(edge, 3.0))
    settled(window, qtbot)
    window.document.undo_stack.undo()
    settled(window, qtbot)
    window.document.apply(edits.add_layer(3))
    settled(window, qtbot)
    window.acts["one_epoch"].trigger()
    qtbot.waitUntil(lambda: window.compute.epoch >= 1 and not window.training.is_running, timeout=WAIT_MS)
    settled(window, qtbot)
    qtbot.waitUntil(
        lambda: (
            {node for maps in window.keeper.stage.maps for node in maps.node_ids}
            == set(window.document.experiment.network.nodes)
        ),
        timeout=WAIT_MS,
    )


def test_maps_live_while_it_learns(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "circle")
    heard = Heard(window.keeper.stage_changed)
    window.training.toggle()
    # All are kept, so that none has the identity of another.
    qtbot.waitUntil(lambda: len({id(stage.maps) for stage in heard.firsts}) >= 4, timeout=WAIT_MS)
    window.training.pause()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    settled(window, qtbot)


def test_without_data_there_is_no_map(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "circle")
    empty(window)
    qtbot.waitUntil(lambda: not window.room.believes.isVisible(), timeout=WAIT_MS)
    assert window.keeper.stage.maps == ()


def test_stale_maps_are_dropped(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "circle")
    window.compute.background.hold()
    window.document.apply(edits.set_bias(window.document.experiment.network.outputs[0], 1.0))
    qtbot.waitUntil(lambda: not window.compute.background.is_idle, timeout=WAIT_MS)
    empty(window)
    window.compute.background.let_go()
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
    assert not window.room.believes.isVisible()
    assert window.room.believes.view.region is None
    assert window.keeper.stage.maps == ()


def test_a_click_on_the_map_sets_the_example(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "circle")
    settled(window, qtbot)
    window.room.believes.example_requested.emit(5)
    assert window.source.row == 5
    view = window.room.believes.view
    qtbot.waitUntil(lambda: min(view.width(), view.height()) > 200, timeout=WAIT_MS)  # it is laid out
    view.released.emit(5.0, 5.0)
    cells = window.source.by_hand
    assert cells is not None
    np.testing.assert_allclose(cells[:2], [5.0, 5.0])
    assert window.passes.trace is not None
    np.testing.assert_allclose(window.passes.trace.inputs[0], [5.0, 5.0])


def test_with_many_columns_two_are_chosen_and_the_example_holds_the_others(
    window: Window, qtbot: QtBot
) -> None:
    choose(window, qtbot, "iris")
    believes = window.room.believes
    believes.upwards.chosen.emit("3")
    qtbot.waitUntil(lambda: believes.view.region is not None and believes.view.region.y == 3, timeout=WAIT_MS)
    window.source.choose(7)
    assert window.source.dataset is not None
    cells = window.source.dataset.table.cells[window.source.dataset.train[7]]

    def holds() -> bool:
        region = believes.view.region
        return region is not None and region.fixed[1:3] == tuple(cells[1:3])

    qtbot.waitUntil(holds, timeout=WAIT_MS)


def test_nodes_show_maps_as_is_chosen(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "iris")
    qtbot.waitUntil(lambda: window.maps.mode == "hover", timeout=WAIT_MS)  # four columns
    choose(window, qtbot, "circle")
    qtbot.waitUntil(lambda: window.maps.mode == "on", timeout=WAIT_MS)
    assert window.acts["maps_on"].isChecked()
    for mode in (*MAP_MODES, "off"):
        window.acts[f"maps_{mode}"].trigger()
        assert window.settings.get(NODE_MAPS) == window.keeper.stage.map_mode == mode
        assert window.acts[f"maps_{mode}"].isChecked()
    assert window.keeper.stage.maps == ()


def test_pictures_show_weights(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "digits")
    qtbot.waitUntil(lambda: bool(window.keeper.stage.maps), timeout=WAIT_MS)
    (maps,) = window.keeper.stage.maps
    assert maps.kind == "weights"
    assert maps.levels.shape[1:] == (8, 8)
    network = window.document.experiment.network
    assert set(maps.node_ids) <= {target for _, target in network.edges}


def test_nothing_is_made_for_a_room_that_is_not_seen(window: Window, qtbot: QtBot) -> None:
    choose(window, qtbot, "circle")
    settled(window, qtbot)
    window.room.hide()
    before = window.keeper.stage.maps
    window.document.apply(edits.set_bias(window.document.experiment.network.outputs[0], 2.0))
    qtbot.waitUntil(lambda: window.maps.is_waiting, timeout=WAIT_MS)
    assert window.keeper.stage.maps is before
    window.room.show()
    window.maps.want()
    settled(window, qtbot)


def test_what_is_chosen_is_remembered(make_window: MakeWindow, qtbot: QtBot) -> None:
    first = make_window()
    qtbot.waitUntil(first.room.believes.test_points.isVisible, timeout=WAIT_MS)
    first.room.believes.test_points.click()
    first.room.believes.crisp.click()
    second = make_window()
    for window in (first, second):
        assert window.settings.get(TEST_POINTS)
        assert window.settings.get(ONLY_YES_OR_NO)
        assert window.room.believes.test_points.isChecked()
        assert window.room.believes.crisp.isChecked()

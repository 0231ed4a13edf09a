"""What the network believes, taken out: upright, in the colours of the data, as figures too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from playground.engine.binding import InputMap, bind
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.engine.trace import trace_values
from playground.model.dataset import Dataset
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, Experiment, Learning
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState
from playground.share.map_picture import MapSource, map_image, map_rows
from playground.share.run_film import run_film, trained_run
from resources.theme import DARK, LIGHT, Theme

pytestmark = pytest.mark.usefixtures("qapp")


def upper_right() -> tuple[Experiment, Parameters, Dataset]:
    """A network that says blue exactly where x2 is above 2 (and x1 does not matter)."""
    spec = BuiltInData("circle", count=60)
    nodes = [
        Node(1, "input", feature="x1"),
        Node(2, "input", feature="x2"),
        Node(3, "output", "sigmoid", target="colour=blue"),
    ]
    network = Network.build(nodes, [Edge(1, 3, 1), Edge(2, 3, 2)])
    parameters = Parameters.of(network, {1: 0.0, 2: 30.0}, {3: -60.0})
    experiment = Experiment(network, spec, Learning(loss="cross_entropy"))
    return experiment, parameters, make_dataset(spec)


def source(dataset: Dataset, columns: tuple[int, ...] = ()) -> MapSource:
    return MapSource(dataset, dataset.table.cells[0], columns)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_what_grows_upwards_in_the_data_does_in_the_picture(theme: Theme) -> None:
    experiment, parameters, dataset = upper_right()
    image = map_image(source(dataset).decision(experiment, parameters), dataset, theme, 300)

    def nearer(x: int, y: int) -> str:
        seen = image.pixelColor(x, y)
        away = {
            name: abs(seen.red() - ink.red())
            + abs(seen.green() - ink.green())
            + abs(seen.blue() - ink.blue())
            for name, ink in (("blue", QColor(theme.positive)), ("orange", QColor(theme.negative)))
        }
        return min(away, key=lambda name: away[name])

    # The corners have no points of the circle's data in them.
    assert [nearer(18, 18), nearer(281, 18), nearer(18, 281), nearer(281, 281)] == [
        "blue",
        "blue",
        "orange",
        "orange",
    ]


def test_the_table_holds_the_networks_answers() -> None:
    spec = BuiltInData("circle", count=60)
    experiment, parameters = fitting_experiment(spec)
    dataset = make_dataset(spec)
    decision = source(dataset).decision(experiment, parameters)
    names, *rows = map_rows(decision, dataset, ["Blue?"])
    assert names == ("x1", "x2", "Blue?")
    values = np.array(rows, np.float64)
    assert len(values) == decision.values[0].size
    assert values[0, 1] > values[-1, 1]
    cells = np.column_stack([values[:, :2], np.zeros(len(values))])
    inputs = InputMap.of(experiment.network, dataset).values(cells)
    wanted = trace_values(experiment, LearnerState(parameters), inputs).probabilities[:, 0]
    np.testing.assert_allclose(values[:, 2], wanted, atol=1e-6)


def test_one_column_gives_a_curve() -> None:
    experiment, parameters, dataset = upper_right()
    network = Network.build(
        [node for node in experiment.network.nodes.values() if node.id != 1], [Edge(2, 3, 2)]
    )
    single = replace(experiment, network=network)
    decision = source(dataset).decision(single, Parameters.of(network, {2: 30.0}, {3: -60.0}))
    names, *rows = map_rows(decision, dataset, ["Blue?"])
    assert names == ("x2", "Blue?")
    assert [row[1] > 0.5 for row in rows] == sorted(row[1] > 0.5 for row in rows)  # type: ignore[operator]  # numbers
    assert not map_image(decision, dataset, LIGHT, 200).isNull()
    assert parameters is not None


def test_chosen_columns_are_taken() -> None:
    experiment, parameters, dataset = upper_right()
    region = source(dataset, (1, 0)).decision(experiment, parameters).region
    assert (region.x, region.y) == (1, 0)


def test_a_network_that_reads_no_numbers_has_no_map() -> None:
    experiment, _, dataset = upper_right()
    network = Network.build([Node(1, "input"), Node(3, "output", "sigmoid")], [Edge(1, 3, 1)])
    unbound = replace(experiment, network=network)
    with pytest.raises(DataError, match="no map"):
        source(dataset).decision(unbound, Parameters.zeros(network))


def test_a_film_of_learning_shows_what_was_believed_at_every_instant() -> None:
    spec = BuiltInData("circle", count=60)
    experiment, parameters = fitting_experiment(spec)
    dataset = make_dataset(spec)
    run = trained_run(experiment, bind(experiment.network, dataset), parameters, 40)
    with_maps = run_film(run, LIGHT, (480, 300), maps=source(dataset))
    without = run_film(run, LIGHT, (480, 300))
    first, last = (with_maps.picture(index) for index in (0, len(with_maps.stands_s) - 1))
    changed = np.abs(first.astype(int) - last.astype(int)).max(axis=2) > 20
    assert changed[210:, 370:].mean() > 0.2  # the map at the right
    assert (with_maps.picture(3) != without.picture(3)).any()

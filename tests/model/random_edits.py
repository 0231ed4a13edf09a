"""Makes random edits, legal ones and ones that the rules forbid, and the experiments that they lead to."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import numpy as np

from playground.model import edits
from playground.model.edit import Change, Edit
from playground.model.errors import EditError
from playground.model.experiment import BuiltInData, Column, DataSpec, Experiment, Table, TableData
from playground.model.keys import (
    ACTIVATIONS,
    INITIALIZATIONS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZATIONS,
    ROLES,
    SCALINGS,
    SCHEDULES,
    SPLITS,
)
from playground.model.message import message
from playground.model.network import EdgeKey
from playground.model.parameters import Floats, Parameters
from playground.model.points import TARGETS, point_table
from playground.model.rate_schedule import RateSchedule

Maker = Callable[[Random, Experiment, Parameters], Edit]


def _nodes(random: Random, experiment: Experiment, most: int = 4) -> list[int]:
    ids = [*experiment.network.nodes, 99] if random.random() < 0.1 else list(experiment.network.nodes)
    return random.sample(ids, min(len(ids), random.randint(0 if random.random() < 0.1 else 1, most)))


def _node(random: Random, experiment: Experiment) -> int:
    return random.choice([*experiment.network.nodes, 99])


def _edges(random: Random, experiment: Experiment, most: int = 4) -> list[EdgeKey]:
    keys = list(experiment.network.edges) or [(1, 2)]
    return random.sample(keys, min(len(keys), random.randint(1, most)))


def _value(random: Random) -> float:
    if random.random() < 0.1:
        return random.choice([math.nan, math.inf, -math.inf, 1e308, -0.0, 5e-324])
    return random.uniform(-3, 3)


def _label(random: Random) -> str:
    return random.choice(["", "Height", "a b", "Grün – 'ü'", "x" * 200, "x" * 201, 'quote " and \\'])


def random_data(random: Random) -> DataSpec | None:
    """Return some data spec, or None."""
    kind = random.randrange(4)
    if kind == 0:
        return None
    if kind == 1:
        return BuiltInData(
            "avocado", random.randint(1, 300), random.random(), random.random(), random.randint(0, 9)
        )
    if kind == 2:
        return TableData(point_table(_points(random, random.randint(0, 5)), 2), TARGETS, random.random())
    cells = np.array([[random.uniform(-9, 9), random.randrange(2)] for _ in range(random.randint(1, 5))])
    cells[random.randrange(len(cells)), random.randrange(2)] = math.nan
    columns = (Column("height"), Column("kind", "class", ("ripe", "not ripe")))
    return TableData(
        Table(columns, cells),
        random.choice([("kind",), ("height",), ()]),
        random.random(),
        random.choice(SPLITS),
        random.randint(0, 9),
        random.choice(SCALINGS),
    )


def _points(random: Random, count: int) -> Floats:
    """Some points in two colours."""
    rows = [[random.uniform(-6, 6), random.uniform(-6, 6), random.randrange(2)] for _ in range(count)]
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _learning(random: Random) -> Edit:
    choice = random.randrange(10)
    if choice == 9:
        return edits.set_learning("slider", dropout=_value(random))
    if choice == 8:
        every, epochs = random.randint(0, 9), random.randint(0, 9)
        kind, factor = random.choice(SCHEDULES), _value(random)
        return edits.set_learning(schedule=RateSchedule(kind, every, factor, epochs, random.random()))
    if choice == 0:
        return edits.set_learning(loss=random.choice(LOSSES))
    if choice == 1:
        return edits.set_learning(optimizer=random.choice(OPTIMIZERS), momentum=_value(random))
    if choice == 2:
        return edits.set_learning(gesture="slider", learning_rate=_value(random))
    if choice == 3:
        return edits.set_learning(batch_size=random.randint(0, 99), shuffle=random.random() < 0.5)
    if choice == 4:
        return edits.set_learning(
            regularization=random.choice(REGULARIZATIONS), regularization_rate=_value(random)
        )
    if choice == 5:
        return edits.set_learning(initialization=random.choice(INITIALIZATIONS))
    if choice == 6:
        return edits.set_learning(
            stop_epochs=random.choice([None, 0, 7]), stop_loss=random.choice([None, 0.5])
        )
    return edits.set_learning(beta1=_value(random), beta2=random.random(), epsilon=1e-7)


def _learned(random: Random, experiment: Experiment, parameters: Parameters) -> Edit:
    noise = np.random.default_rng(random.randrange(2**32))
    new = Parameters(
        parameters.weights + noise.normal(size=parameters.weights.shape),
        parameters.biases
        + noise.normal(size=parameters.biases.shape)
        * np.array([node.role != "input" for node in experiment.network.nodes.values()], np.float64),
    )
    return edits.learn(new, message("Learn"))


def _position(random: Random) -> tuple[float, float]:
    return (_value(random) * 100, _value(random) * 100)


MAKERS: dict[str, Maker] = {
    "add_node": lambda r, e, p: edits.add_node(r.choice(ROLES), *_position(r), _label(r)),
    "add_named_node": lambda r, e, p: edits.add_node(
        "hidden", 0, 0, node_id=r.choice([1, 7, 2**31 - 1, 2**31, 0])
    ),
    "connect": lambda r, e, p: edits.connect(_node(r, e), _node(r, e)),
    "connect_groups": lambda r, e, p: edits.connect_groups(_nodes(r, e), _nodes(r, e)),
    "delete": lambda r, e, p: edits.delete(_nodes(r, e, 2), _edges(r, e, 2) if r.random() < 0.5 else ()),
    "delete_edges": lambda r, e, p: edits.delete((), _edges(r, e)),
    "move": lambda r, e, p: edits.move(
        {node: _position(r) for node in _nodes(r, e)}, r.choice([None, "drag"])
    ),
    "arrange": lambda r, e, p: edits.arrange({node: _position(r) for node in e.network.nodes}),
    "rename": lambda r, e, p: edits.rename(_node(r, e), _label(r)),
    "set_activation": lambda r, e, p: edits.set_activation(_nodes(r, e), r.choice(ACTIVATIONS)),
    "set_weight": lambda r, e, p: edits.set_weight(_edges(r, e)[0], _value(r), r.choice([None, "drag"])),
    "set_bias": lambda r, e, p: edits.set_bias(_node(r, e), _value(r), r.choice([None, "drag"])),
    "add_layer": lambda r, e, p: edits.add_layer(r.randint(0, 3), r.choice(ACTIVATIONS)),
    "paste": lambda r, e, p: edits.paste(edits.fragment(e.network, p, list(e.network.nodes)[:3]), 9, 9),
    "duplicate": lambda r, e, p: edits.duplicate(_nodes(r, e), 10, 10),
    "set_feature": lambda r, e, p: edits.set_feature(
        _node(r, e), r.choice([None, "height", "square(height)"])
    ),
    "add_feature": lambda r, e, p: edits.add_feature(r.choice(["height", "x1^2", "sin(x1)"]), _label(r)),
    "remove_feature": lambda r, e, p: edits.remove_feature(
        r.choice([*(e.network.nodes[node].feature or "x1" for node in e.network.inputs), "x1 * x1"]),
        ("height", "x1", "x2"),
    ),
    "paint_points": lambda r, e, p: edits.paint_points(_points(r, r.randint(1, 4))),
    "erase_points": lambda r, e, p: edits.erase_points({r.randrange(4), r.randrange(4)}),
    "move_point": lambda r, e, p: edits.move_point(r.randrange(4), _value(r), _value(r)),
    "clear_points": lambda r, e, p: edits.clear_points(),
    "set_target": lambda r, e, p: edits.set_target(_node(r, e), r.choice([None, "kind", "kind=ripe"])),
    "set_data": lambda r, e, p: edits.set_data(random_data(r)),
    "set_learning": lambda r, e, p: _learning(r),
    "learn": _learned,
    "start_over": lambda r, e, p: edits.start_over(),
    "new_start": lambda r, e, p: edits.new_start(),
    "share": lambda r, e, p: edits.share(_edges(r, e)),
    "unshare": lambda r, e, p: edits.unshare(_edges(r, e)),
    "set_trainable": lambda r, e, p: edits.set_trainable(_edges(r, e), r.random() < 0.5),
    "group": lambda r, e, p: edits.group(_nodes(r, e), _label(r)),
    "grid": lambda r, e, p: edits.group(_nodes(r, e), "Map", "grid", r.choice([(1, 2), (2, 2), None])),
    "ungroup": lambda r, e, p: edits.ungroup(r.choice([*e.network.groups, 5])),
    "replace": lambda r, e, p: edits.replace(
        *random_experiment(Random(r.randrange(2**32)), 6), message("Open an example")
    ),
}
"""One maker for every edit that there is; a test proves that none is missing."""


def random_edit(random: Random, experiment: Experiment, parameters: Parameters) -> Edit | None:
    """Return some edit, often one that fits; None where making it was refused already."""
    building = ("add_node", "connect", "connect", "connect_groups", "add_layer")
    name = random.choice(building) if random.random() < 0.4 else random.choice(list(MAKERS))
    try:
        return MAKERS[name](random, experiment, parameters)
    except EditError:
        return None


def applied(experiment: Experiment, parameters: Parameters, change: Change) -> tuple[Experiment, Parameters]:
    """Return what a change leads to."""
    network = change.experiment.network
    carried = parameters.carried(experiment.network, network)
    return change.experiment, carried.changed(network, change.weights, change.biases)


def random_experiment(random: Random, steps: int = 25) -> tuple[Experiment, Parameters]:
    """Return the experiment and the values that some random edits lead to."""
    experiment = Experiment()
    parameters = Parameters.zeros(experiment.network)
    for _ in range(steps):
        edit = random_edit(random, experiment, parameters)
        if edit is None:
            continue
        try:
            change = edit.make(experiment, parameters)
        except EditError:
            continue
        experiment, parameters = applied(experiment, parameters, change)
    return experiment, parameters

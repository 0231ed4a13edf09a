"""Which settings of runs differ, and how they went."""

from __future__ import annotations

from dataclasses import fields, replace

from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.experiment import BuiltInData, Experiment, Learning
from playground.model.run import Run
from playground.model.run_settings import course, differing, hidden_layers, settings_of
from tests.widgets.runs.made_up import run


def avocado() -> Experiment:
    return fitting_experiment(BuiltInData("avocado", 50))[0]


def with_end(one: Run, experiment: Experiment) -> Run:
    return replace(one, instants=(*one.instants[:-1], replace(one.end, experiment=experiment)))


def test_every_learning_setting_is_among_them() -> None:
    found = settings_of(avocado())
    names = {field.name for field in fields(Learning)}
    assert len(names) > 10
    assert names <= found.keys()
    assert (found["data"], found["rows"], found["hidden"]) == ("avocado", 50, "3")


def test_same_runs_differ_in_nothing() -> None:
    assert differing([run(1), run(2)]) == ()


def test_what_differs_between_runs() -> None:
    learning = avocado().learning
    other = replace(learning, learning_rate=0.5, batch_size=learning.batch_size + 1)
    assert differing([run(1), run(2, learning=other, seed=3)]) == ("learning_rate", "batch_size", "seed")


def test_what_was_changed_while_a_run_learned_differs_too() -> None:
    learning = avocado().learning
    one = run(1, later=replace(learning, learning_rate=0.5))
    assert differing([one]) == ("learning_rate",)
    assert course(one, "learning_rate") == (learning.learning_rate, 0.5)
    assert course(one, "batch_size") == (learning.batch_size,)


def test_settings_of_another_optimizer_do_not_count() -> None:
    runs = [run(1, learning=Learning(optimizer="adam")), run(2, learning=Learning(optimizer="momentum"))]
    assert differing(runs) == ("optimizer",)
    runs.append(run(3, learning=Learning(optimizer="adam", beta1=0.5)))
    assert differing(runs) == ("optimizer", "beta1")


def test_another_network_is_told_by_its_layers_and_activations() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 50))
    grown = edits.add_layer(2).make(experiment, parameters).experiment
    assert hidden_layers(grown.network) == (3, 2)
    hidden = [node.id for node in experiment.network.nodes.values() if node.role == "hidden"]
    bent = edits.set_activation(hidden[:1], "sine").make(experiment, parameters).experiment
    assert differing([run(1), with_end(run(2), grown)]) == ("hidden",)
    assert differing([run(1), with_end(run(2), bent)]) == ("activation",)


def test_moving_nodes_is_no_other_setting() -> None:
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 50))
    node = experiment.network.inputs[0]
    moved = edits.move({node: (7.0, 8.0)}).make(experiment, parameters).experiment
    assert differing([run(1), with_end(run(2), moved)]) == ()

"""Files that travel with the program, and the example files among them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.session import Session, why_not_train
from playground.model import file
from playground.model.examples import EXAMPLES
from playground.model.experiment import BuiltInData
from playground.model.initial import initial_parameters
from playground.model.trace import LearnerState


def test_a_file_is_found_and_read() -> None:
    assert resources.path("theme.py").is_file()
    assert resources.read_text("theme.py") == Path(resources.__file__).with_name("theme.py").read_text(
        "utf-8"
    )
    assert resources.read_bytes("examples", "avocado.playground").startswith(b"{")


def test_a_missing_file_is_an_error_with_its_name() -> None:
    with pytest.raises(FileNotFoundError, match=r"examples/mango\.playground"):
        resources.example_path("mango")


def test_every_example_file_has_a_title_and_every_title_a_file() -> None:
    assert sorted(example.key for example in EXAMPLES) == list(resources.examples())
    assert EXAMPLES[0].key == "avocado"


@pytest.mark.parametrize("key", resources.examples())
def test_an_example_opens_untrained_and_can_be_trained(key: str) -> None:
    experiment, parameters = file.read(resources.example_path(key).read_bytes())
    assert parameters == initial_parameters(experiment.network, experiment.learning, experiment.seed)
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    assert why_not_train(experiment, bound) is None
    assert all(node.label for node in experiment.network.nodes.values())


@pytest.mark.parametrize(
    ("key", "at_first", "after"), [("avocado", 0.6, 0.95), ("admission", 0.6, 0.93), ("iris", 0.6, 0.9)]
)
def test_an_example_is_wrong_at_first_and_right_after_training(
    key: str, at_first: float, after: float
) -> None:
    experiment, parameters = file.read(resources.example_path(key).read_bytes())
    assert experiment.data is not None
    session = Session(
        experiment, bind(experiment.network, make_dataset(experiment.data)), LearnerState(parameters)
    )
    assert session.snapshot(0).test_accuracy < at_first
    for _ in range(100):
        session.run_epoch()
    assert session.snapshot(0).test_accuracy >= after


def avocado_run(seed: int) -> tuple[float, float, float]:
    """Accuracy on test rows at first and after 300 epochs, and the seconds, with all draws from this seed."""
    shipped, _ = file.read(resources.example_path("avocado").read_bytes())
    assert isinstance(shipped.data, BuiltInData)
    experiment = replace(shipped, seed=seed, data=replace(shipped.data, seed=seed))
    parameters = initial_parameters(experiment.network, experiment.learning, seed)
    assert experiment.data is not None
    session = Session(
        experiment, bind(experiment.network, make_dataset(experiment.data)), LearnerState(parameters)
    )
    at_first, began = session.snapshot(0).test_accuracy, time.process_time()
    for _ in range(300):
        session.run_epoch()
    return at_first, session.snapshot(0).test_accuracy, time.process_time() - began


def test_avocados_are_learned_to_95_percent_within_300_epochs_for_9_seeds_of_10() -> None:
    runs = [avocado_run(seed) for seed in range(10)]
    assert all(at_first < 0.75 for at_first, _, _ in runs)
    assert sum(after >= 0.95 and seconds <= 10 for _, after, seconds in runs) >= 9


def test_the_drawn_example_needs_its_hidden_node_and_its_skipping_arrows() -> None:
    experiment, parameters = file.read(resources.example_path("xor").read_bytes())
    assert {(1, 4), (2, 4), (3, 4)} <= experiment.network.edges.keys()
    assert experiment.data is not None
    session = Session(
        experiment, bind(experiment.network, make_dataset(experiment.data)), LearnerState(parameters)
    )
    assert session.snapshot(0).train_accuracy < 1
    for _ in range(300):
        session.run_epoch()
    assert session.snapshot(0).train_accuracy == 1

"""When what a pass has taught is kept, and when it is not."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.model import edits
from playground.model.message import Message, sentence
from playground.model.parameters import Parameters
from playground.model.trace import Trace
from tests.app.rooms import Room

SCRUBS = 60


class Kept(Room):
    """A room that counts what is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Message] = []
        self.passes.kept.connect(self.kept.append)

    @property
    def steps(self) -> int:
        """How many undo steps there are."""
        return self.document.undo_stack.count()

    def play_out(self, qtbot: QtBot) -> None:
        """Play the end of the pass."""
        self.player.seek(self.end_s - 0.05)
        with qtbot.waitSignal(self.player.ended, timeout=20_000):
            self.player.play()


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Kept]:
    room = Kept()
    yield room
    room.close()


def by_hand(trace: Trace) -> Parameters:
    """The first update of Adam, from the gradients: each value moves by the whole learning rate at most."""
    learning = trace.experiment.learning
    assert (learning.optimizer, learning.regularization) == ("adam", "none")

    def moved(values: np.ndarray, gradients: np.ndarray) -> np.ndarray:
        share: np.ndarray = gradients / (np.abs(gradients) + learning.epsilon)
        return values - learning.learning_rate * share

    return Parameters(
        moved(trace.old.weights, trace.weight_gradients), moved(trace.old.biases, trace.bias_gradients)
    )


def test_playing_to_the_end_keeps_what_was_learned_as_one_step(room: Kept, qtbot: QtBot) -> None:
    before, wanted = room.document.parameters, by_hand(room.trace())
    room.play_out(qtbot)
    assert room.steps == 1
    assert room.document.undo_stack.undoText() == "Learn from example 1"
    assert [sentence(name) for name in room.kept] == ["Learn from example 1"]
    np.testing.assert_allclose(room.document.parameters.weights, wanted.weights, rtol=1e-9)
    np.testing.assert_allclose(room.document.parameters.biases, wanted.biases, rtol=1e-9)
    assert room.document.state.step_count == 1
    room.document.undo_stack.undo()
    assert room.document.parameters == before


def test_the_finished_pass_stays_until_the_person_goes_on(room: Kept, qtbot: QtBot) -> None:
    done, state = room.trace(), room.document.state
    room.play_out(qtbot)
    assert room.trace() is done
    assert room.passes.state is state
    assert room.player.time_s == room.end_s
    room.passes.toggle()
    assert room.player.is_playing
    assert room.player.time_s == 0.0
    assert room.trace().old == room.document.parameters == done.new
    assert room.passes.state is room.document.state


def test_leaving_a_finished_pass_shows_the_present(room: Kept, qtbot: QtBot) -> None:
    room.play_out(qtbot)
    room.passes.leave()
    assert room.player.time_s is None
    assert room.trace().old == room.document.parameters


def test_an_edit_releases_the_finished_pass(room: Kept, qtbot: QtBot) -> None:
    room.play_out(qtbot)
    edge = room.document.experiment.network.edge_keys[0]
    assert room.document.apply(edits.set_weight(edge, 0.5))
    assert room.trace().old == room.document.parameters


def test_a_loop_keeps_nothing(room: Kept, qtbot: QtBot) -> None:
    room.player.loop = True
    shown: list[float] = []
    room.player.moment_changed.connect(lambda moment: shown.append(moment.time_s))
    room.player.seek(room.end_s - 0.05)
    room.player.play()
    qtbot.waitUntil(lambda: shown[-1] < shown[0], timeout=20_000)
    assert room.player.is_playing
    assert (room.steps, room.kept) == (0, [])


def test_going_on_from_a_loop_keeps_what_the_example_teaches(room: Kept) -> None:
    room.player.loop = True
    wanted = room.trace().new
    room.player.seek(room.end_s / 2)
    room.passes.go_on()
    assert room.steps == 1
    assert room.document.parameters == wanted


def test_with_keep_off_nothing_is_kept(room: Kept, qtbot: QtBot) -> None:
    room.passes.keep = False
    before = room.document.parameters
    room.play_out(qtbot)
    room.passes.go_on()
    assert (room.steps, room.kept) == (0, [])
    assert room.document.parameters is before


def test_the_next_example_keeps_the_pass_under_way(room: Kept) -> None:
    wanted = room.trace().new
    room.player.seek(room.end_s / 3)
    room.passes.go_on()
    assert room.document.undo_stack.undoText() == "Learn from example 1"
    assert room.document.parameters == wanted
    assert (room.source.row, room.player.time_s) == (1, 0.0)
    assert list(room.trace().rows) == [1]
    assert room.trace().old == wanted


@pytest.mark.parametrize("direction", [1, -1])
def test_at_rest_another_example_is_only_shown(room: Kept, direction: int) -> None:
    room.passes.go_on(direction)
    assert room.source.row == direction % room.source.n_examples
    assert room.steps == 0
    assert room.player.time_s is None


def test_going_back_keeps_nothing(room: Kept) -> None:
    room.player.seek(room.end_s / 2)
    room.passes.go_on(-1)
    assert room.source.row == room.source.n_examples - 1
    assert room.steps == 0


def test_a_pass_is_kept_once(room: Kept, qtbot: QtBot) -> None:
    room.play_out(qtbot)
    room.passes.go_on()
    assert room.steps == 1
    assert room.source.row == 1


def test_a_batch_is_kept_as_one_step_and_the_next_one_follows(room: Kept) -> None:
    room.source.set_batch(True)
    size = room.document.experiment.learning.batch_size
    room.player.seek(room.end_s / 2)
    room.passes.go_on()
    assert room.document.undo_stack.undoText() == f"Learn from {size} examples"
    assert room.trace().rows[0] == size % room.source.n_examples


def test_scrubbing_stepping_and_jumping_change_nothing(room: Kept) -> None:
    random, before, moves = Random(4), room.document.parameters, 0
    for _ in range(SCRUBS):
        random.choice(
            [
                lambda: room.player.seek(random.uniform(0.0, room.end_s)),
                lambda: room.player.step(random.choice((-1, 1))),
                lambda: room.player.jump_by(random.choice((-1, 1))),
                lambda: room.player.jump("update"),
                room.player.to_start,
                room.player.to_end,
            ]
        )()
        moves += room.player.time_s is not None
    assert moves == SCRUBS
    assert room.document.parameters is before
    assert (room.steps, room.document.is_modified) == (0, False)


def test_without_a_right_answer_nothing_is_learned(room: Kept, qtbot: QtBot) -> None:
    room.source.set_by_hand(np.array([0.2, 0.4, 0.9]))
    assert not room.trace().has_answer
    room.play_out(qtbot)
    assert room.steps == 0


def test_the_start_of_a_pass_is_told(room: Kept, qtbot: QtBot) -> None:
    with qtbot.waitSignal(room.passes.started):
        room.passes.toggle()
    room.passes.toggle()
    assert not room.player.is_playing


def test_nothing_is_learned_from_a_test_example(room: Kept, qtbot: QtBot) -> None:
    room.source.choose_test(2)
    before = room.document.parameters
    assert room.trace().has_answer
    room.play_out(qtbot)
    assert room.document.parameters is before
    assert room.steps == 0
    assert [sentence(name) for name in room.kept] == [
        "The network does not learn from test examples, so nothing has changed."
    ]

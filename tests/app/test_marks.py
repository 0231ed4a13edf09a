"""Changes are marked at the epoch that learning has reached, with what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.marks import TOGETHER_S, Marks
from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.experiment import BuiltInData
from playground.model.mark import Mark, SettingChange
from playground.model.parameters import Floats, frozen_array
from playground.model.rate_schedule import RateSchedule
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState
from tests.widgets.gallery import snapshot as made_snapshot


class Bench:
    """A document with marks, whose epoch and clock are set by hand."""

    def __init__(self) -> None:
        self.document = Document(*fitting_experiment(BuiltInData("avocado", 60)))
        self.compute = Compute()
        self.now = 0.0
        self.marks = Marks(self.document, self.compute, clock=lambda: self.now)
        self.heard: list[tuple[Mark, ...]] = []
        self.marks.changed.connect(self.heard.append)
        self.document.taken.connect(self.compute.take)

    def at(self, epoch: float) -> None:
        """Let learning have reached an epoch, a while later."""
        self.now += 2 * TOGETHER_S
        state, points = self.document.state, frozen_array([(0.0,) * 5, (epoch, *(0.1,) * 4)])
        self.reach(state, epoch, points)

    def reach(self, state: LearnerState, epoch: float, points: Floats) -> None:
        shown: Snapshot = replace(made_snapshot(2), epoch=epoch, state=state, history=points)
        self.compute.resume(shown)
        self.marks.take(shown)

    def close(self) -> None:
        self.compute.shutdown()
        self.document.close()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def rate(old: float, new: float) -> tuple[SettingChange, ...]:
    return (SettingChange("learning_rate", old, new),)


def test_before_anything_is_learned_nothing_is_marked(bench: Bench) -> None:
    assert bench.document.apply(edits.set_learning(learning_rate=0.5))
    assert bench.marks.marks == ()
    assert bench.heard == []


def test_each_change_is_marked_where_it_was_made(bench: Bench) -> None:
    first = bench.document.experiment.learning.learning_rate
    bench.at(120.0)
    assert bench.document.apply(edits.set_learning(learning_rate=0.1))
    bench.at(200.5)
    assert bench.document.apply(edits.set_learning(schedule=RateSchedule("step", every=7, factor=0.5)))
    expected = (
        Mark(120.0, rate(first, 0.1)),
        Mark(
            200.5,
            (
                SettingChange("schedule", "constant", "step"),
                SettingChange("schedule.every", None, 7),
                SettingChange("schedule.factor", None, 0.5),
            ),
        ),
    )
    assert bench.marks.marks == expected
    assert bench.heard == [expected[:1], expected]


def test_undo_is_marked_too_or_takes_the_mark_away_where_nothing_was_learned_since(bench: Bench) -> None:
    first = bench.document.experiment.learning.learning_rate
    bench.at(10.0)
    assert bench.document.apply(edits.set_learning(learning_rate=0.1))
    bench.at(20.0)
    bench.document.undo_stack.undo()
    assert [mark.changes for mark in bench.marks.marks] == [rate(first, 0.1), rate(0.1, first)]
    bench.document.undo_stack.redo()
    assert [mark.changes for mark in bench.marks.marks] == [rate(first, 0.1)]


def test_a_slider_that_is_dragged_leaves_one_mark(bench: Bench) -> None:
    first = bench.document.experiment.learning.learning_rate
    bench.at(10.0)
    for step in range(1, 6):
        bench.now += TOGETHER_S / 2
        bench.reach(bench.document.state, 10.0 + step, frozen_array([(0.0,) * 5, (10.0, *(0.1,) * 4)]))
        assert bench.document.apply(edits.set_learning("drag", learning_rate=0.1 * step))
    assert bench.marks.marks == (Mark(11.0, rate(first, 0.5)),)


def test_another_setting_has_a_mark_of_its_own(bench: Bench) -> None:
    bench.at(10.0)
    assert bench.document.apply(edits.set_learning(learning_rate=0.1))
    bench.now += TOGETHER_S / 4
    bench.reach(bench.document.state, 11.0, frozen_array([(0.0,) * 5, (11.0, *(0.1,) * 4)]))
    assert bench.document.apply(edits.set_learning(batch_size=20))
    assert [mark.epoch for mark in bench.marks.marks] == [10.0, 11.0]


def test_moving_a_node_is_no_change_of_a_setting(bench: Bench) -> None:
    bench.at(10.0)
    node = bench.document.experiment.network.outputs[0]
    assert bench.document.apply(edits.rename(node, "Else"))
    assert bench.marks.marks == ()


def test_going_back_forgets_what_came_later_and_starting_over_forgets_all(bench: Bench) -> None:
    for epoch, value in ((10.0, 0.1), (20.0, 0.2), (30.0, 0.3)):
        bench.at(epoch)
        assert bench.document.apply(edits.set_learning(learning_rate=value))
    bench.at(25.0)
    assert [mark.epoch for mark in bench.marks.marks] == [10.0, 20.0]
    bench.marks.take(None)
    assert bench.marks.marks == ()

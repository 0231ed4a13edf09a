"""The flag that stops a run."""

from __future__ import annotations

from playground.engine.trainers.stop import Stop


def test_it_is_raised_and_lowered() -> None:
    stop = Stop()
    seen = [stop.is_raised, stop.look()]
    stop.raise_()
    seen += [stop.is_raised, bool(stop.cell[0])]
    stop.lower()
    assert [*seen, stop.look()] == [False, False, True, True, False]


def test_who_is_asked_can_raise_it() -> None:
    answers = iter([False, True, False])
    stop = Stop(lambda: next(answers))
    assert [stop.look(), stop.look(), stop.look()] == [False, True, True]


def test_a_kernel_that_sees_only_the_cell_sees_the_same() -> None:
    stop = Stop()
    cell = stop.cell
    stop.raise_()
    assert cell[0]
    cell[0] = 0
    assert not stop.is_raised

"""The collector: no collection in other threads, cycles still go away."""

from __future__ import annotations

import gc
import weakref

from pytestqt.qtbot import QtBot

from playground.app.collector import MANY_OBJECTS, Collector


class Ring:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.self = self


def test_cycles_go_away_from_the_timer(qtbot: QtBot) -> None:
    gc.enable()
    collector = Collector()
    try:
        assert not gc.isenabled()
        ring = weakref.ref(Ring())
        assert ring() is not None
        keep: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 1)]
        collector.collect()
        assert ring() is None
        assert keep
    finally:
        collector.stop()
    assert gc.isenabled()
    gc.disable()
    collector.collect()


def test_what_one_large_piece_of_work_made_is_set_aside(qtbot: QtBot) -> None:
    gc.enable()
    collector = Collector()
    try:
        frozen = gc.get_freeze_count()
        keep: list[list[int]] = [[] for _ in range(MANY_OBJECTS + 1)]
        collector.collect()
        assert gc.get_freeze_count() - frozen > MANY_OBJECTS
        assert keep
    finally:
        collector.stop()
    assert gc.get_freeze_count() == 0
    gc.disable()


def test_whoever_had_collection_in_hand_keeps_it(qtbot: QtBot) -> None:
    assert not gc.isenabled()
    gc.freeze()
    frozen = gc.get_freeze_count()
    Collector().stop()
    assert gc.get_freeze_count() == frozen
    assert not gc.isenabled()

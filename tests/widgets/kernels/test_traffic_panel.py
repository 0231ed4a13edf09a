"""The bars of the traffic stand in proportion, level by level."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.widgets.kernels.schedules import blocked, plain
from widgets.kernels.traffic_panel import TrafficPanel

SCHEDULE = blocked(4, 4, 4, (2, 2, 2))
PLAIN = plain(4, 4, 4)


def test_bars_stand_in_proportion(qtbot: QtBot) -> None:
    panel = TrafficPanel()
    qtbot.addWidget(panel)
    panel.sync(SCHEDULE, PLAIN)
    assert panel.comparison.text() == "48 times less from memory than plain loops."
    assert "Modelled from the schedule" in panel.note.text()
    own, reference = panel.bars.shares(panel.rows[2])
    assert (own, reference) == (1_000 / 48_000, 1.0)
    assert panel.bars.shares(panel.rows[1]) == (0.5, 1.0)
    panel.sync(PLAIN, PLAIN)
    assert [panel.bars.shares(row)[1] for row in panel.rows] == [0.0] * 3
    assert panel.bars.shares(panel.rows[2])[0] == 1.0
    assert panel.bars.shares(panel.rows[1])[0] == pytest.approx(8 / 48)


def test_without_a_reference_only_the_schedules_own_bytes_are_shown(qtbot: QtBot) -> None:
    panel = TrafficPanel()
    qtbot.addWidget(panel)
    panel.sync(SCHEDULE, None)
    assert panel.comparison.text() == "Bytes that move"
    assert "L1 cache: 4 kB" in panel.bars.accessibleDescription()
    panel.sync(replace(SCHEDULE, traffic=()), None)
    assert panel.isHidden()

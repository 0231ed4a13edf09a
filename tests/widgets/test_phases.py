"""The phases of a pass have names, colours that differ, and a fair share of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.model.keys import PHASES
from resources.theme import THEMES, Theme
from widgets.phases import PHASE_NAMES, phase_colours, shared_out


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_phase_has_a_name_and_a_colour_of_its_own(theme: Theme) -> None:
    colours = phase_colours(theme)
    assert set(PHASE_NAMES) == set(colours) == set(PHASES)
    assert len(set(colours.values())) == len(PHASES)


@given(
    st.floats(10, 2000),
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 60)), min_size=1, max_size=12),
)
def test_room_is_shared_fairly(room: float, parts: list[tuple[float, float]]) -> None:
    lengths, least = [part[0] for part in parts], [part[1] for part in parts]
    widths = shared_out(room, lengths, least)
    assert sum(widths) == pytest.approx(room)
    if sum(least) <= room and sum(lengths) > 0:
        assert all(width >= smallest - 1e-6 for width, smallest in zip(widths, least, strict=True))

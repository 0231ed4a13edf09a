"""The position of a walk is a pure function of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.kernels.walk_clock import CALM_FRAME_S, FASTEST, FRAME_S, SLOWEST, WalkClock, first_speed

times = st.floats(0, 1_000)
clocks = st.builds(
    WalkClock,
    st.integers(1, 5_000),
    st.floats(SLOWEST, FASTEST),
    st.floats(0, 1).map(lambda share: share * 10),
    st.none() | times,
    st.booleans(),
).map(lambda clock: clock.sought(clock.place, clock.since_s or 0.0))


@given(clocks, st.lists(times, min_size=2, max_size=6))
def test_asking_changes_nothing_and_the_order_does_not_matter(clock: WalkClock, asked: list[float]) -> None:
    forward = {now: (clock.position(now), clock.step(now)) for now in asked}
    backward = {now: (clock.position(now), clock.step(now)) for now in reversed(asked)}
    assert forward == backward


@given(clocks, times, times)
def test_time_moves_only_forward_and_never_past_the_ends(clock: WalkClock, one: float, other: float) -> None:
    early, late = sorted((one, other))
    assert 0 <= clock.position(early) <= clock.position(late) <= clock.count
    assert 0 <= clock.step(early) <= clock.step(late) <= clock.count


@given(clocks, times)
def test_the_picture_stays_until_the_next_change(clock: WalkClock, now: float) -> None:
    now = max(now, clock.since_s or 0.0)
    left = clock.next_change_s(now)
    if left is None:
        assert not clock.is_playing(now)
        assert clock.step(now + 50) == clock.step(now)
        return
    assert left >= (CALM_FRAME_S if clock.is_calm else FRAME_S)
    passed = left * clock.speed
    assert clock.step(now + left) - clock.step(now) <= passed + 1
    if left > (CALM_FRAME_S if clock.is_calm else FRAME_S):  # a whole step is waited for, and no longer
        assert clock.step(now + left * 0.99) == clock.step(now)
        assert clock.step(now + left + 1e-6) == clock.step(now) + 1


@given(clocks, times)
def test_holding_keeps_the_step_and_playing_goes_on_from_it(clock: WalkClock, now: float) -> None:
    held = clock.paused(now)
    assert held.next_change_s(now) is None
    assert held.step(now + 99) == clock.step(now)
    playing = held.played(now)
    if held.place < held.count:
        assert playing.position(now) == held.place
        assert playing.position(now + 1) == pytest.approx(min(held.place + clock.speed, clock.count))
    else:
        assert playing.position(now) == 0


@given(clocks, times)
def test_steps_forward_and_back(clock: WalkClock, now: float) -> None:
    there = clock.stepped(1, now)
    assert there.step(now) == min(clock.step(now) + 1, clock.count)
    assert not there.is_playing(now)
    assert there.stepped(-1, now).step(now) == max(there.step(now) - 1, 0)


@given(clocks, times, st.floats(SLOWEST, FASTEST))
def test_another_speed_moves_nothing_at_once(clock: WalkClock, now: float, speed: float) -> None:
    changed = clock.at_speed(speed, now)
    assert changed.position(now) == pytest.approx(clock.position(now))
    assert changed.is_playing(now) == clock.is_playing(now)
    assert changed.speed == speed


@given(clocks, times, st.floats(-10, 10_000))
def test_seeking_goes_there_and_playing_goes_on(clock: WalkClock, now: float, step: float) -> None:
    sought = clock.sought(step, now)
    assert sought.position(now) == min(max(step, 0), clock.count)
    assert sought.is_playing(now) == (clock.is_playing(now) and step < clock.count)


@pytest.mark.parametrize(("count", "speed"), [(1, 2), (48, 2), (240, 10), (4096, 60)])
def test_a_walk_begins_at_a_speed_that_can_be_followed(count: int, speed: float) -> None:
    assert first_speed(count) == speed

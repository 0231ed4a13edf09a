"""The playback of one pass."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.app import player as module
from playground.app.player import FASTEST, SLOWEST, Player
from playground.engine.timeline import Timeline
from playground.model.experiment import Experiment
from playground.model.keys import GRANULARITIES, PHASES, Granularity
from playground.model.moment import Moment
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState, Trace
from tests.engine.passes import layered, pass_over, random_pass


class Heard:
    """What a player has said, in order."""

    def __init__(self, player: Player) -> None:
        self.moments: list[Moment | None] = []
        self.timelines: list[Timeline | None] = []
        self.playing: list[bool] = []
        self.n_ended = 0
        player.moment_changed.connect(self.moments.append)
        player.timeline_changed.connect(self.timelines.append)
        player.playing_changed.connect(self.playing.append)
        player.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self.n_ended += 1


@pytest.fixture
def trace() -> Trace:
    """One example through a small network with a right answer."""
    experiment = Experiment(layered((2, 2, 1)))
    network = experiment.network
    parameters = Parameters(np.linspace(-1, 1, len(network.parameter_ids)), np.zeros(len(network.nodes)))
    return pass_over(experiment, LearnerState(parameters), [[0.5, -0.25]], [[1.0]])


@pytest.fixture
def player(qapp: object, trace: Trace) -> Player:
    """A player that holds the pass and is at rest."""
    player = Player()
    player.set_trace(trace)
    return player


def test_without_a_pass_nothing_happens(qapp: object) -> None:
    player = Player()
    heard = Heard(player)
    for ask in (player.play, player.toggle, player.to_start, player.to_end, player.rest):
        ask()
    player.step(+1)
    player.jump_by(-1)
    player.seek(3.0)
    player.jump("loss")
    player.set_granularity("edge")
    assert player.moment is None
    assert not player.is_playing
    assert (heard.moments, heard.playing) == ([], [])


def test_a_new_pass_is_announced_and_rests(player: Player, trace: Trace) -> None:
    assert player.timeline is not None
    assert player.time_s is None
    assert player.moment is None
    heard = Heard(player)
    player.set_trace(trace)
    assert not heard.timelines  # the same pass is no news


def test_seeking_shows_the_moment_of_the_timeline(player: Player, trace: Trace) -> None:
    oracle = Timeline(trace, "node")
    heard = Heard(player)
    times = np.random.default_rng(1).uniform(0, oracle.duration_s, 20)
    for time_s in times:
        player.seek(float(time_s))
        shown, wanted = heard.moments[-1], oracle.moment(float(time_s))
        assert shown is not None
        assert shown.step.index == wanted.step.index
        assert shown.time_s == wanted.time_s
        np.testing.assert_array_equal(shown.carried, wanted.carried)
    assert len(heard.moments) == len(times) == 20


@pytest.mark.parametrize(("asked", "share"), [(-4.0, 0.0), (1e9, 1.0)])
def test_seeking_stays_within_the_pass(player: Player, asked: float, share: float) -> None:
    player.seek(asked)
    assert player.timeline is not None
    assert player.time_s == share * player.timeline.duration_s


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_stepping_goes_through_every_step_and_back(player: Player, granularity: str) -> None:
    player.set_granularity(granularity)  # type: ignore[arg-type]
    timeline = player.timeline
    assert timeline is not None
    seen = []
    for _ in range(timeline.step_count):
        player.step(+1)
        assert player.moment is not None
        seen.append(player.moment.step.index)
    assert seen == list(range(timeline.step_count))
    assert player.time_s == timeline.duration_s
    back = []
    for _ in range(timeline.step_count):
        player.step(-1)
        assert player.moment is not None
        back.append(player.moment.step.index)
    assert back == list(reversed(range(timeline.step_count)))
    assert player.time_s == 0.0


def test_a_step_pauses(player: Player) -> None:
    player.play()
    player.step(+1)
    assert not player.is_playing


def test_phases_are_stepped_through_and_back(player: Player) -> None:
    timeline = player.timeline
    assert timeline is not None
    starts = [span.start_s for span in timeline.phases]
    assert [span.phase for span in timeline.phases] == list(PHASES)
    onward = []
    for _ in range(6):
        player.jump_by(+1)
        onward.append(player.time_s)
    assert onward == [*starts, timeline.duration_s, timeline.duration_s]
    back = []
    for _ in range(5):
        player.jump_by(-1)
        back.append(player.time_s)
    assert back == [*reversed(starts), 0.0]


def test_a_jump_goes_to_the_start_of_a_phase(player: Player) -> None:
    timeline = player.timeline
    assert timeline is not None
    for phase in PHASES:
        player.jump(phase)
        assert player.moment is not None
        assert player.moment.phase == phase
        assert player.time_s == timeline.phase_start(phase)


def test_a_jump_to_a_phase_that_the_pass_does_not_have_stays(qapp: object) -> None:
    experiment = Experiment(layered((1, 1)))
    state = LearnerState(Parameters.zeros(experiment.network))
    player = Player()
    player.set_trace(pass_over(experiment, state, [[1.0]]))  # no right answer, so no loss
    player.seek(0.25)
    player.jump("backward")
    assert player.time_s == 0.25


def test_the_clock_plays_to_the_end_once(player: Player, qtbot: QtBot) -> None:
    heard = Heard(player)
    player.set_speed(FASTEST)
    player.set_granularity("pass")
    with qtbot.waitSignal(player.ended, timeout=20_000):
        player.play()
    assert player.timeline is not None
    assert player.time_s == player.timeline.duration_s
    assert heard.playing == [True, False]
    assert heard.n_ended == 1
    times = [moment.time_s for moment in heard.moments if moment is not None]
    assert times == sorted(times)
    assert times[-1] == player.timeline.duration_s


def test_play_at_the_end_begins_anew(player: Player) -> None:
    player.to_end()
    player.play()
    assert player.time_s == 0.0
    player.pause()


def test_a_loop_goes_on_and_never_ends(player: Player, qtbot: QtBot) -> None:
    heard = Heard(player)
    player.loop = True
    player.set_speed(FASTEST)
    assert player.timeline is not None
    player.seek(player.timeline.duration_s - 0.01)
    player.play()

    def came_round() -> None:
        assert player.time_s is not None
        assert player.timeline is not None
        assert player.time_s < player.timeline.duration_s / 2

    qtbot.waitUntil(lambda: len(heard.moments) > 3, timeout=20_000)
    came_round()
    assert player.is_playing
    assert heard.n_ended == 0
    player.pause()


@pytest.mark.parametrize(("asked", "taken"), [(0.01, SLOWEST), (99.0, FASTEST), (2.0, 2.0)])
def test_the_speed_stays_within_its_range(player: Player, asked: float, taken: float) -> None:
    player.set_speed(asked)
    assert player.speed == taken


def test_rest_leaves_the_pass(player: Player) -> None:
    player.seek(0.3)
    heard = Heard(player)
    player.rest()
    player.rest()
    assert player.time_s is None
    assert heard.moments == [None]


def test_another_pass_keeps_the_place_as_a_share(player: Player) -> None:
    assert player.timeline is not None
    player.seek(player.timeline.duration_s / 4)
    other, _ = random_pass(random.Random(5))
    player.set_trace(other)
    assert player.timeline is not None
    assert player.time_s == pytest.approx(player.timeline.duration_s / 4)


def test_no_pass_any_more_stops_the_clock(player: Player) -> None:
    player.play()
    heard = Heard(player)
    player.set_trace(None)
    assert not player.is_playing
    assert player.moment is None
    assert heard.timelines == [None]
    assert heard.moments == [None]
    assert heard.playing == [False]


@pytest.mark.parametrize("n_rows", [1, 3])
def test_another_granularity_keeps_example_phase_and_share(qapp: object, n_rows: int) -> None:
    trace, _ = random_pass(random.Random(3), n_rows, "squared")
    player = Player()
    player.set_trace(trace)
    assert player.timeline is not None
    spans = player.timeline.phases
    checked = 0
    for span in spans:
        player.set_granularity("node")
        player.seek(span.start_s + 0.4 * (span.end_s - span.start_s))
        for granularity in ("edge", "layer", "pass"):
            player.set_granularity(granularity)
            assert player.timeline is not None
            assert player.time_s is not None
            same = next(s for s in player.timeline.phases if (s.phase, s.row) == (span.phase, span.row))
            share = (player.time_s - same.start_s) / (same.end_s - same.start_s)
            assert share == pytest.approx(0.4)
            checked += 1
    assert checked == 3 * len(spans)


def test_with_reduced_motion_each_step_is_shown_as_it_ends(player: Player) -> None:
    timeline = player.timeline
    assert timeline is not None
    player.reduced_motion = True
    player.seek(0.0)
    player.play()
    moment = player.moment
    assert moment is not None
    assert moment.step.index == 0
    assert moment.time_s == timeline.stop_s(0)
    player.pause()
    moment = player.moment
    assert moment is not None
    assert moment.time_s == player.time_s  # at a standstill every place can be shown


def test_a_pass_that_was_laid_out_beforehand_is_the_same(player: Player) -> None:
    other, _ = random_pass(random.Random(8))
    player.prepare(other)
    player.set_trace(other)
    prepared = player.timeline
    assert prepared is not None
    oracle = Timeline(other, "node")
    assert [(s.phase, s.start_s, s.end_s) for s in prepared.phases] == [
        (s.phase, s.start_s, s.end_s) for s in oracle.phases
    ]


def test_a_pass_that_was_laid_out_for_another_granularity_is_laid_out_anew(player: Player) -> None:
    other, _ = random_pass(random.Random(8))
    player.prepare(other)
    player.set_granularity("pass")
    player.set_trace(other)
    assert player.timeline is not None
    assert player.timeline.granularity == "pass"
    assert player.timeline.step_count == Timeline(other, "pass").step_count


def test_a_pass_that_was_laid_out_before_is_not_laid_out_again(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = Experiment(layered((3, 2, 1)))
    state = LearnerState(Parameters.zeros(experiment.network))
    other = pass_over(experiment, state, [[0.5, -0.25, 1.0]], [[1.0]])
    player.prepare(other)
    player.set_granularity("edge")
    made: list[Timeline] = []
    monkeypatch.setattr(module, "Timeline", noting(made))
    player.prepare(other)
    player.set_trace(other)
    first = player.timeline
    assert first is not None
    assert first.granularity == "edge"
    assert first.step_count == Timeline(other, "edge").step_count
    assert len(made) == 1
    player.set_granularity("node")
    assert player.timeline is not None
    assert player.timeline.step_count == Timeline(other, "node").step_count


def noting(made: list[Timeline]) -> Callable[[Trace, Granularity], Timeline]:
    """A maker of timelines that writes down each that it has made."""

    def make(trace: Trace, granularity: Granularity) -> Timeline:
        made.append(Timeline(trace, granularity))
        return made[-1]

    return make

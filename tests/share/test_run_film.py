"""A course of learning as a film: the run's own instants, the network above its curve."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor

from playground.engine.session import Session
from playground.model.errors import DataError
from playground.model.trace import LearnerState
from playground.share.film import save_film
from playground.share.run_film import (
    FIRST_STANDS_S,
    FRAME_S,
    LAST_STANDS_S,
    MOST_FRAMES,
    STAGE_SHARE,
    run_film,
    trained_run,
)
from resources.theme import DARK, LIGHT, Theme
from tests.share.staged_run import learned

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (480, 300)


def ink(picture: np.ndarray, colour: str) -> int:
    wanted = QColor(colour)
    away = np.abs(picture.astype(int) - (wanted.red(), wanted.green(), wanted.blue())).max(axis=2)
    return int((away < 12).sum())


def test_a_copy_learns_what_a_session_learns() -> None:
    scene, bound, run = learned()
    session = Session(scene.experiment, bound, LearnerState(scene.parameters))
    assert [instant.epoch for instant in run.instants] == list(range(7))
    for instant in run.instants[1:]:
        session.run_epoch()
        assert np.array_equal(instant.parameters.weights, session.state.parameters.weights)
        assert instant.train_loss == session.snapshot().train_loss
    assert np.array_equal(run.points[:, 0], np.arange(7))


def test_a_long_run_is_remembered_at_some_of_its_instants() -> None:
    scene, bound, _ = learned()
    run = trained_run(scene.experiment, bound, scene.parameters, 2 * MOST_FRAMES)
    assert len(run.instants) == MOST_FRAMES
    assert (run.start.epoch, run.end.epoch) == (0, 2 * MOST_FRAMES)


def test_what_runs_away_ends_the_run() -> None:
    scene, bound, _ = learned()
    wild = replace(scene.experiment, learning=replace(scene.experiment.learning, learning_rate=1e150))
    run = trained_run(wild, bound, scene.parameters, 50)
    assert len(run.instants) < 50
    assert all(np.isfinite(instant.parameters.weights).all() for instant in run.instants)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_curve_grows_below_the_network(theme: Theme) -> None:
    scene, _, run = learned()
    film = run_film(run, theme, SIZE, inputs=scene.trace.inputs[0])
    assert len(film.stands_s) == 7
    assert film.stands_s == pytest.approx((FIRST_STANDS_S, *[FRAME_S] * 5, LAST_STANDS_S))
    first, last = film.picture(0), film.picture(6)
    assert first.shape == (SIZE[1], SIZE[0], 3)
    edge = int(STAGE_SHARE * SIZE[1]) + 30
    assert ink(last[edge:], theme.ink) > 1.3 * ink(first[edge:], theme.ink)
    assert (first[:edge] != last[:edge]).any()
    ground = QColor(theme.stage)
    assert first[2, 2].tolist() == [ground.red(), ground.green(), ground.blue()]


def test_more_instants_than_pictures_are_thinned_with_both_ends() -> None:
    _, _, run = learned()
    long = replace(run, instants=run.instants[:1] * 400 + run.instants[-1:])
    film = run_film(long, LIGHT, SIZE)
    assert len(film.stands_s) == MOST_FRAMES
    assert (film.picture(MOST_FRAMES - 1) != film.picture(0)).any()


def test_it_is_read_back_with_its_length(tmp_path: Path) -> None:
    _, _, run = learned()
    assert save_film(lambda: run_film(run, LIGHT, SIZE), tmp_path / "run.gif")
    with Image.open(tmp_path / "run.gif") as image:
        plays_ms = 0
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            plays_ms += image.info["duration"]
        assert image.size == SIZE
    assert plays_ms == pytest.approx(1000 * (FIRST_STANDS_S + 5 * FRAME_S + LAST_STANDS_S), abs=30)


def test_a_run_of_one_instant_is_no_film() -> None:
    _, _, run = learned()
    with pytest.raises(DataError, match="Nothing"):
        run_film(replace(run, instants=run.instants[:1]), LIGHT, SIZE)


def test_an_example_of_another_width_is_left_out() -> None:
    _, _, run = learned()
    assert run_film(run, LIGHT, SIZE, inputs=np.zeros(9)).picture(0).shape == (300, 480, 3)

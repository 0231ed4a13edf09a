"""A pass as an animated GIF."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor

from playground.engine.timeline import Timeline
from playground.model.errors import PlaygroundError
from playground.model.keys import LEVELS, Level
from playground.model.trace import Trace
from playground.share.animation import FRAME_S, LAST_STANDS_S, MOST_FRAMES, frame_times, save_animation
from resources.theme import DARK, LIGHT, Theme
from tests.widgets.canvas.staged import avocado_trace

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (320, 200)


def saved(
    trace: Trace, place: Path, theme: Theme = LIGHT, speed: float = 8.0
) -> tuple[list[np.ndarray], float]:
    """The pictures of a saved animation, and how long it plays in seconds."""
    assert save_animation(trace, place, "layer", "words", theme, SIZE, 1.0, speed)
    with Image.open(place) as image:
        assert image.size == SIZE
        assert image.info["loop"] == 0
        pictures, plays_ms = [], 0
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            pictures.append(np.array(image.convert("RGB")))
            plays_ms += image.info["duration"]
    return pictures, plays_ms / 1000


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_plays_as_long_as_the_pass_at_its_speed(tmp_path: Path, theme: Theme) -> None:
    trace = avocado_trace()
    duration_s = Timeline(trace, "layer").duration_s
    pictures, plays_s = saved(trace, tmp_path / "pass.gif", theme)
    times, stands_s = frame_times(duration_s, 8.0)
    assert plays_s == pytest.approx((len(times) - 1) * stands_s + LAST_STANDS_S, abs=0.05)
    assert 10 < len(pictures) <= len(times)
    ground = QColor(theme.stage)
    assert all((picture[1, 1] == (ground.red(), ground.green(), ground.blue())).all() for picture in pictures)
    assert (pictures[0] != pictures[-1]).any()


def test_the_phases_fill_up_from_left_to_right(tmp_path: Path) -> None:
    pictures, _ = saved(avocado_trace(), tmp_path / "pass.gif")
    forward, update = QColor(LIGHT.positive), QColor(LIGHT.accent)

    def bar(picture: np.ndarray, colour: QColor) -> int:
        rows = picture[170:195].astype(int)
        away = np.abs(rows - (colour.red(), colour.green(), colour.blue())).max(axis=2)
        return int((away < 12).sum())

    blues = [bar(picture, forward) for picture in pictures[: len(pictures) // 3]]
    assert blues[-1] > 2 * blues[0]
    assert bar(pictures[-1], update) > bar(pictures[0], update)


def test_long_passes_have_a_bounded_number_of_pictures() -> None:
    for duration_s, speed in ((0.01, 1.0), (20.0, 1.0), (20.0, 0.25), (5_000.0, 1.0)):
        times, stands_s = frame_times(duration_s, speed)
        assert 2 <= len(times) <= MOST_FRAMES
        assert (times[0], times[-1]) == (0.0, duration_s)
        assert stands_s * (len(times) - 1) == pytest.approx(duration_s / speed)
        assert stands_s >= min(FRAME_S, duration_s / speed) * 0.9


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_can_be_written(tmp_path: Path, level: Level) -> None:
    place = tmp_path / "a.gif"
    assert save_animation(avocado_trace(rows=2), place, "pass", level, DARK, (160, 100), speed=40.0)
    assert place.stat().st_size > 500


def test_progress_is_told_and_a_cancelled_one_leaves_nothing(tmp_path: Path) -> None:
    told: list[float] = []
    place = tmp_path / "pass.gif"
    done = save_animation(
        avocado_trace(), place, "pass", "words", LIGHT, (160, 100), speed=20.0,
        progress=told.append, cancelled=lambda: len(told) >= 3,
    )  # fmt: skip
    assert done is False
    assert len(told) == 3
    assert list(tmp_path.iterdir()) == []
    told.clear()
    assert save_animation(
        avocado_trace(), place, "pass", "words", LIGHT, (160, 100), speed=20.0, progress=told.append
    )
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    def fail(share: float) -> None:
        raise ZeroDivisionError(share)

    with pytest.raises(ZeroDivisionError):
        save_animation(avocado_trace(), tmp_path / "a.gif", "pass", "words", LIGHT, (160, 100), progress=fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("size", "scale", "speed"), [((10, 10), 1, 1), ((200, 200), 0, 1), ((200, 200), 1, 0)]
)
def test_impossible_wishes_are_refused_with_a_sentence(
    tmp_path: Path, size: tuple[int, int], scale: float, speed: float
) -> None:
    with pytest.raises(PlaygroundError, match=r"\.$"):
        save_animation(avocado_trace(), tmp_path / "a.gif", "pass", "words", LIGHT, size, scale, speed)

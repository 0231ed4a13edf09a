"""A pass as a film: the same trace, timeline and painting as in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QPainter

from playground.engine.narration import narrate
from playground.engine.timeline import Timeline
from playground.model.errors import PlaygroundError
from playground.model.keys import Granularity, Level
from playground.model.message import message
from playground.model.stage import Stage
from playground.model.trace import Trace
from playground.share.film import Film, Pixels, check_size, pixels, save_film
from playground.share.picture import fitted_camera
from playground.share.slide import STAGE_SHARE, Slide
from resources.theme import Theme
from widgets.canvas.cache import PaintCache
from widgets.text import say

FRAME_S = 0.08
MOST_FRAMES = 400
LAST_STANDS_S = 2.0
"""How long the last picture stands before the animation begins anew."""


def save_animation(
    trace: Trace,
    path: Path,
    granularity: Granularity,
    level: Level,
    theme: Theme,
    size: tuple[int, int],
    scale: float = 1.0,
    speed: float = 1.0,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Save a pass as an animation of `size` pixels, GIF or MP4; False when it was cancelled.

    The file appears whole or not at all. A long pass has no more than MOST_FRAMES pictures, farther apart.

    level : of the sentence below the stage
    scale : enlarges nodes and texts; speed : as on the transport, 1 is normal
    progress : told the share that is done, in [0, 1]; cancelled : asked before each picture

    Raises PlaygroundError with a sentence when size or speed are impossible or the file cannot be written.
    """
    _check(size, scale, speed)
    return save_film(
        lambda: pass_film(trace, granularity, level, theme, size, scale, speed), path, progress, cancelled
    )


def frame_times(duration_s: float, speed: float) -> tuple[np.ndarray, float]:
    """The times of a pass that are pictured, the last at its end, and how long each picture stands."""
    plays_s = duration_s / speed
    count = min(max(round(plays_s / FRAME_S), 1), MOST_FRAMES - 1) + 1
    return np.linspace(0.0, duration_s, count), plays_s / (count - 1)


def pass_film(
    trace: Trace,
    granularity: Granularity,
    level: Level,
    theme: Theme,
    size: tuple[int, int],
    scale: float = 1.0,
    speed: float = 1.0,
) -> Film:
    """Return a pass as a film; where pictures can be painted."""
    timeline = Timeline(trace, granularity)
    stage = Stage(trace.experiment, trace.old, trace, level=level)
    camera = fitted_camera(stage, (size[0], size[1] * STAGE_SHARE), scale)
    slide = Slide(size, camera, theme, scale, timeline.phases, timeline.duration_s)
    cache = PaintCache()
    times, stands_s = frame_times(timeline.duration_s, speed)

    def picture(index: int) -> Pixels:
        moment = timeline.moment(float(times[index]))
        sentence = " ".join(say(part) for part in narrate(trace, moment, level).sentences)
        image = QImage(*size, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            slide.paint(painter, replace(stage, moment=moment), sentence, cache)
        return pixels(image)

    return Film(size, (*[stands_s] * (len(times) - 1), LAST_STANDS_S), picture)


def _check(size: tuple[int, int], scale: float, speed: float) -> None:
    check_size(size)
    if not 0.1 <= scale <= 10.0:
        raise PlaygroundError(message("The scale must be between 0.1 and 10, not {scale}.", scale=scale))
    if not 0.05 <= speed <= 50.0:
        raise PlaygroundError(message("The speed must be between 0.05 and 50, not {speed}.", speed=speed))

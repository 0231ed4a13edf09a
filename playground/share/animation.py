"""Saves a pass as an animated GIF: the same trace, timeline and painting as in the window."""

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
from playground.share.application import painting
from playground.share.gif import GifWriter, Palette, Pixels
from playground.share.picture import fitted_camera
from playground.share.slide import STAGE_SHARE, Slide
from playground.share.whole_file import whole_file
from resources.theme import Theme
from widgets.canvas.cache import PaintCache
from widgets.text import say

FRAME_S = 0.08
MOST_FRAMES = 400
LAST_STANDS_S = 2.0
"""How long the last picture stands before the animation begins anew."""

SAMPLES = 9
SMALLEST_PX, LARGEST_PX = 64, 4_096


def save_gif(
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
    """Save a pass as an animation of `size` pixels that loops; False when it was cancelled.

    The file appears whole or not at all. A long pass has no more than MOST_FRAMES pictures, farther apart.

    level : of the sentence below the stage
    scale : enlarges nodes and texts; speed : as on the transport, 1 is normal
    progress : told the share that is done, in [0, 1]; cancelled : asked before each picture

    Raises PlaygroundError with a sentence when size or speed are impossible or the file cannot be written.
    """
    _check(size, scale, speed)
    with painting():
        try:
            _save(trace, path, granularity, level, theme, size, scale, speed, progress, cancelled)
        except _CancelledError:
            return False
    return True


def frame_times(duration_s: float, speed: float) -> tuple[np.ndarray, float]:
    """The times of a pass that are pictured, the last at its end, and how long each picture stands."""
    plays_s = duration_s / speed
    count = min(max(round(plays_s / FRAME_S), 1), MOST_FRAMES - 1) + 1
    return np.linspace(0.0, duration_s, count), plays_s / (count - 1)


def _save(
    trace: Trace,
    path: Path,
    granularity: Granularity,
    level: Level,
    theme: Theme,
    size: tuple[int, int],
    scale: float,
    speed: float,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> None:
    timeline = Timeline(trace, granularity)
    stage = Stage(trace.experiment, trace.old, trace, level=level)
    camera = fitted_camera(stage, (size[0], size[1] * STAGE_SHARE), scale)
    slide = Slide(size, camera, theme, scale, timeline.phases, timeline.duration_s)
    cache = PaintCache()

    def picture(time_s: float) -> Pixels:
        moment = timeline.moment(time_s)
        sentence = " ".join(say(part) for part in narrate(trace, moment, level).sentences)
        return _pixels(slide, replace(stage, moment=moment), sentence, cache)

    times, stands_s = frame_times(timeline.duration_s, speed)
    samples = np.linspace(0, len(times) - 1, min(SAMPLES, len(times))).astype(int)
    palette = Palette([picture(float(times[index])) for index in samples])
    with whole_file(path) as file:
        writer = GifWriter(file, size, palette)
        for index, time_s in enumerate(times):
            if cancelled():
                raise _CancelledError
            writer.add(picture(float(time_s)), LAST_STANDS_S if index == len(times) - 1 else stands_s)
            progress((index + 1) / len(times))
        writer.finish()


def _pixels(slide: Slide, stage: Stage, sentence: str, cache: PaintCache) -> Pixels:
    image = QImage(*slide.size, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        slide.paint(painter, stage, sentence, cache)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    # Qt keeps blue, green, red and an unused byte; the copy outlives the image.
    return np.array(rows[:, : image.width(), 2::-1])


class _CancelledError(Exception):
    """Ends the writing, so that no file is left."""


def _check(size: tuple[int, int], scale: float, speed: float) -> None:
    if not all(SMALLEST_PX <= side <= LARGEST_PX for side in size):
        raise PlaygroundError(
            message(
                "An animation's sides must be between {least} and {most} pixels.",
                least=SMALLEST_PX,
                most=LARGEST_PX,
            )
        )
    if not 0.1 <= scale <= 10.0:
        raise PlaygroundError(message("The scale must be between 0.1 and 10, not {scale}.", scale=scale))
    if not 0.05 <= speed <= 50.0:
        raise PlaygroundError(message("The speed must be between 0.05 and 50, not {speed}.", speed=speed))

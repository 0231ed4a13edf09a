"""`playground render`: a picture of the network, or one pass as an animation, without a display."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping

from playground.app.cli.inputs import load, pass_over
from playground.app.cli.refusals import JobError, UsageError
from playground.model.errors import PlaygroundError
from playground.model.message import message
from playground.model.stage import Stage
from playground.model.trace import Trace
from resources.theme import THEMES


def run(arguments: argparse.Namespace) -> None:
    """Draw what was asked for into a file that appears whole or not at all."""
    draw = DRAWN.get(arguments.output.suffix.lower())
    if draw is None:
        raise UsageError(message("OUT must end in one of {known}.", known=", ".join(DRAWN)))
    experiment, parameters = load(arguments.file)
    done = pass_over(experiment, parameters, arguments.example)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        draw(arguments, done)
    except PlaygroundError as error:
        raise JobError(error.message) from error


def _png(arguments: argparse.Namespace, done: Trace) -> None:
    from playground.share.picture import save_png

    theme = THEMES[arguments.theme]
    save_png(_stage(arguments, done), arguments.output, theme, arguments.size, arguments.scale)


def _svg(arguments: argparse.Namespace, done: Trace) -> None:
    from playground.share.picture import save_svg

    theme = THEMES[arguments.theme]
    save_svg(_stage(arguments, done), arguments.output, theme, arguments.size, arguments.scale)


def _gif(arguments: argparse.Namespace, done: Trace) -> None:
    from playground.share.animation import save_animation

    save_animation(
        done,
        arguments.output,
        granularity=arguments.granularity,
        level=arguments.level,
        theme=THEMES[arguments.theme],
        size=arguments.size,
        scale=arguments.scale,
        speed=arguments.speed,
    )


def _stage(arguments: argparse.Namespace, done: Trace) -> Stage:
    return Stage(done.experiment, done.old, done, level=arguments.level)


DRAWN: Mapping[str, Callable[[argparse.Namespace, Trace], None]] = {".png": _png, ".svg": _svg, ".gif": _gif}
"""What draws a file, by its suffix."""

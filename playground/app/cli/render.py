"""`playground render`: a picture of the network, one pass or its learning as a film, without a display."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping

from playground.app.cli.inputs import load, pass_over, trainable_rows
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
    if arguments.epochs is not None and arguments.output.suffix.lower() not in FILMS:
        raise UsageError(
            message("--epochs makes a film: OUT must end in one of {known}.", known=", ".join(FILMS))
        )
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


def _film(arguments: argparse.Namespace, done: Trace) -> None:
    if arguments.epochs is not None:
        _learning(arguments, done)
        return
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


def _learning(arguments: argparse.Namespace, done: Trace) -> None:
    from playground.share.film import save_film
    from playground.share.run_film import run_film, trained_run

    run = trained_run(done.experiment, trainable_rows(done.experiment), done.old, arguments.epochs)
    theme, size, inputs = THEMES[arguments.theme], arguments.size, done.inputs[0]
    save_film(lambda: run_film(run, theme, size, arguments.scale, inputs=inputs), arguments.output)


def _stage(arguments: argparse.Namespace, done: Trace) -> Stage:
    return Stage(done.experiment, done.old, done, level=arguments.level)


DRAWN: Mapping[str, Callable[[argparse.Namespace, Trace], None]] = {
    ".png": _png,
    ".svg": _svg,
    ".gif": _film,
    ".mp4": _film,
}
"""What draws a file, by its suffix."""

FILMS = (".gif", ".mp4")
"""The suffixes of films."""

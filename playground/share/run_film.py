"""A course of learning as a film: the network at one instant after the other, with the curve below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from playground.engine.session import Session
from playground.engine.trace import trace_values
from playground.model.dataset import BoundData
from playground.model.errors import DataError
from playground.model.experiment import Experiment
from playground.model.message import message
from playground.model.parameters import Floats, Parameters
from playground.model.run import Instant, Run
from playground.model.stage import Stage
from playground.model.trace import LearnerState
from playground.share.film import Film, Pixels, check_size, pixels
from playground.share.loss_picture import PLAIN, LossPicture, Names
from playground.share.map_picture import MapSource, can_be_painted, paint_map
from playground.share.picture import fitted_camera
from resources.theme import Theme
from widgets.canvas.cache import PaintCache
from widgets.canvas.fonts import STRONG
from widgets.canvas.paint import paint
from widgets.text import say

FRAME_S = 0.08
MOST_FRAMES = 240
FIRST_STANDS_S, LAST_STANDS_S = 0.8, 2.0

STAGE_SHARE, TITLE_SHARE = 0.62, 0.06
"""The parts of the height that the stage and the epoch below it take; the rest is for the curve."""


def run_film(
    run: Run,
    theme: Theme,
    size: tuple[int, int],
    scale: float = 1.0,
    names: Names = PLAIN,
    is_log: bool = False,
    inputs: Floats | None = None,
    maps: MapSource | None = None,
) -> Film:
    """Return a run as a film; where pictures can be painted.

    A run of more than MOST_FRAMES instants is shown at so many of them, the first and the last among them.

    inputs : (n_inputs,), the example whose values the nodes show, where the network still has so many
    maps : makes what the network believes, which then stands beside the curve and in the nodes
    Raises DataError where nothing was learned yet.
    """
    check_size(size)
    if len(run.instants) < 2:
        raise DataError(message("Nothing has been learned yet, so there is nothing to film."))
    chosen = np.linspace(0, len(run.instants) - 1, min(len(run.instants), MOST_FRAMES)).round().astype(int)
    instants = [run.instants[place] for place in chosen]
    curve = LossPicture(run.points, theme, names, is_log)
    cache = PaintCache()
    width, height = size
    unit = height / 750
    stage_px, title_px = STAGE_SHARE * height, TITLE_SHARE * height

    def picture(index: int) -> Pixels:
        instant = instants[index]
        decision, nodes = (None, ()) if maps is None else maps.maps(instant.experiment, instant.parameters)
        stage = replace(_stage(instant, inputs), maps=nodes)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            painter.fillRect(image.rect(), QColor(theme.stage))
            paint(painter, stage, fitted_camera(stage, (width, stage_px), scale), theme, scale, cache)
            painter.fillRect(QRectF(0, stage_px, width, height - stage_px), QColor(theme.surface))
            painter.setFont(cache.fonts.font(24 * unit, STRONG))
            painter.setPen(QColor(theme.ink))
            title = QRectF(0, stage_px, width, title_px)
            painter.drawText(title, int(Qt.AlignmentFlag.AlignCenter), _said(instant, names))
            below = QRectF(0, stage_px + title_px, width, height - stage_px - title_px)
            inside = below.adjusted(0.06 * width, 4 * unit, -0.06 * width, -6 * unit)
            if maps is not None and decision is not None and can_be_painted(decision):
                inside.setRight(inside.right() - below.height() - 8 * unit)
                side = below.height() - 12 * unit
                area = QRectF(inside.right() + 20 * unit, below.top(), side, side)
                paint_map(painter, decision, maps.dataset, theme, area, 0.8 * unit)
            curve.paint(painter, inside, 1.35 * unit, cache.fonts, instant.epoch)
        return pixels(image)

    between = [FRAME_S] * (len(instants) - 2)
    return Film(size, (FIRST_STANDS_S, *between, LAST_STANDS_S), picture)


def trained_run(experiment: Experiment, bound: BoundData, parameters: Parameters, epochs: int) -> Run:
    """Return the run of a copy that learns for so many epochs, whatever the rules for stopping say.

    It is remembered at no more than MOST_FRAMES instants. Raises TrainingError as `Session` does.
    """
    session = Session(experiment, bound, LearnerState(parameters), kernel="numpy")
    wanted = set(np.linspace(0, epochs, min(epochs + 1, MOST_FRAMES)).round().astype(int).tolist())
    snapshot = session.snapshot()
    instants = [Instant.of(snapshot, experiment)]
    for epoch in range(1, epochs + 1):
        session.run_epoch()
        if epoch in wanted or session.stopped == "diverged":
            snapshot = session.snapshot()
            instants.append(Instant.of(snapshot, experiment))
        if session.stopped == "diverged":
            break
    return Run(1, "", 0, True, snapshot.history, tuple(instants))


def _stage(instant: Instant, inputs: Floats | None) -> Stage:
    experiment, network = instant.experiment, instant.experiment.network
    shown = None
    if inputs is not None and network.outputs and len(inputs) == len(network.inputs):
        shown = trace_values(experiment, LearnerState(instant.parameters), inputs)
    return Stage(experiment, instant.parameters, shown)


def _said(instant: Instant, names: Names) -> str:
    epoch = round(instant.epoch) if instant.epoch >= 10 or instant.epoch.is_integer() else instant.epoch
    return say(message("{unit} {count}", unit=names.unit, count=epoch))

"""What can be taken out of the window now: every thing with its forms, in the order of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec

from PySide6.QtGui import QImage

from playground.model.experiment import TableData
from playground.model.maps import DecisionMap
from playground.model.message import message, sentence
from playground.share import mp4
from playground.share.animation import pass_film
from playground.share.code.languages import LANGUAGES, as_code
from playground.share.film import Film
from playground.share.html import explain_html
from playground.share.loss_picture import LossPicture
from playground.share.map_picture import map_image, map_rows
from playground.share.markdown import explain
from playground.share.material import Material, Plotted
from playground.share.onnx_files.library import MISSING as ONNX_MISSING
from playground.share.onnx_files.writing import as_onnx
from playground.share.picture import painted, svg
from playground.share.run_film import run_film
from playground.share.table import Cell, as_csv, table_as_csv
from playground.share.thing import Form, Thing
from widgets.text import translate

PICTURE_PX = (1920, 1200)
FILM_PX = (1200, 750)
CURVE_PX = (1600, 900)
MAP_PX = 1200


def things(material: Material) -> tuple[Thing, ...]:
    """Return all that can be taken out, in the order in which it is offered."""
    return (
        _canvas(material),
        _curve(material),
        _map(material),
        *(_plot(plotted) for plotted in material.plots),
        _pass(material),
        _run(material),
        _code(material),
        _onnx(material),
        _hand(material),
        _data(material),
    )


def _canvas(material: Material) -> Thing:
    # What the pointer happens to be on is no part of the picture.
    stage = replace(material.stage, hovered_node=None, hovered_edge=None)
    is_empty = not stage.network.nodes
    return Thing(
        "canvas",
        message("Picture of the network"),
        message("The network as it stands on the stage now, with everything in sight."),
        "network",
        (
            Form("png", message("PNG"), ".png", image=lambda: painted(stage, material.theme, PICTURE_PX)),
            Form(
                "svg",
                message("SVG"),
                ".svg",
                image=lambda: painted(stage, material.theme, PICTURE_PX),
                data=lambda: svg(stage, material.theme, PICTURE_PX),
            ),
        ),
        message("The stage is empty. Draw a network first.") if is_empty else None,
    )


def _curve(material: Material) -> Thing:
    points = material.history
    has = points is not None and len(points) > 1
    forms: tuple[Form, ...] = ()
    if points is not None and has:
        curve = LossPicture(points, material.theme, material.names, material.is_log)
        forms = _plot_forms(
            lambda: curve.image(CURVE_PX), lambda: (COLUMN_NAMES, *map(tuple, points.tolist()))
        )
    return Thing(
        "curve",
        message("Curve of learning"),
        message("The loss over the epochs, in training and in test; as a table with the accuracies too."),
        "learning",
        forms,
        None if has else message("Nothing has been learned yet. Press Train, and there is a curve."),
    )


COLUMN_NAMES: tuple[Cell, ...] = (
    "epoch",
    "training loss",
    "test loss",
    "training accuracy",
    "test accuracy",
)
"""Above the columns of a history; programs read them, so they are never translated."""


def _map(material: Material) -> Thing:
    source, stage, dataset = material.maps(), material.stage, material.dataset
    forms: tuple[Form, ...] = ()
    if source is not None and dataset is not None and stage.network.outputs:
        outputs = [sentence(stage.network.names[node]) for node in stage.network.outputs]

        def decided() -> DecisionMap:
            return source.decision(stage.experiment, stage.parameters)

        forms = _plot_forms(
            lambda: map_image(decided(), dataset, material.theme, MAP_PX),
            lambda: map_rows(decided(), dataset, outputs),
        )
    return Thing(
        "map",
        message("What the network believes"),
        message(
            "Its answers all over the data, with the rows that it has learned from; a table of them too."
        ),
        "map",
        forms,
        None if forms else message("A map needs data and an output. Choose data at the left first."),
    )


def _plot(plotted: Plotted) -> Thing:
    return Thing(
        f"plot {plotted.key}",
        plotted.title,
        message("The plot as it is shown now, or its figures as a table."),
        plotted.key,
        _plot_forms(lambda: plotted.image, lambda: plotted.rows),
    )


def _plot_forms(
    image: Callable[[], QImage], rows: Callable[[], Sequence[tuple[Cell, ...]]]
) -> tuple[Form, ...]:
    return (
        Form("png", message("PNG"), ".png", image=image),
        Form("csv", message("CSV"), ".csv", text=lambda: as_csv(rows())),
    )


def _pass(material: Material) -> Thing:
    trace, theme = material.stage.trace, material.theme
    forms: tuple[Form, ...] = ()
    if trace is not None:
        forms = _film_forms(lambda: pass_film(trace, material.granularity, material.level, theme, FILM_PX))
    return Thing(
        "pass",
        message("Film of the pass"),
        message("One example goes forward and blame flows back, with the sentence for every step."),
        "pass",
        forms,
        None if trace is not None else NO_PASS,
    )


NO_PASS = message("There is no pass to save yet. Draw a network with an output first.")


def _run(material: Material) -> Thing:
    run, trace = material.run, material.stage.trace
    has = run is not None and len(run.instants) > 1
    inputs = None if trace is None else trace.inputs[0]
    forms: tuple[Form, ...] = ()
    if run is not None and has:
        forms = _film_forms(
            lambda: run_film(
                run,
                material.theme,
                FILM_PX,
                1.0,
                material.names,
                material.is_log,
                inputs,
                None if material.stage.map_mode == "off" else material.maps(),
            )
        )
    return Thing(
        "run",
        message("Film of the learning"),
        message("The network from its first weights to those of now, with the curve growing below it."),
        "learning",
        forms,
        None
        if has
        else message("Nothing has been learned yet. Press Train, and there is something to film."),
    )


def _film_forms(film: Callable[[], Film]) -> tuple[Form, ...]:
    missing = None if find_spec("av") is not None else mp4.MISSING
    return (
        Form("gif", message("GIF"), ".gif", film=film),
        Form("mp4", message("MP4"), ".mp4", film=film, why_not=missing),
    )


def _code(material: Material) -> Thing:
    experiment, parameters = material.stage.experiment, material.stage.parameters

    def written(language: str) -> Callable[[], str]:
        return lambda: as_code(language, experiment, parameters, material.dataset)

    return Thing(
        "code",
        message("The network as code"),
        message(
            "A program with the weights in it. When it runs, it checks itself against the answers shown here."
        ),
        "network",
        tuple(
            Form(key, language.title, language.suffix, text=written(key))
            for key, language in LANGUAGES.items()
        ),
    )


def _onnx(material: Material) -> Thing:
    experiment, parameters = material.stage.experiment, material.stage.parameters
    return Thing(
        "onnx",
        message("The network for other programs"),
        message("An ONNX model: most programs for neural networks can open it, and so can this one."),
        "network",
        (
            Form(
                "onnx",
                message("ONNX"),
                ".onnx",
                data=lambda: as_onnx(experiment, parameters, material.dataset),
                why_not=None if find_spec("onnx") is not None else ONNX_MISSING,
            ),
        ),
    )


def _hand(material: Material) -> Thing:
    trace, level, state = material.stage.trace, material.level, material.state
    forms: tuple[Form, ...] = ()
    if trace is not None:
        forms = (
            Form(
                "html",
                message("HTML"),
                ".html",
                text=lambda: explain_html(trace, level, state, "node", translate),
                is_page=True,
            ),
            Form(
                "md", message("Markdown"), ".md", text=lambda: explain(trace, level, state, "node", translate)
            ),
        )
    return Thing(
        "hand",
        message("The calculation by hand"),
        message("Every step of the pass with its numbers, told at the level that is chosen now."),
        "calculation",
        forms,
        None if trace is not None else NO_PASS,
    )


def _data(material: Material) -> Thing:
    spec, dataset = material.stage.experiment.data, material.dataset
    # A table of one's own is given back whole: with the rows, too, that have gaps and are left out.
    table = spec.table if isinstance(spec, TableData) else None if dataset is None else dataset.table
    forms: tuple[Form, ...] = ()
    if table is not None:
        forms = (Form("csv", message("CSV"), ".csv", text=lambda: table_as_csv(table)),)
    return Thing(
        "data",
        message("The data"),
        message("All rows that the network learns from and is tested on, as a table."),
        "data",
        forms,
        None if table is not None else message("There are no data. Choose some at the left first."),
    )

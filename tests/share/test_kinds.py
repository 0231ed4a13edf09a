"""Everything in the list can be made, or says why not; what is made is what the window shows."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from importlib import util

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from playground.engine.datasets import make_dataset
from playground.model.experiment import Column, Experiment, Table, TableData
from playground.model.message import message, sentence
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from playground.share.code.languages import LANGUAGES, as_code
from playground.share.film import Film
from playground.share.html import explain_html
from playground.share.kinds import FILM_PX, PICTURE_PX, things
from playground.share.markdown import explain
from playground.share.material import Material, Plotted
from playground.share.picture import painted
from playground.share.thing import Form, Thing
from resources.theme import LIGHT
from tests.share.staged_run import material

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def offered() -> dict[str, Thing]:
    return {thing.key: thing for thing in things(material())}


def form(thing: Thing, key: str) -> Form:
    return next(form for form in thing.forms if form.key == key)


def same(image: QImage, other: QImage) -> bool:
    return image.convertToFormat(QImage.Format.Format_RGB32) == other.convertToFormat(
        QImage.Format.Format_RGB32
    )


def test_everything_is_offered_with_words_and_keys_of_its_own(offered: dict[str, Thing]) -> None:
    assert list(offered) == ["canvas", "curve", "map", "pass", "run", "code", "onnx", "hand", "data"]
    for thing in offered.values():
        assert thing.why_not is None
        assert sentence(thing.sentence).endswith(".")
        assert len({form.key for form in thing.forms}) == len(thing.forms) > 0
        for each in thing.forms:
            assert each.suffix.startswith(".")
            made = [part for part in (each.text, each.image, each.data, each.film) if part is not None]
            assert made


def test_everything_can_be_made(offered: dict[str, Thing]) -> None:
    made = 0
    for thing in offered.values():
        for each in thing.forms:
            seen = each.preview()
            assert (seen is None) == (each.key == "onnx")
            if isinstance(seen, QImage):
                assert not seen.isNull()
            if each.film is None:
                assert len(each.file(seen)) > 100
                assert each.file() == each.file(seen)
            made += 1
    assert made == 19


def test_the_picture_is_the_painted_stage_without_the_pointer() -> None:
    here = material()
    node = here.stage.network.node_ids[0]
    pointed = replace(here, stage=replace(here.stage, hovered_node=node))
    seen = form(things(pointed)[0], "png").preview()
    assert isinstance(seen, QImage)
    assert same(seen, painted(here.stage, LIGHT, PICTURE_PX))
    with Image.open(io.BytesIO(form(things(pointed)[0], "png").file(seen))) as picture:
        assert picture.size == PICTURE_PX


def test_code_and_calculation_are_those_of_the_pass(offered: dict[str, Thing]) -> None:
    here = material()
    experiment, parameters, trace = here.stage.experiment, here.stage.parameters, here.stage.trace
    assert trace is not None
    for key in LANGUAGES:
        wanted = as_code(key, experiment, parameters, here.dataset)
        assert form(offered["code"], key).preview() == wanted
        assert form(offered["code"], key).file() == wanted.encode()
    assert form(offered["hand"], "md").preview() == explain(trace, "numbers")
    assert form(offered["hand"], "html").preview() == explain_html(trace, "numbers")


def test_the_curve_is_a_table_too(offered: dict[str, Thing]) -> None:
    history = material().history
    assert history is not None
    names, *rows = csv.reader(io.StringIO(form(offered["curve"], "csv").file().decode(), newline=""))
    assert names[:3] == ["epoch", "training loss", "test loss"]
    assert np.array_equal(np.array(rows, np.float64), history, equal_nan=True)


def test_the_data_are_the_rows_of_the_data_set(offered: dict[str, Thing]) -> None:
    dataset = material().dataset
    assert dataset is not None
    names, *rows = csv.reader(io.StringIO(form(offered["data"], "csv").file().decode(), newline=""))
    assert names == [column.name for column in dataset.table.columns]
    assert len(rows) == len(dataset.table.cells)


def test_a_table_of_ones_own_comes_back_with_its_gaps() -> None:
    table = Table((Column("a"), Column("b")), np.array([[1.0, 2.0], [np.nan, 4.0], [5.0, 6.0], [7.0, 8.0]]))
    spec = TableData(table, ("b",))
    stage = Stage(Experiment(data=spec), Parameters.zeros(Network.build()))
    here = Material(stage, LIGHT, "words", "layer", make_dataset(spec))
    data = next(thing for thing in things(here) if thing.key == "data")
    assert data.forms[0].file().decode().splitlines() == ["a,b", "1,2", ",4", "5,6", "7,8"]


def test_an_empty_window_says_why_there_is_nothing() -> None:
    stage = Stage(Experiment(), Parameters.zeros(Network.build()))
    said = {thing.key: thing.why_not for thing in things(Material(stage, LIGHT, "words", "layer"))}
    for key in ("canvas", "curve", "map", "pass", "run", "hand", "data"):
        why_not = said[key]
        assert why_not is not None
        assert sentence(why_not).endswith(".")


def test_plots_of_the_room_stand_in_the_list() -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0x123456)
    plot = Plotted("plot-1", message("Sizes"), image, (("n", "GFLOP/s"), (64, 1.5)))
    thing = next(t for t in things(replace(material(), plots=(plot,))) if t.key == "plot plot-1")
    assert form(thing, "csv").file() == b"n,GFLOP/s\r\n64,1.5\r\n"
    assert form(thing, "png").preview() is image


@pytest.mark.parametrize(
    ("library", "extra", "keys"),
    [("av", "video", {("pass", "mp4"), ("run", "mp4")}), ("onnx", "onnx", {("onnx", "onnx")})],
)
def test_without_a_library_its_forms_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str, extra: str, keys: set[tuple[str, str]]
) -> None:
    found = util.find_spec
    monkeypatch.setattr(
        sys.modules["playground.share.kinds"],
        "find_spec",
        lambda name: None if name == library else found(name),
    )
    refused = {
        (thing.key, each.key): sentence(each.why_not)
        for thing in things(material())
        for each in thing.forms
        if each.why_not is not None
    }
    assert set(refused) == keys
    assert all(f"“{extra}”" in said for said in refused.values())


def test_a_film_is_seen_by_its_middle() -> None:
    pictures = [np.full((64, 96, 3), grey, np.uint8) for grey in (10, 20, 30, 40)]
    film = Film((96, 64), (0.1,) * 4, lambda index: pictures[index])
    seen = Form("gif", message("GIF"), ".gif", film=lambda: film).preview()
    assert isinstance(seen, QImage)
    assert (seen.width(), seen.height(), seen.pixelColor(5, 5).red()) == (96, 64, 30)
    assert FILM_PX[0] % 2 == FILM_PX[1] % 2 == 0

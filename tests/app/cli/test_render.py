"""`playground render`: pictures and animations without a display, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from PIL import Image

from resources import example_path
from tests.app.cli.runs import here, in_process, is_one_sentence

AVOCADO = example_path("avocado")


def test_each_suffix_gives_its_kind_of_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = ("--size", "320x200", "--granularity", "pass", "--speed", "8")
    for suffix, start in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".gif", b"GIF89a")):
        path = tmp_path / f"picture{suffix}"
        outcome = here(capsys, "render", AVOCADO, "-o", path, *small)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
        assert path.read_bytes().startswith(start)
    with Image.open(tmp_path / "picture.png") as picture:
        assert picture.size == (320, 200)
    with Image.open(tmp_path / "picture.gif") as animation:
        assert animation.size == (320, 200)
        assert getattr(animation, "n_frames", 1) > 1


def test_theme_and_example_change_the_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pictures = set()
    for number, options in enumerate(((), ("--theme", "dark"), ("--example", "2"), ("--scale", "2"))):
        path = tmp_path / f"{number}.png"
        assert here(capsys, "render", AVOCADO, "-o", path, "--size", "640x400", *options).code == 0
        pictures.add(path.read_bytes())
    assert len(pictures) == 4


def test_a_process_needs_no_display(tmp_path: Path) -> None:
    outcome = in_process("render", AVOCADO, "-o", "a.png", "--size", "320x200", folder=tmp_path)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_no_display_draws_the_avocado_instead_of_the_window(tmp_path: Path) -> None:
    outcome = in_process(folder=tmp_path)
    assert outcome.code == 0, outcome.err
    assert outcome.out.count("\n") == 1
    assert "avocado.gif" in outcome.out
    assert (tmp_path / "avocado.gif").read_bytes().startswith(b"GIF89a")
    assert [path.name for path in tmp_path.iterdir()] == ["avocado.gif"]


def test_what_cannot_be_written_is_a_job_that_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = here(capsys, "render", AVOCADO, "-o", tmp_path / "no" / "a.png", "--size", "320x200")
    assert outcome.code == 1
    assert is_one_sentence(outcome.err), outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_film_of_the_pass_can_be_mp4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pass.mp4"
    small = ("--size", "320x200", "--granularity", "pass", "--speed", "8")
    assert here(capsys, "render", AVOCADO, "-o", path, *small).code == 0
    with av.open(path) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == (320, 200)
        assert sum(1 for _ in film.decode(stream)) > 50


def test_learning_is_filmed_without_changing_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = AVOCADO.read_bytes()
    path = tmp_path / "run.gif"
    assert here(capsys, "render", AVOCADO, "-o", path, "--size", "320x200", "--epochs", "5").code == 0
    with Image.open(path) as film:
        assert (film.size, getattr(film, "n_frames", 1)) == ((320, 200), 6)
    assert AVOCADO.read_bytes() == before
    outcome = here(capsys, "render", AVOCADO, "-o", tmp_path / "run.png", "--epochs", "5")
    assert outcome.code == 2
    assert is_one_sentence(outcome.err), outcome.err

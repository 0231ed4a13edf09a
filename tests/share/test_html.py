"""A pass as an HTML page: the window's text, well formed, complete in itself, with no power for names."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest

from playground.engine.narration import narrate
from playground.engine.timeline import Timeline
from playground.model.keys import LEVELS, Level
from playground.model.message import sentence
from playground.share.html import explain_html
from playground.share.markdown import explain
from resources.theme import DARK, LIGHT
from tests.engine.passes import random_pass
from tests.share.test_markdown import renamed

HOSTILE = '<script>alert("x")</script> & <img src=x onerror=y> </style> {0} $ink'
EMPTY = {"meta", "br"}
KNOWN = EMPTY | {
    *("html", "head", "title", "style", "body", "main", "section", "h1", "h2", "h3", "p", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "i", "sub", "sup"),
}


class Reader(HTMLParser):
    """Reads a page: its elements, their attributes, and the texts in them; complains of crossed elements."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in EMPTY:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data


@pytest.mark.parametrize("level", LEVELS)
def test_it_tells_every_step_in_order_as_the_window_does(level: Level) -> None:
    trace, state = random_pass(random.Random(4), 2)
    trace = renamed(trace, state, "a < b & c")
    page = Reader(explain_html(trace, level, state))
    timeline = Timeline(trace, "node")
    told = [narrate(trace, timeline.step(index), level, state) for index in range(timeline.step_count)]
    assert page.texts["h3"] == [f"{index + 1}. {sentence(step.title)}" for index, step in enumerate(told)]
    assert page.texts["p"] == [" ".join(sentence(words) for words in step.sentences) for step in told]
    rows = [row for step in told for row in step.rows]
    assert len(page.texts.get("tr", [])) == len(rows) + sum(bool(step.rows) for step in told)
    formulas = [formula for step in told for formula in step.formulas]
    assert len(page.texts.get("div", [])) == len(formulas)
    assert bool(rows) == (level == "numbers")
    assert bool(formulas) == (level == "maths")


@pytest.mark.parametrize("level", LEVELS)
def test_it_has_the_chapters_of_the_markdown(level: Level) -> None:
    trace, state = random_pass(random.Random(8), 3)
    trace = renamed(trace, state, "node")
    heads = re.findall(r"^## (.*)$", explain(trace, level, state), re.MULTILINE)
    assert Reader(explain_html(trace, level, state)).texts["h2"] == heads


@pytest.mark.parametrize("level", LEVELS)
def test_names_have_no_power(level: Level) -> None:
    trace, state = random_pass(random.Random(5), 2)
    page = Reader(explain_html(renamed(trace, state, HOSTILE), level, state))
    assert set(page.tags) <= KNOWN
    assert page.tags.count("style") == 1
    assert {name for name, _ in page.attributes} <= {"lang", "charset", "name", "content", "scope", "class"}
    assert any(HOSTILE in text for text in page.texts["h3"])


def test_it_needs_nothing_else_and_is_light_or_dark_as_the_reader_likes() -> None:
    trace, state = random_pass(random.Random(6), 1)
    text = explain_html(trace, "numbers", state)
    assert not re.search(r"https?:|//|url\(|@import|src=|href=", text)
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    assert LIGHT.background in light
    assert DARK.background in dark
    assert text.startswith("<!DOCTYPE html>")


def test_it_can_be_told_in_another_language() -> None:
    trace, state = random_pass(random.Random(6), 1)
    page = Reader(explain_html(trace, "numbers", state, translate=lambda text: f"¿{text}?"))
    assert "¿Forward?" in page.texts["h2"]

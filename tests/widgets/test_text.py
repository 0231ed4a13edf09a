"""Messages become sentences, and sentences stretches."""

from __future__ import annotations

import pytest

from playground.model.message import message
from tests.widgets.pseudo import pseudo_language
from widgets.text import Run, pick, runs, say, say_rich


def plain(parts: tuple[Run, ...]) -> str:
    return "".join(run.text for run in parts)


def test_runs_together_are_the_sentence() -> None:
    sentences = (
        message("{node} listens to all {count} facts.", node="Hidden 1", count=3),
        message("{source} {value} arrives.", source="Squishiness", value=0.8),
        message("The blame is {gradient}.", gradient=-0.0213),
        message("{who} changes.", who=message("The arrow from {a} to {b}", a="Height", b="Ripe?")),
        message("Nothing is put in here."),
    )
    for text in sentences:
        assert plain(runs(text)) == say(text)


def test_a_name_and_its_number_are_one_stretch() -> None:
    found = runs(message("{source} {value} arrives.", source="Squishiness", value=0.8))
    assert found == (Run("Squishiness 0.8", "number"), Run(" arrives."))


def test_names_are_set_apart_and_counts_are_not() -> None:
    found = runs(message("{node} has {count} arrows.", node="Hidden 1", count=3))
    assert [run.kind for run in found] == ["name", "plain", "plain", "plain"]


def test_a_negative_number_says_so() -> None:
    assert [run.negative for run in runs(message("{x}", x=-0.5))] == [True]


def test_names_inside_a_sentence_inside_are_found_too() -> None:
    inner = message("The arrow from {a} to {b}", a="Height", b="Ripe?")
    names = [run.text for run in runs(message("{who} changes.", who=inner)) if run.kind == "name"]
    assert names == ["Height", "Ripe?"]


def test_a_persons_own_words_cannot_become_rich_text() -> None:
    shown = say_rich(message("<i>w</i> of {node} = {value}", node="<b>", value=0.5))
    assert shown == "<i>w</i> of &lt;b&gt; = 0.5"


@pytest.mark.usefixtures("qapp")
def test_templates_are_translated_and_values_are_not() -> None:
    with pseudo_language():
        said = say(message("{column} is to be predicted", column="ripe"))
    assert said.startswith("⟦ripe is to be predicted")


def test_labels_follow_the_level() -> None:
    assert [pick(level, "Step size", "Learning rate") for level in ("words", "numbers", "maths")] == [
        "Step size",
        "Learning rate",
        "Learning rate",
    ]

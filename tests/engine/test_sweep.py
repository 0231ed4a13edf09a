"""Settings with values, and the points that they make."""

from __future__ import annotations

import pytest

from playground.engine.sweep import count_points, make_points, read_setting, told, why_not_sweep
from playground.engine.sweep_keys import SettingError
from playground.model.sweep import MAX_POINTS, Setting, Value
from tests.engine.sweeps import avocado, points_of


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("seed=1,2, 3", (1, 2, 3)),
        ("learning.learning_rate=0.01,1e-3,.5,3.", (0.01, 0.001, 0.5, 3.0)),
        ("learning.optimizer=sgd, adam", ("sgd", "adam")),
        ("learning.shuffle=true,false", (True, False)),
        ("learning.stop.epochs=null,-3", (None, -3)),
        ("learning.hidden=8x4,8", ("8x4", 8)),
        ('data.name="circle"', ("circle",)),
        ("seed=1,1,2,1", (1, 2)),
    ],
)
def test_texts_are_read_as_settings(text: str, values: tuple[Value, ...]) -> None:
    read = read_setting(text)
    assert read.key == text.partition("=")[0]
    assert read.values == values
    assert [type(value) for value in read.values] == [type(value) for value in values]


@pytest.mark.parametrize("text", ["", "seed", "=1", "seed=", "seed=1,,2", "seed=1,"])
def test_a_text_that_is_no_setting_is_refused(text: str) -> None:
    with pytest.raises(SettingError):
        read_setting(text)


def test_every_combination_is_a_point_the_last_setting_changing_fastest() -> None:
    points = points_of("learning.learning_rate=0.1,0.2", "seed=5,6,7")
    assert [point.number for point in points] == list(range(6))
    assert [told(point.chosen) for point in points[:4]] == [
        "learning.learning_rate=0.1, seed=5",
        "learning.learning_rate=0.1, seed=6",
        "learning.learning_rate=0.1, seed=7",
        "learning.learning_rate=0.2, seed=5",
    ]
    assert [(point.experiment.learning.learning_rate, point.experiment.seed) for point in points] == [
        (rate, seed) for rate in (0.1, 0.2) for seed in (5, 6, 7)
    ]


def test_without_a_length_each_point_has_its_own() -> None:
    assert {point.epochs for point in points_of("seed=1", epochs=None)} == {100}
    assert [point.epochs for point in points_of("learning.stop.epochs=3,8", epochs=None)] == [3, 8]
    assert [point.epochs for point in points_of("learning.stop.epochs=3,8", epochs=6)] == [6, 6]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["learning.foo=1"], "There is no setting learning.foo to try"),
        (["network.nodes=1"], "There is no setting network.nodes to try"),
        (["data.split=last"], "There is no setting data.split to try"),
        (["learning=1"], "There is no setting learning to try"),
        (["seed=1", "seed=2"], "seed is given twice."),
        (["learning.learning_rate=0.1,-1"], "learning.learning_rate=−1: expected a finite number that is"),
        (["learning.learning_rate=1e999"], "learning.learning_rate=∞: expected a finite number"),
        (["learning.optimizer=adam,nada"], "learning.optimizer=nada: "),
        (["learning.batch_size=2.5"], "learning.batch_size=2.5: expected a whole number"),
        (["learning.loss.deep=1"], "learning.loss.deep=1: expected a text"),
        (
            ["learning.loss=softmax_cross_entropy"],
            "learning.loss=softmax_cross_entropy: The softmax compares",
        ),
        (["learning.activation=tahn"], "learning.activation=tahn: expected one of linear, sigmoid"),
        (["learning.hidden=3,0"], "learning.hidden=0: expected the size of a layer"),
        (["learning.hidden=99999"], "learning.hidden=99999: "),
        (["data.name=avocado,mango"], "data.name=mango: expected one of avocado"),
        (["data.noise=-1"], "data.noise=−1: expected a finite number that is at least 0"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_key_and_value(texts: list[str], sentence: str) -> None:
    with pytest.raises(SettingError) as caught:
        points_of(*texts)
    assert str(caught.value).startswith(sentence)


def test_settings_that_need_each_other_are_read_together() -> None:
    points = points_of(
        "learning.schedule.kind=step", "learning.schedule.every=5,10", "learning.schedule.factor=0.5"
    )
    assert [point.experiment.learning.schedule.every for point in points] == [5, 10]
    assert {point.experiment.learning.schedule.factor for point in points} == {0.5}
    with pytest.raises(SettingError) as caught:
        points_of("learning.schedule.kind=step", "seed=1,2")
    assert str(caught.value).startswith("learning.schedule.kind=step: ")


def test_too_many_combinations_are_refused_before_any_is_made() -> None:
    many = [Setting("seed", tuple(range(100))), Setting("data.seed", tuple(range(100)))]
    assert count_points(many) == 10_000
    refusal = why_not_sweep(avocado()[0], many)
    assert refusal is not None
    assert (refusal.values["count"], refusal.values["limit"]) == (10_000, MAX_POINTS)
    with pytest.raises(SettingError, match="10,000 runs"):
        make_points(*avocado(), many)


def test_nothing_to_try_is_refused() -> None:
    assert why_not_sweep(avocado()[0], []) is not None

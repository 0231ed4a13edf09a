"""Outcomes as bytes and back."""

from __future__ import annotations

import math

import numpy as np
import pytest

from playground.model.message import Message, message, sentence
from playground.model.parameters import frozen_array
from playground.model.sweep import PointResult
from playground.model.sweep_answers import decode, encode


def test_a_result_comes_back_to_the_bit() -> None:
    curve = np.random.default_rng(3).normal(size=(7, 5))
    curve[2, 3] = np.nan
    sent = PointResult(7.0, "converged", frozen_array(curve), math.pi, 0.1 + 0.2, b'{"format": "\xc3\xa4"}\n')
    came = decode(encode(sent))
    assert isinstance(came, PointResult)
    assert came.curve.tobytes() == sent.curve.tobytes()
    assert (came.epochs, came.stopped, came.penalty) == (sent.epochs, sent.stopped, sent.penalty)
    assert (came.seconds, came.file) == (sent.seconds, sent.file)


def test_numbers_that_are_not_finite_come_back_as_not_known() -> None:
    curve = frozen_array(np.array([[1.0, np.inf, np.nan, np.nan, np.nan]]))
    came = decode(encode(PointResult(1.0, "diverged", curve, np.inf, 1.0, b"")))
    assert isinstance(came, PointResult)
    assert math.isnan(came.train_loss)
    assert math.isnan(came.penalty)


def test_a_reason_comes_back_with_the_messages_in_it() -> None:
    inner = message("{label} and {count}", label="Height", count=3)
    sent = message("{node}: {share}, {text}", node=inner, share=0.5, text="x")
    came = decode(encode(sent))
    assert isinstance(came, Message)
    assert came == sent
    assert sentence(came) == "Height and 3: 0.5, x"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"curve": 3}'])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        decode(data)

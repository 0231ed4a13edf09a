"""What a step does is told at the level, with the rows, columns and counts of that step."""

from __future__ import annotations

import pytest

from playground.model.keys import LEVELS
from playground.model.message import sentence
from tests.widgets.kernels.schedules import blocked, plain
from widgets.kernels.walk import Walk
from widgets.kernels.walk_sentence import tell_moment


def told(walk: Walk, moment: int, level: str) -> list[str]:
    return [sentence(part) for part in tell_moment(walk, moment, level)]  # type: ignore[arg-type]  # one of LEVELS


def test_two_threads_are_told_apart() -> None:
    walk = Walk(blocked(8, 12, 4, (4, 4, 4), threads=2))
    assert told(walk, 2, "words") == [
        "Thread 1 multiplies rows 1 to 4 of A with columns 9 to 12 of B.",
        "Thread 2 multiplies rows 5 to 8 of A with columns 9 to 12 of B.",
    ]
    assert told(walk, 2, "numbers")[1] == (
        "Thread 2: rows 5 to 8 of A × columns 9 to 12 of B, k = 1…4: 64 multiplications"
    )
    assert told(walk, 2, "maths")[1] == "Thread 2: C[5…8, 9…12] += A[5…8, 1…4] B[1…4, 9…12]"


def test_one_thread_needs_no_number_and_single_rows_no_plural() -> None:
    walk = Walk(plain(3, 4, 5))
    assert told(walk, 5, "words") == ["The kernel multiplies row 2 of A with column 2 of B."]
    assert told(walk, 5, "numbers") == ["row 2 of A × column 2 of B, k = 1…5: 5 multiplications"]
    assert told(walk, 5, "maths") == ["C[2, 2] += A[2, 1…5] B[1…5, 2]"]


def test_many_threads_are_told_together() -> None:
    walk = Walk(blocked(8, 4, 4, (2, 4, 4), threads=4))
    assert told(walk, 0, "words") == ["4 threads work at the same time, each on its own part of C."]
    assert told(walk, 0, "numbers") == ["4 threads at the same time: 128 multiplications."]
    assert "256 FLOP" in told(walk, 0, "maths")[0]


@pytest.mark.parametrize("level", LEVELS)
def test_the_end_is_told(level: str) -> None:
    walk = Walk(plain(3, 4, 5))
    (end,) = told(walk, walk.count, level)
    expected = {"words": "every number of C", "numbers": "60 multiplications", "maths": "120 FLOP"}
    assert expected[level] in end


def test_a_part_of_the_sums_is_told_as_a_piece() -> None:
    walk = Walk(blocked(4, 4, 4, (2, 2, 2)))
    expected = "The kernel multiplies a piece of rows 1 to 2 of A with a piece of columns 3 to 4 of B."
    assert told(walk, 1, "words") == [expected]

"""Sizes for the last row."""

from __future__ import annotations

import pytest

from widgets.presenter.sizes import (
    LARGEST_SCALE,
    MOST_TEXT_SHARE,
    SCALE_STEPS,
    SMALLEST_SCALE,
    Sizes,
    clamped,
    next_scale,
)


def test_at_1080p_text_is_as_large_as_the_look_asks() -> None:
    sizes = Sizes.of(1080, 1.0)
    assert 34 <= sizes.sentence_px <= 36
    assert sizes.caption_px >= 22
    assert sizes.smallest_sentence_px >= 22


@pytest.mark.parametrize("height", [600, 720, 900, 1080, 1440, 2160])
@pytest.mark.parametrize("scale", SCALE_STEPS)
def test_text_grows_with_the_factor_and_leaves_the_network_most_of_the_screen(
    height: int, scale: float
) -> None:
    sizes, plain = Sizes.of(height, scale), Sizes.of(height, 1.0)
    assert plain.sentence_px <= sizes.sentence_px <= scale * plain.sentence_px + 1e-9
    assert plain.sentence_px == pytest.approx(35 * height / 1080)
    text = sizes.sentence_height_px + 2 * sizes.gap_px + 3 * sizes.caption_px
    assert text <= MOST_TEXT_SHARE * height + 2


def test_the_steps_go_through_the_whole_range_and_back() -> None:
    seen = [SMALLEST_SCALE]
    while next_scale(seen[-1], +1) != seen[-1]:
        seen.append(next_scale(seen[-1], +1))
    assert tuple(seen) == SCALE_STEPS
    assert (seen[0], seen[-1]) == (1.0, 2.5) == (SMALLEST_SCALE, LARGEST_SCALE)
    back = [seen[-1]]
    while next_scale(back[-1], -1) != back[-1]:
        back.append(next_scale(back[-1], -1))
    assert back == seen[::-1]


@pytest.mark.parametrize(("asked", "taken"), [(0.2, 1.0), (9.0, 2.5), (1.3, 1.3)])
def test_other_factors_are_brought_into_the_range(asked: float, taken: float) -> None:
    assert clamped(asked) == taken
    assert next_scale(1.3, +1) == 1.5
    assert next_scale(1.3, -1) == 1.25

"""What results say in words: a cell of a matrix, an example of a walk, the figures of all answers."""

from __future__ import annotations

import math

from playground.model.keys import Level
from playground.model.message import Message, format_number, message
from playground.model.results import NOTHING, ClassResults, ColumnResults, NumberResults
from widgets.loss_plot import percent

NO_ANSWER = message("no number")


def class_name(found: ColumnResults, place: int) -> str | Message:
    """Return what a class is called; NOTHING is an answer that is no number."""
    return NO_ANSWER if place == NOTHING else found.classes[place]


def share_text(share: float, level: Level) -> str:
    """Return a share as text: in hundredths for everybody, else as the field writes it; a dash for none."""
    if math.isnan(share):
        return "–"
    return percent(share) if level == "words" else format_number(share)


def cell_told(found: ColumnResults, part: ClassResults, right: int, said: int, level: Level) -> Message:
    """Return a sentence about one cell: how many rows of one class got one answer."""
    count, support = int(part.counts[right, said]), part.figures[right].support
    names = {"right": found.classes[right], "said": found.classes[said]}
    if level == "words":
        if right == said:
            return message("{count} are {right}, and it said so.", count=count, right=names["right"])
        return message("{count}: it said {said}, but right is {right}.", count=count, **names)
    share = percent(count / support) if support else "–"
    if found.is_pair:
        return message(
            "{count} {kind}: true {right}, said {said} ({share} of the row)",
            count=count,
            kind=PAIR_KINDS[right, said],
            share=share,
            **names,
        )
    return message(
        "{count}: true {right}, said {said} ({share} of the row)", count=count, share=share, **names
    )


PAIR_KINDS = {
    (0, 0): message("true negatives"),
    (0, 1): message("false positives"),
    (1, 0): message("false negatives"),
    (1, 1): message("true positives"),
}
"""What the field calls the cells where one output says yes or no, by the right and the given answer."""


def example_told(
    found: ColumnResults, part: ClassResults | NumberResults, place: int, level: Level
) -> Message:
    """Return what was right for one row, and what the network says; `place` is its place in the part."""
    if isinstance(part, NumberResults):
        right, answer = float(part.right[place]), float(part.said[place])
        if not math.isfinite(answer):
            return message("right is {right}, said no number", right=right)
        off = abs(answer - right)
        if level == "words":
            return message(
                "right is {right}, it said {said}: off by {off}", right=right, said=answer, off=off
            )
        return message(
            "true {right}, predicted {said}, error {off}", right=right, said=answer, off=answer - right
        )
    names = {
        "right": class_name(found, int(part.right[place])),
        "said": class_name(found, int(part.said[place])),
    }
    sure = float(part.certainty[place])
    if math.isnan(sure):
        return message("true {right}, said {said}", **names)
    if level == "words":
        return message("true {right}, said {said} ({sure} sure)", sure=percent(round(sure, 2)), **names)
    return message("true {right}, said {said} (certainty {sure})", sure=sure, **names)


def summary_told(part: ClassResults | NumberResults, level: Level) -> tuple[Message, ...]:
    """Return how good all answers of a part are."""
    nothing = part.n_nothing
    told = [_classes_told(part, level) if isinstance(part, ClassResults) else _numbers_told(part, level)]
    if nothing:
        told.append(message("{count} answers are no numbers.", count=nothing))
    return tuple(told)


def _classes_told(part: ClassResults, level: Level) -> Message:
    count, right = len(part.rows), part.n_right
    if level == "words":
        return message("{right} of {count} answers are right.", right=right, count=count)
    return message(
        "Accuracy {share}: {right} of {count}",
        share=share_text(part.accuracy, level),
        right=right,
        count=count,
    )


def _numbers_told(part: NumberResults, level: Level) -> Message:
    if math.isnan(part.mean_absolute_error):
        return message("No answer is a number.")
    off = part.mean_absolute_error
    if level == "words":
        if math.isnan(part.r2):
            return message("On average it is off by {off}.", off=off)
        if part.r2 <= 0:
            return message("On average it is off by {off}: always saying the mean would do as well.", off=off)
        return message(
            "On average it is off by {off}. It explains {share} of the differences.",
            off=off,
            share=percent(round(part.r2, 2)),
        )
    if math.isnan(part.r2):
        return message("Mean absolute error {off}", off=off)
    return message("R² {r2}, mean absolute error {off}", r2=part.r2, off=off)

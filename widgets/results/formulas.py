"""The formulas of the figures, with the numbers in them."""

from __future__ import annotations

from playground.model.message import Message, message
from playground.model.narration import Formula
from playground.model.results import ClassResults, NumberResults
from widgets.results.told import share_text


def class_formulas(part: ClassResults, place: int, name: str | Message) -> tuple[Formula, ...]:
    """Return precision, recall and F1 of one class, worked out from its counts."""
    figures = part.figures[place]
    hits = int(part.counts[place, place])
    said = int(part.counts[:, place].sum())
    return (
        Formula(
            "precision = TP / (TP + FP)",
            message(
                "{name}: {hits} / ({hits} + {wrong}) = {share}",
                name=name,
                hits=hits,
                wrong=said - hits,
                share=share_text(figures.precision, "maths"),
            ),
        ),
        Formula(
            "recall = TP / (TP + FN)",
            message(
                "{name}: {hits} / ({hits} + {missed}) = {share}",
                name=name,
                hits=hits,
                missed=figures.support - hits,
                share=share_text(figures.recall, "maths"),
            ),
        ),
        Formula(
            "F<sub>1</sub> = 2 · precision · recall / (precision + recall)",
            message("{name}: {share}", name=name, share=share_text(figures.f1, "maths")),
        ),
    )


def number_formulas(part: NumberResults) -> tuple[Formula, ...]:
    """Return R² and the mean absolute error; <i>t</i> is right, <i>y</i> what was said."""
    return (
        Formula(
            "R<sup>2</sup> = 1 − Σ(<i>t</i> − <i>y</i>)<sup>2</sup> / Σ(<i>t</i> − <i>t̄</i>)<sup>2</sup>",
            message("over {count} rows: {share}", count=len(part.rows), share=share_text(part.r2, "maths")),
        ),
        Formula(
            "MAE = (1/n) Σ|<i>t</i> − <i>y</i>|",
            message(
                "over {count} rows: {share}",
                count=len(part.rows),
                share=share_text(part.mean_absolute_error, "maths"),
            ),
        ),
    )

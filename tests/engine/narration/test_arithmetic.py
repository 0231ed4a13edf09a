"""Every calculation and every formula, read as a reader would, gives the result that stands behind it."""

from __future__ import annotations

import math
import random
import re

import pytest

from playground.engine.narration import narrate, narrate_edge, narrate_node
from playground.engine.timeline import Timeline
from playground.model.keys import LOSSES, Level, Loss
from playground.model.message import Message
from playground.model.narration import Narration
from tests.engine.passes import random_pass

NAME = r"(?:(?:input|hidden|output) )?name(?:\.name)?"
NAMES = {"exp": math.exp, "log": math.log, "sqrt": math.sqrt, "tanh": math.tanh, "sin": math.sin}
NAMES |= {"cos": math.cos, "max": max}  # type: ignore[dict-item]
READINGS = (
    (r"<i>e</i><sup>(.*?)</sup>", r"exp(\1)"),
    (r"<sup>2</sup>", "**2"),
    (r"\(\d+ more: (.*?)\)", r"(\1)"),
    (rf"\({NAME}\)", ""),
    (r"½", "0.5"),
    (r"²", "**2"),
    (r"√", r"sqrt"),
    (r"ln\(", "log("),
    (r"\^", "**"),
    ("×", "*"),
    ("−", "-"),
)


def exact(text: Message) -> str:
    """A message with all digits and without names."""
    values: dict[str, str] = {}
    for key, value in text.values.items():
        if isinstance(value, Message):
            values[key] = exact(value)
        else:
            values[key] = "name" if isinstance(value, str) else repr(value)
    return text.template.format_map(values)


def worked_out(expression: str) -> float:
    """The value of an expression as it stands in a table or formula."""
    for pattern, reading in READINGS:
        expression = re.sub(pattern, reading, expression)
    # Only signs, digits and the functions above are left, from our own templates.
    assert re.fullmatch(r"[\d.e+*/()\s,-]*", re.sub("|".join(NAMES), "", expression)), expression
    return float(eval(expression, {"__builtins__": {}}, NAMES))


def sides(line: str) -> list[str]:
    """What stands between the signs of equality, the names at the left left out."""
    return re.sub(rf"^{NAME}( → {NAME})?: ", "", line).split(" = ")


def all_texts(loss: Loss, level: Level) -> list[Narration]:
    texts: list[Narration] = []
    rng = random.Random(LOSSES.index(loss) + 5)
    for _ in range(10):
        trace, state = random_pass(rng, rng.choice([1, 1, 4]), loss)
        for granularity in ("edge", "layer"):
            timeline = Timeline(trace, granularity)
            steps = [timeline.step(index) for index in range(timeline.step_count)]
            texts += [narrate(trace, step, level, state) for step in steps]
        network = trace.experiment.network
        texts += [narrate_node(trace, 0, node, level, state) for node in network.nodes]
        texts += [narrate_edge(trace, 0, edge, level, state) for edge in network.edges]
    return texts


@pytest.mark.parametrize("loss", LOSSES)
def test_every_calculation_gives_its_result(loss: Loss) -> None:
    count = 0
    for told in all_texts(loss, "numbers"):
        for row in told.rows:
            if row.calculation is None or " of " in row.calculation.template:
                continue
            result = worked_out(exact(row.calculation))
            assert result == pytest.approx(row.result, rel=1e-9, abs=1e-9), exact(row.calculation)
            count += 1
    assert count > 500


@pytest.mark.parametrize("loss", LOSSES)
def test_every_formula_holds_with_its_numbers(loss: Loss) -> None:
    count = 0
    for told in all_texts(loss, "maths"):
        for formula in told.formulas:
            assert formula.symbols.startswith("<i>") or formula.symbols.startswith("∂")
            for line in exact(formula.numbers).split("<br>"):
                parts = [part for part in sides(line) if not re.match(r"(∂|<i>\w+̂?</i>$)", part)]
                if len(parts) == 2:
                    left, right = worked_out(parts[0]), worked_out(parts[1])
                    assert left == pytest.approx(right, rel=1e-9, abs=1e-9), line
                    count += 1
    assert count > 500

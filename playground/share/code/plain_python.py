"""The network in plain Python: one line of arithmetic for each node, no library needed."""

from __future__ import annotations

from playground.model.keys import Activation
from playground.model.parameters import Floats
from playground.share.code import text
from playground.share.code.recipe import Recipe, Stage

LONGEST_LINE = 100

FUNCTIONS: dict[Activation, str] = {
    "linear": "",
    "sigmoid": '''def sigmoid(z):
    """Return z squashed to (0, 1), without overflow."""
    small = math.exp(-abs(z))
    return 1.0 / (1.0 + small) if z >= 0 else small / (1.0 + small)
''',
    "tanh": '''def tanh(z):
    """Return z squashed to (-1, 1)."""
    return math.tanh(z)
''',
    "relu": '''def relu(z):
    """Return z cut off below zero."""
    return max(z, 0.0)
''',
    "leaky_relu": '''def leaky_relu(z):
    """Return z nearly cut off below zero."""
    return z if z > 0 else 0.01 * z
''',
    "softplus": '''def softplus(z):
    """Return log(1 + exp(z)), without overflow."""
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))
''',
    "sine": '''def sine(z):
    """Return the sine of z."""
    return math.sin(z)
''',
}

SOFTMAX = '''def softmax(sums):
    """Return shares that sum to one."""
    powers = [math.exp(z - max(sums)) for z in sums]
    return [power / sum(powers) for power in powers]
'''


def plain_python(recipe: Recipe) -> str:
    """Return the program's text."""
    parts = [text.heading(recipe, "Only Python itself is needed."), "import math\n"]
    parts += [FUNCTIONS[activation] for activation in recipe.activations if FUNCTIONS[activation]]
    parts += [SOFTMAX] if recipe.is_softmax else []
    parts += [text.reader(recipe), _predict(recipe), text.checks(recipe), text.MAIN]
    return "\n\n".join(parts)


def _predict(recipe: Recipe) -> str:
    arguments = ", ".join(name for name, _ in recipe.arguments)
    lines = [f"def predict({arguments}):", f'{text.INDENT}"""Return the answers of the outputs, in order."""']
    inputs = [recipe.names[node] for node in recipe.inputs]
    if inputs:
        lines.append(f"{text.INDENT}[{', '.join(inputs)}] = read({arguments})")
    columns = [inputs]
    for stage in recipe.stages:
        before = [name for source in stage.sources for name in columns[source]]
        names = [recipe.names[node] for node in stage.nodes]
        columns.append(names)
        lines += [_line(stage, place, name, before) for place, name in enumerate(names)]
    outputs = [columns[stage][column] for stage, column in recipe.picks]
    if recipe.is_softmax:
        listed = ", ".join(outputs)
        lines.append(f"{text.INDENT}[{listed}] = softmax([{listed}])")
    lines.append(f"{text.INDENT}return [{', '.join(text.units(recipe, outputs))}]")
    return "\n".join(lines) + "\n"


def _line(stage: Stage, place: int, name: str, before: list[str]) -> str:
    weights: Floats = stage.weights[:, place]
    terms = [text.number(stage.biases[place])]
    terms += [
        f"{text.number(weight)} * {source}"
        for weight, source in zip(weights.tolist(), before, strict=True)
        if weight
    ]
    total = " + ".join(terms).replace("+ -", "- ")
    squash = "" if stage.activation == "linear" else stage.activation
    line = f"{text.INDENT}{name} = {squash}({total})" if squash else f"{text.INDENT}{name} = {total}"
    if len(line) <= LONGEST_LINE:
        return line
    # One term a line, as formatters of code set it.
    rows = f"\n{text.INDENT * 2}+ ".join(terms).replace("+ -", "- ")
    return f"{text.INDENT}{name} = {squash}(\n{text.INDENT * 2}{rows}\n{text.INDENT})"

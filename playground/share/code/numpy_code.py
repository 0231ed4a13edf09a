"""The network in NumPy: one matrix product for each layer, many rows at once."""

from __future__ import annotations

from playground.model.keys import Activation
from playground.share.code import text
from playground.share.code.recipe import Recipe, Stage

FUNCTIONS: dict[Activation, str] = {
    "linear": "",
    "sigmoid": '''def sigmoid(z):
    """Return z squashed to (0, 1), without overflow."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)
''',
    "tanh": "tanh = np.tanh\n",
    "relu": '''def relu(z):
    """Return z cut off below zero."""
    return np.maximum(z, 0.0)
''',
    "leaky_relu": '''def leaky_relu(z):
    """Return z nearly cut off below zero."""
    return np.where(z > 0, z, 0.01 * z)
''',
    "softplus": '''def softplus(z):
    """Return log(1 + exp(z)), without overflow."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
''',
    "sine": "sine = np.sin\n",
}

SOFTMAX = '''def softmax(sums):
    """Return shares that sum to one, for every row."""
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
'''


def numpy_code(recipe: Recipe) -> str:
    """Return the program's text."""
    return "\n\n".join(part for _, parts in sections(recipe) for part in parts)


def sections(recipe: Recipe) -> list[tuple[str, list[str]]]:
    """Return the program in sections, each with a heading for people."""
    tools = [FUNCTIONS[activation] for activation in recipe.activations if FUNCTIONS[activation]]
    tools += [SOFTMAX] if recipe.is_softmax else []
    start = [text.heading(recipe, "It needs NumPy."), "import math\n\nimport numpy as np\n"]
    return [
        ("What is needed", start + tools),
        ("What the network has learned", [weights(recipe)]),
        ("What the inputs read", [text.reader(recipe)]),
        ("The network", [_network(recipe), _predict(recipe)]),
        ("The check", [text.checks(recipe), text.MAIN]),
    ]


def weights(recipe: Recipe) -> str:
    """Return every layer's matrix and biases as constants."""
    parts = []
    for place, stage in enumerate(recipe.stages, start=1):
        parts.append(f"# {describe(recipe, stage)}")
        parts.append(f"WEIGHTS_{place} = np.array({matrix_text(stage)})")
        parts.append(f"BIASES_{place} = np.array({text.vector(stage.biases)})")
    return "\n".join(parts) + "\n"


def matrix_text(stage: Stage) -> str:
    """Return a stage's weights as lists; a shape of its own where there is nothing in front of it."""
    if stage.weights.size:
        return text.matrix(stage.weights)
    return f"[]).reshape({stage.weights.shape}" if stage.weights.shape[0] == 0 else "[[]]"


def describe(recipe: Recipe, stage: Stage) -> str:
    """Return a line about a stage: its nodes, and what 0 in its matrix means."""
    labels = [text.one_line(recipe.labels[node]) for node in stage.nodes]
    shown = ", ".join(labels[:6]) + (f" and {len(labels) - 6} more" if len(labels) > 6 else "")
    gaps = "" if stage.is_full else "; 0 where there is no edge"
    return f"Columns: {shown}{gaps}."


def joined(stage: Stage, join: str) -> str:
    """Return what stands in front of a stage's matrix: one earlier layer, or several side by side."""
    names = [f"layer_{source}" for source in stage.sources]
    return names[0] if len(names) == 1 else join.format(", ".join(names))


def _network(recipe: Recipe) -> str:
    lines = ["def network(layer_0):", f'{text.INDENT}"""Return the answers, (n_rows, n_outputs)."""']
    for place, stage in enumerate(recipe.stages, start=1):
        if stage.sources:
            before = joined(stage, "np.concatenate([{}], axis=1)")
            total = f"{before} @ WEIGHTS_{place} + BIASES_{place}"
        else:
            total = f"np.tile(BIASES_{place}, (len(layer_0), 1))"
        value = total if stage.activation == "linear" else f"{stage.activation}({total})"
        lines.append(f"{text.INDENT}layer_{place} = {value}")
    picks = ", ".join(f"layer_{stage}[:, {column}]" for stage, column in recipe.picks)
    answers = f"np.stack([{picks}], axis=1)"
    lines.append(f"{text.INDENT}return {f'softmax({answers})' if recipe.is_softmax else answers}")
    return "\n".join(lines) + "\n"


def _predict(recipe: Recipe) -> str:
    return predict(recipe, "network(np.array([read({0})], dtype=float))[0]")


def predict(recipe: Recipe, call: str) -> str:
    """Return the function for one row; `call` computes the outputs of the arguments put into it."""
    arguments = ", ".join(name for name, _ in recipe.arguments)
    outputs = [f"answers[{place}]" for place in range(len(recipe.answers))]
    values = ", ".join(f"float({value})" for value in text.units(recipe, outputs))
    return (
        f'def predict({arguments}):\n{text.INDENT}"""Return the answers of the outputs, in order."""\n'
        f"{text.INDENT}answers = {call.format(arguments)}\n{text.INDENT}return [{values}]\n"
    )

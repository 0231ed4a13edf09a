"""The network in PyTorch: a module with one linear layer for each stage."""

from __future__ import annotations

from playground.model.keys import Activation
from playground.share.code import text
from playground.share.code.numpy_code import describe, joined, matrix_text, predict
from playground.share.code.recipe import Recipe

ACTIVATIONS: dict[Activation, str] = {
    "linear": "{}",
    "sigmoid": "torch.sigmoid({})",
    "tanh": "torch.tanh({})",
    "relu": "torch.relu({})",
    "leaky_relu": "torch.nn.functional.leaky_relu({}, 0.01)",
    # The threshold keeps PyTorch from taking the straight line too early.
    "softplus": "torch.nn.functional.softplus({}, threshold=40.0)",
    "sine": "torch.sin({})",
}

LINEAR = '''def linear(weights, biases):
    """Return a layer that computes x @ weights + biases; PyTorch keeps its matrix transposed."""
    weights, biases = torch.tensor(weights, dtype=torch.float64), torch.tensor(biases, dtype=torch.float64)
    weights = weights.reshape(-1, len(biases))
    layer = torch.nn.Linear(*weights.shape, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(weights.T)
        layer.bias.copy_(biases)
    return layer
'''


def pytorch_code(recipe: Recipe) -> str:
    """Return the program's text."""
    parts = [text.heading(recipe, "It needs PyTorch."), "import math\n\nimport torch\n", LINEAR]
    parts += [_module(recipe), "NETWORK = Network()\n", text.reader(recipe)]
    call = "NETWORK(torch.tensor([read({0})], dtype=torch.float64)).detach()[0]"
    parts += [predict(recipe, call), text.checks(recipe), text.MAIN]
    return "\n\n".join(parts)


def _module(recipe: Recipe) -> str:
    indent = text.INDENT
    lines = ["class Network(torch.nn.Module):", f'{indent}"""The network with the weights it has learned."""']
    lines += ["", f"{indent}def __init__(self):", f"{indent * 2}super().__init__()"]
    for place, stage in enumerate(recipe.stages, start=1):
        weights = matrix_text(stage).replace("\n", f"\n{indent * 2}") if stage.weights.size else "[]"
        lines.append(f"{indent * 2}# {describe(recipe, stage)}")
        lines.append(f"{indent * 2}self.linear_{place} = linear({weights}, {text.vector(stage.biases)})")
    lines += ["", f"{indent}def forward(self, layer_0):", f'{indent * 2}"""Return (n_rows, n_outputs)."""']
    for place, stage in enumerate(recipe.stages, start=1):
        before = joined(stage, "torch.cat([{}], dim=1)") if stage.sources else "layer_0[:, :0]"
        value = ACTIVATIONS[stage.activation].format(f"self.linear_{place}({before})")
        lines.append(f"{indent * 2}layer_{place} = {value}")
    picks = ", ".join(f"layer_{stage}[:, {column}]" for stage, column in recipe.picks)
    answers = f"torch.stack([{picks}], dim=1)"
    lines.append(f"{indent * 2}return {f'torch.softmax({answers}, dim=1)' if recipe.is_softmax else answers}")
    return "\n".join(lines) + "\n"

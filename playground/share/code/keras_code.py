"""The network in Keras 3: a functional model with one dense layer for each stage."""

from __future__ import annotations

from playground.model.keys import Activation
from playground.share.code import text
from playground.share.code.numpy_code import describe, joined, predict, weights
from playground.share.code.recipe import Recipe

ACTIVATIONS: dict[Activation, str] = {
    "linear": '"linear"',
    "sigmoid": '"sigmoid"',
    "tanh": '"tanh"',
    "relu": '"relu"',
    "leaky_relu": "lambda z: keras.ops.leaky_relu(z, negative_slope=0.01)",
    "softplus": '"softplus"',
    "sine": "keras.ops.sin",
}

NOTHING = "keras.layers.Lambda(lambda x: x[:, :1] * 0.0, output_shape=(1,))(layer_0)"
"""What stands in front of a layer that nothing runs into: Keras wants a matrix with at least one row."""


def keras_code(recipe: Recipe) -> str:
    """Return the program's text."""
    parts = [text.heading(recipe, "It needs Keras 3 with any of its backends."), IMPORTS]
    parts += [weights(recipe), _model(recipe), "MODEL = build()\n", text.reader(recipe)]
    call = "keras.ops.convert_to_numpy(MODEL(np.array([read({0})], dtype=float)))[0]"
    parts += [predict(recipe, call), text.checks(recipe), text.MAIN]
    return "\n\n".join(parts)


IMPORTS = """import math

import keras
import numpy as np

keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
"""


def _model(recipe: Recipe) -> str:
    indent = text.INDENT
    lines = ["def build():", f'{indent}"""Return the model with the weights it has learned."""']
    lines.append(f"{indent}layer_0 = keras.Input((max(1, {len(recipe.inputs)}),))")
    settings = []
    for place, stage in enumerate(recipe.stages, start=1):
        before = joined(stage, "keras.layers.Concatenate()([{}])") if stage.sources else NOTHING
        lines.append(f"{indent}# {describe(recipe, stage)}")
        lines.append(
            f"{indent}dense_{place} = keras.layers.Dense({len(stage.nodes)}, "
            f"activation={ACTIVATIONS[stage.activation]})"
        )
        lines.append(f"{indent}layer_{place} = dense_{place}({before})")
        shape = f"WEIGHTS_{place}" if stage.sources else f"np.zeros((1, {len(stage.nodes)}))"
        settings.append(f"{indent}dense_{place}.set_weights([{shape}, BIASES_{place}])")
    picks = ", ".join(f"layer_{stage}[:, {column}]" for stage, column in recipe.picks)
    answers = f"keras.ops.stack([{picks}], axis=1)"
    lines.append(f"{indent}answers = {f'keras.ops.softmax({answers})' if recipe.is_softmax else answers}")
    lines += [*settings, f"{indent}return keras.Model(layer_0, answers)"]
    return "\n".join(lines) + "\n"

"""What the web's best known playground of neural networks begins with, to the setting."""

from __future__ import annotations

from dataclasses import replace

from playground.engine.fitting import fitting_experiment
from playground.model.experiment import BuiltInData, Experiment, Learning
from playground.model.initial import initial_parameters
from playground.model.network import Network
from playground.model.parameters import Parameters

DATA = BuiltInData("circle", count=500, noise=0.0, test_share=0.5)
HIDDEN = (4, 2)
LEARNING = Learning(
    loss="squared",
    optimizer="sgd",
    learning_rate=0.03,
    batch_size=10,
    shuffle=False,
    regularization="none",
    initialization="uniform",
)
"""Its loss is half the square, its targets are -1 and 1, its weights begin within 0.5 and its biases at 0.1;
its batches come in the order of the rows (TensorFlow Playground, `nn.ts`, `state.ts` and `playground.ts`)."""


def web_playground(learning: Learning, seed: int = 0) -> tuple[Experiment, Parameters]:
    """Return its experiment, untrained; what computes stays as in `learning`."""
    fitted, _ = fitting_experiment(DATA, HIDDEN, seed)
    network = fitted.network
    # Targets of two classes are -1 and 1 at a tanh, see `claims`.
    nodes = [
        replace(node, activation="tanh") if node.role == "output" else node for node in network.nodes.values()
    ]
    network = Network.build(nodes, network.edges.values(), network.groups.values())
    settings = replace(LEARNING, kernel=learning.kernel, dtype=learning.dtype)
    experiment = Experiment(network, DATA, settings, seed)
    return experiment, initial_parameters(network, settings, seed)

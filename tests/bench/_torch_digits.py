"""Trains the digits network with PyTorch, eager, one thread; `tests.bench.digits` runs it by another Python.

Usage: python _torch_digits.py ROWS.npz SECONDS. The file holds `inputs`, `classes`, `batch_size`,
`learning_rate` and `sizes`. Prints one JSON object.
"""

import json
import sys
from itertools import pairwise
from time import perf_counter

import numpy as np
import torch  # type: ignore[import-not-found]  # only in the environment of the benchmark
from torch import nn


def main(path: str, least_seconds: float) -> None:
    """Time whole epochs, and say what the loss was before and after."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    given = np.load(path)
    inputs = torch.from_numpy(given["inputs"].astype(np.float32))
    classes = torch.from_numpy(given["classes"].astype(np.int64))
    batch = int(given["batch_size"])
    layers: list[nn.Module] = []
    for n_in, n_out in pairwise(given["sizes"].tolist()):
        layers += [nn.Linear(n_in, n_out), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    loss_of = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=float(given["learning_rate"]))

    def epoch() -> None:
        for first in range(0, len(inputs), batch):
            optimizer.zero_grad()
            loss = loss_of(model(inputs[first : first + batch]), classes[first : first + batch])
            loss.backward()
            optimizer.step()

    def loss() -> float:
        with torch.no_grad():
            return float(loss_of(model(inputs), classes))

    before = loss()
    epoch()
    seconds: list[float] = []
    began = perf_counter()
    while len(seconds) < 9 or perf_counter() - began < least_seconds:
        start = perf_counter()
        epoch()
        seconds.append(perf_counter() - start)
    print(
        json.dumps(
            {
                "seconds": float(np.median(seconds)),
                "repeats": len(seconds),
                "loss": [before, loss()],
                "version": torch.__version__,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))

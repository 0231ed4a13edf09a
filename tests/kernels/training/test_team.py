"""Several threads at one batch: the same bits as one, whatever the graph, the batch and their number."""

from __future__ import annotations

from threading import Thread

import numpy as np
import pytest

from kernels import codes
from kernels.optimizers import Rule
from kernels.training import board, team
from kernels.training.fused import FusedTrainer
from kernels.training.program import lay_out
from kernels.training.progress import Rules
from kernels.training.task import DType, Task
from tests.kernels.training.runs import GO_ON, Run, default_run, run_of
from tests.strategies import dense_network, random_case

DTYPES: tuple[DType, ...] = ("float32", "float64")


def trainer_of(run: Run, dtype: DType, batch_size: int, threads: int) -> FusedTrainer:
    trainer = FusedTrainer(
        run.task, run.inputs, run.targets, dtype=dtype, batch_size=batch_size, threads=threads
    )
    moments = tuple(np.zeros_like(run.values) for _ in range((0, 1, 2)[run.task.rule.optimizer]))
    trainer.set_values(run.values, moments, 0)
    return trainer


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teams are made however little there is to do."""
    monkeypatch.setattr(board, "TEAM_WORK", 0)
    monkeypatch.setattr(board, "VECTORS_EACH", 1)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("batch_size", [40, 129, 250])
def test_layers_give_the_same_bits(rng: np.random.Generator, batch_size: int, dtype: DType) -> None:
    run = default_run(rng, dense_network((2, 13, 22, 5, 1), "tanh", "tanh"))
    ends = []
    for threads in (1, 2, 3):
        trainer = trainer_of(run, dtype, batch_size, threads)
        assert trainer.threads == threads
        progress = trainer.train(0, 0, 25, GO_ON, None, Rules())
        ends.append((trainer.values, progress.points))
    for values, points in ends[1:]:
        np.testing.assert_array_equal(values, ends[0][0])
        np.testing.assert_array_equal(points, ends[0][1])


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("seed", range(6))
def test_random_graphs_give_the_same_bits(seed: int, dtype: DType) -> None:
    rng = np.random.default_rng(seed)
    regularization = list(codes.REGULARIZATION_CODES.values())[seed % 3]
    case = random_case(rng, n_rows=111)
    run = run_of(case, Rule(seed % 3, 0.01), regularization, 0.01)
    ends = []
    for threads in (1, 2, 3):
        trainer = trainer_of(run, dtype, 50, threads)
        trainer.train(0, 0, 12, GO_ON)
        ends.append((trainer.values, *trainer.moments))
    for end in ends[1:]:
        for one, other in zip(end, ends[0], strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.usefixtures("eager")
def test_a_team_stops_when_the_flag_is_set(rng: np.random.Generator) -> None:
    trainer, stop, ends = trainer_of(default_run(rng), "float32", 250, 2), np.zeros(1, np.uint8), []
    thread = Thread(target=lambda: ends.append(trainer.train(0, 0, 10**12, stop).ended))
    thread.start()
    stop[0] = 1
    thread.join(30)
    assert ends == ["flag"]


@pytest.mark.usefixtures("eager")
def test_a_team_leaves_the_values_sound(rng: np.random.Generator) -> None:
    run = default_run(rng, dense_network((2, 8, 1), "linear"))
    run = run._replace(task=Task(run.task.graph, codes.SQUARED, Rule(0, 1e30)))
    trainer = trainer_of(run, "float32", 64, 2)
    assert trainer.train(0, 0, 100, GO_ON).ended == "diverged"
    assert np.isfinite(trainer.values).all()


def test_small_batches_have_one_thread(rng: np.random.Generator) -> None:
    assert trainer_of(default_run(rng), "float32", 250, 8).threads == 1


def test_every_unit_and_every_slot_has_one_owner(rng: np.random.Generator) -> None:
    for threads in (1, 2, 5):
        program, _, _ = lay_out(run_of(random_case(rng, n_rows=3)).task, 16)
        shares = board.make_board(program, threads)[team.PARTS :].reshape(-1, team.PART)
        assert (shares[0, 0], shares[-1, 0]) == (0, program.n_units)
        assert (shares[0, 1], shares[-1, 1]) == (0, program.n_slots)
        assert (np.diff(shares[:, :2], axis=0) >= 0).all()

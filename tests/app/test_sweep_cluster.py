"""Sweeps on a Dask cluster: one of a single thread, in a Python of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground.app import sweep_cluster
from playground.app.sweep_cluster import MISSING, ClusterSweep, why_not_cluster
from playground.app.sweep_events import Ended
from tests.app.sweeps import Ear
from tests.engine.sweeps import points_of

ROOT = Path(__file__).parent.parent.parent

ON_A_CLUSTER = """
from distributed import LocalCluster
from playground.app.sweep_cluster import ClusterSweep
from playground.app.sweep_events import Ended, Finished
from playground.engine.sweep_run import run_point
from playground.model.message import Message, sentence
from tests.app.sweeps import ENDLESS, Ear, until_the_end
from tests.engine.sweeps import points_of

with LocalCluster(
    n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
) as cluster:
    address = cluster.scheduler_address

    points = points_of("data.name=avocado,iris", "learning.learning_rate=0.01,1e300")
    ear = Ear()
    finished = until_the_end(ClusterSweep(points, address, ear.tell), ear)
    for point in points:
        outcome, expected = finished[point.number].outcome, run_point(point.file, point.epochs)
        if isinstance(expected, Message):
            assert outcome == expected
            print("reason", sentence(outcome))
        else:
            assert outcome.curve.tobytes() == expected.curve.tobytes()
            assert outcome.file == expected.file
            print("same bits", outcome.stopped)

    ear = Ear()
    sweep = ClusterSweep(points_of(*ENDLESS, "seed=1,2", epochs=10**9), address, ear.tell)
    sweep.start()
    worker = next(iter(cluster.workers.values()))
    while not worker.state.executing_count:
        pass
    sweep.cancel()
    sweep.join()
    while worker.state.executing_count or worker.state.tasks:
        pass
    assert ear.is_silent()
    print("cancelled")

with LocalCluster(n_workers=0, processes=False, dashboard_address=None, protocol="tcp") as cluster:
    ear = Ear()
    sweep = ClusterSweep(points_of("seed=1"), cluster.scheduler_address, ear.tell)
    sweep.start()
    print(sentence(ear.wait_for(Ended).problem))
    sweep.join()
"""


def test_a_cluster_gives_the_bits_of_this_process() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", ON_A_CLUSTER],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:2] == ["same bits epochs", "same bits diverged"]
    assert [line.partition(" ")[0] for line in lines[2:4]] == ["reason", "reason"]
    assert lines[4:] == ["cancelled", "The cluster has no workers, so nothing can run there."]


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_not_cluster() is None
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert why_not_cluster() is MISSING
    ear = Ear()
    sweep = ClusterSweep(points_of("seed=1"), "tcp://127.0.0.1:1", ear.tell)
    sweep.start()
    assert ear.wait_for(Ended).problem is MISSING
    sweep.join()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_a_cluster_that_cannot_be_reached_is_told(address: str) -> None:
    code = f"""
from playground.app import sweep_cluster
sweep_cluster.CONNECT_SECONDS = 1
from playground.app.sweep_events import Ended
from playground.model.message import sentence
from tests.app.sweeps import Ear
from tests.engine.sweeps import points_of
ear = Ear()
sweep = sweep_cluster.ClusterSweep(points_of("seed=1"), {address!r}, ear.tell)
sweep.start()
print(sentence(ear.wait_for(Ended).problem))
sweep.join()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT
    )
    assert done.stdout.startswith(f"There is no cluster to be reached at {address}: ")
    assert sweep_cluster.CONNECT_SECONDS == 10

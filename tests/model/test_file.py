"""The file: saving and loading is identity, and what the format forbids is refused with its place."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.model import edits, file
from playground.model.errors import FileError
from playground.model.experiment import BuiltInData, Experiment, TableData
from playground.model.keys import DTYPES, KERNELS, DType, Kernel
from playground.model.message import sentence
from playground.model.network import Edge, Network
from playground.model.parameters import Parameters
from playground.model.rate_schedule import RateSchedule
from tests.model.random_edits import applied, random_experiment

EXAMPLE: dict[str, Any] = {
    "format": "neural-playground",
    "version": 1,
    "network": {
        "nodes": [
            {"id": 1, "role": "input", "label": "Height", "feature": "height", "x": 0, "y": 0},
            {"id": 4, "role": "hidden", "activation": "tanh", "bias": 0.1, "x": 200, "y": 0},
            {"id": 5, "role": "hidden", "group": 2},
            {
                "id": 7,
                "role": "output",
                "activation": "sigmoid",
                "bias": 0.0,
                "label": "Ripe?",
                "target": "ripe",
                "x": 400,
                "y": 0,
            },
        ],
        "edges": [
            {"source": 1, "target": 4, "weight": 0.5},
            {"source": 4, "target": 7, "weight": -1.25},
            {"source": 4, "target": 5, "weight": 2, "shared": 3},
            {"source": 5, "target": 7, "weight": 2.0, "shared": 3, "trainable": False},
        ],
        "groups": [{"id": 2, "name": "Map", "kind": "grid", "shape": [1, 1]}],
    },
    "data": {"name": "avocado", "count": 200, "noise": 0.1, "test_share": 0.5, "seed": 1},
    "learning": {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.03, "batch_size": 10},
}

TABLE: dict[str, Any] = {
    "table": {
        "columns": ["height", {"name": "kind", "kind": "class", "classes": ["ripe", "hard"]}],
        "rows": [[1, "hard"], [2.5, None], [None, "ripe"]],
    },
    "targets": ["kind"],
    "split": "last",
    "scaling": "standard",
}

Change = Callable[[dict[str, Any]], object]


def example(change: Change = lambda _: None) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json.dumps(EXAMPLE))
    change(content)
    return content


def read(content: object) -> tuple[Experiment, Parameters]:
    return file.read(json.dumps(content).encode())


def refusal(data: bytes) -> str:
    with pytest.raises(FileError) as caught:
        file.read(data)
    return sentence(caught.value.message)


def canonical(experiment: Experiment, parameters: Parameters) -> tuple[object, ...]:
    """The facts of an experiment, with parameter ids counted in the order of their first edges."""
    network = experiment.network
    numbers = {parameter: number for number, parameter in enumerate(network.parameter_ids, start=1)}
    edges = [replace(edge, parameter=numbers[edge.parameter]) for edge in network.edges.values()]
    renamed = Network.build(network.nodes.values(), edges, network.groups.values())
    return (
        replace(experiment, network=renamed),
        list(renamed.nodes.items()),
        list(renamed.edges.items()),
        list(renamed.groups.items()),
        parameters.weights.tobytes(),
        parameters.biases.tobytes(),
    )


@settings(max_examples=150)
@given(random=st.randoms(use_true_random=False))
def test_save_then_load_is_identity(random: Random) -> None:
    experiment, parameters = random_experiment(random, 30)
    data = file.write(experiment, parameters)
    loaded = file.read(data)
    assert canonical(*loaded) == canonical(experiment, parameters)
    assert file.write(*loaded) == data
    json.loads(data)


def test_the_examples_values_are_read() -> None:
    experiment, parameters = read(EXAMPLE)
    network = experiment.network
    assert list(network.nodes) == [1, 4, 5, 7]
    assert network.nodes[1].feature == "height"
    assert network.nodes[7].target == "ripe"
    assert network.nodes[7].x == 400
    assert network.nodes[5].activation == "tanh"
    assert network.groups[2].shape == (1, 1)
    assert parameters.bias(network, 4) == 0.1
    assert parameters.weight(network, (4, 7)) == -1.25
    assert network.edges[4, 5].parameter == network.edges[5, 7].parameter
    assert network.edges[1, 4] == Edge(1, 4, 1)
    assert not network.edges[5, 7].trainable
    assert experiment.data == BuiltInData("avocado", 200, 0.1, 0.5, 1)
    assert experiment.learning.optimizer == "adam"
    assert experiment.learning.epsilon == 1e-8
    assert experiment.seed == 0


def test_defaults_are_those_of_the_format() -> None:
    content = {"format": "neural-playground", "version": 1, "network": {"nodes": [], "edges": []}}
    experiment, _ = read(content)
    assert experiment == Experiment()
    learning = experiment.learning
    assert (learning.loss, learning.optimizer, learning.learning_rate) == ("squared", "sgd", 0.03)
    assert (learning.momentum, learning.beta1, learning.beta2, learning.epsilon) == (0.9, 0.9, 0.999, 1e-8)
    assert (learning.batch_size, learning.shuffle, learning.regularization) == (10, True, "none")
    assert (learning.regularization_rate, learning.initialization) == (0.0, "glorot_uniform")
    assert (learning.stop_epochs, learning.stop_loss) == (None, None)
    assert (learning.kernel, learning.dtype) == ("numpy", "float64")


@pytest.mark.parametrize(
    ("loss", "expected"),
    [("squared", "linear"), ("cross_entropy", "sigmoid"), ("softmax_cross_entropy", "linear")],
)
def test_outputs_have_the_activation_that_the_loss_asks_for(loss: str, expected: str) -> None:
    def change(content: dict[str, Any]) -> None:
        content["learning"]["loss"] = loss
        del content["network"]["nodes"][3]["activation"]

    experiment, _ = read(example(change))
    assert experiment.network.nodes[7].activation == expected


def test_a_table_with_classes_and_missing_cells() -> None:
    experiment, parameters = read(example(lambda content: content.update(data=TABLE)))
    spec = experiment.data
    assert isinstance(spec, TableData)
    assert spec.table.columns[1].classes == ("ripe", "hard")
    assert spec.table.cells[0].tolist() == [1.0, 1.0]
    assert str(spec.table.cells[1:].tolist()) == "[[2.5, nan], [nan, 0.0]]"
    assert (spec.targets, spec.split, spec.scaling) == (("kind",), "last", "standard")
    assert file.read(file.write(experiment, parameters))[0] == experiment


def test_stop_and_seed() -> None:
    def change(content: dict[str, Any]) -> None:
        content["learning"]["stop"] = {"epochs": 50, "loss": None}
        content["seed"] = 12

    experiment, parameters = read(example(change))
    assert (experiment.learning.stop_epochs, experiment.learning.stop_loss, experiment.seed) == (50, None, 12)
    assert file.read(file.write(experiment, parameters))[0] == experiment


def _node(index: int, **keys: object) -> Change:
    return lambda content: content["network"]["nodes"][index].update(keys)


def _edge(index: int, **keys: object) -> Change:
    return lambda content: content["network"]["edges"][index].update(keys)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_kernel_and_type_are_kept_and_left_out_where_usual(kernel: Kernel, dtype: DType) -> None:
    experiment, parameters = file.read(json.dumps(EXAMPLE).encode())
    learning = replace(experiment.learning, kernel=kernel, dtype=dtype)
    written = file.write(replace(experiment, learning=learning), parameters)
    assert file.read(written)[0].learning == learning
    keys = json.loads(written)["learning"].keys()
    # An older program refuses these keys; it can open what it could have made.
    assert ("kernel" in keys, "dtype" in keys) == (kernel != "numpy", dtype != "float64")


SCHEDULES: list[tuple[RateSchedule, object]] = [
    (RateSchedule(), None),
    (RateSchedule("step", every=7, factor=0.25), {"kind": "step", "every": 7, "factor": 0.25}),
    (RateSchedule("cosine", epochs=90, least=0.1), {"kind": "cosine", "epochs": 90, "least": 0.1}),
]


@pytest.mark.parametrize(("schedule", "entry"), SCHEDULES)
@pytest.mark.parametrize("dropout", [0.0, 0.25])
def test_schedule_and_dropout_are_kept_and_left_out_where_usual(
    schedule: RateSchedule, entry: object, dropout: float
) -> None:
    experiment, parameters = file.read(json.dumps(EXAMPLE).encode())
    learning = replace(experiment.learning, schedule=schedule, dropout=dropout)
    written = file.write(replace(experiment, learning=learning), parameters)
    assert file.read(written)[0].learning == learning
    keys = json.loads(written)["learning"]
    assert keys.get("schedule") == entry
    assert keys.get("dropout", 0.0) == dropout
    assert ("dropout" in keys) == (dropout > 0)


def test_a_constant_schedule_and_no_share_of_the_cosine_may_be_written() -> None:
    written = example(_learning(schedule="constant"))
    assert file.read(json.dumps(written).encode())[0].learning.schedule == RateSchedule()
    cosine = example(_learning(schedule={"kind": "cosine", "epochs": 30}))
    assert file.read(json.dumps(cosine).encode())[0].learning.schedule == RateSchedule("cosine", epochs=30)


def _learning(**keys: object) -> Change:
    return lambda content: content["learning"].update(keys)


def _data(**keys: object) -> Change:
    return lambda content: content["data"].update(keys)


def _table(**keys: object) -> Change:
    def change(content: dict[str, Any]) -> None:
        content["data"] = json.loads(json.dumps(TABLE))
        content["data"]["table"].update(keys)

    return change


def _in_table(**keys: object) -> Change:
    return lambda content: content.update(data=json.loads(json.dumps(TABLE | keys)))


BAD: list[tuple[Change, str]] = [
    (_edge(3, weight="x"), "network.edges[3].weight: expected a finite number"),
    (_edge(3, weight=None), "network.edges[3].weight: expected a finite number"),
    (_edge(3, weight=float("nan")), "network.edges[3].weight: expected a finite number"),
    (_edge(1, weight=float("inf")), "network.edges[1].weight: expected a finite number"),
    (_edge(1, weight=10**400), "network.edges[1].weight: expected a finite number"),
    (_edge(1, weight=True), "network.edges[1].weight: expected a finite number"),
    (_edge(3, weight=1), "network.edges[3].weight: edges that share a weight must agree on it"),
    (_edge(0, target=1), "network.edges[0]: a node cannot be connected to itself"),
    (_edge(1, target=1), "network.edges[1].target: nothing can flow into an input"),
    (_edge(0, source=7), "network.edges[0].source: nothing can flow out of an output"),
    (_edge(0, source=8), "network.edges[0].source: there is no node 8"),
    (_edge(0, target=8), "network.edges[0].target: there is no node 8"),
    (_edge(0, colour="red"), "network.edges[0].colour: this key is not known"),
    (_edge(0, trainable=1), "network.edges[0].trainable: expected true or false"),
    (_edge(1, source=1, target=4), "network.edges[1]: an edge from 1 to 4 is there already"),
    (lambda c: c["network"]["edges"].append({"source": 5, "target": 4, "weight": 1}), "form a circle"),
    (lambda c: c["network"]["edges"][0].pop("weight"), "network.edges[0].weight: this key is missing"),
    (_node(0, id=4), "network.nodes[1].id: the id 4 is used twice"),
    (_node(0, id=0), "network.nodes[0].id: expected a whole number that is at least 1"),
    (_node(0, id=2**31), "network.nodes[0].id: expected a whole number that is at most 2,147,483,647"),
    (_node(0, id=1.5), "network.nodes[0].id: expected a whole number"),
    (_node(0, role="neuron"), "network.nodes[0].role: 'neuron' is not one of the choices"),
    (_node(0, x="left"), "network.nodes[0].x: expected a finite number"),
    (_node(0, y=float("-inf")), "network.nodes[0].y: expected a finite number"),
    (_node(0, label="x" * 201), "network.nodes[0].label: expected a text of at most 200 parts"),
    (_node(0, bias=0.5), "network.nodes[0].bias: an input has no bias"),
    (_node(1, bias="big"), "network.nodes[1].bias: expected a finite number"),
    (_node(1, activation="step"), "network.nodes[1].activation: 'step' is not one of the choices"),
    (_node(1, feature="height"), "network.nodes[1].feature: only an input reads a feature"),
    (_node(1, target="ripe"), "network.nodes[1].target: only an output has a target"),
    (_node(2, group=9), "network.nodes[2].group: there is no group 9"),
    (_node(3, activation="tanh"), "network.nodes[3].activation: the loss asks for sigmoid outputs"),
    (lambda c: c["network"]["groups"][0].pop("shape"), "network.groups[0].shape: a grid has rows"),
    (lambda c: c["network"]["groups"].append({"id": 2}), "network.groups[1].id: the id 2 is used twice"),
    (lambda c: c["network"].update(nodes={}), "network.nodes: expected a list"),
    (lambda c: c.update(network=[]), "network: expected an object"),
    (lambda c: c.pop("network"), "network: this key is missing"),
    (lambda c: c.update(seed=-1), "seed: expected a whole number that is at least 0"),
    (lambda c: c.update(author="me"), "author: this key is not known"),
    (lambda c: c.update(view={}), "view: this key is kept for a later version"),
    (lambda c: c.update(version=2), "version: the file needs a newer program; this one reads version 1."),
    (lambda c: c.update(version=0), "version: expected 1"),
    (lambda c: c.update(format="other"), 'its "format" is not "neural-playground"'),
    (_learning(learning_rate=0), "learning.learning_rate: expected a finite number that is greater than 0"),
    (_learning(batch_size=0), "learning.batch_size: expected a whole number that is at least 1"),
    (_learning(loss="hinge"), "learning.loss: 'hinge' is not one of the choices"),
    (_learning(kernel="abacus"), "learning.kernel: 'abacus' is not one of the choices"),
    (_learning(dtype="float16"), "learning.dtype: 'float16' is not one of the choices"),
    (_learning(kernel=1), "learning.kernel: expected a text"),
    (_learning(dropout=1), "learning.dropout: expected a finite number that is less than 1"),
    (_learning(dropout=-0.1), "learning.dropout: expected a finite number that is at least 0"),
    (_learning(dropout="half"), "learning.dropout: expected a finite number"),
    (_learning(schedule="slowly"), "learning.schedule: 'slowly' is not one of the choices"),
    (_learning(schedule=0.5), "learning.schedule: expected a text or an object"),
    (_learning(schedule={"kind": "step", "factor": 0.5}), "learning.schedule.every: this key is missing"),
    (_learning(schedule={"every": 9, "factor": 0.5}), "learning.schedule.kind: this key is missing"),
    (_learning(schedule={"kind": "ramp"}), "learning.schedule.kind: this value is not allowed"),
    (
        _learning(schedule={"kind": "step", "every": 0, "factor": 0.5}),
        "learning.schedule.every: expected a whole number that is at least 1",
    ),
    (
        _learning(schedule={"kind": "step", "every": 9, "factor": 0}),
        "learning.schedule.factor: expected a finite number that is greater than 0",
    ),
    (
        _learning(schedule={"kind": "step", "every": 9, "factor": 2}),
        "learning.schedule.factor: expected a finite number that is at most 1",
    ),
    (
        _learning(schedule={"kind": "cosine", "epochs": 9.5}),
        "learning.schedule.epochs: expected a whole number",
    ),
    (
        _learning(schedule={"kind": "cosine", "epochs": 9, "least": 1.5}),
        "learning.schedule.least: expected a finite number that is at most 1",
    ),
    (
        _learning(schedule={"kind": "cosine", "epochs": 9, "every": 3}),
        "learning.schedule.every: this key is not known",
    ),
    (_learning(stop={"epochs": 0}), "learning.stop.epochs: expected a whole number that is at least 1"),
    (_learning(shuffle="yes"), "learning.shuffle: expected true or false"),
    (_data(count=0), "data.count: expected a whole number that is at least 1"),
    (_data(noise=-1), "data.noise: expected a finite number that is at least 0"),
    (_data(targets=["ripe"]), "data.targets: only a table has this key"),
    (_data(test_share=1.5), "data.test_share: expected a finite number that is at most 1"),
    (lambda c: c["data"].pop("name"), "data.name: this key is missing"),
    (_table(rows=[[1]]), "data.table.rows[0]: expected 2 cells"),
    (_table(rows=[[1, "soft"]]), "data.table.rows[0][1]: expected one of the column's classes"),
    (_table(rows=[["tall", "hard"]]), "data.table.rows[0][0]: expected a finite number"),
    (_table(rows=[[float("nan"), "hard"]]), "data.table.rows[0][0]: expected a finite number"),
    (_table(columns=["a", "a"]), "data.table.columns[1]: the column a is there already"),
    (_in_table(targets=["price"]), "data.targets[0]: there is no column price"),
    (_in_table(noise=0.5), "data.noise: a table has no such key"),
    (_in_table(name="avocado"), "data: data has a name or a table, not both"),
]


@pytest.mark.parametrize(("change", "expected"), BAD, ids=[text for _, text in BAD])
def test_what_the_format_forbids_is_refused_with_its_place(change: Change, expected: str) -> None:
    text = refusal(json.dumps(example(change)).encode())
    assert expected in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "The file breaks off before its end."),
        (json.dumps(EXAMPLE).encode()[:200], "The file breaks off before its end."),
        (b"\x89PNG\r\n", "it is no JSON"),
        (b"\xff\xfe{", "it is no JSON"),
        (b"[" * 100_000, "not a playground file"),
        (b'{"view": ' + b"[" * 100_000, "not a playground file"),
        (b"[]", "not a playground file"),
        (b'{"nodes": []}', "not a playground file"),
    ],
)
def test_what_is_no_playground_file_at_all(data: bytes, expected: str) -> None:
    assert expected in refusal(data)


def test_sizes_past_the_limits() -> None:
    nodes = [{"id": number, "role": "hidden"} for number in range(1, 10_002)]
    assert "network.nodes" in refusal(
        json.dumps(example(lambda c: c["network"].update(nodes=nodes))).encode()
    )
    edge = {"source": 1, "target": 4, "weight": 0.5}
    text = refusal(json.dumps(example(lambda c: c["network"].update(edges=[edge] * 200_001))).encode())
    assert "network.edges" in text
    assert "200,000" in text
    assert "64 MiB" in refusal(b" " * (64 * 2**20 + 1))
    rows = [[1, "hard"]] * 500_001
    assert "1,000,000 cells" in refusal(json.dumps(example(_table(rows=rows))).encode())


def test_a_circle_is_named() -> None:
    def change(content: dict[str, Any]) -> None:
        content["network"]["nodes"] += [{"id": 8, "role": "hidden"}]
        content["network"]["edges"] += [
            {"source": 5, "target": 4, "weight": 1},
            {"source": 5, "target": 8, "weight": 1},
        ]

    text = refusal(json.dumps(example(change)).encode())
    assert text in {
        "network.edges: the nodes 4, 5 form a circle",
        "network.edges: the nodes 5, 4 form a circle",
    }


def test_a_byte_order_mark_is_passed_over() -> None:
    assert file.read(b"\xef\xbb\xbf" + json.dumps(EXAMPLE).encode()) == read(EXAMPLE)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        return found + [deeper for key, part in value.items() for deeper in _paths(part, (*path, key))]
    if isinstance(value, list):
        return found + [deeper for key, part in enumerate(value) for deeper in _paths(part, (*path, key))]
    return found


VALUES: st.SearchStrategy[object] = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        4,
        7,
        2**70,
        10**400,
        1.5,
        float("nan"),
        float("inf"),
        1e308,
        "",
        "x",
        "\ud800",
        [],
        {},
        [[]],
    ]
)


@settings(max_examples=300)
@given(data=st.data(), count=st.integers(1, 3))
def test_mutated_files_are_read_or_refused(data: st.DataObject, count: int) -> None:
    content = example(_in_table() if data.draw(st.booleans()) else lambda _: None)
    for _ in range(count):
        path = data.draw(st.sampled_from(_paths(content)))
        place: Any = content
        for key in path[:-1]:
            place = place[key]
        if isinstance(place, dict) and data.draw(st.booleans()):
            del place[path[-1]]
        else:
            place[path[-1]] = copy.deepcopy(data.draw(VALUES))
        if not _paths(content):
            break
    check(json.dumps(content).encode())


@settings(max_examples=300)
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(json.dumps(EXAMPLE).encode())
    start = data.draw(st.integers(0, len(content)))
    content[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    check(bytes(content))


def check(data: bytes) -> None:
    """Whatever the bytes are, they are read as something that can be written again, or refused."""
    try:
        loaded = file.read(data)
    except FileError as error:
        said = sentence(error.message)
    else:
        said = ""
        assert canonical(*file.read(file.write(*loaded))) == canonical(*loaded)
    assert "\n" not in said


@pytest.mark.parametrize("seed", range(10))
def test_a_large_file_is_read_in_parts_like_a_small_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = file.write(*random_experiment(Random(seed)))
    as_a_whole = canonical(*file.read(data))
    monkeypatch.setattr(file, "LARGE_BYTES", 0)
    monkeypatch.setattr(file, "EDGES_IN_PART", 3)
    assert canonical(*file.read(data)) == as_a_whole


def test_a_large_file_is_refused_with_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "LARGE_BYTES", 0)
    monkeypatch.setattr(file, "EDGES_IN_PART", 2)
    content = copy.deepcopy(EXAMPLE)
    content["network"]["edges"][3]["weight"] = "x"
    with pytest.raises(FileError) as refused:
        file.read(json.dumps(content).encode())
    assert sentence(refused.value.message) == "network.edges[3].weight: expected a finite number"


def test_the_largest_network_is_read_in_about_a_second() -> None:
    experiment = Experiment()
    parameters = Parameters.zeros(experiment.network)
    for edit in (
        edits.add_node("output", 0, 0),
        *(edits.add_layer(445) for _ in range(2)),
        edits.add_layer(4),
    ):
        change = edit.make(experiment, parameters)
        experiment, parameters = applied(experiment, parameters, change)
    data = file.write(experiment, parameters)
    assert len(experiment.network.edges) > 199_000
    start = time.process_time()
    loaded, values = file.read(data)
    assert time.process_time() - start < 3.0  # 0.4 s on the machine where this was written
    assert len(loaded.network.edges) == len(experiment.network.edges)
    assert values.weights.tobytes() == parameters.weights.tobytes()

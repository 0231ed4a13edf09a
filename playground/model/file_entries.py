"""The shapes of a file's parts, as msgspec reads and writes them; a key that is left out has its default."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Raw, Struct

from playground.model.keys import (
    Activation,
    DType,
    GroupKind,
    Initialization,
    Kernel,
    Loss,
    Optimizer,
    Regularization,
    Role,
    Scaling,
    Split,
)
from playground.model.limits import MAX_EDGES, MAX_ID, MAX_LABEL, MAX_NODES, MAX_SEED

FORMAT = "neural-playground"
VERSION = 1

Id = Annotated[int, Meta(ge=1, le=MAX_ID)]
Label = Annotated[str, Meta(max_length=MAX_LABEL)]
Seed = Annotated[int, Meta(ge=0, le=MAX_SEED)]
Positive = Annotated[float, Meta(gt=0)]
NotNegative = Annotated[float, Meta(ge=0)]
Decay = Annotated[float, Meta(ge=0, lt=1)]
Factor = Annotated[float, Meta(gt=0, le=1)]
Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=1, le=MAX_SEED)]


E = TypeVar("E", "EdgeEntry", Raw)


class NodeEntry(Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A node of the file; activation None stands for the default of its role."""

    id: Id
    role: Role
    activation: Activation | None = None
    bias: float | None = None
    label: Label = ""
    feature: str | None = None
    target: str | None = None
    group: int | None = None
    x: float = 0.0
    y: float = 0.0


class EdgeEntry(Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """An edge of the file; edges with the same `shared` number have one weight."""

    source: Id
    target: Id
    weight: float
    shared: int | None = None
    trainable: bool = True


class GroupEntry(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A group of the file."""

    id: Id
    name: Label = ""
    kind: GroupKind = "layer"
    shape: tuple[Count, Count] | None = None


class NetworkEntry(Struct, Generic[E], forbid_unknown_fields=True):
    """The network of the file; its edges are read, or as they stand there."""

    nodes: Annotated[list[NodeEntry], Meta(max_length=MAX_NODES)] = []
    edges: Annotated[list[E], Meta(max_length=MAX_EDGES)] = []
    groups: list[GroupEntry] = []


class ColumnEntry(Struct, forbid_unknown_fields=True):
    """A column of the file's table that says more than its name."""

    name: str
    kind: Literal["number", "class"] = "number"
    classes: list[str] = []


class TableEntry(Struct, forbid_unknown_fields=True):
    """The file's table: cells are numbers, class texts, or null where one is missing."""

    columns: list[str | ColumnEntry]
    rows: list[list[float | str | None]]


class DataEntry(Struct, forbid_unknown_fields=True):
    """The data of the file: a built-in data set by name, or a table; one of the two."""

    name: str | None = None
    table: TableEntry | None = None
    count: Count | None = None
    noise: NotNegative | None = None
    targets: list[str] | None = None
    test_share: Share = 0.5
    split: Split | None = None
    seed: Seed = 0
    scaling: Scaling | None = None


class StopEntry(Struct, forbid_unknown_fields=True):
    """When a training run ends by itself."""

    epochs: Count | None = None
    loss: NotNegative | None = None


class StepEntry(Struct, forbid_unknown_fields=True, frozen=True, tag_field="kind", tag="step"):
    """A learning rate that falls after every so many epochs."""

    every: Count
    factor: Factor


class CosineEntry(Struct, forbid_unknown_fields=True, frozen=True, tag_field="kind", tag="cosine"):
    """A learning rate that falls along half a cosine."""

    epochs: Count
    least: Share = 0.0


class LearningEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """The learning settings of the file."""

    loss: Loss = "squared"
    optimizer: Optimizer = "sgd"
    momentum: Decay = 0.9
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    epsilon: Positive = 1e-8
    learning_rate: Positive = 0.03
    batch_size: Count = 10
    shuffle: bool = True
    regularization: Regularization = "none"
    regularization_rate: NotNegative = 0.0
    initialization: Initialization = "glorot_uniform"
    stop: StopEntry | None = None
    kernel: Kernel = "numpy"
    dtype: DType = "float64"
    schedule: Literal["constant"] | StepEntry | CosineEntry = "constant"
    dropout: Decay = 0.0


class FileEntry(Struct, Generic[E], forbid_unknown_fields=True):
    """The whole file."""

    format: str
    version: int
    network: NetworkEntry[E]
    seed: Seed = 0
    data: DataEntry | None = None
    learning: LearningEntry = LearningEntry()

"""Real measurements that come with scikit-learn: rows drawn from them, with an error of measurement.

Iris: Fisher 1936. Wine, breast cancer and digits: the UCI repository. Diabetes: Efron and others 2004.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.model.experiment import Column, Table

MEANS = ("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points")
CELL_PARTS = (*MEANS, "symmetry", "fractal dimension")


@dataclass(frozen=True, slots=True)
class Measured:
    """One set: the name of its loader in scikit-learn, its columns, and how many rows it has.

    divisor : what every feature is divided by
    whole : features are whole numbers between 0 and `divisor`, so that errors are cut off there
    """

    loader: str
    features: tuple[str, ...]
    target: Column
    row_count: int
    divisor: float = 1.0
    is_bounded: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its table."""
        return (*(Column(name) for name in self.features), self.target)

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of the columns to predict."""
        return (self.target.name,)

    @property
    def make(self) -> Callable[[int, float, np.random.Generator], Table]:
        """What draws rows: (count, noise, generator) -> Table, at most `row_count` rows.

        noise : standard deviation of the error, as a share of each column's own spread
        """

        def make(count: int, noise: float, generator: np.random.Generator) -> Table:
            measurements, answers = self._load()
            chosen = generator.permutation(self.row_count)[:count]
            error = generator.normal(0.0, noise, measurements.shape) * measurements.std(axis=0)
            top = self.divisor if self.is_bounded else np.inf
            shaken = np.clip(measurements + error, 0.0, top) / self.divisor
            return Table(self.columns, np.column_stack([shaken, answers])[chosen])

        return make

    def _load(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        from sklearn import datasets

        settings = {"scaled": False} if self.loader == "load_diabetes" else {}
        measurements, answers = getattr(datasets, self.loader)(return_X_y=True, **settings)
        return measurements, answers


IRIS = Measured(
    "load_iris",
    ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
    Column("species", "class", ("setosa", "versicolor", "virginica")),
    150,
)
WINE = Measured(
    "load_wine",
    (
        *("alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids"),
        *("nonflavanoid phenols", "proanthocyanins", "colour intensity", "hue", "dilution", "proline"),
    ),
    Column("grower", "class", ("first", "second", "third")),
    178,
)
BREAST_CANCER = Measured(
    "load_breast_cancer",
    (
        *(f"mean {part}" for part in CELL_PARTS),
        *(f"{part} error" for part in CELL_PARTS),
        *(f"worst {part}" for part in CELL_PARTS),
    ),
    Column("tumour", "class", ("malignant", "benign")),
    569,
)
DIGITS = Measured(
    "load_digits",
    tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8)),
    Column("digit", "class", tuple("0123456789")),
    1797,
    divisor=16.0,
    is_bounded=True,
)
DIABETES = Measured(
    "load_diabetes",
    (
        *("age", "sex", "body mass index", "blood pressure", "cholesterol", "LDL", "HDL"),
        *("cholesterol to HDL", "log triglycerides", "blood sugar"),
    ),
    Column("progression"),
    442,
)

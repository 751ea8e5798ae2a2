"""Points with multiplicities and their exact run in plain fractions, for A = I."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from exactdyn.floats.attended import Attended
from exactdyn.numbers.reading import nearest_float
from tests.judges import reference

DYADIC = st.integers(-40, 40).map(lambda n: n / 16)


@dataclass(frozen=True)
class Drawn:
    """``places``: layer, point, coordinate as fractions; ``steps``: the exact sets of the same layers."""

    start: np.ndarray
    weights: np.ndarray
    tau: float
    places: list[list[tuple[Fraction, ...]]]
    steps: list[Attended]


@st.composite
def weighted_points(draw, layers=8, alphas=("1/4", "1", "5/2", "100")):
    dimension = draw(st.integers(1, 3))
    point = st.tuples(*[DYADIC] * dimension)
    points = draw(st.lists(point, min_size=1, max_size=6, unique=True))
    weights = draw(st.lists(st.integers(1, 3), min_size=len(points), max_size=len(points)))
    alpha = Fraction(draw(st.sampled_from(alphas)))
    owner = [i for i, weight in enumerate(weights) for _ in range(weight)]
    identity = [[int(i == j) for j in range(dimension)] for i in range(dimension)]
    system = reference.system(identity, alpha, [[Fraction(x) for x in points[i]] for i in owner])
    run = reference.run(system, layers)
    tau = alpha / (1 + alpha)
    return Drawn(
        np.array(points),
        np.array(weights, dtype=float),
        nearest_float(tau.numerator, tau.denominator),
        [[layer.tokens[owner.index(i)] for i in range(len(points))] for layer in run],
        [
            Attended(
                tuple(
                    tuple(sorted({owner[j] for j in layer.attention[owner.index(i)]}))
                    for i in range(len(points))
                )
            )
            for layer in run
        ],
    )

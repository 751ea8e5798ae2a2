"""Systems made so that one attention graph stays although rates of the states are irrational or complex.

Steps, tokens and a graph are drawn; whether some A lets the tokens attend it for nine layers is one linear
program.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from flint import fmpq_mat, fmpz

from exactdyn.geometry.programs.cone import Contradiction, Relation, cone_point
from exactdyn.numbers.reading import to_fmpq
from exactdyn.numbers.vectors import cleared, primitive
from tests.judges.reference import Matrix, System

LAYERS = 9
"""So many layers are planted; later ones are what they are."""

Graph = list[frozenset[int]]


def planted_graph(seed: int, full: bool) -> System | None:
    """Return the system of a seed; None where no matrix has the graph, or all rates are rational.

    ``full``: as many dimensions as tokens, and graphs of tokens that attend themselves among others.
    """
    rng = Random(seed)
    n = rng.randint(3, 5 if full else 6)
    d = n if full else rng.randint(2, min(n, 4))
    tau = Fraction(rng.randint(1, 5), 6) if rng.random() < 0.5 else Fraction(rng.randint(1, 3), 4)
    kind = "self" if full else rng.choice(["self", "cycle", "mixed"])
    graph = [_attended(rng, kind, i, n) for i in range(n)]
    step = _step(graph, tau)
    start = [[Fraction(rng.randint(-3, 3)) for _ in range(d)] for _ in range(n)]
    if kind != "self" and rng.random() < 0.3:
        start[2] = [-x - y for x, y in zip(start[0], start[1], strict=True)]
    if _has_rational_rates(step) or len({*map(tuple, start)}) < n:
        return None
    A = _matrix(graph, step, start)
    return None if A is None else System(A, tau / (1 - tau), tuple(map(tuple, start)))


def _attended(rng: Random, kind: str, i: int, n: int) -> frozenset[int]:
    if kind == "self":
        some = {*rng.sample(range(n), min(rng.choice([1, 2, 2, 3]), n))}
        return frozenset(some | {i} if rng.random() < 0.5 else some)
    if i < 3:  # the first three go round
        return frozenset({(i + 1) % 3})
    if kind == "cycle":
        return frozenset({rng.randrange(n)})
    return frozenset({i} if rng.random() < 0.5 else rng.sample(range(n), rng.choice([1, 1, 2])))


def _step(graph: Graph, tau: Fraction) -> list[list[Fraction]]:
    size = range(len(graph))
    return [[(1 - tau) * (i == j) + tau * (j in own) / len(own) for j in size] for i, own in enumerate(graph)]


def _has_rational_rates(step: list[list[Fraction]]) -> bool:
    characteristic = fmpq_mat([[to_fmpq(x) for x in row] for row in step]).charpoly()
    return all(factor.degree() == 1 for factor, _ in characteristic.factor()[1])


def _matrix(graph: Graph, step: list[list[Fraction]], start: list[list[Fraction]]) -> Matrix | None:
    """Return a matrix with which the tokens attend the graph at the layers that are planted."""
    state, size = start, range(len(start[0]))
    rows: list[list[fmpz]] = []
    relations: list[Relation] = []
    for _ in range(LAYERS):
        for z, own in zip(state, graph, strict=True):
            first = state[min(own)]
            for j, other in enumerate(state):
                if j != min(own):
                    row = [(first[r] - other[r]) * z[c] for r in size for c in size]
                    rows.append(list(primitive(cleared(row)[0])))
                    relations.append("=" if j in own else ">")
        state = [
            [sum((w * z[c] for w, z in zip(weights, state, strict=True)), Fraction(0)) for c in size]
            for weights in step
        ]
    point = cone_point(rows, relations, len(size) ** 2)
    if isinstance(point, Contradiction):
        return None
    entries = [Fraction(int(x)) for x in primitive(point.coordinates)]
    return tuple(tuple(entries[r * len(size) + c] for c in size) for r in size)

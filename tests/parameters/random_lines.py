"""Random lines of small systems, rich in ties: alpha, a token or an entry of A moves."""

from fractions import Fraction
from random import Random

from exactdyn import Hardmax, cells
from exactdyn.parameters.cells import ParameterCells


def random_line(source: Random) -> ParameterCells:
    """Return the cells of a random line in dimension 1 to 3."""
    dimension = source.choice([1, 1, 2, 2, 3])
    A = _matrix(source, dimension)
    tokens = [[_number(source) for _ in range(dimension)] for _ in range(source.randint(1, 5))]
    moving = source.choice(["alpha", "alpha", "tokens", "A"])
    if moving == "alpha":
        return cells(Hardmax(A), tokens=tokens, layers=source.choice([2, 3]), low="1/20")
    system = Hardmax(A, alpha=source.choice(["1/2", 1, 3]))
    own: dict[str, object] = {"tokens": tokens}
    own[moving] = _moving(source, tokens if moving == "tokens" else A)
    return cells(system, parameter={"name": "t", "from": -2, "to": 2}, layers=2, **own)


def _number(source: Random) -> Fraction:
    return Fraction(source.randint(-2, 2), source.choice([1, 1, 2]))


def _matrix(source: Random, size: int) -> list[list[Fraction]]:
    """Any matrix, a symmetric one, one that is semidefinite, or its negative."""
    kind = source.choice(["any", "symmetric", "semidefinite", "negative"])
    rows = [[_number(source) for _ in range(size)] for _ in range(size)]
    if kind == "any":
        return rows
    if kind == "symmetric":
        return [[rows[i][j] + rows[j][i] for j in range(size)] for i in range(size)]
    sign = -1 if kind == "negative" else 1
    return [
        [sign * sum(rows[k][i] * rows[k][j] for k in range(size)) for j in range(size)] for i in range(size)
    ]


def _moving(source: Random, rows: list[list[Fraction]]) -> list[list[str]]:
    """Add multiples of t to some entries, the first one among them."""
    return [
        [f"{x} + t" if (i, j) == (0, 0) or source.random() < 0.3 else str(x) for j, x in enumerate(row)]
        for i, row in enumerate(rows)
    ]

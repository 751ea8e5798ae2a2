"""The definition of hard-attention layers in plain fractions: slow, and nothing of the library in it.

Head h of a layer has A_h, V_h, a set M_h(i) of the tokens that i may see, and a tie rule. With the step tau
of the layer, S the sum of all V_h:

    ((1 - tau) I + tau S) P_h = tau V_h,    y_i = z_i + sum_h P_h (c_ih - z_i),
    z_i <- eta y_i + W2 relu(W1 y_i + b1) + b2    where there is a ReLU block.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
Sets = tuple[frozenset[int], ...]


@dataclass(frozen=True)
class JudgedHead:
    """One head at all layers: lists of matrices (V may be None), the tokens seen, the tie rule."""

    A: tuple[Matrix, ...]
    V: tuple[Matrix, ...] | None = None
    seen: Sets | None = None
    ties: str = "mean"


@dataclass(frozen=True)
class JudgedRelu:
    """One ReLU block."""

    W1: Matrix
    b1: Vector
    W2: Matrix
    b2: Vector
    eta: Fraction = Fraction(1)


@dataclass(frozen=True)
class JudgedSystem:
    """Heads, the steps tau of the layers, ReLU blocks or none; of every list the last ``period`` repeat."""

    heads: tuple[JudgedHead, ...]
    taus: tuple[Fraction, ...]
    relu: tuple[JudgedRelu, ...] | None = None
    period: int = 1


@dataclass(frozen=True)
class JudgedLayer:
    """The tokens of a layer and what they attend in every head."""

    tokens: Matrix
    heads: tuple[Sets, ...]


def entry(listed, layer: int, period: int):
    """The entry of a list that belongs to a layer."""
    while layer >= len(listed):
        layer -= min(period, len(listed))
    return listed[layer]


def dot(x: Vector, y: Vector) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def times(M: Matrix, x: Vector) -> Vector:
    return tuple(dot(row, x) for row in M)


def plus(*vectors: Vector) -> Vector:
    return tuple(sum(column, Fraction(0)) for column in zip(*vectors, strict=True))


def scaled(factor: Fraction, x: Vector) -> Vector:
    return tuple(factor * a for a in x)


def unit(size: int) -> Matrix:
    return tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))


def solve(M: Matrix, right: Vector) -> Vector | None:
    """The x with M x = right by elimination, None where M has no inverse."""
    rows = [[*row, value] for row, value in zip(M, right, strict=True)]
    for column in range(len(rows)):
        pivot = next((r for r in range(column, len(rows)) if rows[r][column] != 0), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        rows[column] = [a / lead for a in rows[column]]
        for r in range(len(rows)):
            if r != column:
                rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[column], strict=True)]
    return tuple(row[-1] for row in rows)


def attended(A: Matrix, tokens: Matrix, token: int, seen: frozenset[int], ties: str) -> frozenset[int]:
    """C_i: of what token i sees the largest <A z_i, z_j>, by the tie rule."""
    direction = times(A, tokens[token])
    scores = {j: dot(direction, tokens[j]) for j in seen}
    tied = [j for j in sorted(seen) if scores[j] == max(scores.values())]
    return frozenset(tied if ties == "mean" else tied[:1] if ties == "first" else tied[-1:])


def attention(system: JudgedSystem, tokens: Matrix, layer: int) -> tuple[Sets, ...]:
    """What every token attends in every head."""
    everybody = (frozenset(range(len(tokens))),) * len(tokens)
    return tuple(
        tuple(
            attended(entry(head.A, layer, system.period), tokens, i, (head.seen or everybody)[i], head.ties)
            for i in range(len(tokens))
        )
        for head in system.heads
    )


def below(system: JudgedSystem, dimension: int, layer: int) -> Matrix:
    """(1 - tau) I + tau S."""
    tau = entry(system.taus, layer, system.period)
    V = [entry(head.V or (unit(dimension),), layer, system.period) for head in system.heads]
    S = tuple(plus(*rows) for rows in zip(*V, strict=True))
    return tuple(
        plus(scaled(1 - tau, one), scaled(tau, row)) for one, row in zip(unit(dimension), S, strict=True)
    )


def moved(system: JudgedSystem, tokens: Matrix, heads: tuple[Sets, ...], layer: int) -> Matrix | None:
    """The next tokens, None where the layer has no normalised step."""
    tau = entry(system.taus, layer, system.period)
    M = below(system, len(tokens[0]), layer)
    after = []
    for i, token in enumerate(tokens):
        y = token
        for head, sets in zip(system.heads, heads, strict=True):
            V = entry(head.V or (unit(len(token)),), layer, system.period)
            centre = scaled(Fraction(1, len(sets[i])), plus(*(tokens[j] for j in sets[i])))
            pull = solve(M, scaled(tau, times(V, plus(centre, scaled(Fraction(-1), token)))))
            if pull is None:
                return None
            y = plus(y, pull)
        if system.relu is not None:
            block = entry(system.relu, layer, system.period)
            inside = tuple(max(x, Fraction(0)) for x in plus(times(block.W1, y), block.b1))
            y = plus(scaled(block.eta, y), times(block.W2, inside), block.b2)
        after.append(y)
    return tuple(after)


def run(system: JudgedSystem, tokens: Matrix, layers: int) -> list[JudgedLayer] | None:
    """Layers 0..layers; None where some layer has no normalised step."""
    found = []
    for layer in range(layers + 1):
        heads = attention(system, tokens, layer)
        found.append(JudgedLayer(tokens, heads))
        if layer == layers:
            break
        following = moved(system, tokens, heads, layer)
        if following is None:
            return None
        tokens = following
    return found

"""Softmax in discrete layers, enclosed: the hardmax model with a temperature."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from exactdyn.errors import InputError
from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import Rows, integer
from exactdyn.numbers.vectors import identity
from exactdyn.softmax.attention import attention_rows
from exactdyn.softmax.balls import Balls, ball, balls
from exactdyn.softmax.system import Pull, merged


def temperature_layers(
    A: Rows, alpha: Fraction, temperature: Fraction, tokens: object, layers: int, bits: int = 128
) -> list[Balls]:
    """Return balls for the tokens at layers 0..layers of the hardmax model, softmax in place of the argmax.

    z_i <- (z_i + alpha sum_j P_ij z_j) / (1 + alpha), P_ij proportional to exp(<A z_i, z_j> / temperature).
    Raises :class:`~exactdyn.errors.InputError` for a temperature that is not positive, for alpha = -1, and
    for bad tokens.
    Source: arXiv 2407.01602, equation (5.2), with which the models there are trained.

    >>> one = ((Fraction(1),),)
    >>> last = temperature_layers(one, Fraction(1), Fraction(1, 1000), [[1], ["1/2"]], 1)[-1]
    >>> bool(abs(last[1][0] - 0.75) < 1e-9)
    True
    """
    if temperature <= 0:
        raise InputError(f"temperature: requires a number greater than 0, got {temperature}")
    if alpha == -1:
        raise InputError("alpha: requires a number other than -1, got -1")
    start = merged(tokens)
    size = range(len(start.points[0]))
    form = tuple(tuple(A[b][a] / temperature for b in size) for a in size)
    pull = Pull(identity(len(size)), form, (start.weights,) * len(start.points))

    def moved(points: Balls) -> Balls:
        return [
            [(x + ball(alpha) * c) / ball(1 + alpha) for x, c in zip(row, own.mean, strict=True)]
            for row, own in zip(points, attention_rows(points, pull), strict=True)
        ]

    return list(_layers(start.points, start.place, moved, layers, bits))


def _layers(
    points: Rows, place: tuple[int, ...], moved: Callable[[Balls], Balls], layers: int, bits: int
) -> Iterator[Balls]:
    last = integer(layers, "layers", 0)
    with working(bits):
        state = balls(points)
    for layer in range(last + 1):
        if layer > 0:
            with working(bits):
                state = moved(state)
        yield [list(state[index]) for index in place]

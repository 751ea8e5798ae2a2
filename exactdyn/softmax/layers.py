"""Softmax in discrete layers: steps of the continuous dynamics, and hardmax with a temperature."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exactdyn.errors import InputError
from exactdyn.numbers import Row, Rows
from exactdyn.softmax.balls import Balls, ball, balls
from exactdyn.softmax.field import configuration, means, references, velocities
from exactdyn.softmax.precision import working
from exactdyn.softmax.system import Softmax, merged


def euler_layers(system: Softmax, tokens: object, step: Fraction, layers: int, bits: int = 128) -> list[Balls]:
    """Return balls for the tokens at layers 0..layers of x_i <- x_i + step sum_j P_ij V x_j.

    Raises :class:`~exactdyn.errors.InputError` for bad input. Source: arXiv 2305.05465, equation (2), the layers
    of which the continuous dynamics is the limit.

    >>> last = euler_layers(Softmax(), [[1]], Fraction(1, 2), 2)[-1]
    >>> bool(last[0][0].contains(2.25))
    True
    """
    start = merged(tokens)
    model = system.model(start.weights, len(start.points[0]))

    def moved(points: Balls) -> Balls:
        refs = references(points, balls(model.B))
        found = velocities(configuration(points, refs), refs, model)
        return [
            [x + ball(step) * v for x, v in zip(row, velocity, strict=True)]
            for row, velocity in zip(points, found, strict=True)
        ]

    return list(_layers(start.points, start.place, moved, layers, bits))

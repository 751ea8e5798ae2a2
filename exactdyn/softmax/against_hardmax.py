"""Softmax of a temperature in place of the argmax: how far its run can be from the exact hardmax run."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from flint import arb, fmpq, fmpz_mat

from exactdyn.attention import AttentionSets
from exactdyn.certificate import encode
from exactdyn.errors import InputError
from exactdyn.kernel.matrix import integer_matrix
from exactdyn.numbers import Rows
from exactdyn.points import Points
from exactdyn.run import Run
from exactdyn.softmax.balls import Balls, above, ball, balls, dot, largest
from exactdyn.softmax.precision import working
from proofs_checks.softmax.temperature import FORMAT, VERSION

COARSE = 64
"""Bits for bounds, rounded upwards."""

TEMPERATURES = 64
"""A factor of two between temperatures is divided into this many steps, as far as the search goes."""

SMALLEST_POWER = 200
"""Temperatures below 2^-SMALLEST_POWER are not tried."""


@dataclass(frozen=True)
class Distance:
    """A softmax run beside the exact hardmax one at a layer, token by token.

    ``errors``: bounds of the distance of the softmax token from the hardmax token, in the largest coordinate.
    ``outside``: bounds of the attention that the softmax token pays to others than C_i. ``same_choice``:
    whether its largest score is proved to be at a token of C_i.
    """

    layer: int
    errors: tuple[Fraction, ...]
    outside: tuple[Fraction, ...]
    same_choice: tuple[bool, ...]


def distances(run: Run, temperature: Fraction) -> tuple[Distance, ...]:
    """Bound the distance between the softmax and the hardmax run from the same tokens, for every layer.

    z_i <- (z_i + alpha sum_j P_ij z_j) / (1 + alpha), P_ij proportional to exp(<A z_i, z_j> / temperature),
    against the exact states and attention sets of ``run``; ties are kept. The bounds grow with the layers:
    nothing uniform in depth is claimed. Raises :class:`~exactdyn.errors.InputError` for a temperature that is
    not positive and for alpha < 0. Source: arXiv 2407.01602, section 5, where models are trained with softmax
    and read as hardmax.

    >>> from exactdyn.hardmax import Hardmax
    >>> found = distances(Hardmax().run([[1], ["1/2"]], 2), Fraction(1, 100))
    >>> found[0].same_choice, found[1].errors[1] < Fraction(1, 10**10)
    ((True, True), True)
    """
    if temperature <= 0:
        raise InputError(f"temperature: requires a number greater than 0, got {temperature}")
    if run.system.alpha < 0:
        raise InputError(f"alpha: requires a number of at least 0, got {run.system.alpha}")
    matrix = run.system.matrix(run.start.dimension)
    diameter: arb | None = None
    errors = [arb(0) for _ in range(run.start.count)]
    found = []
    for layer, state in enumerate(run.states()):
        with working(COARSE):
            bound = _Layer(matrix, state, run.itinerary[layer], errors, ball(temperature))
            diameter = bound.diameter if diameter is None else diameter
            outside = [bound.outside(i).max(arb((1, -1000))) for i in range(state.count)]
            choices = tuple(bound.same_choice(i) for i in range(state.count))
            shown = tuple(map(above, errors))
            found.append(Distance(layer, shown, tuple(map(above, outside)), choices))
            after = (bound.after(i, ball(run.system.alpha)) for i in range(state.count))
            # A little more, so that the checker's own rounding, in units of 2^-128, stays below.
            errors = [(error.min(diameter) * (1 + arb((1, -20))) + arb((1, -100))).upper() for error in after]
    return tuple(found)


def certificate_data(run: Run, temperature: Fraction) -> dict[str, object]:
    """Return a certificate of the bounds that :func:`distances` gives, as plain data; raises as it does.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Temperature certificates".

    >>> from exactdyn.hardmax import Hardmax
    >>> certificate_data(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))["errors"][0]
    ['0', '0']
    """
    system = {
        "A": run.system.matrix(run.start.dimension),
        "alpha": run.system.alpha,
        "tokens": run.start.rows(),
    }
    errors = [found.errors for found in distances(run, temperature)]
    bounds = {"temperature": temperature, "errors": errors}
    return {"format": FORMAT, "version": VERSION, "system": encode(system)} | {
        name: encode(value) for name, value in bounds.items()
    }


def largest_temperature(run: Run, accuracy: Fraction) -> Fraction | None:
    """Return a temperature at which every token of every layer is proved to be within ``accuracy``.

    It is the largest for which these bounds prove it, but for a factor of 1 + 1/64; at every smaller one they
    do too. None if even 2^-200 is too hot for them. Raises :class:`~exactdyn.errors.InputError` for an
    accuracy that is not positive.

    >>> from exactdyn.hardmax import Hardmax
    >>> largest_temperature(Hardmax().run([[1], ["1/2"]], 3), Fraction(1, 1000)) < Fraction(1, 10)
    True
    """
    if accuracy <= 0:
        raise InputError(f"accuracy: requires a number greater than 0, got {accuracy}")

    def good(step: int) -> bool:
        return all(max(own.errors) <= accuracy for own in distances(run, _temperature(step)))

    low, high = -SMALLEST_POWER * TEMPERATURES, SMALLEST_POWER * TEMPERATURES
    if not good(low):
        return None
    if good(high):
        return _temperature(high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if good(middle) else (low, middle)
    return _temperature(low)


def _temperature(step: int) -> Fraction:
    # Increasing in the step: 2^power (1 + rest/64).
    power, rest = divmod(step, TEMPERATURES)
    return Fraction(2) ** power * Fraction(TEMPERATURES + rest, TEMPERATURES)


class _Layer:
    """Bounds for one layer, points for copies: the errors of its tokens known, those of the next wanted."""

    def __init__(
        self, matrix: Rows, state: Points, sets: AttentionSets, errors: list[arb], temperature: arb
    ) -> None:
        lowest = [min(copies) for copies in state.copies]
        points = sorted(set(lowest))
        self._point = [points.index(token) for token in lowest]
        self._weights = [len(state.copies[token]) for token in points]
        self._errors = [errors[token] for token in points]
        self._sets = [sorted({self._point[j] for j in sets[token]}) for token in points]
        self._temperature = temperature
        self._positions = balls([state.row(token) for token in points])
        self._A = balls(matrix)
        self._directions = [[dot(row, x) for row in self._A] for x in self._positions]
        self._scores = _scores(matrix, state, points)
        self._total = sum((abs(x) for row in self._A for x in row), arb(0))
        self._shares = [self._row(i) for i in range(len(points))]

    @property
    def diameter(self) -> arb:
        """A bound of all distances: softmax and hardmax tokens stay in the first hull."""
        return largest(self._distance(x, y) for x in self._positions for y in self._positions)

    def outside(self, token: int) -> arb:
        """Bound the softmax attention outside the attention set."""
        shares, _ = self._shares[self._point[token]]
        return sum(shares.values(), arb(0)).min(arb(1)).upper()

    def same_choice(self, token: int) -> bool:
        """Tell whether the largest softmax score is proved to be in the attention set."""
        return self._shares[self._point[token]][1]

    def after(self, token: int, alpha: arb) -> arb:
        """Bound the token's error in the next layer."""
        i = self._point[token]
        own, attended = self._errors[i], self._sets[i]
        weight = sum(self._weights[k] for k in attended)
        mean = [
            sum((self._weights[k] * self._positions[k][a] for k in attended), arb(0)) / weight
            for a in range(len(self._A))
        ]
        away = {j: self._distance(x, mean) for j, x in enumerate(self._positions)}
        # Without errors the attended tokens have equal shares, and their mean is the hardmax one.
        exact = all(error.is_zero() for error in self._errors)
        uneven = arb(0) if exact or len(attended) == 1 else largest(away[k] for k in attended)
        shares, _ = self._shares[i]
        pulled = sum((share * (away[j] + self._errors[j]) for j, share in shares.items()), arb(0))
        target = largest(self._errors[k] for k in attended) + uneven + pulled
        return ((own + alpha * target) / (1 + alpha)).upper()

    def _row(self, i: int) -> tuple[dict[int, arb], bool]:
        # For every j outside C_i a bound of its attention; and whether all their scores are below one in C_i.
        attended = self._sets[i]
        shares, below = {}, True
        for j in range(len(self._weights)):
            if j in attended:
                continue
            exponents = [
                self._disturbance(i, j, k) - self._scores[i][k] + self._scores[i][j] for k in attended
            ]
            below = below and any(exponent < 0 for exponent in exponents)
            least = arb(1)  # all copies of j together
            for exponent, k in zip(exponents, attended, strict=True):
                ratio = (exponent / self._temperature).exp() * self._weights[j] / self._weights[k]
                least = least.min(ratio.upper()).upper() if ratio.is_finite() else least
            shares[j] = least
        return shares, below

    def _disturbance(self, i: int, j: int, k: int) -> arb:
        # How much the errors can change <A z_i, z_j - z_k>.
        own, others = self._errors[i], self._errors[j] + self._errors[k]
        if own.is_zero() and others.is_zero():
            return arb(0)
        difference = [x - y for x, y in zip(self._positions[j], self._positions[k], strict=True)]
        columns = zip(*self._A, strict=True)
        pulled = sum((abs(dot(list(column), difference)) for column in columns), arb(0))
        direction = sum((abs(x) for x in self._directions[i]), arb(0))
        return (own * pulled + others * direction + own * others * self._total).upper()

    def _distance(self, x: list[arb], y: list[arb]) -> arb:
        return largest((a - b).abs_upper() for a, b in zip(x, y, strict=True))


def _scores(matrix: Rows, state: Points, points: list[int]) -> Balls:
    # Relative to the largest of each row, the differences formed exactly before anything is rounded.
    numerators, denominator = state.common
    rows = numerators.tolist()
    chosen = fmpz_mat([rows[token] for token in points])
    scores = (chosen * integer_matrix(matrix).transpose() * chosen.transpose()).tolist()
    scale = denominator * denominator * lcm(*(x.denominator for row in matrix for x in row))
    return [[arb(fmpq(score - max(row), scale)) for score in row] for row in scores]

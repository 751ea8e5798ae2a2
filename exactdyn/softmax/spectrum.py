"""Spectrum and rank of the attention matrix over time, enclosed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
from flint import acb, arb, arb_mat

from exactdyn.errors import InputError
from exactdyn.geometry.definiteness import positive_definite
from exactdyn.geometry.discs import (
    ball_eigenvalues,
    by_modulus,
    singular_values,
    square_root,
    symmetric_eigenvalues,
)
from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import is_symmetric
from exactdyn.presentation import Presentable
from exactdyn.softmax.balls import Balls, ball
from exactdyn.softmax.flow.state import Enclosed, State, state
from exactdyn.softmax.system import Drive, Pull
from proofs_checks.format.rationals import write_rational

POINTS_LIMIT = 128
"""The largest number of distinct points: the spectrum of one matrix takes seconds then."""

TIMES_LIMIT = 1000
"""The largest number of times."""

EPSILON = Fraction(1, 2**52)
"""n times this times the largest singular value is the threshold of the numerical rank: that of float64."""


@dataclass(frozen=True)
class HeadSpectrum:
    """What is known of the n x n attention matrix P of a head at a time.

    ``eigenvalues``: n balls, large moduli first; k of them that are the same contain k eigenvalues, with
    multiplicity, and the imaginary part is exactly 0 where these are proved to be real.
    ``singular_values``: n balls, the k-th around the k-th largest. Both are None where they could not be
    enclosed. ``rank``: the least and the largest that the rank of P can be. ``numerical_rank``: the same for
    how many singular values exceed n 2^-52 times the largest: what numpy's ``matrix_rank`` counts, up to
    rounding.
    """

    eigenvalues: tuple[acb, ...] | None
    singular_values: tuple[arb, ...] | None
    rank: tuple[int, int]
    numerical_rank: tuple[int, int]


@dataclass(frozen=True)
class SpectrumAt:
    """The spectrum of every head at a time; ``reason``: what is not enclosed there, and why; else None."""

    time: Fraction
    heads: tuple[HeadSpectrum, ...]
    reason: str | None = None


@dataclass(frozen=True, repr=False)
class AttentionSpectrum(Presentable):
    """The spectrum and the rank of the attention matrices of an enclosed run, at some times."""

    run: Enclosed
    times: tuple[SpectrumAt, ...]

    @property
    def complete(self) -> bool:
        """Whether everything is enclosed at all times that were asked for.

        >>> from exactdyn.softmax.flow.flow import flow
        >>> from exactdyn.softmax.system import Softmax
        >>> spectrum_of(flow(Softmax(), [[1]], until=Fraction(1)), [Fraction(2)]).complete
        False
        """
        return all(now.reason is None for now in self.times)

    def __repr__(self) -> str:
        heads, known = len(self.run.model.pulls), sum(now.reason is None for now in self.times)
        return f"AttentionSpectrum({heads} heads, enclosed at {known} of {len(self.times)} times)"


def require_size(model: Drive) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for more distinct points than there is a spectrum of.

    >>> from exactdyn.softmax.system import Softmax, driven
    >>> require_size(driven(Softmax(), [[k] for k in range(129)])[1])
    Traceback (most recent call last):
    exactdyn.errors.InputError: tokens: requires at most 128 distinct points for a spectrum, got 129
    """
    if model.count > POINTS_LIMIT:
        wanted = f"at most {POINTS_LIMIT} distinct points for a spectrum"
        raise InputError(f"tokens: requires {wanted}, got {model.count}")


def require_times(
    times: Sequence[Fraction], until: Fraction, step: Fraction | None = None, field: str = "times"
) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for times of which there will be no spectrum.

    ``until``: how far the run goes. ``step``: that of discrete time. ``field``: what the times are called.

    >>> require_times([Fraction(2)], Fraction(1))
    Traceback (most recent call last):
    exactdyn.errors.InputError: times: requires times from 0 to 1, got 2
    """
    if not 1 <= len(times) <= TIMES_LIMIT:
        raise InputError(f"{field}: requires from 1 to {TIMES_LIMIT} times, got {len(times)}")
    for before, after in pairwise(times):
        if not before < after:
            got = f"{write_rational(after)} after {write_rational(before)}"
            raise InputError(f"{field}: requires increasing times, got {got}")
    for time in times:
        if not 0 <= time <= until:
            wanted = f"times from 0 to {write_rational(until)}"
            raise InputError(f"{field}: requires {wanted}, got {write_rational(time)}")
        if step is not None and (time / step).denominator != 1:
            wanted = f"multiples of the step {write_rational(step)}"
            raise InputError(f"{field}: requires {wanted}, got {write_rational(time)}")


def spectrum_of(
    run: Enclosed, times: Sequence[Fraction], progress: Callable[[Fraction], None] = lambda time: None
) -> AttentionSpectrum:
    """Enclose the eigenvalues, singular values and ranks of the attention matrices P of a run.

    ``times``: from 0 on; what is beyond ``run.time`` is not enclosed, and says so. ``progress`` is told each
    of them. Raises as :func:`require_size` and :func:`require_times`.

    Nothing here is certified: these are enclosures in ball arithmetic. Copies of a point make equal rows, so
    with m distinct points P has the eigenvalues of an m x m matrix, and n - m times 0. Where Q^T K is
    symmetric and every token sees all, P = D^-1 E with E symmetric, and the eigenvalues are those of
    the symmetric matrix of sqrt(P_ij P_ji). Under a mask they are those of the blocks of tokens that see each
    other. The rank is at most m, and at most the number of tokens that somebody sees; it is m where
    :func:`full_rank` proves it, else at least the number of eigenvalues, or of singular values, that are
    certainly not 0.
    Source: arXiv 2305.05465, the scripts of which print the numerical rank over time.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.system import Softmax
    >>> run = flow(Softmax(), [[1], [-1], [1]], until=Fraction(1))
    >>> now, = spectrum_of(run, [Fraction(1)]).times
    >>> now.heads[0].rank, now.heads[0].numerical_rank, now.heads[0].eigenvalues[0].real.contains(1)
    ((2, 2), (2, 2), True)
    """
    require_size(run.model)
    require_times(times, max([run.time, *times]), run.system.step)
    return AttentionSpectrum(run, tuple(_at(run, time, progress) for time in times))


def full_rank(model: Drive, head: int, apart: bool) -> bool:
    """Tell whether the attention matrix of a head certainly has as many independent rows as distinct points.

    ``apart``: the points are certainly still distinct. Proved where every token sees all in this head and
    Q^T K = B is symmetric and positive definite, or d = 1 and B is not 0. P = D^-1 E for
    E_ij = exp(<x_i, B x_j>), and with B = C^T C and y = C x

        c^T E c = sum_k |sum_i c_i y_i^(tensor k)|^2 / k!,

    which is 0 only if sum_i c_i p(y_i) = 0 for all polynomials p: then c = 0, as the y_i are distinct. In
    d = 1 sum_j c_j exp(B x_j x) has fewer zeros x than it has terms.

    >>> one, two = ((Fraction(1),),), ((Fraction(-2),),)
    >>> full_rank(Drive(one, two, (1, 1)), 0, True), full_rank(Drive(one, two, (1, 1)), 0, False)
    (True, False)
    """
    B = model.pulls[head].B
    if not (apart and _sees_all(model, model.pulls[head])):
        return False
    if model.dimension == 1:
        return B[0][0] != 0
    return is_symmetric(B) and positive_definite(B)


def _at(run: Enclosed, time: Fraction, progress: Callable[[Fraction], None]) -> SpectrumAt:
    progress(time)
    if time > run.time:
        return SpectrumAt(time, (), f"the run is proved to time {float(run.time):.4g} alone")
    now = state(run, time)
    apart = _apart(run, now)
    heads = tuple(_head(run, h, P, apart) for h, P in enumerate(now.heads))
    failed = [h for h, own in enumerate(heads) if own.eigenvalues is None or own.singular_values is None]
    if not failed:
        return SpectrumAt(time, heads)
    where = f" of head {failed[0]}" if len(heads) > 1 else ""
    return SpectrumAt(time, heads, f"the attention matrix{where} is not known well enough at {run.bits} bits")


def _apart(run: Enclosed, now: State) -> bool:
    # In continuous time tokens that move by one field never meet, if they differ at the start.
    model = run.model
    if run.system.step is None and run.radius == 0 and all(_sees_all(model, own) for own in model.pulls):
        return True
    points = [now.tokens[token] for token in _firsts(run)]
    return all(any(not a.overlaps(b) for a, b in zip(x, y, strict=True)) for x, y in combinations(points, 2))


def _firsts(run: Enclosed) -> list[int]:
    return [run.start.place.index(point) for point in range(run.model.count)]


def _head(run: Enclosed, head: int, P: Balls, apart: bool) -> HeadSpectrum:
    # Copies attend alike. So but for zeros the eigenvalues are those of the distinct points, columns of
    # copies added; the singular values are those of rows times the roots of their multiplicities.
    bits, model, place = 2 * run.bits + 64, run.model, run.start.place
    count, copies = len(place), len(place) - model.count
    rows = [P[token] for token in _firsts(run)]
    seen = sum(any(not x.is_zero() for x in column) for column in zip(*rows, strict=True))
    most = min(model.count, seen)
    with working(bits):
        merged = [[arb(0)] * model.count for _ in rows]
        for own, row in zip(merged, rows, strict=True):
            for token, point in enumerate(place):
                own[point] = own[point] + row[token]
        found = _eigenvalues(model, model.pulls[head], merged, bits)
        roots = [arb(weight).sqrt() for weight in run.start.weights]
        weighed = [[root * x for x in row] for root, row in zip(roots, rows, strict=True)]
        sizes = singular_values(arb_mat(weighed), bits)
        eigenvalues = None if found is None else (*found, *[acb(0)] * copies)
        singular = None if sizes is None else (*sizes, *[arb(0)] * copies)
        least = most if full_rank(model, head, apart) else _least_rank(eigenvalues, singular)
        return HeadSpectrum(eigenvalues, singular, (least, most), _numerical_rank(singular, count, most))


def _eigenvalues(model: Drive, pull: Pull, P: Balls, bits: int) -> tuple[acb, ...] | None:
    # Of the matrix of attention to distinct points.
    if _sees_all(model, pull) and is_symmetric(pull.B):
        size = range(len(P))
        balanced = [[square_root(P[i][j] * P[j][i]) for j in size] for i in size]
        real = symmetric_eigenvalues(arb_mat(balanced), bits)
        return None if real is None else by_modulus(map(acb, real))
    found: list[acb] = []
    for block in _mutual(pull):
        own = ball_eigenvalues(arb_mat([[P[i][j] for j in block] for i in block]), bits)
        if own is None:
            return None
        found += own
    return by_modulus(found)


def _mutual(pull: Pull) -> Iterator[list[int]]:
    # Sets of points that see each other, by way of others: P is block triangular in their order.
    reach = (np.array(pull.weights) > 0) | np.eye(len(pull.weights), dtype=bool)
    for _ in range(len(reach).bit_length()):
        reach = reach @ reach
    both = reach & reach.T
    for point, row in enumerate(both):
        block = np.flatnonzero(row).tolist()
        if block[0] == point:
            yield block


def _least_rank(eigenvalues: tuple[acb, ...] | None, singular: tuple[arb, ...] | None) -> int:
    # Rows add up to 1, so that it is at least 1.
    nonzero = sum(not own.contains(0) for own in eigenvalues or ())
    return max(1, nonzero, sum(own > 0 for own in singular or ()))


def _numerical_rank(singular: tuple[arb, ...] | None, count: int, most: int) -> tuple[int, int]:
    if singular is None:
        return 1, most
    threshold = singular[0] * ball(count * EPSILON)
    return sum(own > threshold for own in singular), min(most, sum(not own <= threshold for own in singular))


def _sees_all(model: Drive, pull: Pull) -> bool:
    return all(weights == model.weights for weights in pull.weights)

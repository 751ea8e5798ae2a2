"""The field that given numbers of a field generate: it may be smaller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from flint import arb, fmpq, fmpq_mat, fmpq_poly, fmpz, fmpz_poly

from exactdyn.numbers.fields.primitive import powers
from exactdyn.numbers.fields.real_root import RealRoot
from exactdyn.numbers.precision import working

PREFERRED_LIMIT = 20
"""How many numbers are tried as generators because they are nice."""


def generator_of(
    root: RealRoot, numbers: Sequence[fmpq_poly], preferred: Iterable[fmpq_poly]
) -> fmpq_poly | None:
    """Return a number that generates the field which numbers generate; None if that is the rationals.

    ``preferred``: numbers of the field that make nice generators, where one or the sum of two generates just
    that field. Where the numbers generate the whole field, the root itself is returned.
    Source: the subfield problem, H. Cohen, A Course in Computational Algebraic Number Theory, section 4.5.1.

    >>> root = RealRoot.of([1, 0, -10, 0, 1], 3, 4)  # sqrt 2 + sqrt 3
    >>> six = fmpq_poly([-5, 0, 1], 2)
    >>> generator_of(root, [six + 1], [six]) == six
    True
    """
    basis = span(numbers, root.degree)
    if not basis:
        return None
    generator = next(x for x in sums(basis) if all(is_in(y, x, root) for y in basis))
    if size(generator, root) == root.degree:
        return fmpq_poly([0, 1])
    irrational = [x for x in preferred if x.degree() > 0][:PREFERRED_LIMIT]
    chosen = [x for x in irrational if is_in(x, generator, root)]
    pairs = [x + y for x, y in combinations(chosen, 2)]
    return next((x for x in chosen + pairs if is_in(generator, x, root)), generator)


def span(numbers: Iterable[fmpq_poly], degree: int) -> list[fmpq_poly]:
    """Return a basis of the rational combinations of 1 and numbers, without the 1: primitive integer vectors.

    >>> span([fmpq_poly([1, 2]), fmpq_poly([3])], 2)
    [x]
    """
    rows = list({tuple(x[power] for power in range(1, degree)) for x in numbers if x.degree() > 0})
    if not rows:
        return []
    reduced, rank = fmpq_mat(rows).rref()
    basis = []
    for k in range(rank):
        whole = fmpq_poly([0, *(reduced[k, c] for c in range(degree - 1))]).numer()
        basis.append(fmpq_poly(whole) / whole.content())
    return basis


def sums(basis: Sequence[fmpq_poly]) -> Iterator[fmpq_poly]:
    """Go through combinations of numbers with small coefficients, for one that generates their field.

    >>> list(zip(sums([fmpq_poly([0, 1])]), range(2)))
    [(x, 0), (x, 1)]
    """
    yield from basis
    for most in range(1, 100):
        for multiples in product(range(1, most + 1), repeat=min(len(basis), 3)):
            # Beyond three numbers the multiples go on as powers, so that no line is left out for ever.
            rest = [multiples[-1] ** (k + 2) for k in range(len(basis) - 3)]
            yield sum((m * x for m, x in zip([*multiples, *rest], basis, strict=True)), fmpq_poly([]))


def size(number: fmpq_poly, root: RealRoot) -> int:
    """Return the degree of a number.

    >>> size(fmpq_poly([-5, 0, 1], 2), RealRoot.of([1, 0, -10, 0, 1], 3, 4))
    2
    """
    return int(fmpq_mat(powers(number, root.modulus, root.degree)).rank())


def is_in(number: fmpq_poly, generator: fmpq_poly, root: RealRoot) -> bool:
    """Tell whether a number of a field is a polynomial in another one.

    >>> is_in(fmpq_poly([0, 1]), fmpq_poly([-5, 0, 1], 2), RealRoot.of([1, 0, -10, 0, 1], 3, 4))
    False
    """
    rows = powers(generator, root.modulus, root.degree)
    own = [number[power] for power in range(root.degree)]
    return bool(fmpq_mat(rows).rank() == fmpq_mat([*rows, own]).rank())


def moved(
    root: RealRoot, generator: fmpq_poly, numbers: Sequence[fmpq_poly]
) -> tuple[RealRoot, list[fmpq_poly]]:
    """Return the field of an integer multiple of a number, and numbers of that field in its powers.

    >>> moved(RealRoot.of([-8, 0, 1], 2, 3), fmpq_poly([0, 1], 4), [fmpq_poly([1, 1])])
    (RealRoot(x^2 + (-2), 1..2), [2*x + 1])
    """
    degree = size(generator, root)
    rows = powers(generator, root.modulus, degree + 1)
    scale = leading(coordinates(rows[:degree], [rows[degree]])[0], degree)
    scaled = generator * scale
    rows = powers(scaled, root.modulus, degree + 1)
    own = [[x[power] for power in range(root.degree)] for x in numbers]
    relation, *found = coordinates(rows[:degree], [rows[degree], *own])
    polynomial = (fmpq_poly([0] * degree + [1]) - relation).numer()

    def ball(bits: int) -> arb:
        value = root.value(scaled.numer(), bits)
        with working(bits):
            return value / scaled.denom()

    return RealRoot.enclosed(fmpz_poly(polynomial), ball), found


def leading(relation: fmpq_poly, degree: int) -> int:
    """Return a positive integer that makes a number with x^degree = relation an algebraic integer.

    It is the least one but for primes above 1000, which are not looked for.

    >>> leading(fmpq_poly([1, 4, -4], 8), 3)  # of cos(2 pi / 7), half an algebraic integer
    2
    """
    multiple = int(relation.denom())
    for prime, power in fmpz(multiple).factor(trial_limit=1000):
        for _ in range(int(power)):
            fewer = multiple // int(prime)
            if all((x * fewer ** (degree - k)).q == 1 for k, x in enumerate(relation.coeffs())):
                multiple = fewer
    return multiple


def coordinates(rows: Sequence[Sequence[fmpq]], wanted: Sequence[Sequence[fmpq]]) -> list[fmpq_poly]:
    """Write vectors as combinations of independent ones, the coefficients as a polynomial.

    >>> coordinates([[fmpq(1), fmpq(0), fmpq(0)], [fmpq(1), fmpq(1), fmpq(0)]], [[fmpq(0), fmpq(1), fmpq(0)]])
    [x + (-1)]
    """
    count = len(rows)
    reduced, _ = fmpq_mat([*rows, *wanted]).transpose().rref()
    return [fmpq_poly([reduced[k, count + place] for k in range(count)]) for place in range(len(wanted))]

"""The field that given numbers of a field generate: it may be smaller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from flint import arb, fmpq, fmpq_mat, fmpq_poly, fmpz_poly

from exactdyn.numbers.fields.powers import Powers
from exactdyn.numbers.fields.primitive import denominator
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
    mixed = sum(((place + 1) * x for place, x in enumerate(numbers)), fmpq_poly([]))
    if root.degree > 1 and Powers.of(mixed, root.modulus).generates:
        return fmpq_poly([0, 1])  # mostly so, and then nothing else needs to be looked at
    basis = span(numbers, root.degree)
    if not basis:
        return None
    generator = next(x for x in sums(basis) if all(map(Powers.of(x, root.modulus).has, basis)))
    own = Powers.of(generator, root.modulus)
    if own.generates:
        return fmpq_poly([0, 1])
    irrational = [x for x in preferred if x.degree() > 0][:PREFERRED_LIMIT]
    chosen = [x for x in irrational if own.has(x)]
    pairs = [x + y for x, y in combinations(chosen, 2)]
    # A number of the field of the generator has that field if its degree is the same.
    return next((x for x in chosen + pairs if Powers.of(x, root.modulus).degree == own.degree), generator)


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


def moved(
    root: RealRoot, generator: fmpq_poly, numbers: Sequence[fmpq_poly]
) -> tuple[RealRoot, list[fmpq_poly]]:
    """Return the field of an integer multiple of a number, and numbers of that field in its powers.

    >>> moved(RealRoot.of([-8, 0, 1], 2, 3), fmpq_poly([0, 1], 4), [fmpq_poly([1, 1])])
    (RealRoot(x^2 + (-2), 1..2), [2*x + 1])
    """
    own = Powers.of(generator, root.modulus)
    degree = own.degree
    (relation,) = _found(own, [own.rows(degree + 1)[degree]])
    scale = denominator(fmpq_poly([0] * degree + [1]) - relation)
    scaled = generator * scale
    own = replace(own, number=scaled)  # its powers are multiples of the same powers
    wanted = [[x[power] for power in range(root.degree)] for x in numbers]
    relation, *found = _found(own, [own.rows(degree + 1)[degree], *wanted])
    polynomial = (fmpq_poly([0] * degree + [1]) - relation).numer()

    def ball(bits: int) -> arb:
        value = root.value(scaled.numer(), bits)
        with working(bits):
            return value / scaled.denom()

    return RealRoot.enclosed(fmpz_poly(polynomial), ball), found


def _found(powers: Powers, wanted: Sequence[Sequence[fmpq]]) -> list[fmpq_poly]:
    found = powers.coordinates(wanted)
    if found is None:
        raise ArithmeticError("a number is not in the field that was found for it")
    return found

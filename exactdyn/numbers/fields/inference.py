"""The number domain of given numbers: the rationals, or the one real number field that all of them lie in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from flint import fmpq_poly

from exactdyn.errors import NumberError
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.fields.expression import Combined, Cosine, Expression, NamedRoot, Radical
from exactdyn.numbers.fields.extension import Extension
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.meaning import meaning
from exactdyn.numbers.fields.powers import Powers
from exactdyn.numbers.fields.real_field import RealField
from exactdyn.numbers.fields.subfield import generator_of, moved
from exactdyn.numbers.fields.symbolic import tree_of
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import exact
from exactdyn.numbers.syntax import parse


def expression(value: object, where: str) -> Expression:
    """Read a number: what :func:`~exactdyn.numbers.reading.exact` reads, arithmetic, or one of a field.

    Arithmetic may be text or of sympy.

    Raises :class:`~exactdyn.errors.NumberError` for what is no real algebraic number, and in that case says
    what is accepted.

    >>> expression("sqrt(2)", "alpha"), expression("1/3", "alpha"), expression("cos(pi/3)", "alpha")
    (Radical(index=2, radicand=Fraction(2, 1)), Fraction(1, 3), Fraction(1, 2))
    """
    if isinstance(value, str):
        try:
            return exact(value, where)
        except NumberError:
            if not any(character in value for character in "()*^+") and "/0" in value.replace(" ", ""):
                raise
            return meaning(parse(value, where), where)
    if isinstance(value, FieldNumber):
        return _in_powers(value)
    if hasattr(value, "free_symbols") and not getattr(value, "is_Rational", False):
        return meaning(tree_of(value, where), where)
    return exact(value, where)


def field_of(
    values: Iterable[tuple[str, object]], field: Sequence[object] | None = None
) -> tuple[Domain[Any], list[Any]]:
    """Return the domain of numbers that are read, and the numbers in it.

    ``values``: every number with the field that a message names. ``field``: numbers that generate the field;
    without it, the field is the smallest one that has all numbers, and the rationals where all are rational.
    Raises :class:`~exactdyn.errors.NumberError` for what is no real algebraic number, beyond the limits of
    :mod:`~exactdyn.numbers.fields.meaning`, or not in the given field.
    Source: primitive elements, H. Cohen, A Course in Computational Algebraic Number Theory, section 4.2.2.

    >>> domain, (two, half) = field_of([("alpha", "sqrt(8)"), ("A[0][0]", "1/2")])
    >>> domain.name, two, half == Fraction(1, 2)
    ('the field of x^2 - 2', FieldNumber(2*x = 2.8284271247461903), True)
    >>> field_of([("alpha", "sqrt(4)")])[1]
    [Fraction(2, 1)]
    """
    read = [(where, expression(value, where)) for where, value in values]
    given = [(f"field[{place}]", expression(x, f"field[{place}]")) for place, x in enumerate(field or [])]
    if all(isinstance(x, Fraction) for _, x in read + given):
        return RATIONALS, [x for _, x in read]
    extension = _grown(given + read)
    numbers = [extension.value(x, where) for where, x in read]
    spanning = numbers if field is None else [extension.value(x, where) for where, x in given]
    generator = generator_of(extension.root, spanning, [*extension.generators.values(), *spanning])
    own = None if generator is None else Powers.of(generator, extension.root.modulus)
    for (where, _), number in zip(read, numbers, strict=True):
        if field is None or number.degree() < 1:
            continue  # the field is that of the numbers, or has all rationals
        if own is None or not own.has(number):
            raise NumberError(f"{where}: requires a number of the given field, which this is not")
    if generator is None:
        return RATIONALS, [Fraction(int(x[0].p), int(x[0].q)) for x in numbers]
    if generator == fmpq_poly([0, 1]):
        found = RealField(extension.root)
    else:
        root, numbers = moved(extension.root, generator, numbers)
        found = RealField(root)
    return found, [found.number(x) for x in numbers]


def _in_powers(number: FieldNumber) -> Expression:
    """Return a number of a field as an expression in the generator of the field."""
    root = number.root
    theta = NamedRoot(tuple(map(int, root.polynomial.coeffs())), root.low, root.high)
    coefficients = [Fraction(int(x.p), int(x.q)) for x in number.polynomial.coeffs()] or [Fraction(0)]
    found: Expression = coefficients.pop()
    while coefficients:
        found = Combined("+", Combined("*", found, theta), coefficients.pop())
    return found


def _grown(numbers: Sequence[tuple[str, Expression]]) -> Extension:
    """Return a field that has all numbers: the one of all cosines first, then roots as they come."""
    extension = Extension()
    angles = [(where, turn) for where, x in numbers for turn in turns(x)]
    if angles:
        extension.start_with_cosines(lcm(*(turn.denominator for _, turn in angles)), angles[0][0])
    for where, number in numbers:
        extension.value(number, where)
    return extension


def turns(number: Expression) -> Iterator[Fraction]:
    """Go through the turns of all cosines of an expression.

    >>> list(turns(Combined("+", Cosine(Fraction(1, 5)), Radical(2, Fraction(2)))))
    [Fraction(1, 5)]
    """
    if isinstance(number, Cosine):
        yield number.turn
    elif isinstance(number, Radical):
        yield from turns(number.radicand)
    elif isinstance(number, Combined):
        yield from turns(number.left)
        yield from turns(number.right)

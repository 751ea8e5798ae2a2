"""Numbers as users write them, brought into one field where some of them are irrational."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq

from exactdyn.errors import NumberError
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import (
    ExactFloats,
    Rows,
    exact,
    exact_rows,
    listed_rows,
    nearest_float,
    require_rows,
    to_fmpq,
)

Embedding: TypeAlias = Callable[[Any], Any]
"""What brings a number, or a fraction, into a larger field."""

_NAMES = frozenset({"pi", "e", "E"})
_SIGNS = frozenset("()*^")


def is_expression(value: object) -> bool:
    """Tell whether something is meant as a number that may be irrational: text, of sympy, or of a field.

    >>> [is_expression(x) for x in ("sqrt(2)", "1/2", 3)]
    [True, False, False]
    """
    if isinstance(value, str):
        return not _SIGNS.isdisjoint(value) or value.strip() in _NAMES
    if isinstance(value, DomainNumber):
        return True
    return hasattr(value, "free_symbols") and not getattr(value, "is_Rational", False)


def number(value: object, where: str) -> Any:
    """Read one number of whatever domain: a fraction if it is rational.

    Raises :class:`~exactdyn.errors.NumberError` for what is no real algebraic number.

    >>> number("1/3", "alpha"), number("sqrt(4)", "alpha"), number("sqrt(2)", "alpha").domain.degree
    (Fraction(1, 3), Fraction(2, 1), 2)
    """
    return together([(where, value)])[0]


def together(values: Sequence[tuple[str, object]], field: Sequence[object] | None = None) -> list[Any]:
    """Read numbers, each with the field that messages name, into the one field that all of them need.

    A rational number is a fraction, and so are all where no number is irrational. ``field``: numbers that
    generate the field, as :func:`~exactdyn.numbers.fields.inference.field_of` takes them.
    Raises :class:`~exactdyn.errors.NumberError` as that does.

    >>> together([("A[0][0]", "sqrt(2)"), ("alpha", "1/2")])
    [FieldNumber(x = 1.4142135623730951), Fraction(1, 2)]
    """
    if field is None:
        if not any(is_expression(value) for _, value in values):
            return [exact(value, where) for where, value in values]
        fields = {getattr(value, "domain", None) for _, value in values if is_expression(value)}
        if len(fields) == 1 and None not in fields:
            # Numbers of one field stay there, which need not be the smallest.
            return [simple(x) if isinstance(x, DomainNumber) else exact(x, where) for where, x in values]
    from exactdyn.numbers.fields.inference import field_of  # rational numbers, which are most, do without it

    return [simple(value) for value in field_of(values, field)[1]]


def number_rows(values: object, where: str) -> Rows:
    """Read rows of numbers as :func:`~exactdyn.numbers.reading.exact_rows` does, irrational ones too.

    >>> number_rows([["sqrt(2)", "1/2"]], "A")
    ((FieldNumber(x = 1.4142135623730951), Fraction(1, 2)),)
    """
    if isinstance(values, ExactFloats):
        return exact_rows(values, where)
    rows = listed_rows(values, where)
    if (rational := rational_rows(rows, where)) is not None:
        return rational
    placed = [(f"{where}[{i}][{r}]", value) for i, row in enumerate(rows) for r, value in enumerate(row)]
    found = iter(together(placed))
    read = tuple(tuple(next(found) for _ in row) for row in rows)
    require_rows(read, where)
    return read


def rational_rows(rows: Sequence[Sequence[object]], where: str) -> Rows | None:
    """Read rows as :func:`~exactdyn.numbers.reading.exact_rows` does; None if a number may be irrational.

    Raises as that does where no number is meant as an expression.

    >>> rational_rows([["1/2"]], "A"), rational_rows([["sqrt(2)"]], "A")
    (((Fraction(1, 2),),), None)
    """
    # Most rows are rational, and what is an expression is nothing else: one pass is enough for those.
    try:
        return exact_rows(rows, where)
    except NumberError:
        if any(is_expression(value) for row in rows for value in row):
            return None
        raise


def simple(value: Any) -> Any:
    """Return a number of a field as a fraction if it is one.

    >>> simple(number("sqrt(2)", "alpha") * number("sqrt(2)", "alpha"))
    Fraction(2, 1)
    """
    if isinstance(value, DomainNumber) and (rational := value.rational) is not None:
        return rational
    return value


def to_flint(value: Any) -> Any:
    """Return a fraction as flint's, which is quicker and mixes with numbers of a field; those stay.

    >>> to_flint(Fraction(1, 3))
    1/3
    """
    return to_fmpq(value) if isinstance(value, Fraction) else value


def from_flint(value: Any) -> Any:
    """Return a number of flint, or of a field where it is rational, as a fraction; others stay.

    >>> from_flint(fmpq(1, 3))
    Fraction(1, 3)
    """
    return exact(value) if isinstance(value, fmpq) else simple(value)


def mapped(rows: Sequence[Sequence[Any]], change: Embedding) -> Rows:
    """Return rows with every number changed.

    >>> mapped(((Fraction(1), Fraction(2)),), lambda x: -x)
    ((Fraction(-1, 1), Fraction(-2, 1)),)
    """
    return tuple(tuple(map(change, row)) for row in rows)


def nearest(value: Any) -> float:
    """Return the nearest float64 of a fraction or a number of a field; beyond their range an infinity.

    Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

    >>> nearest(number("sqrt(2)", "alpha")), nearest(Fraction(1, 10))
    (1.4142135623730951, 0.1)
    """
    return value.nearest() if isinstance(value, DomainNumber) else nearest_float(*value.as_integer_ratio())


def joined(domains: Iterable[Domain[Any]]) -> tuple[Domain[Any], Embedding]:
    """Return the smallest domain that has the numbers of all these, and what brings a number there.

    Raises :class:`~exactdyn.errors.NumberError` where its degree is beyond the limit.
    Source: H. Cohen, A Course in Computational Algebraic Number Theory, section 4.5, for embeddings.

    >>> two, three = (number(text, "alpha") for text in ("sqrt(2)", "sqrt(3)"))
    >>> domain, into = joined([two.domain, three.domain])
    >>> domain.degree, into(two) ** 2 == 2, into(two) < into(three)
    (4, True, True)
    """
    distinct: list[Any] = [own for own in dict.fromkeys(domains) if own != RATIONALS]
    if not distinct:
        return RATIONALS, lambda value: value
    if len(distinct) == 1:
        return distinct[0], lambda value: value
    from exactdyn.numbers.fields.inference import field_of

    domain, images = field_of([("field", own.generator) for own in distinct])
    places = dict(zip(distinct, images, strict=True))

    def into(value: Any) -> Any:
        if not isinstance(value, FieldNumber):
            return value
        if value.domain not in places:
            raise NumberError(f"numbers: requires one of the joined fields, got {value.domain.name}")
        found = domain.rational(Fraction(0))
        for coefficient in reversed(value.polynomial.coeffs()):
            found = found * places[value.domain] + coefficient
        return simple(found)

    return domain, into

"""What a number domain must be able to do, and how to add one.

Everything that exactdyn says is exact, and the numbers that it can be exact about are one of the three things
that vary (the others: kinds of systems, statements). A **domain** is an ordered field of real numbers. It has
two parts:

- its **numbers**: fractions, or a class that derives from
  :class:`~exactdyn.numbers.domain_number.DomainNumber`: immutable objects with the operators of a field that
  say whose they are and, for those who show them, between which rationals they lie. What is written with
  operators alone (:func:`~exactdyn.numbers.vectors.inner`, ``quadratic_form``) works over every domain;
- a :class:`Domain`, which does what operators cannot: read and write, the sign, floats, and the form in
  which n points are kept (:class:`~exactdyn.numbers.points.Points`): integers over one positive denominator,
  a fixed number of them (``degree``) a coordinate. Equal points are equal integers, so copies, means and
  steps by a rational tau are found without the domain being asked.

How to add a domain, with the rationals (:mod:`exactdyn.numbers.rationals`) and the real number
fields (:mod:`exactdyn.numbers.fields.real_field`) as the examples:

1. One file in this room: the class of its numbers, and a :class:`Domain` of them, with all abstract methods
   of both, and those of what is not lacking (``polynomial`` for "limits", ``expression`` and ``to_dict`` for
   "documents"); ``name`` is how messages call it, ``lacks`` what it cannot do.
2. One entry in ``DOMAINS`` of ``tests/numbers/test_domain.py``: the laws below are then tested for it.
3. Reading: ``read`` accepts what it writes. Where a user's numbers come in, one by one
   (:mod:`exactdyn.numbers.fields.joining`) or a document at once (``documents/one_field.py``), the domain of
   all of them together is found; a run joins that of its system with that of its tokens. Numbers that are
   handed in as objects need nothing there, those that are written as text do.
4. Running: a domain without a fast kernel takes the plain one (``Hardmax.record`` decides,
   :mod:`exactdyn.systems.plain` runs); its attention sets are the largest of
   its scores (:meth:`Domain.score_order`: number by number unless there is a faster way), in
   ``layer/filtered.py``. The kernel's ``Source`` hands over the tokens as points.
5. Limits: linear recurrences are found by linear algebra over the rationals, where a number is its integers
   (:meth:`Domain.multiplied`, :meth:`Domain.multiples`); their rates are the roots of a polynomial over the
   domain (:meth:`Domain.polynomial`).
6. What a domain does not support is said in one line by :meth:`Domain.require`, at the door of the room that
   cannot: linear programs ask for ``"linear programs"``, products of integer matrices for
   ``"integer matrices"``, and so on.

The laws: ``read(text(x)) == x``; ``sign`` is that of the real number; ``enclosure`` contains it, and its ends
are equal or neighbours; ``numbers(*point(row)) == row``, and ``point`` gives lowest terms.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from math import inf, isinf, nextafter
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar, cast

from flint import fmpz, fmpz_mat

from exactdyn.errors import LackingError
from exactdyn.numbers.score_order import ScoreOrder
from exactdyn.numbers.vectors import inner

Number = TypeVar("Number", bound=Any)
"""A number of the domain: Python's operators on it are exact."""

Point: TypeAlias = tuple[tuple[fmpz, ...], fmpz]
"""Numerators and their common positive denominator, in lowest terms: equal points are equal as data."""

Text: TypeAlias = str | list[str]
"""How a number is written in data: "p/q" if it is rational, else its coefficients so, lowest degree first."""

Coefficients: TypeAlias = Sequence[Any]
"""A number, or a matrix of numbers: for every power of the generator an integer, or an integer matrix."""

Ability: TypeAlias = Literal["linear programs", "integer matrices", "softmax", "limits", "documents"]
"""What a domain may lack; "documents" are those that are written, certificates among them."""

OVER_FIELDS: frozenset[Ability] = frozenset({"limits", "documents"})
"""What there is over real number fields, too."""


class DomainPolynomial(Protocol):
    """A polynomial over a domain, with the operators and methods of flint's ``fmpq_poly``."""

    def coeffs(self) -> list[Any]:
        """Return the coefficients, lowest degree first, the last one not 0."""

    def degree(self) -> int:
        """Return the degree, -1 for the zero polynomial."""

    def gcd(self, other: Any, /) -> Any:
        """Return the monic greatest common divisor."""

    def factor(self) -> tuple[Any, list[tuple[Any, int]]]:
        """Return a number, and the irreducible factors over the domain with their multiplicities."""

    def __mul__(self, other: Any, /) -> Any: ...
    def __floordiv__(self, other: Any, /) -> Any: ...
    def __mod__(self, other: Any, /) -> Any: ...


class Domain(ABC, Generic[Number]):
    """An ordered field of real numbers in which all comparisons are decided exactly.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> RATIONALS.read("0.1", "alpha"), RATIONALS.text(Fraction(1, 10)), RATIONALS.sign(Fraction(-1, 3))
    (Fraction(1, 10), '1/10', -1)
    """

    name: str
    """What messages call it."""

    degree: int = 1
    """How many integers a coordinate of a point takes."""

    lacks: frozenset[Ability] = frozenset()
    """What it cannot do."""

    @abstractmethod
    def read(self, value: object, where: str) -> Number:
        """Read a number; raises :class:`~exactdyn.errors.NumberError`, which names the field ``where``.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.read("1/3", "alpha")
        Fraction(1, 3)
        """

    @abstractmethod
    def text(self, number: Number) -> Text:
        """Write a number so that :meth:`read` reads the same.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.text(Fraction(1, 3))
        '1/3'
        """

    def to_dict(self) -> dict[str, object]:
        """Return the domain as data, for documents of results and certificates; the rationals need none.

        Raises :class:`~exactdyn.errors.LackingError` where certificates have no such numbers.

        >>> from exactdyn.numbers.fields.joining import number
        >>> number("sqrt(2)", "alpha").domain.to_dict()
        {'polynomial': [-2, 0, 1], 'interval': ['1', '2']}
        """
        raise LackingError(self.refusal("documents"))

    def expression(self, number: Number) -> str:
        """Write a number as documents have it: text that reads as the same number, beside any other one.

        Raises :class:`~exactdyn.errors.LackingError` where documents have no such numbers.

        >>> from exactdyn.numbers.fields.joining import number
        >>> golden = number("(1+sqrt(5))/2", "alpha")
        >>> golden.domain.expression(golden)
        '1/2+1/2*sqrt(5)'
        """
        raise LackingError(self.refusal("documents"))

    @abstractmethod
    def rational(self, number: Fraction) -> Number:
        """Return a rational number as one of this domain.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.rational(Fraction(1, 3))
        Fraction(1, 3)
        """

    @abstractmethod
    def sign(self, number: Number) -> int:
        """Return -1, 0 or 1, exactly.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.sign(Fraction(-1, 10**400))
        -1
        """

    @abstractmethod
    def point(self, row: Sequence[Number]) -> Point:
        """Return the integers and the denominator that :class:`~exactdyn.numbers.points.Points` keeps.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.point([Fraction(1, 2), Fraction(1, 3)])
        ((3, 2), 6)
        """

    @abstractmethod
    def numbers(self, numerators: Sequence[fmpz], denominator: fmpz) -> tuple[Number, ...]:
        """Return the coordinates of a point that is kept as these integers.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.numbers([fmpz(3), fmpz(2)], fmpz(6))
        (Fraction(1, 2), Fraction(1, 3))
        """

    @abstractmethod
    def floats(self, numerators: Sequence[fmpz], denominator: fmpz) -> list[float]:
        """Return the coordinates of a point, each as its nearest float64; beyond their range an infinity.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.floats([fmpz(3), fmpz(2)], fmpz(6))
        [0.5, 0.3333333333333333]
        """

    def all_floats(self, points: Sequence[Point]) -> list[list[float]]:
        """Return :meth:`floats` of every point, all at once where the domain has a faster way.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.all_floats([((fmpz(1),), fmpz(2)), ((fmpz(3),), fmpz(1))])
        [[0.5], [3.0]]
        """
        return [self.floats(*point) for point in points]

    @abstractmethod
    def multiplied(self, left: Coefficients, right: Coefficients) -> list[Any]:
        """Return the coefficients of a product of two numbers, of two matrices, or of a matrix and a number.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.multiplied([fmpz(2)], [fmpz(3)])
        [6]
        """

    @abstractmethod
    def multiples(self, coefficients: Coefficients) -> list[Coefficients]:
        """Return the products with all powers of the generator below ``degree``, 1 first.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.multiples([fmpz(2)])
        [[2]]
        """

    @abstractmethod
    def compared(self, coefficients: Sequence[fmpz_mat]) -> list[list[Any]]:
        """Return a matrix of numbers, row by row, as what Python compares exactly.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.compared([fmpz_mat([[2, 3]])])
        [[2, 3]]
        """

    def polynomial(self, coefficients: Sequence[Number | Fraction]) -> DomainPolynomial:
        """Return a polynomial in one variable, coefficients from the lowest degree on.

        Raises :class:`~exactdyn.errors.LackingError` for a domain that lacks "limits", which alone need it.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.polynomial([Fraction(1, 2), Fraction(1)])
        x + 1/2
        """
        raise LackingError(self.refusal("limits"))

    def inner(self, x: Sequence[Number], y: Sequence[Number]) -> Number:
        """Return sum x_r y_r, by the operators unless the domain knows a faster way.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.inner([Fraction(1), Fraction(2)], [Fraction(3), Fraction(1, 2)])
        Fraction(4, 1)
        """
        return cast("Number", inner(x, y))

    def score_order(self, matrix: Sequence[Point]) -> ScoreOrder:
        """Return what finds the largest scores <A x, y>, number by number unless the domain has a faster way.

        ``matrix``: the rows of A.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> one, three = ((fmpz(1),), fmpz(1)), ((fmpz(3),), fmpz(1))
        >>> RATIONALS.score_order([three]).largest([one, three])(0, [0, 1])
        [1]
        """
        return ScoreOrder(self, matrix)

    def own(self, number: Number | Fraction) -> Number:
        """Return a number of this domain, or a fraction, as a number of this domain.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.own(Fraction(1, 3))
        Fraction(1, 3)
        """
        return self.rational(number) if isinstance(number, Fraction) else number

    def nearest(self, number: Number) -> float:
        """Return the nearest float64; beyond the range of floats an infinity.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.nearest(Fraction(1, 10))
        0.1
        """
        return self.floats(*self.point([number]))[0]

    def enclosure(self, number: Number) -> tuple[float, float]:
        """Return floats between which a number lies, ends included: neighbours, or equal where it is a float.

        Source: operations nextUp and nextDown of IEEE 754-2019, section 5.3.1.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.enclosure(Fraction(1, 2)), RATIONALS.enclosure(Fraction(1, 10))
        ((0.5, 0.5), (0.09999999999999999, 0.1))
        """
        near = self.nearest(number)
        if isinf(near):
            return (nextafter(inf, 0), inf) if near > 0 else (-inf, nextafter(-inf, 0))
        side = self.sign(number - self.rational(Fraction(near)))
        beyond = nextafter(near, side * inf) if side else near
        return min(near, beyond), max(near, beyond)

    def largest(self, numbers: Sequence[Number]) -> tuple[int, ...]:
        """Return the places of the largest numbers, all ties kept: what a token attends, of its scores.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.largest([Fraction(1), Fraction(3), Fraction(3)])
        (1, 2)
        """
        best: list[int] = []
        for place, number in enumerate(numbers):
            order = self.sign(number - numbers[best[0]]) if best else 1
            if order > 0:
                best = [place]
            elif order == 0:
                best.append(place)
        return tuple(best)

    def require(self, ability: Ability) -> None:
        """Raise :class:`~exactdyn.errors.LackingError`, in one line, if this domain lacks an ability.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.require("linear programs")
        """
        if ability in self.lacks:
            raise LackingError(self.refusal(ability))

    def refusal(self, ability: Ability) -> str:
        """Return what is said where an ability is asked for that this domain lacks.

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> RATIONALS.refusal("linear programs")
        'linear programs: over the rationals only in this version, got numbers of the rationals'
        """
        where = "rationals and real number fields" if ability in OVER_FIELDS else "rationals"
        return f"{ability}: over the {where} only in this version, got numbers of {self.name}"

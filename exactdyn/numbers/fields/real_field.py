"""A real number field Q(theta) as a number domain: integer vectors over one denominator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from flint import fmpq, fmpq_poly, fmpz, fmpz_mat, fmpz_poly

from exactdyn.errors import NumberError
from exactdyn.numbers.domain import Ability, Coefficients, Domain, Point, Text
from exactdyn.numbers.fields.field_number import FieldNumber, written
from exactdyn.numbers.fields.field_order import FieldOrder
from exactdyn.numbers.fields.field_polynomial import FieldPolynomial
from exactdyn.numbers.fields.real_root import RealRoot
from exactdyn.numbers.fields.residues import Residues
from exactdyn.numbers.fields.written import number_text, root_text
from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import exact, nearest_float
from proofs_checks.format.rationals import shorten, write_rational


class RealField(Domain[FieldNumber]):
    """The field Q(theta) of a real algebraic integer theta.

    A point of d coordinates takes d times ``degree`` integers: after each other the coefficients of 1, theta,
    theta^2, ... Two fields are equal if their generators are.
    Source: H. Cohen, A Course in Computational Algebraic Number Theory, section 4.2.2.

    >>> field = RealField.of([-2, 0, 1], 1, 2)
    >>> field.name, field.text(field.generator / 2), field.sign(field.generator - 1)
    ('the field of x^2 - 2', ['0', '1/2'], 1)
    """

    lacks: frozenset[Ability] = frozenset({"linear programs", "integer matrices", "softmax"})

    def __init__(self, root: RealRoot) -> None:
        self.root = root
        self.degree = root.degree
        self.name = f"the field of {written(root.polynomial)}"
        self._known_powers: dict[int, fmpz_mat] = {}
        self._residues = Residues(root.polynomial)

    @classmethod
    def of(cls, polynomial: Iterable[int | fmpz], low: Fraction | int, high: Fraction | int) -> RealField:
        """Return the field of the root between two rationals of a polynomial, lowest degree first.

        Raises :class:`~exactdyn.errors.InputError` as
        :meth:`~exactdyn.numbers.fields.real_root.RealRoot.of` does.

        >>> RealField.of([-2, 0, 0, 1], 1, 2).degree
        3
        """
        return cls(RealRoot.of(polynomial, Fraction(low), Fraction(high)))

    @property
    def generator(self) -> FieldNumber:
        """The number theta.

        >>> RealField.of([-2, 0, 1], 1, 2).generator.nearest()
        1.4142135623730951
        """
        return self.number(fmpq_poly([0, 1]) % self.root.modulus)

    def number(self, polynomial: fmpq_poly) -> FieldNumber:
        """Return a polynomial in theta, of lower degree than theta, as a number of the field.

        >>> RealField.of([-2, 0, 1], 1, 2).number(fmpq_poly([3])) == 3
        True
        """
        return FieldNumber(self, self.root, polynomial)

    def to_dict(self) -> dict[str, object]:
        """Return the field as data: the polynomial, lowest degree first, and the ends of the interval.

        >>> RealField.of([-2, 0, 1], 1, 2).to_dict()
        {'polynomial': [-2, 0, 1], 'interval': ['1', '2']}
        """
        return {
            "polynomial": [int(x) for x in self.root.polynomial.coeffs()],
            "interval": [write_rational(end) for end in (self.root.low, self.root.high)],
        }

    def read(self, value: object, where: str) -> FieldNumber:
        """Read a rational number, or the list of the coefficients of a number, lowest degree first.

        >>> RealField.of([-2, 0, 1], 1, 2).read(["1", "1/2"], "alpha").nearest()
        1.7071067811865475
        """
        if isinstance(value, FieldNumber) and value.domain == self:
            return value
        if not isinstance(value, list | tuple):
            return self.rational(exact(value, where))
        if not 1 <= len(value) <= self.degree:
            raise NumberError(f"{where}: requires 1 to {self.degree} coefficients, got {shorten(value)}")
        numbers = [exact(x, f"{where}[{place}]") for place, x in enumerate(value)]
        return sum(
            (self.rational(x) * self.generator**k for k, x in enumerate(numbers)), self.rational(Fraction(0))
        )

    def text(self, number: FieldNumber) -> Text:
        """Write a rational number as "p/q", another one as its coefficients, lowest degree first.

        >>> field = RealField.of([-2, 0, 1], 1, 2)
        >>> field.text(field.generator + 1), field.text(field.generator**2)
        (['1', '1'], '2')
        """
        coefficients = number.polynomial.coeffs() or [fmpq(0)]
        texts = [write_rational(Fraction(int(x.p), int(x.q))) for x in coefficients]
        return texts if len(texts) > 1 else texts[0]

    def expression(self, number: FieldNumber) -> str:
        """Write a number by the one root that it needs.

        >>> RealField.of([-2, 0, 1], 1, 2).expression(RealField.of([-2, 0, 1], 1, 2).generator * 2)
        '2*sqrt(2)'
        """
        return number_text(number) if number.rational is not None else root_text(number)

    def rational(self, number: Fraction) -> FieldNumber:
        """Return a rational number as one of the field.

        >>> RealField.of([-2, 0, 1], 1, 2).rational(Fraction(1, 3)) == Fraction(1, 3)
        True
        """
        return self.number(fmpq_poly([number.numerator], number.denominator))

    def sign(self, number: FieldNumber) -> int:
        """Return the sign by balls of growing precision; 0 is the zero vector.

        >>> RealField.of([-2, 0, 1], 1, 2).sign(RealField.of([-2, 0, 1], 1, 2).generator)
        1
        """
        return number.sign()

    def point(self, row: Sequence[FieldNumber]) -> Point:
        """Return the coefficients of all coordinates over their least common denominator.

        >>> field = RealField.of([-2, 0, 1], 1, 2)
        >>> field.point([field.generator / 2, field.rational(Fraction(1, 3))])
        ((0, 3, 2, 0), 6)
        """
        common = fmpz(1)
        for number in row:
            common = common.lcm(number.polynomial.denom())
        numerators = []
        for number in row:
            scaled = number.polynomial.numer() * (common // number.polynomial.denom())
            numerators += [scaled[power] for power in range(self.degree)]
        return tuple(numerators), common

    def numbers(self, numerators: Sequence[fmpz], denominator: fmpz) -> tuple[FieldNumber, ...]:
        """Return the coordinates of a point.

        >>> field = RealField.of([-2, 0, 1], 1, 2)
        >>> field.numbers([fmpz(0), fmpz(3)], fmpz(6))
        (FieldNumber(1/2*x = 0.7071067811865476),)
        """
        return tuple(self.number(fmpq_poly(list(row), denominator)) for row in self._rows(numerators))

    def multiplied(self, left: Coefficients, right: Coefficients) -> list[Any]:
        """Return the coefficients of a product: those of the product of polynomials, modulo that of theta.

        >>> RealField.of([-2, 0, 1], 1, 2).multiplied([fmpz(1), fmpz(1)], [fmpz(0), fmpz(1)])
        [2, 1]
        """
        degree, known = self.degree, self.root.polynomial
        product = []
        for power in range(2 * degree - 1):
            powers = range(max(0, power - degree + 1), min(degree, power + 1))
            product.append(reduce(add, (left[own] * right[power - own] for own in powers)))
        for power in reversed(range(degree, 2 * degree - 1)):
            for place in range(degree):
                product[power - degree + place] -= product[power] * known[place]
        return product[:degree]

    def multiples(self, coefficients: Coefficients) -> list[Coefficients]:
        """Return the products with 1, theta, theta^2, ...

        >>> RealField.of([-2, 0, 1], 1, 2).multiples([fmpz(3), fmpz(1)])
        [[3, 1], [2, 3]]
        """
        own: list[Any] = list(coefficients)
        found: list[Coefficients] = [own]
        for _ in range(self.degree - 1):
            top = own[-1]
            own = [-top * self.root.polynomial[0]] + [
                own[power - 1] - top * self.root.polynomial[power] for power in range(1, self.degree)
            ]
            found.append(own)
        return found

    def compared(self, coefficients: Sequence[fmpz_mat]) -> list[list[FieldNumber]]:
        """Return the numbers.

        >>> RealField.of([-2, 0, 1], 1, 2).compared([fmpz_mat([[0, 3]]), fmpz_mat([[2, 0]])])
        [[FieldNumber(2*x = 2.8284271247461903), FieldNumber(3 = 3.0)]]
        """
        rows = zip(*(part.tolist() for part in coefficients), strict=True)
        return [[self.number(fmpq_poly(list(own))) for own in zip(*row, strict=True)] for row in rows]

    def inner(self, x: Sequence[FieldNumber], y: Sequence[FieldNumber]) -> FieldNumber:
        """Return sum x_r y_r, brought to lower degree than theta once.

        >>> theta = RealField.of([-2, 0, 1], 1, 2).generator
        >>> theta.domain.inner([theta, theta + 1], [theta, theta]) == theta + 4
        True
        """
        products = (a.polynomial * b.polynomial for a, b in zip(x, y, strict=True))
        return self.number(reduce(add, products) % self.root.modulus)

    def polynomial(self, coefficients: Sequence[FieldNumber | Fraction]) -> FieldPolynomial:
        """Return a polynomial in one variable.

        >>> field = RealField.of([-2, 0, 1], 1, 2)
        >>> field.polynomial([field.generator, Fraction(1)])
        FieldPolynomial([x, 1])
        """
        return FieldPolynomial(self, self.root, [self.own(x) for x in coefficients])

    def score_order(self, matrix: Sequence[Point]) -> FieldOrder:
        """Return what finds the largest scores <A x, y> by integers; numbers decide what these leave open.

        ``matrix``: the rows of A.

        >>> field = RealField.of([-2, 0, 1], 1, 2)
        >>> one, root = map(field.point, ([field.rational(Fraction(1))], [field.generator]))
        >>> field.score_order([one]).largest([root, one])(0, [0, 1])
        [0]
        """
        return FieldOrder(self, matrix, self._residues, self._powers)

    def floats(self, numerators: Sequence[fmpz], denominator: fmpz) -> list[float]:
        """Return the coordinates, each as its nearest float64; beyond their range an infinity.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> RealField.of([-2, 0, 1], 1, 2).floats([fmpz(0), fmpz(1)], fmpz(2))
        [0.7071067811865476]
        """
        return self.all_floats([(tuple(numerators), denominator)])[0]

    def all_floats(self, points: Sequence[Point]) -> list[list[float]]:
        """Return the coordinates of all points, by one product of integer matrices.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> RealField.of([-2, 0, 1], 1, 2).all_floats([((fmpz(0), fmpz(1)), fmpz(2))])
        [[0.7071067811865476]]
        """
        # With t_k the integer next to 2^b theta^k, sum x_k t_k is off by at most sum |x_k|.
        flat = [x for row, _ in points for x in row]
        longest = max(map(fmpz.bit_length, flat))
        bits, reach = 64 * (2 + longest // 64), self.degree << longest
        middles = fmpz_mat(len(flat) // self.degree, self.degree, flat) * self._powers(bits)
        found, own = [], map(int, middles.entries())
        for row, denominator in points:
            below = int(denominator) << bits
            parts = zip(self._rows(row), own, strict=False)
            found.append([self._rounded(part, denominator, x - reach, x + reach, below) for part, x in parts])
        return found

    def _rows(self, numerators: Sequence[fmpz]) -> list[Sequence[fmpz]]:
        degree = self.degree
        return [numerators[start : start + degree] for start in range(0, len(numerators), degree)]

    def _rounded(self, row: Sequence[fmpz], denominator: fmpz, low: int, high: int, below: int) -> float:
        """Return a number between low / below and high / below, rounded; by these bounds where they tell."""
        if not any(row[1:]):
            return nearest_float(int(row[0]), int(denominator))
        near = nearest_float(low, below)
        return near if near == nearest_float(high, below) else self.numbers(row, denominator)[0].nearest()

    def _powers(self, bits: int) -> fmpz_mat:
        """Return a column of integers within 1 of 2^bits times the powers of the generator."""
        if bits not in self._known_powers:
            column = [[self._scaled_power(power, bits)] for power in range(self.degree)]
            self._known_powers[bits] = fmpz_mat(column)
        return self._known_powers[bits]

    def _scaled_power(self, power: int, bits: int) -> fmpz:
        precision, nearest = bits + 64, None
        while nearest is None:
            value = self.root.value(fmpz_poly([0] * power + [1]), precision)
            with working(precision):
                scaled = value * fmpz(2) ** bits
                small = scaled.rad() < 2.0**-10
                nearest = (scaled.mid() + 0.5).floor().unique_fmpz() if small else None
            precision *= 2
        return nearest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RealField) and self.root == other.root

    def __hash__(self) -> int:
        return hash(self.root)

    def __reduce__(self) -> tuple[object, ...]:
        return RealField, (self.root,)  # what it has made ready stays behind

"""What arithmetic with roots and cosines means as a real number; the rest is refused in one line."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd

from flint import fmpq, fmpq_poly, fmpz, fmpz_poly

from exactdyn.errors import NumberError
from exactdyn.numbers.fields.expression import Combined, Cosine, Expression, NamedRoot, Radical
from exactdyn.numbers.reading import to_fmpq
from exactdyn.numbers.syntax import Call, Name, Tree
from proofs_checks.format.rationals import shorten

ACCEPTED = (
    "requires a real algebraic number: rationals, + - * / ^, sqrt, cbrt, cos, sin and tan of rational "
    "multiples of pi, root(x^3-2, 1..2)"
)
"""What every refusal says."""

DEGREE_LIMIT = 64
"""Largest degree of a root, of a cosine, and of a field."""

BITS_LIMIT = 2**17
"""Longest numerator or denominator of a rational part of an expression, in bits."""

EXPONENT_LIMIT = 2**17
"""Largest exponent."""

_COSINES = {
    1: Fraction(1),
    2: Fraction(-1),
    3: Fraction(-1, 2),
    4: Fraction(0),
    6: Fraction(1, 2),
}
# The rational cosines, by the denominator of the turn: I. Niven, Irrational Numbers, corollary 3.12.


@dataclass(frozen=True)
class Angle:
    """A rational multiple of pi, which only a cosine, sine or tangent makes a number of."""

    half_turns: Fraction


def meaning(tree: Tree, where: str) -> Expression:
    """Return what a tree says as a real algebraic number.

    ``where`` is the field that messages name. Raises :class:`~exactdyn.errors.NumberError` for what is not
    real or not algebraic, has no value, or exceeds a limit.

    >>> meaning(Call("cos", (Call("/", (Name("pi"), Fraction(3))),)), "alpha")
    Fraction(1, 2)
    """
    value = _Meaning(where).of(tree)
    if isinstance(value, Angle):
        raise NumberError(f"{where}: {ACCEPTED}, got a multiple of pi")
    return value


class _Meaning:
    """One method a kind of tree."""

    def __init__(self, where: str) -> None:
        self._where = where

    def of(self, tree: Tree) -> Expression | Angle:
        """Return the meaning of a tree or a part of it."""
        if isinstance(tree, Fraction):
            return self._bounded(tree)
        if isinstance(tree, Name):
            if tree.name == "pi":
                return Angle(Fraction(1))
            raise self._refusal(f"got the name {shorten(tree.name)}")
        if tree.function == "root":
            return self._root(tree)
        arguments = [self.of(part) for part in tree.arguments]
        if tree.function in ("+", "-", "*", "/", "^"):
            return self._operation(tree.function, arguments)
        if len(arguments) != 1:
            raise self._refusal(f"got {shorten(tree.function)} of {len(arguments)} arguments")
        return self._function(tree.function, arguments[0])

    def _refusal(self, got: str) -> NumberError:
        return NumberError(f"{self._where}: {ACCEPTED}, {got}")

    def _operation(self, operator: str, arguments: list[Expression | Angle]) -> Expression | Angle:
        if len(arguments) == 1:
            return self._operation("*", [Fraction(-1), arguments[0]])
        left, right = arguments
        if isinstance(left, Angle) or isinstance(right, Angle):
            return self._angle(operator, left, right)
        if operator == "-":
            return self._arithmetic("+", left, self._arithmetic("*", Fraction(-1), right))
        if operator == "^":
            return self._power(left, right)
        return self._arithmetic(operator, left, right)

    def _angle(self, operator: str, left: Expression | Angle, right: Expression | Angle) -> Angle:
        """Return a sum of two angles, or a rational multiple of one."""
        if isinstance(left, Angle) and isinstance(right, Angle) and operator in ("+", "-"):
            sign = 1 if operator == "+" else -1
            return Angle(self._bounded(left.half_turns + sign * right.half_turns))
        if operator == "*" and isinstance(left, Fraction) and isinstance(right, Angle):
            left, right = right, left
        if isinstance(left, Angle) and isinstance(right, Fraction) and operator in ("*", "/"):
            return Angle(self._rational(operator, left.half_turns, right))
        raise self._refusal("got arithmetic with pi that is no rational multiple of it")

    def _arithmetic(self, operator: str, left: Expression, right: Expression) -> Expression:
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return self._rational(operator, left, right)
        if operator == "/" and right == 0:
            raise self._refusal("got a division by 0")
        if (operator == "*" and left == 1) or (operator == "+" and left == 0):
            return right
        if (operator in ("*", "/") and right == 1) or (operator == "+" and right == 0):
            return left
        return Combined(operator, left, right)  # type: ignore[arg-type]

    def _rational(self, operator: str, left: Fraction, right: Fraction) -> Fraction:
        if operator == "/" and right == 0:
            raise self._refusal("got a division by 0")
        if operator == "/":
            return self._bounded(left / right)
        return self._bounded(left + right if operator == "+" else left * right)

    def _bounded(self, number: Fraction) -> Fraction:
        if _bits(number) > BITS_LIMIT:
            raise self._refusal(f"got a part of more than {BITS_LIMIT} bits")
        return number

    def _power(self, base: Expression, exponent: Expression) -> Expression:
        """Return base^(p/q) as the p-th power of the q-th root."""
        if not isinstance(exponent, Fraction):
            raise self._refusal("got an irrational exponent")
        if abs(exponent.numerator) > EXPONENT_LIMIT:
            raise self._refusal(f"got an exponent beyond {EXPONENT_LIMIT}")
        root = self._radical(exponent.denominator, base) if exponent.denominator > 1 else base
        if root == 0 and exponent <= 0:
            raise self._refusal(f"got 0 to the power {exponent}")
        power = exponent.numerator
        if isinstance(root, Fraction):
            if _bits(root) * abs(power) > BITS_LIMIT + abs(power):
                raise self._refusal(f"got a part of more than {BITS_LIMIT} bits")
            return root**power
        return root if power == 1 else Combined("^", root, Fraction(power))

    def _function(self, name: str, argument: Expression | Angle) -> Expression:
        if name in ("sqrt", "cbrt") and not isinstance(argument, Angle):
            index = 2 if name == "sqrt" else 3
            if index == 3 and isinstance(argument, Fraction) and argument < 0:
                return self._arithmetic("*", Fraction(-1), self._radical(3, -argument))
            return self._radical(index, argument, signed=index == 3)
        if name in ("cos", "sin", "tan"):
            turn = argument.half_turns / 2 if isinstance(argument, Angle) else argument
            if not isinstance(argument, Angle) and argument != 0:
                raise self._refusal(f"got {name} of what is no rational multiple of pi")
            return self._of_turn(name, turn)  # type: ignore[arg-type]
        raise self._refusal(f"got the function {shorten(name)}")

    def _of_turn(self, name: str, turn: Fraction) -> Expression:
        """Return a cosine, a sine (the cosine of what is missing to a quarter turn) or their quotient."""
        if name == "tan":
            return self._arithmetic("/", self._of_turn("sin", turn), self._of_turn("cos", turn))
        turn = (turn if name == "cos" else Fraction(1, 4) - turn) % 1
        turn = min(turn, 1 - turn)
        if turn.denominator in _COSINES:
            return _COSINES[turn.denominator]
        # Euler's function is at least sqrt(n/2): beyond 8 limit^2 the degree exceeds the limit.
        if turn.denominator > 8 * DEGREE_LIMIT**2:
            raise self._refusal(f"got a {name} of degree above {DEGREE_LIMIT}")
        return Cosine(turn)

    def _radical(self, index: int, radicand: Expression | Angle, signed: bool = False) -> Expression:
        """Return a real root; of a rational number as a rational multiple of the root of a small integer."""
        if isinstance(radicand, Angle):
            raise self._refusal("got a root of a multiple of pi")
        if index > DEGREE_LIMIT:
            raise self._refusal(f"got a root of degree {index}, the limit is {DEGREE_LIMIT}")
        if not isinstance(radicand, Fraction):
            return Radical(index, radicand, signed)
        if radicand < 0:
            raise self._refusal(f"got a root of the negative number {shorten(str(radicand))}")
        if _bits(radicand) * index > BITS_LIMIT:
            raise self._refusal(f"got a part of more than {BITS_LIMIT} bits")
        outside, inside = simplified(index, radicand)
        return self._arithmetic("*", outside, inside)

    def _root(self, tree: Call) -> Expression:
        """Return root(polynomial in x, low..high): exactly one root is asked for, ends included."""
        spoken = len(tree.arguments) == 2 and tree.arguments[1]
        if not isinstance(spoken, Call) or spoken.function != "..":
            raise self._refusal("got a root without a polynomial in x and an interval low..high")
        low, high = (self.of(end) for end in spoken.arguments)
        if not isinstance(low, Fraction) or not isinstance(high, Fraction) or low > high:
            raise self._refusal("got a root with an interval whose ends are no rationals in order")
        polynomial = self._polynomial(tree.arguments[0])
        found = [
            (factor, count)
            for factor, _ in polynomial.numer().factor()[1]
            if (count := roots_between(factor, low, high))
        ]
        total = sum(count for _, count in found)
        if total != 1:
            raise self._refusal(f"got {total} roots from {low} to {high}")
        factor = found[0][0]
        if factor.degree() == 1:
            return Fraction(-int(factor[0]), int(factor[1]))
        return NamedRoot(tuple(map(int, factor.coeffs())), low, high)

    def _polynomial(self, tree: Tree) -> fmpq_poly:
        """Return a polynomial in x with rational coefficients."""
        if isinstance(tree, Name) and tree.name == "x":
            return fmpq_poly([0, 1])
        if not isinstance(tree, Call) or tree.function not in ("+", "-", "*", "/", "^"):
            return self._constant(tree)
        parts = [self._polynomial(part) for part in tree.arguments[: 1 if tree.function == "^" else None]]
        if len(parts) == 1 and tree.function == "-":
            return -parts[0]
        if tree.function == "^":
            return self._polynomial_power(parts[0], tree.arguments[1])
        left, right = parts
        if tree.function == "/":
            if right.degree() != 0:
                raise self._refusal("got a root of a polynomial that is divided by x or 0")
            return self._small(left / right[0])
        if tree.function == "*":
            return self._small(left * right)
        return self._small(left + right if tree.function == "+" else left - right)

    def _polynomial_power(self, base: fmpq_poly, exponent: Tree) -> fmpq_poly:
        power = self.of(exponent)
        if not isinstance(power, Fraction) or power.denominator != 1:
            raise self._refusal("got a root of a polynomial with an exponent that is no integer")
        if base.degree() < 1:
            return self._constant(Call("^", (_fraction(base[0]), power)))
        if not 0 <= power * base.degree() <= DEGREE_LIMIT or _height(base) * power > BITS_LIMIT:
            raise self._refusal(f"got a root of a polynomial of degree beyond {DEGREE_LIMIT}")
        return self._small(base ** int(power))

    def _constant(self, tree: Tree) -> fmpq_poly:
        value = self.of(tree)
        if not isinstance(value, Fraction):
            raise self._refusal("got a root of a polynomial with irrational coefficients")
        return fmpq_poly([to_fmpq(value)])

    def _small(self, polynomial: fmpq_poly) -> fmpq_poly:
        if polynomial.degree() > DEGREE_LIMIT or _height(polynomial) > BITS_LIMIT:
            raise self._refusal(f"got a root of a polynomial of degree beyond {DEGREE_LIMIT}, or too long")
        return polynomial


def simplified(index: int, number: Fraction) -> tuple[Fraction, Expression]:
    """Write a root of a positive rational as a rational times the root of an integer, small powers taken out.

    >>> simplified(2, Fraction(8, 9))
    (Fraction(2, 3), Radical(index=2, radicand=Fraction(2, 1)))
    >>> simplified(4, Fraction(4))
    (Fraction(1, 1), Radical(index=2, radicand=Fraction(2, 1)))
    """
    if number == 0:
        return Fraction(0), Fraction(1)
    integer = fmpz(number.numerator) * fmpz(number.denominator) ** (index - 1)
    outside, inside = Fraction(1, number.denominator), 1
    powers: list[tuple[int, int]] = []
    for prime, power in integer.factor(trial_limit=1000):  # what is not found stays inside: no less exact
        outside *= int(prime) ** (power // index)
        if power % index:
            powers.append((int(prime), int(power) % index))
    shared = gcd(index, *(power for _, power in powers))
    for base, exponent in powers:
        inside *= base ** (exponent // shared)
    return outside, (Radical(index // shared, Fraction(inside)) if powers else Fraction(1))


def roots_between(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> int:
    """Count the real roots of an irreducible polynomial from one rational to another, ends included.

    Source: Sturm's theorem, H. Cohen, A Course in Computational Algebraic Number Theory, section 4.1.2.

    >>> roots_between(fmpz_poly([-2, 0, 1]), Fraction(-2), Fraction(2))
    2
    """
    ends = to_fmpq(low), to_fmpq(high)
    if polynomial.degree() == 1:
        return int(low <= Fraction(-int(polynomial[0]), int(polynomial[1])) <= high)
    chain = [fmpq_poly(polynomial), fmpq_poly(polynomial.derivative())]
    while not (rest := chain[-2] % chain[-1]).is_zero():
        size = rest.numer().content()
        chain.append(fmpq_poly(rest.numer()) / -size)
    counts = []
    for end in ends:
        signs = [value > 0 for x in chain if (value := x(end)) != 0]
        counts.append(sum(a != b for a, b in pairwise(signs)))
    return counts[0] - counts[1]


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def _height(polynomial: fmpq_poly) -> int:
    return int(polynomial.numer().height_bits()) + int(polynomial.denom()).bit_length()


def _fraction(number: fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))

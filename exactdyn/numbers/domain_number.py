"""A number of a domain other than the rationals: what it says of itself beside Python's operators."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Any, Self, TypeVar

from exactdyn.numbers.domain import Domain
from exactdyn.numbers.precision import FIRST_BITS
from exactdyn.numbers.reading import nearest_float

Answer = TypeVar("Answer", int, float, str)


class DomainNumber(ABC):
    """A real number that is no :class:`~fractions.Fraction`, as rooms above this one know it.

    A class of numbers gives what is without a body here, ``+``, ``*``, ``/`` of numbers of one
    domain and of rationals, and ``==`` and ``hash`` that tell equal numbers exactly; a number that is
    rational equals, and hashes as, its fraction.

    >>> from exactdyn.numbers.fields.joining import number
    >>> golden = number("(1+sqrt(5))/2", "alpha")
    >>> isinstance(golden, DomainNumber), golden.nearest(), golden > 1, isinstance(Fraction(1), DomainNumber)
    (True, 1.618033988749895, True, False)
    """

    __slots__ = ()

    @property
    @abstractmethod
    def domain(self) -> Domain[Any]:
        """Whose it is."""

    @property
    @abstractmethod
    def rational(self) -> Fraction | None:
        """The number as a fraction, None if it is irrational."""

    @abstractmethod
    def sign(self) -> int:
        """Return -1, 0 or 1, exactly."""

    @abstractmethod
    def ends(self, bits: int) -> tuple[Fraction, Fraction]:
        """Return rationals between which the number lies, the closer the more bits there are."""

    @abstractmethod
    def __sub__(self, other: Any) -> Self:
        """Return the difference to a number of the same domain, or a rational one."""

    @abstractmethod
    def __neg__(self) -> Self:
        """Return the number with the other sign."""

    def settled(self, ask: Callable[[Fraction], Answer]) -> Answer:
        """Return what a function with steps at rationals says of the number: what it says of both its ends.

        An irrational number is at no step, so ends that are close enough decide.

        >>> from exactdyn.numbers.fields.joining import number
        >>> number("sqrt(2)", "alpha").settled(lambda x: round(10 * x))
        14
        """
        if (exact := self.rational) is not None:
            return ask(exact)
        bits = FIRST_BITS
        while True:
            low, high = self.ends(bits)
            if (answer := ask(low)) == ask(high):
                return answer
            bits *= 2

    def nearest(self) -> float:
        """Return the nearest float64; beyond the range of floats an infinity.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> from exactdyn.numbers.fields.joining import number
        >>> number("sqrt(2)", "alpha").nearest()
        1.4142135623730951
        """
        return self.settled(lambda x: nearest_float(x.numerator, x.denominator))

    def __pos__(self) -> Self:
        return self

    def __abs__(self) -> Self:
        return -self if self.sign() < 0 else self

    def __lt__(self, other: Any) -> bool:
        return self._order(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._order(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._order(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._order(other) >= 0

    def _order(self, other: Any) -> int:
        difference: Self = self - other
        return difference.sign()

    def __float__(self) -> float:
        return self.nearest()

    def __floor__(self) -> int:
        return self.settled(floor)

"""What generators of tokens are asked for and what they return, and the small numbers they draw."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from exactdyn.families.tree.branch import Sets
from exactdyn.numbers.reading import Row, Rows


@dataclass(frozen=True)
class Wanted:
    """What a generator is asked for: ``count`` tokens of Q^d beside those that are ``given``.

    ``alpha``: the coefficient of the system. ``size``: about how large numbers may be. ``rng``: the only
    source of chance.
    """

    rng: Random
    size: int
    count: int
    dimension: int
    alpha: Fraction
    given: Rows = ()

    @property
    def tau(self) -> Fraction:
        """The step alpha / (1 + alpha); source: arXiv 2407.01602, equation (1.1).

        >>> Wanted(Random(0), 1, 1, 1, Fraction(1)).tau
        Fraction(1, 2)
        """
        return self.alpha / (1 + self.alpha)

    def integers(self, dimension: int) -> Row:
        """Draw a vector of small integers, possibly 0.

        >>> len(Wanted(Random(0), 1, 1, 2, Fraction(1)).integers(2))
        2
        """
        return tuple(Fraction(self.rng.randint(-self.size, self.size)) for _ in range(dimension))

    def nonzero(self, dimension: int) -> Row:
        """Draw a vector of small integers other than 0.

        >>> any(Wanted(Random(0), 1, 1, 2, Fraction(1)).nonzero(2))
        True
        """
        while True:
            vector = self.integers(dimension)
            if any(vector):
                return vector

    def rational(self) -> Fraction:
        """Draw a small rational number.

        >>> abs(Wanted(Random(0), 3, 1, 1, Fraction(1)).rational()) <= 3
        True
        """
        return Fraction(self.rng.randint(-self.size, self.size), self.rng.randint(1, self.size + 1))

    def distinct(self, count: int) -> list[Fraction]:
        """Draw so many small rational numbers, all distinct and none 0.

        >>> len(set(Wanted(Random(0), 1, 1, 1, Fraction(1)).distinct(9)))
        9
        """
        size, pool = self.size, set[Fraction]()
        while len(pool) < count:
            pool = {Fraction(p, q) for p in range(-size, size + 1) for q in range(1, size + 2) if p}
            size += 1
        return self.rng.sample(sorted(pool), count)


@dataclass(frozen=True)
class Drawn:
    """Tokens, and possibly attention sets of the layers 0, 1, ... that are wanted of them.

    ``tokens``: without the given ones; ``sets``: for given ones, too.
    """

    tokens: Rows
    sets: tuple[Sets, ...] = ()


def plus(x: Row, y: Row, factor: Fraction | int = 1) -> Row:
    """Return x + factor * y.

    >>> plus((Fraction(1), Fraction(0)), (Fraction(1), Fraction(2)), -1)
    (Fraction(0, 1), Fraction(-2, 1))
    """
    return tuple(a + factor * b for a, b in zip(x, y, strict=True))


def middle(points: Rows) -> Row:
    """Return the mean of points.

    >>> middle(((Fraction(1),), (Fraction(2),)))
    (Fraction(3, 2),)
    """
    return tuple(sum(column, Fraction(0)) / len(points) for column in zip(*points, strict=True))

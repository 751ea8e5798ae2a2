"""Where the parameter lies: an open interval between two places, or a point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.parameters.roots import Root, simplest_between


@dataclass(frozen=True)
class Region:
    """The open interval between two places, or, where they are one object, the point there.

    >>> Region(Root.rational(Fraction(0)), Root.rational(Fraction(1))).point
    False
    """

    low: Root
    high: Root

    @property
    def point(self) -> bool:
        """Whether this is a point.

        >>> place = Root.rational(Fraction(0))
        >>> Region(place, place).point
        True
        """
        return self.low is self.high

    def samples(self) -> Iterator[Fraction]:
        """Yield rational numbers inside without end, the simplest first of those between the known ends.

        >>> samples = Region(Root.rational(Fraction(0)), Root.rational(Fraction(1))).samples()
        >>> next(samples), next(samples)
        (Fraction(1, 2), Fraction(1, 3))
        """
        while not self.low.high < self.high.low:
            self._wider().halve()
        low, high = self.low.high, self.high.low
        while True:
            high = simplest_between(low, high)
            yield high

    def cut(self, places: Iterable[Root]) -> list[Region]:
        """Return the parts that ascending places cut an interval into; its ends among them cut nothing.

        >>> ends = [Root.rational(Fraction(m, 2)) for m in range(3)]
        >>> [part.point for part in Region(ends[0], ends[2]).cut(ends)]
        [False, True, False]
        """
        parts, low = [], self.low
        for place in places:
            if place is not self.low and place is not self.high:
                parts += [Region(low, place), Region(place, place)]
                low = place
        return [*parts, Region(low, self.high)]

    def _wider(self) -> Root:
        low, high = self.low, self.high
        return low if low.high - low.low >= high.high - high.low else high

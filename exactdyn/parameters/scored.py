"""The scores of a state on a region of the parameter: their differences, with signs and roots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property

from flint import fmpz, fmpz_mat, fmpz_poly

from exactdyn.numbers.reading import to_fmpq
from exactdyn.numbers.vectors import inner
from exactdyn.parameters.packed import PackedScores
from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root, Roots
from exactdyn.parameters.states import PolynomialState


class Scored:
    """A state and a matrix of scores, both as integer matrices a power of the parameter, on a region.

    >>> from exactdyn.numbers.vectors import identity
    >>> from exactdyn.parameters.states import integer_powers
    >>> state = PolynomialState.start((((Fraction(1),), (Fraction(0),)), ((Fraction(0),), (Fraction(1),))))
    >>> ends = Fraction(0), Fraction(1)
    >>> A, _ = integer_powers((identity(1),))
    >>> scored = Scored(Region(*map(Root.rational, ends)), state, A, Roots(*ends))
    >>> scored.difference(0, 0, 1), scored.window.sign(scored.row(0)[0] - scored.row(0)[1])
    ((-1)*x + 1, 1)
    """

    def __init__(self, region: Region, state: PolynomialState, A: Sequence[fmpz_mat], roots: Roots) -> None:
        self.region, self.state, self.A, self.roots = region, state, A, roots
        self._rows: dict[int, list[fmpz]] = {}
        self._images: dict[int, list[fmpz_poly]] = {}

    def on(self, region: Region) -> Scored:
        """Return the same scores on another region."""
        return self if region == self.region else Scored(region, self.state, self.A, self.roots)

    def of(self, state: PolynomialState) -> Scored:
        """Return the scores of another state on the same region."""
        return Scored(self.region, state, self.A, self.roots)

    @cached_property
    def window(self) -> PackedScores:
        """The scores on the whole region, packed."""
        return PackedScores.of(self.region.low.low, self.region.high.high, self.state, self.A)

    def compute(self, tokens: Iterable[int]) -> None:
        """Compute the packed scores of several tokens at once."""
        wanted = [i for i in tokens if i not in self._rows]
        self._rows.update(zip(wanted, self.window.scores(wanted), strict=True))

    def row(self, token: int) -> list[fmpz]:
        """Return the packed scores of a token with all tokens."""
        self.compute([token])
        return self._rows[token]

    def values(self, sample: Fraction, tokens: Sequence[int]) -> dict[int, list[fmpz]]:
        """Return the scores of some tokens at a rational value, up to one positive factor."""
        here = PackedScores.of(sample, sample, self.state, self.A)
        return dict(zip(tokens, here.scores(tokens), strict=True))

    def difference(self, token: int, first: int, second: int) -> fmpz_poly:
        """Return <A z_i, z_a - z_b> as a polynomial, up to a positive factor."""
        rows = self.state.polynomials
        return inner(self._image(token), [x - y for x, y in zip(rows[first], rows[second], strict=True)])

    def score(self, token: int, other: int) -> fmpz_poly:
        """Return <A z_i, z_j> as a polynomial, up to the same positive factor for all tokens."""
        return inner(self._image(token), list(self.state.polynomials[other]))

    def _image(self, token: int) -> list[fmpz_poly]:
        if token not in self._images:
            self._images[token] = image(self.A, self.state.polynomials[token])
        return self._images[token]

    def around(self, sample: Fraction, polynomials: Iterable[fmpz_poly]) -> Region:
        """Return the largest part of an interval around a sample on which no polynomial has a root.

        None is 0 at the sample.
        """
        low, high = self.region.low, self.region.high
        for polynomial in polynomials:
            for root in self.roots.of(polynomial):
                if _below(root, sample):
                    low = root if low.below(root) else low
                else:
                    high = root if root.below(high) else high
        return Region(low, high)

    def positive_at(self, sample: Fraction, polynomial: fmpz_poly) -> bool:
        """Tell whether a polynomial is positive at a sample of an interval, or at the point."""
        if self.region.point:
            return self.region.low.sign(polynomial) > 0
        return bool(polynomial(to_fmpq(sample)) > 0)

    def where(
        self, sample: Fraction, positive: Sequence[fmpz_poly], not_negative: Sequence[fmpz_poly] = ()
    ) -> Region | None:
        """Return the largest part around a sample where polynomials have such signs; None: not even there.

        For a point, the point itself or None. A part of an interval ends also where a polynomial is 0 that
        may be.
        """
        weak = [polynomial for polynomial in not_negative if not polynomial.is_zero()]
        if self.region.point:
            place = self.region.low
            right = all(place.sign(p) > 0 for p in positive) and all(place.sign(p) >= 0 for p in weak)
            return self.region if right else None
        value, all_of_them = to_fmpq(sample), [*positive, *weak]
        return self.around(sample, all_of_them) if all(p(value) > 0 for p in all_of_them) else None


def image(A: Sequence[fmpz_mat], point: Sequence[fmpz_poly]) -> list[fmpz_poly]:
    """Return A z for a point of polynomials.

    >>> image([fmpz_mat([[2]]), fmpz_mat([[1]])], [fmpz_poly([0, 1])])
    [x^2 + 2*x]
    """
    size, found = range(len(point)), [fmpz_poly([])] * len(point)
    for m, part in enumerate(A):
        for r in size:
            term = sum((point[c] * part[r, c] for c in size), fmpz_poly([]))
            found[r] = found[r] + fmpz_poly([0] * m + [1]) * term
    return found


def _below(root: Root, number: Fraction) -> bool:
    """Tell whether a root is less than a rational number that it does not equal."""
    while root.low <= number <= root.high:
        root.halve()
    return root.high < number

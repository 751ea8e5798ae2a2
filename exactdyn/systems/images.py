"""What becomes of <Az, z> layer by layer, with A z followed as z is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from flint import fmpz_mat

from exactdyn.geometry.definiteness import quadratic_form
from exactdyn.layer.step import Step
from exactdyn.numbers.domain import Point
from exactdyn.numbers.points import lowest_terms, mean, towards
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import inner, integer_multiple
from exactdyn.systems.run import Run

FOLLOWED_FROM = 16
"""From so many dimensions on it pays to follow A z: in fewer it is multiplied out as quickly."""


def squares(run: Run, A: Rows) -> Iterator[tuple[int, int, Fraction, Fraction]]:
    """Go through all moves of a run: the layer, the token, and its <Az, z> before and after the step.

    ``A``: d x d numbers of the domain of the run. Tokens that stay are left out, and no move is worked out
    before it is asked for. The image of z + tau (c - z) is Az + tau (Ac - Az), and Ac is the mean of the
    images of what the token attends.
    Source: arXiv 2407.01602, equation (1.1); ``proofs_checks/FORMAT.md``, section "Work".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[2]], alpha=1).run([[1], ["1/2"]], layers=1)
    >>> list(squares(run, run.facts.matrix))
    [(0, 1, Fraction(1, 2), Fraction(9, 8))]
    """
    rational = len(A) >= FOLLOWED_FROM and run.start.domain == RATIONALS
    images: dict[int, Point] = {}
    for layer, (here, there) in enumerate(pairwise(run.states())):
        step, (sets, *others) = run.system.step(layer), run.head_attention(layer)
        tau = step.tau if isinstance(step, Step) and rational and not others else None
        later: dict[int, Point] = {}
        still = [point == moved for point, moved in zip(here.points, there.points, strict=True)]
        for i in (i for i, stays in enumerate(still) if not stays):
            if tau is None:
                yield layer, i, quadratic_form(A, here.row(i)), quadratic_form(A, there.row(i))
                continue
            images |= {j: _image(A, here.points[j]) for j in {i} | sets[i] if j not in images}
            target = mean([images[j] for j in sorted(sets[i])])
            later[i] = towards(images[i], target, tau)
            yield layer, i, _product(images[i], here.points[i]), _product(later[i], there.points[i])
        images = {i: image for i, image in images.items() if still[i]} | later


def _image(A: Rows, point: Point) -> Point:
    (matrix, below), (numerators, denominator) = integer_multiple(A), point
    return lowest_terms((matrix * fmpz_mat([[x] for x in numerators])).entries(), denominator * below)


def _product(image: Point, point: Point) -> Fraction:
    return Fraction(int(inner(image[0], point[0])), int(image[1] * point[1]))

"""The search for a proof by forms that graphs repeat, where the rates of states are irrational or complex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from flint import fmpq, fmpq_mat

from exactdyn.limits.cones import cones_of, near
from exactdyn.limits.forms import (
    Cone,
    FormProof,
    Forms,
    companion_of,
    is_semidefinite,
    levels,
    moved,
    vanishes,
)
from exactdyn.limits.node_rows import node_rows
from exactdyn.limits.recurrence import coefficients_of
from exactdyn.numbers.domain import DomainPolynomial
from exactdyn.numbers.fields.joining import to_flint
from exactdyn.systems.trajectory import Trajectory

_EXPONENTS = (2, 5, 8, 12, 16, 24)
_WEIGHTS = np.geomspace(1e-6, 100, 60)


def find_forms(
    trajectory: Trajectory, layer: int, period: int, polynomial: DomainPolynomial
) -> Forms | fmpq_mat:
    """Return a proof that the graphs from ``layer`` on repeat after a period, or a difference that has none.

    ``polynomial``: rational, of the states, ``period`` layers a step. The graphs of as many periods as its
    degree have to be the same. A difference of scores without a proof may have one from a later layer on.
    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.limits.stretch import Stretch
    >>> run = Hardmax([[1, -4], [4, 1]], alpha="1/2").run([[1, 0], [0, 1], [-1, -1]], 0)
    >>> trajectory, stretch = Trajectory(run), Stretch(1, 0)
    >>> for top in range(8):
    ...     stretch.study(trajectory, top)
    >>> len(find_forms(trajectory, 0, 1, stretch.polynomial).proofs)
    1
    """
    search = _FormSearch(polynomial)
    for phase in range(layer, layer + period):
        for form in differences(trajectory, phase, period, search.size):
            if not search.covers(form):
                return form
    return Forms(coefficients_of(polynomial)[:-1], tuple(search.proofs))


class _FormSearch:
    """The proofs found so far for differences of scores, and how more are found."""

    def __init__(self, polynomial: DomainPolynomial) -> None:
        self.polynomial, self.companion = polynomial, companion_of(polynomial)
        self.size = self.companion.nrows()
        self.proofs: list[FormProof] = []

    @cached_property
    def cones(self) -> list[Cone]:
        """The cones that states of this recurrence are in."""
        return list(cones_of(self.polynomial))

    def covers(self, form: fmpq_mat) -> bool:
        """Tell whether a difference of scores is 0 for ever or proved to stay positive."""
        if form[0, 0] == 0:
            return vanishes(form, self.companion)
        if form[0, 0] < 0 or any(self._holds(form, proof) for proof in self.proofs):
            return form[0, 0] > 0
        found = next((proof for proof in self._candidates(form) if self._holds(form, proof)), None)
        if found is not None:
            self.proofs.append(found)
        return found is not None

    def _holds(self, form: fmpq_mat, proof: FormProof) -> bool:
        *first, last = levels(form, proof.rows, self.companion)
        if any(level[0, 0] < 0 for level in first):
            return False
        if vanishes(last, self.companion):
            return True
        return is_semidefinite(last if proof.cone is None else last - proof.cone.form * proof.weight)

    def _candidates(self, form: fmpq_mat) -> Iterator[FormProof]:
        # The cheapest proofs first: one node; rows of nodes made for this form; one node beside a cone.
        later = moved(form, self.companion)
        nodes = [fmpq(1, 2**exponent) for exponent in _EXPONENTS]
        for node in nodes:
            yield FormProof(((node,),))
        rows = node_rows(form, self.companion)
        if rows is not None:
            yield FormProof(rows)
        for node in nodes:
            rest = later - form * node
            for cone in self.cones:
                weight = _weight(rest, cone)
                if weight > 0:
                    yield FormProof(((node,),), cone, weight)


_FLOATS_LIMIT = 1e150
# Products of floats up to it are floats.


def _weight(form: fmpq_mat, cone: Cone) -> fmpq:
    # The multiple of a cone that leaves most of a form, by its smallest eigenvalue.
    try:
        own, other = floats(form), floats(cone.form)
    except OverflowError:  # it is found in floats, and a form beyond them goes without
        return fmpq(0)
    size = np.abs(own).max() / max(np.abs(other).max(), 1e-300)
    if max(np.abs(own).max(), size) > _FLOATS_LIMIT:
        return fmpq(0)
    weights = _WEIGHTS * size
    smallest = np.linalg.eigvalsh(own - weights[:, None, None] * other)[:, 0]
    return near(float(weights[np.argmax(smallest)]), 10**9)


def floats(form: fmpq_mat) -> np.ndarray:
    """Return a form in floats; raises OverflowError where it is beyond them.

    >>> floats(fmpq_mat([[1, 2]]) / 4).tolist()
    [[0.25, 0.5]]
    """
    return np.array([[int(x.p) / int(x.q) for x in row] for row in form.tolist()])


def differences(trajectory: Trajectory, phase: int, period: int, size: int) -> Iterator[fmpq_mat]:
    """Yield, for every head and token, the score of what it attends less that of each it sees, as forms.

    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.
    """
    states = [trajectory.state(phase + period * j) for j in range(size)]
    points = [fmpq_mat([[to_flint(x) for x in row] for row in state.rows()]) for state in states]
    sets = trajectory.head_attention(phase)
    for own, head in zip(sets, trajectory.system.heads(phase, states[0].dimension), strict=True):
        A = fmpq_mat([[to_flint(x) for x in row] for row in head.matrix])
        directions = [z * A.transpose() for z in points]
        scores = [[x * z.transpose() for z in points] for x in directions]
        seen = None if head.mask is None else head.mask.seen(states[0].count)
        for i, attended in enumerate(own):
            view: Sequence[int] = range(states[0].count) if seen is None else sorted(seen[i])
            a = min(attended)
            yield from (_difference(scores, i, a, b) for b in view if b != a)


def _difference(scores: list[list[fmpq_mat]], i: int, a: int, b: int) -> fmpq_mat:
    form = fmpq_mat([[own[i, a] - own[i, b] for own in row] for row in scores])
    return (form + form.transpose()) * fmpq(1, 2)

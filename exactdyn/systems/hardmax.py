"""The system: a hardmax transformer without feed-forward part, its parameters exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from exactdyn.errors import InputError, ShapeError
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.recorder import Recording, record
from exactdyn.layer.head import Head
from exactdyn.layer.step import Step
from exactdyn.numbers.reading import Rows, exact, exact_rows
from exactdyn.numbers.vectors import identity
from exactdyn.systems.facts import Facts
from exactdyn.systems.run import DEFAULT_LAYERS, Run, started
from exactdyn.systems.system import System
from proofs_checks.format.rationals import shorten

Form: TypeAlias = Literal["normalised", "unnormalised"]


@dataclass(frozen=True, init=False)
class Hardmax(System):
    """The dynamics of n tokens z_i in Q^d that step towards the mean of the tokens they attend.

    C_i = { j : <A z_i, z_j> maximal }, c_i the mean of z_j over j in C_i, then with tau = alpha/(1+alpha)

        normalised      z_i <- z_i + tau (c_i - z_i)
        unnormalised    z_i <- z_i + alpha c_i          (= (1+alpha) times the normalised step)

    ``A``: d x d exact numbers, any square matrix; None (the default) is the identity of whatever dimension
    the tokens have. ``alpha``: an exact number other than -1. ``form``: which of the two forms
    :meth:`~exactdyn.systems.run.Run.tokens` shows. The attention sets are the same in both, and verdicts and
    limits are always about the normalised form.

    Raises :class:`~exactdyn.errors.InputError` for a matrix that is not square, for alpha = -1 and for what
    is no exact number. Source: arXiv 2407.01602, equations (1.1) to (1.3).

    >>> run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=2)
    >>> run.tokens(1)[2]
    [Fraction(3, 4), Fraction(0, 1)]
    """

    A: Rows | None
    alpha: Fraction
    form: Form

    def __init__(self, A: object = None, alpha: object = 1, form: Form = "normalised") -> None:
        rows = None if A is None else exact_rows(A, "A")
        if rows is not None and len(rows) != len(rows[0]):
            raise ShapeError(f"A: requires a square matrix, got {len(rows)} x {len(rows[0])}")
        coefficient = exact(alpha, "alpha")
        Step.of(coefficient)  # refuses the pole -1
        if form not in ("normalised", "unnormalised"):
            raise InputError(f'form: requires "normalised" or "unnormalised", got {shorten(form)}')
        object.__setattr__(self, "A", rows)
        object.__setattr__(self, "alpha", coefficient)
        object.__setattr__(self, "form", form)

    @property
    def tau(self) -> Fraction:
        """The step tau = alpha/(1+alpha) of the normalised form.

        Source: arXiv 2407.01602, equation (1.1).

        >>> Hardmax(alpha="1/2").tau
        Fraction(1, 3)
        """
        return Step.of(self.alpha).tau

    def matrix(self, dimension: int) -> Rows:
        """Return A for tokens of this dimension; raises :class:`~exactdyn.errors.ShapeError` on a misfit.

        >>> Hardmax().matrix(2) == Hardmax([[1, 0], [0, 1]]).matrix(2)
        True
        """
        if self.A is None:
            return identity(dimension)
        if len(self.A) != dimension:
            size = len(self.A)
            raise ShapeError(f"A: requires {dimension} x {dimension} for these tokens, got {size} x {size}")
        return self.A

    def facts(self, dimension: int) -> Facts:
        """Return what lemmas may use of this system for tokens of a dimension.

        Raises :class:`~exactdyn.errors.ShapeError` on a misfit.

        >>> Hardmax([[1, 2], [3, 4]], alpha=-2).facts(2).convex_step
        False
        """
        step = self.step(0)
        return Facts(
            convex_step=step.convex,
            keeps=step.keeps,
            forward=self.tau >= 0,
            moves=step.keeps and self.tau > 0,
            same_attention=True,
            ties_kept=True,
            transitive_masks=True,
            all_visible=True,
            one_head=True,
            matrix=self.matrix(dimension),
            step=step,
        )

    def heads(self, layer: int, dimension: int) -> tuple[Head, ...]:
        """Return the one head, the same at every layer: A, everybody visible, ties meet in the middle.

        Source: arXiv 2407.01602, equation (1.2).

        >>> Hardmax().heads(0, 1)
        (Head(matrix=((Fraction(1, 1),),), mask=None, ties='mean'),)
        """
        return (Head(self.matrix(dimension)),)

    def step(self, layer: int) -> Step:
        """Return the step of the normalised form: every token moves towards the mean of its set.

        Source: arXiv 2407.01602, equation (1.1).

        >>> Hardmax(alpha=1).step(0)
        Step(tau=Fraction(1, 2))
        """
        return Step(self.tau)

    def growth(self, layer: int) -> tuple[Fraction, int]:
        """Return base and exponent of what the states shown at a layer are larger by than normalised ones.

        Source: arXiv 2407.01602, equations (1.1) to (1.3).

        >>> Hardmax(alpha=1).growth(3), Hardmax(alpha=1, form="unnormalised").growth(3)
        ((Fraction(1, 1), 3), (Fraction(2, 1), 3))
        """
        return (Fraction(1) if self.form == "normalised" else 1 + self.alpha), layer

    def record(self, source: Source, layers: int) -> Recording:
        """Run from a source through this many layers on the fast kernel.

        Source: lemmas ``leaders-persist``, ``lock-in``, ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> Hardmax().record(Source([[1], ["1/2"]]), 3).leaders
        {0: 0}
        """
        matrix = None if self.A is None else self.matrix(source.dimension)
        return record(matrix, self.tau, source, layers)

    def run(self, tokens: object, layers: int = DEFAULT_LAYERS) -> Run:
        """Run the dynamics from these tokens through this many layers.

        ``tokens``: n rows of d exact numbers, or :func:`~exactdyn.numbers.reading.from_floats`. ``layers``:
        how many steps are taken, 0 to 10 million; the run has states 0..layers. Raises
        :class:`~exactdyn.errors.InputError` for tokens of the wrong shape and for a bad number of layers.

        >>> Hardmax(alpha="1/2").run([["1/2"], [1]], layers=3).leaders
        {1: 0}
        """
        return started(self, tokens, layers)


def hardmax_of(run: Run, asker: str) -> Hardmax:
    """Return the system of a run for what is made for this kind only.

    ``asker``: what it is, for the message. Raises :class:`~exactdyn.errors.InputError` for another kind.

    >>> hardmax_of(Hardmax(alpha=2).run([[1]]), "certificates").alpha
    Fraction(2, 1)
    """
    if not isinstance(run.system, Hardmax):
        kind = type(run.system).__name__
        raise InputError(f"system: {asker} requires Hardmax, one A and one alpha for all layers, got {kind}")
    return run.system

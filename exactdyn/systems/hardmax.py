"""The system: a hardmax transformer without feed-forward part, its parameters exact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol, TypeAlias

from exactdyn.errors import InputError, ShapeError
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.recorder import record
from exactdyn.layer.attention import AttentionSets, attention_sets
from exactdyn.layer.step import Step
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows, exact, exact_rows, integer
from exactdyn.numbers.vectors import identity, integer_matrix
from exactdyn.systems.facts import Facts
from exactdyn.systems.run import Run
from proofs_checks.format.rationals import shorten

Form: TypeAlias = Literal["normalised", "unnormalised"]

LAYERS_LIMIT = 10_000_000
"""Largest number of layers that a run accepts."""


@dataclass(frozen=True, init=False)
class Hardmax:
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
        if coefficient == -1:
            raise InputError("alpha: requires a number other than -1, the pole of alpha/(1+alpha), got -1")
        if form not in ("normalised", "unnormalised"):
            raise InputError(f'form: requires "normalised" or "unnormalised", got {shorten(form)}')
        object.__setattr__(self, "A", rows)
        object.__setattr__(self, "alpha", coefficient)
        object.__setattr__(self, "form", form)

    @property
    def tau(self) -> Fraction:
        """The step tau = alpha/(1+alpha) of the normalised form.

        >>> Hardmax(alpha="1/2").tau
        Fraction(1, 3)
        """
        return self.alpha / (1 + self.alpha)

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
        step = Step(self.tau)
        return Facts(
            convex_step=step.convex,
            keeps=step.keeps,
            forward=self.tau >= 0,
            moves=step.keeps and self.tau > 0,
            same_attention=True,
            transitive_masks=True,
            all_visible=True,
            one_head=True,
            matrix=self.matrix(dimension),
        )

    def attention(self, state: Points) -> AttentionSets:
        """Return the attention sets of a state; see :func:`~exactdyn.layer.attention.attention_sets`."""
        return attention_sets(integer_matrix(self.matrix(state.dimension)), state)

    def step(self, state: Points, sets: AttentionSets) -> Points:
        """Return the next state of the normalised form: every token moves towards the mean of its set.

        >>> state = Points.from_rows([[0], [1]])
        >>> Hardmax(alpha=1).step(state, (frozenset({1}), frozenset({1}))).rows()[0]
        [Fraction(1, 2)]
        """
        return Step(self.tau).moved(state, sets)

    def run(self, tokens: object, layers: int = 30) -> Run:
        """Run the dynamics from these tokens through this many layers.

        ``tokens``: n rows of d exact numbers, or :func:`~exactdyn.numbers.reading.from_floats`. ``layers``:
        how many steps are taken, 0 to 10 million; the run has states 0..layers. Raises
        :class:`~exactdyn.errors.InputError` for tokens of the wrong shape and for a bad number of layers.

        >>> Hardmax(alpha="1/2").run([["1/2"], [1]], layers=3).leaders
        {1: 0}
        """
        number = integer(layers, "layers", 0, LAYERS_LIMIT)
        source = Source(tokens)
        matrix = None if self.A is None else self.matrix(source.dimension)
        return Run(self, record(matrix, self.tau, source, number))


class Started(Protocol):
    """What knows the tokens that it starts from: an :class:`~exactdyn.documents.Example`."""

    def run(self) -> Run:
        """Run from these tokens."""


Subject: TypeAlias = Run | Started | Hardmax
"""What verdicts and limits may be asked about; a system needs tokens beside it."""


def run_of(subject: Subject, tokens: object = None) -> Run:
    """Return the run that is meant: a run itself, that of an example, or that of a system from tokens.

    An example runs as many layers as it says, a system 30. Raises :class:`~exactdyn.errors.InputError` for
    anything else, for a system without tokens, and for tokens beside what has its own.

    >>> run_of(Hardmax(alpha=1), tokens=[[1], ["1/2"]])
    Run(2 tokens in dimension 1, layers 0..30, 1 leaders)
    """
    if isinstance(subject, Hardmax):
        if tokens is None:
            raise InputError("tokens: requires tokens beside a system, got none")
        return subject.run(tokens)
    if tokens is not None:
        raise InputError(f"tokens: requires a system to start from them, got {shorten(subject)}")
    if isinstance(subject, Run):
        return subject
    start: Callable[[], object] | None = getattr(subject, "run", None)
    run = start() if callable(start) and not isinstance(subject, type) else None
    if not isinstance(run, Run):
        raise InputError(f"requires an example, a run, or a system with tokens, got {shorten(subject)}")
    return run

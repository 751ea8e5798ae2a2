"""Softmax attention: what states it, heads with their matrices and masks, and the step of discrete time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from exactdyn.errors import InputError, ShapeError
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.mask import Mask
from exactdyn.numbers.reading import Rows, exact, exact_rows
from exactdyn.numbers.shown import counted
from exactdyn.numbers.vectors import identity
from proofs_checks.format.rationals import shorten


@dataclass(frozen=True, init=False)
class SoftHead:
    """One head of softmax attention: P_ij proportional to exp(<Q x_i, K x_j>) on the j that i may see.

    ``V``: d x d exact numbers. ``Q``, ``K``: k x d, both of one shape. Each defaults to the identity of
    whatever dimension the tokens have. ``mask``: None (everybody), "causal", "strict", or n x n numbers 0 and
    1 (:class:`~exactdyn.layer.mask.Mask`).

    Raises :class:`~exactdyn.errors.InputError` for what is no matrix of exact numbers of that shape.
    Source: arXiv 2305.05465, equation (2); arXiv 2411.04990 for the causal mask.

    >>> SoftHead(V=[[2]], mask="causal").matrices(1)[0]
    ((Fraction(2, 1),),)
    """

    V: Rows | None
    Q: Rows | None
    K: Rows | None
    mask: Mask | None

    def __init__(self, V: object = None, Q: object = None, K: object = None, mask: object = None) -> None:
        for name, given in (("V", V), ("Q", Q), ("K", K)):
            object.__setattr__(self, name, None if given is None else exact_rows(given, name))
        object.__setattr__(self, "mask", Mask.of(mask))
        if self.V is not None and len(self.V) != len(self.V[0]):
            raise ShapeError(f"V: requires a square matrix, got {len(self.V)} x {len(self.V[0])}")

    def matrices(self, dimension: int, place: str = "") -> tuple[Rows, Rows, Rows]:
        """Return V, Q, K for tokens of this dimension; ``place``: what stands before their names in messages.

        Raises :class:`~exactdyn.errors.ShapeError` if they do not fit it.

        >>> SoftHead(Q=[[2]], K=[[3]]).matrices(1)[1:]
        (((Fraction(2, 1),),), ((Fraction(3, 1),),))
        """
        V, Q, K = (identity(dimension) if own is None else own for own in (self.V, self.Q, self.K))
        for name, own in (("V", V), ("Q", Q), ("K", K)):
            if len(own[0]) != dimension:
                raise ShapeError(
                    f"{place}{name}: requires {dimension} columns for these tokens, got {len(own[0])}"
                )
        if len(Q) != len(K):
            raise ShapeError(f"{place}K: requires {len(Q)} rows, as many as Q, got {len(K)}")
        return V, Q, K

    def seen(self, count: int, place: str = "") -> AttentionSets | None:
        """Return for n tokens which ones each may see, None for everybody.

        Raises :class:`~exactdyn.errors.ShapeError` for a mask of another number of tokens.

        >>> SoftHead(mask="causal").seen(2)
        (frozenset({0}), frozenset({0, 1}))
        """
        if self.mask is None or self.mask.everybody:
            return None
        return self.mask.seen(count, f"{place}mask")


@dataclass(frozen=True, init=False)
class Softmax:
    """Tokens x_i in Q^d that move by softmax self-attention.

        x_i' = sum_h sum_j P^h_ij V_h x_j,   P^h_ij = exp(<Q_h x_i, K_h x_j>) / sum_l exp(<Q_h x_i, K_h x_l>)

    on the tokens that i may see in head h; with a ``step`` h > 0 in place of time, by Euler's method:
    x_i <- x_i + h (the same). ``V``, ``Q``, ``K``, ``mask``: those of the one head; or ``heads``, at least
    one :class:`SoftHead`. z_i(t) = exp(-tV) x_i(t), V the sum of all V_h, are the rescaled tokens; with a
    step they are (I + h V)^-k x_i after k steps.

    Raises :class:`~exactdyn.errors.InputError` for what is none of these.
    Source: arXiv 2305.05465, equations (1) to (4), and section 12 for several heads.

    >>> Softmax(V=[[2]]).matrices(1)[:2]
    (((Fraction(2, 1),),), ((Fraction(1, 1),),))
    >>> Softmax(heads=[SoftHead(), SoftHead(mask="causal")], step="1/10")
    Softmax(2 heads, mask causal in head 1, step 1/10)
    """

    parts: tuple[SoftHead, ...]
    step: Fraction | None

    def __init__(
        self,
        V: object = None,
        Q: object = None,
        K: object = None,
        *,
        mask: object = None,
        heads: object = None,
        step: object = None,
    ) -> None:
        own = {"V": V, "Q": Q, "K": K, "mask": mask}
        parts = (SoftHead(**own),) if heads is None else _heads(heads)
        for name, given in own.items():
            if heads is not None and given is not None:
                raise InputError(f"{name}: requires no heads beside it, which state it each, got both")
        length = None if step is None else exact(step, "step")
        if length is not None and length <= 0:
            raise InputError(f"step: requires a number greater than 0, got {shorten(step)}")
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "step", length)

    def __repr__(self) -> str:
        count = len(self.parts)
        masks = [None if head.mask is None else f"mask {head.mask.text}" for head in self.parts]
        said = [counted(count, "head")]
        said += [f"{own} in head {h}" if count > 1 else own for h, own in enumerate(masks) if own]
        return f"Softmax({', '.join(said + ([] if self.step is None else [f'step {self.step}']))})"

    @property
    def plain(self) -> bool:
        """Whether there is one head, everybody sees everybody, and time is continuous.

        >>> Softmax().plain, Softmax(mask="causal").plain
        (True, False)
        """
        one = len(self.parts) == 1 and self.step is None
        return one and (self.parts[0].mask is None or self.parts[0].mask.everybody)

    @property
    def head(self) -> SoftHead:
        """The one head; raises :class:`~exactdyn.errors.InputError` where there are several.

        >>> Softmax(V=[[2]]).head.V
        ((Fraction(2, 1),),)
        """
        if len(self.parts) > 1:
            raise InputError(f"heads: requires one head here, got {len(self.parts)}")
        return self.parts[0]

    @property
    def V(self) -> Rows | None:  # noqa: N802 - its name in the paper
        """The matrix V of the one head; None for the identity.

        >>> Softmax(V=[[2]]).V
        ((Fraction(2, 1),),)
        """
        return self.head.V

    def matrices(self, dimension: int) -> tuple[Rows, Rows, Rows]:
        """Return V, Q, K of the one head for tokens of this dimension.

        Raises :class:`~exactdyn.errors.ShapeError` if they do not fit it, and
        :class:`~exactdyn.errors.InputError` for several heads.

        >>> Softmax(Q=[[2]], K=[["1/2"]]).matrices(1)[2]
        ((Fraction(1, 2),),)
        """
        return self.head.matrices(dimension)

    def place(self, head: int) -> str:
        """Return what stands before the name of a field of a head in messages.

        >>> Softmax().place(0), Softmax(heads=[SoftHead(), SoftHead()]).place(1)
        ('', 'heads[1].')
        """
        return "" if len(self.parts) == 1 else f"heads[{head}]."

    def require_fit(self, count: int, dimension: int) -> None:
        """Raise :class:`~exactdyn.errors.ShapeError` if it does not fit n tokens of this dimension.

        >>> Softmax(mask=[[1]]).require_fit(2, 1)
        Traceback (most recent call last):
        exactdyn.errors.ShapeError: mask: requires 2 x 2 for these tokens, got 1 x 1
        """
        for h, head in enumerate(self.parts):
            head.matrices(dimension, self.place(h))
            if head.mask is not None:
                head.mask.require_count(count, f"{self.place(h)}mask")


def _heads(heads: object) -> tuple[SoftHead, ...]:
    given: Sequence[object] = (
        tuple(heads) if isinstance(heads, Iterable) and not isinstance(heads, str) else (heads,)
    )
    if not given:
        raise InputError("heads: requires at least one SoftHead, got none")
    for place, head in enumerate(given):
        if not isinstance(head, SoftHead):
            raise InputError(f"heads[{place}]: requires a SoftHead, got {shorten(head)}")
    return cast("tuple[SoftHead, ...]", tuple(given))

"""Where a floating-point run first leaves the exact one, and how close the exact decisions are.

Floats that are left to themselves go wrong where a decision is closer than their error: a lead below it may
be seen the wrong way round or as a tie, and a tie of different tokens may be broken. So beside the first
wrong layer stands, for each layer, the exact lead of the narrowest decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from exactdyn.errors import InputError
from exactdyn.floats.attended import Attended, increasing
from exactdyn.floats.layers import FloatHead, FloatStep, FoundInFloats
from exactdyn.floats.margins import ExactScores, Margin, WrongRow, narrowest
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import LayerHead
from exactdyn.presentation import Presentable
from exactdyn.systems.run import Run, Subject, run_of
from proofs_checks.format.rationals import shorten

FloatType: TypeAlias = Literal["float32", "float64"]


@dataclass(frozen=True)
class Comparison(Presentable):
    """A floating-point run beside the exact one.

    ``layer``: the first at which an attention set differs, None if none does; ``rows``: the tokens with a
    wrong set there. ``head_margins``: for every layer of the exact run the narrowest decision of each head,
    None where for every token all that it sees tie.
    """

    dtype: FloatType
    layer: int | None
    rows: tuple[WrongRow, ...]
    head_margins: tuple[tuple[Margin | None, ...], ...]

    @property
    def margins(self) -> tuple[Margin | None, ...]:
        """For every layer of the exact run its narrowest decision in any head.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> compare(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).margins
        (Margin(token=1, lead=Fraction(1, 4), head=0),)
        """
        return tuple(map(narrowest, self.head_margins))

    def __repr__(self) -> str:
        found = "no difference" if self.layer is None else f"first difference at layer {self.layer}"
        return f"Comparison({self.dtype}, layers 0..{len(self.head_margins) - 1}, {found})"


def compare(subject: Subject, dtype: FloatType = "float64", *, tokens: object = None) -> Comparison:
    """Compare a run with the same run in floating point, as a vectorised numpy loop would do it.

    ``subject``: a run, an example, or a system with ``tokens`` beside it.
    The loop starts from the tokens rounded to ``dtype``, and rounds A, P_h (tau, for one head with V = I) and
    ReLU blocks of every layer; it follows the normalised form, looks at what the mask lets it see, and takes
    scores for tied if they are equal floats. The cost is that of the plain kernel, n * n * d products of
    exact numbers a layer and head. Raises :class:`~exactdyn.errors.InputError` for another ``dtype``.
    Source: arXiv 2407.01602, equations (1.1) and (1.2), in floats and exactly.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> digits = Hardmax([[-1]], alpha="1/2").run([["1/2"], ["-1/2"], ["1/7"]], layers=80)
    >>> 40 < compare(digits).layer < 60
    True
    """
    if dtype not in get_args(FloatType):
        raise InputError(f'dtype: requires "float32" or "float64", got {shorten(dtype)}')
    run = run_of(subject, tokens)
    first, wrong = _first_difference(run, dtype)
    scores = ExactScores(run)
    rows = [] if first is None else [scores.wrong_row(first, *own) for own in wrong]
    margins = tuple(scores.margins(k) for k in range(run.layers + 1))
    return Comparison(dtype, first, tuple(rows), margins)


class LayerInFloats(NamedTuple):
    """A layer of a run in floats: the state, and what every head finds there."""

    state: np.ndarray
    heads: tuple[FoundInFloats, ...]


def run_in_floats(run: Run, dtype: FloatType) -> Iterator[LayerInFloats]:
    """Go through the layers of a run in floats alone: tokens, heads and steps rounded to ``dtype``.

    Source: arXiv 2407.01602, equations (1.1) and (1.2), rounded.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> first, second = run_in_floats(Hardmax(alpha="1/2").run([["1/3"], [1]], 1), "float32")
    >>> second.state[1], second.heads[0].pairs[1]
    (array([1.], dtype=float32), array([1, 1]))
    """
    with np.errstate(over="ignore"):
        state = run.start.floats().astype(dtype)
    known: dict[int, tuple[LayerHead, FloatHead]] = {}  # by identity: equality of fractions takes long
    for k in range(run.layers + 1):
        heads = run.system.heads(k, run.start.dimension)
        for head in heads:
            if id(head) not in known:
                known[id(head)] = head, FloatHead.of(head, len(state), dtype)
        found = tuple(known[id(head)][1].attend(state) for head in heads)
        yield LayerInFloats(state, found)
        if k < run.layers:
            state = FloatStep.of(run.system.step(k), dtype).moved(state, [own.goals for own in found])


def _first_difference(
    run: Run, dtype: FloatType
) -> tuple[int | None, list[tuple[int, frozenset[int], bool, int]]]:
    """Return the first layer with a wrong set and its wrong rows: token, set in floats, overflow, head."""
    for k, floats in enumerate(run_in_floats(run, dtype)):
        heads = list(zip(run.head_attention(k), floats.heads, strict=True))
        if not all(Attended(increasing(exact)).has_pairs(found.pairs) for exact, found in heads):
            return k, [row for h, (exact, found) in enumerate(heads) for row in _wrong_rows(exact, found, h)]
    return None, []


def _wrong_rows(
    exact: AttentionSets, found: FoundInFloats, head: int
) -> Iterator[tuple[int, frozenset[int], bool, int]]:
    for token, (own, right) in enumerate(zip(found.sets(), exact, strict=True)):
        if own != right:
            yield token, own, bool(found.overflow[token]), head

"""Where a floating-point run first leaves the exact one, and how close the exact decisions are.

Floats that are left to themselves go wrong where a decision is closer than their error: a lead below it may
be seen the wrong way round or as a tie, and a tie of different tokens may be broken. So beside the first
wrong layer stands, for each layer, the exact lead of the narrowest decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import numpy as np
from flint import fmpz

from exactdyn.errors import InputError
from exactdyn.floats.attended import Attended, increasing
from exactdyn.floats.runs import FloatLayer, TokenArithmetic
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.scores import Scores
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import nearest_float
from exactdyn.systems.hardmax import hardmax_of
from exactdyn.systems.run import Run, Subject, run_of
from proofs_checks.format.rationals import shorten

FloatType: TypeAlias = Literal["float32", "float64"]


@dataclass(frozen=True)
class WrongRow:
    """A token whose attention set the floats get wrong.

    ``margin``: the exact scores <A z, z_j> of the tokens that either set names differ by so much at most: 0
    where the floats break a tie, or the gap that they did not see or saw the wrong way round; None where
    they attend nobody. ``overflow``: whether one of the float scores is infinite or no number.
    """

    token: int
    exact: frozenset[int]
    floats: frozenset[int]
    margin: Fraction | None
    overflow: bool


@dataclass(frozen=True)
class Margin:
    """The narrowest decision of a layer: ``token`` prefers what it attends by ``lead`` > 0 to the rest."""

    token: int
    lead: Fraction


@dataclass(frozen=True)
class Comparison:
    """A floating-point run beside the exact one.

    ``layer``: the first at which an attention set differs, None if none does; ``rows``: the tokens with a
    wrong set there. ``margins``: for every layer of the exact run its narrowest decision, None where every
    token attends all tokens.
    """

    dtype: FloatType
    layer: int | None
    rows: tuple[WrongRow, ...]
    margins: tuple[Margin | None, ...]

    def __repr__(self) -> str:
        found = "no difference" if self.layer is None else f"first difference at layer {self.layer}"
        return f"Comparison({self.dtype}, layers 0..{len(self.margins) - 1}, {found})"


def compare(subject: Subject, dtype: FloatType = "float64") -> Comparison:
    """Compare a run with the same run in floating point, as a vectorised numpy loop would do it.

    ``subject``: a run or an example.
    The loop starts from the tokens, A and tau rounded to ``dtype``, follows the normalised form and takes
    scores for tied if they are equal floats. The cost is that of the plain kernel, n * n * d products of
    exact numbers a layer. Raises :class:`~exactdyn.errors.InputError` for another ``dtype``.
    Source: arXiv 2407.01602, equations (1.1) and (1.2), in floats and exactly.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> digits = Hardmax([[-1]], alpha="1/2").run([["1/2"], ["-1/2"], ["1/7"]], layers=80)
    >>> 40 < compare(digits).layer < 60
    True
    """
    if dtype not in get_args(FloatType):
        raise InputError(f'dtype: requires "float32" or "float64", got {shorten(dtype)}')
    run = run_of(subject)
    first, wrong = _first_difference(run, dtype)
    scores = ExactScores(run)
    rows = [] if first is None else [scores.wrong_row(first, *own) for own in wrong]
    return Comparison(dtype, first, tuple(rows), tuple(scores.margin(k) for k in range(run.layers + 1)))


def float_start(run: Run, dtype: FloatType) -> FloatLayer:
    """Return layer 0 of a run in floats alone: the tokens, A and tau rounded to ``dtype``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> float_start(Hardmax(alpha="1/2").run([["1/3"], [1]]), "float32").following().state[1]
    array([1.], dtype=float32)
    """
    tokens = run.start.floats().astype(dtype)
    matrix = Points.from_rows(run.system.matrix(tokens.shape[1])).floats().astype(dtype)
    tau = hardmax_of(run, "a run in floats").tau
    return FloatLayer(tokens, nearest_float(tau.numerator, tau.denominator), TokenArithmetic(matrix))


def _first_difference(
    run: Run, dtype: FloatType
) -> tuple[int | None, list[tuple[int, frozenset[int], bool]]]:
    """Return the first layer with a wrong set and its wrong rows: token, set in floats, overflow."""
    floats = float_start(run, dtype)
    for k in range(run.layers + 1):
        exact = run.attention(k)
        if not Attended(increasing(exact)).agrees(floats.found):
            return k, _wrong_rows(floats, exact)
        floats = floats.following()
    return None, []


def _wrong_rows(floats: FloatLayer, exact: AttentionSets) -> list[tuple[int, frozenset[int], bool]]:
    finite = np.isfinite(floats.scores).all(axis=1).tolist()
    found = [frozenset(np.flatnonzero(row).tolist()) for row in floats.found]
    rows = enumerate(zip(found, exact, finite, strict=True))
    return [(token, own, not fits) for token, (own, right, fits) in rows if own != right]


class ExactScores:
    """The exact scores <A z_i, z_j> of a run, a layer at a time, as integers over one denominator."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._scores = Scores(run.system.matrix(run.start.dimension))

    def wrong_row(self, layer: int, token: int, floats: frozenset[int], overflow: bool) -> WrongRow:
        """Describe a row that floats get wrong.

        ``floats``: the set that they find, empty if none; ``overflow``: whether one of its scores is infinite
        or no number.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> scores = ExactScores(Hardmax().run([[1], ["1/2"]], layers=0))
        >>> scores.wrong_row(0, 1, frozenset({1}), False).margin
        Fraction(1, 4)
        """
        exact = self._run.attention(layer)[token]
        scores, denominator = self._layer(layer)
        named = [scores[token][j] for j in exact | floats]
        margin = Fraction(int(max(named) - min(named)), denominator) if floats else None
        return WrongRow(token, exact, floats, margin, overflow)

    def margin(self, layer: int) -> Margin | None:
        """Return the narrowest decision of a layer, None if all attend all.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> ExactScores(Hardmax().run([[1], ["1/2"]], layers=0)).margin(0)
        Margin(token=1, lead=Fraction(1, 4))
        """
        scores, denominator = self._layer(layer)
        narrowest: tuple[fmpz, int] | None = None
        for token, (row, attended) in enumerate(zip(scores, self._run.attention(layer), strict=True)):
            rest = [score for j, score in enumerate(row) if j not in attended]
            if rest:
                lead = row[min(attended)] - max(rest)
                if narrowest is None or lead < narrowest[0]:
                    narrowest = lead, token
        return None if narrowest is None else Margin(narrowest[1], Fraction(int(narrowest[0]), denominator))

    def _layer(self, layer: int) -> tuple[list[list[fmpz]], int]:
        scores, denominator = self._scores.exact(self._run.state(layer))
        return scores.tolist(), int(denominator)

"""The layers of any system in floats that are left to themselves, as one would write them in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from exactdyn.errors import InputError
from exactdyn.floats.runs import TokenArithmetic
from exactdyn.layer.affine import AffineStep, Multiplier
from exactdyn.layer.head import LayerHead, Ties
from exactdyn.layer.relu import Relu
from exactdyn.layer.step import LayerStep, Step
from exactdyn.numbers.fields.joining import nearest
from exactdyn.numbers.reading import Rows

BLOCK_NUMBERS = 1 << 18
"""Scores are held in blocks of about so many: up to 512 tokens they are one."""

FloatPart: TypeAlias = "float | np.ndarray"
"""P_h in floats: a number, or a d x d array."""


class FoundInFloats(NamedTuple):
    """What a head finds in floats.

    ``pairs``: all pairs of a token and one that it attends, as two arrays, increasing. ``goals``: the mean of
    what each token attends, n x d; no number where it attends nobody. ``overflow``: for every token whether
    the score of one that it sees is infinite or no number.
    """

    pairs: tuple[np.ndarray, np.ndarray]
    goals: np.ndarray
    overflow: np.ndarray

    def sets(self) -> list[frozenset[int]]:
        """Return whom each token attends, nobody where the largest score is no number.

        >>> FloatHead(TokenArithmetic(np.eye(1))).attend(np.array([[1.0], [0.5]])).sets()
        [frozenset({0}), frozenset({0})]
        """
        tokens, others = self.pairs
        ends = np.searchsorted(tokens, np.arange(len(self.goals) + 1)).tolist()
        return [frozenset(others[first:last].tolist()) for first, last in pairwise(ends)]


@dataclass(frozen=True, eq=False)
class FloatHead:
    """One head in floats.

    ``arithmetic``: A, d x d floats. ``seen``: n x n booleans, row i says whom token i may see; None:
    everybody. ``ties``: what floats that are equal mean.

    >>> head = FloatHead(TokenArithmetic(np.eye(1)), np.tri(2, dtype=bool))
    >>> head.attend(np.array([[1.0], [3.0]])).sets()
    [frozenset({0}), frozenset({1})]
    """

    arithmetic: TokenArithmetic
    seen: np.ndarray | None = None
    ties: Ties = "mean"

    def attend(self, state: np.ndarray) -> FoundInFloats:
        """Return who attends whom and where all want to go, by scores that are computed in blocks of rows.

        Source: arXiv 2407.01602, equations (1.1) and (1.2), rounded.

        >>> found = FloatHead(TokenArithmetic(np.eye(1))).attend(np.array([[1.0], [0.5]]))
        >>> found.sets(), found.goals.tolist(), found.overflow.tolist()
        ([frozenset({0}), frozenset({0})], [[1.0], [1.0]], [False, False])
        """
        count = len(state)
        height = max(1, BLOCK_NUMBERS // count)
        with np.errstate(all="ignore"):
            directions = self.arithmetic.directions(state)
            # Products and sums of d of them cannot overflow below this bound.
            largest = float(np.abs(directions).max()) * float(np.abs(state).max()) * state.shape[1]
        small = largest < float(np.finfo(state.dtype).max) / 2
        parts = [
            self._rows(start, start + height)._attend(directions[start : start + height], state, small)
            for start in range(0, count, height)
        ]
        rows = [own.pairs[0] + place * height for place, own in enumerate(parts)]
        return FoundInFloats(
            (np.concatenate(rows), np.concatenate([own.pairs[1] for own in parts])),
            np.concatenate([own.goals for own in parts]),
            np.concatenate([own.overflow for own in parts]),
        )

    def _rows(self, start: int, stop: int) -> FloatHead:
        return self if self.seen is None else replace(self, seen=self.seen[start:stop])

    def _attend(self, directions: np.ndarray, state: np.ndarray, small: bool) -> FoundInFloats:
        with np.errstate(all="ignore"):
            scores = directions @ state.T
        overflow = np.zeros(len(scores), dtype=bool)
        if not small:
            finite = np.isfinite(scores)
            overflow = ~(finite if self.seen is None else finite | ~self.seen).all(axis=1)
        if self.seen is not None:
            scores = np.where(self.seen, scores, -np.inf)
        found = self.found(scores)
        tokens, firsts = np.arange(len(found)), found.argmax(axis=1)
        if small and np.count_nonzero(found) == len(found) and found[tokens, firsts].all():
            return FoundInFloats((tokens, firsts), state[firsts], overflow)  # a mean of one is not rounded
        rows, columns = np.nonzero(found)
        return FoundInFloats((rows, columns), self.goals(state, found), overflow)

    @classmethod
    def of(cls, head: LayerHead, count: int, dtype: str) -> FloatHead:
        """Round a head, for n tokens.

        >>> from fractions import Fraction
        >>> FloatHead.of(LayerHead(((Fraction(1, 3),),)), 2, "float32").arithmetic.matrix
        array([[0.33333334]], dtype=float32)
        """
        seen = None
        if head.mask is not None:
            seen = np.zeros((count, count), dtype=bool)
            for token, own in enumerate(head.mask.seen(count)):
                seen[token, list(own)] = True
        return cls(TokenArithmetic(rounded(head.matrix, dtype)), seen, head.ties)

    def found(self, scores: np.ndarray) -> np.ndarray:
        """Return who attends whom by these scores, n x n booleans; nobody where the largest is no number.

        Source: arXiv 2407.01602, equation (1.2): floats that are equal are a tie.

        >>> last = FloatHead(TokenArithmetic(np.eye(1)), ties="last")
        >>> last.found(np.array([[1.0, 1.0], [2.0, 1.0]])).tolist()
        [[False, True], [True, False]]
        """
        tokens = np.arange(len(scores))
        highest = scores[tokens, scores.argmax(axis=1)]
        found: np.ndarray = scores == highest[:, None]
        if self.seen is not None:
            found &= self.seen  # a score of minus infinity is equal to that of who is hidden
        if self.ties == "mean":
            return found
        last = self.ties == "last"
        chosen = scores.shape[1] - 1 - found[:, ::-1].argmax(axis=1) if last else found.argmax(axis=1)
        sole = np.zeros_like(found)
        sole[tokens, chosen] = found[tokens, chosen]
        return sole

    def goals(self, state: np.ndarray, found: np.ndarray) -> np.ndarray:
        """Return the mean of what each token attends, n x d; no number where it attends nobody.

        Source: arXiv 2407.01602, equation (1.1): the attended points, rounded.

        >>> head = FloatHead(TokenArithmetic(np.eye(1)))
        >>> head.goals(np.array([[0.0], [3.0]]), np.array([[True, True], [False, True]])).tolist()
        [[1.5], [3.0]]
        """
        with np.errstate(all="ignore"):
            return self.arithmetic.goals(state, found, found.argmax(axis=1))


@dataclass(frozen=True, eq=False)
class FloatStep:
    """The step of a layer in floats: z + sum_h P_h (c_h - z), then a ReLU block if there is one.

    ``parts``: P_h. ``relu``: its exact numbers are rounded to the type of the state.

    >>> FloatStep((0.5,), None).moved(np.array([[0.0], [1.0]]), [np.array([[1.0], [1.0]])]).tolist()
    [[0.5], [1.0]]
    """

    parts: tuple[FloatPart, ...]
    relu: Relu | None = None

    @classmethod
    def of(cls, step: LayerStep, dtype: str) -> FloatStep:
        """Round a step; raises :class:`~exactdyn.errors.InputError` for one of another kind.

        >>> from fractions import Fraction
        >>> FloatStep.of(Step(Fraction(1, 3)), "float64").parts
        (0.3333333333333333,)
        """
        if isinstance(step, Step):
            return cls((nearest(step.tau),))
        if isinstance(step, AffineStep):
            return cls(tuple(_rounded_part(part, dtype) for part in step.parts), step.relu)
        raise InputError(f"system: a run in floats requires an affine step, got {type(step).__name__}")

    def moved(self, state: np.ndarray, goals: Sequence[np.ndarray]) -> np.ndarray:
        """Return the next state; ``goals``: of each head the attended means, n x d.

        Source: arXiv 2407.01602, equation (1.1), and arXiv 2508.09628 v1 for one head with a value matrix.

        >>> step = FloatStep((np.array([[0.0, 1.0], [0.0, 0.0]]),), None)
        >>> step.moved(np.zeros((1, 2)), [np.array([[2.0, 3.0]])]).tolist()
        [[3.0, 0.0]]
        """
        with np.errstate(all="ignore"):
            moved = state
            for part, own in zip(self.parts, goals, strict=True):
                pull = own - state
                # A number beyond the range of its type is infinite.
                moved = moved + (
                    pull @ part.T if isinstance(part, np.ndarray) else state.dtype.type(part) * pull
                )
            return moved if self.relu is None else self._bent(moved)

    def _bent(self, state: np.ndarray) -> np.ndarray:
        inward, first, outward, second, eta = self._block(state.dtype.name)
        bent: np.ndarray = eta * state + np.maximum(state @ inward.T + first, 0) @ outward.T + second
        return bent

    def _block(self, dtype: str) -> tuple[np.ndarray, ...]:
        if dtype not in self._blocks and self.relu is not None:
            block = self.relu
            rows = (block.W1, (block.b1,), block.W2, (block.b2,), ((block.eta,),))
            inward, first, outward, second, eta = (rounded(own, dtype) for own in rows)
            self._blocks[dtype] = inward, first[0], outward, second[0], eta[0]
        return self._blocks[dtype]

    @cached_property
    def _blocks(self) -> dict[str, tuple[np.ndarray, ...]]:
        return {}


def rounded(rows: Rows, dtype: str) -> np.ndarray:
    """Return a matrix of fractions in floats, each entry rounded; infinite beyond their range.

    Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1, twice for float32.

    >>> from fractions import Fraction
    >>> rounded(((Fraction(1, 10),),), "float64")
    array([[0.1]])
    """
    floats = np.array([[nearest(x) for x in row] for row in rows])
    with np.errstate(over="ignore"):
        return floats.astype(dtype)


def _rounded_part(part: Multiplier, dtype: str) -> FloatPart:
    return rounded(part, dtype) if isinstance(part, tuple) else nearest(part)

"""The contract of a kind of system, and how to add one.

A kind is one module of this room with one frozen dataclass that derives from :class:`System`. It says three
things, each in a method:

1. :meth:`System.heads`: for layer k its heads, each a matrix of scores, a mask, and what a tie means
   (:class:`~exactdyn.layer.head.LayerHead`);
2. :meth:`System.step`: for layer k how the tokens move once it is known whom they attend, a
   :class:`~exactdyn.layer.step.LayerStep`; :class:`~exactdyn.layer.step.Step` is the one towards the mean;
3. :meth:`System.facts`: what lemmas may use (:class:`~exactdyn.systems.facts.Facts`), True only where it is
   known. With its facts a kind gets the statements and limits that ask for no more.

Everything else has a plain answer here: :meth:`System.record` runs it exactly, layer by layer, and a kind
with a fast kernel overrides that one method; :func:`~exactdyn.systems.run.started` is its ``run``.
:class:`~exactdyn.systems.hard_attention.HardAttention` is the kind that there is: any number of heads with
value matrices, masks and tie rules, a step for every layer, ReLU blocks; its facts are derived in
:mod:`exactdyn.systems.hard_facts`, and :class:`~exactdyn.systems.hardmax.Hardmax` is its simple face. A kind
in 20 lines is in ``tests/systems/test_system.py``. Documents and certificates speak of ``HardAttention``, and
say so of another kind in one line; CONTRIBUTING.md shows what becoming a part of it takes: head, facts, and
the same in the checker. What is made for the system of the paper alone says so in one line, too
(:func:`~exactdyn.systems.hardmax.hardmax_of`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from exactdyn.errors import InputError
from exactdyn.kernel.exact.start import Source
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import LayerHead
from exactdyn.layer.step import LayerStep
from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.fields.joining import Embedding
from exactdyn.numbers.points import Points
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import Rows
from exactdyn.systems.facts import Facts
from exactdyn.systems.plain import record_plainly


class Recorded(Protocol):
    """What a kernel found: the attention sets and the states of the layers 0..N."""

    @property
    def shape(self) -> tuple[int, int]:
        """How many tokens there are, and their dimension."""

    @property
    def itinerary(self) -> Sequence[AttentionSets]:
        """The attention sets of the layers 0..N, those of all heads joined."""

    @property
    def leaders(self) -> dict[int, int]:
        """For every token that is a leader the first layer at which it is one."""

    def head_attention(self, layer: int) -> tuple[AttentionSets, ...]:
        """Return the attention sets of a layer, those of each head."""

    def state(self, layer: int) -> Points:
        """Return the state of a layer."""

    def points(self, layer: int, tokens: Sequence[int]) -> list[Point]:
        """Return some tokens of a layer, exactly."""

    def fractions(self, layer: int, base: Fraction, exponent: int) -> list[list[Fraction]]:
        """Return the tokens of a layer times ``base**exponent``."""

    def floats(self, layer: int, base: Fraction, exponent: int) -> np.ndarray:
        """Return the tokens of a layer times ``base**exponent``, correctly rounded."""


class System(ABC):
    """A kind of system: see the page above. Layers count from 0; d is the dimension of the tokens."""

    @abstractmethod
    def heads(self, layer: int, dimension: int) -> tuple[LayerHead, ...]:
        """Return the heads of a layer, at least one; raises ShapeError where they do not fit.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[2]]).heads(0, 1)
        (LayerHead(matrix=((Fraction(2, 1),),), mask=None, ties='mean'),)
        """

    @abstractmethod
    def step(self, layer: int) -> LayerStep:
        """Return the step of a layer, in the normalised form.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).step(7)
        Step(tau=Fraction(1, 2))
        """

    @abstractmethod
    def facts(self, dimension: int) -> Facts:
        """Return what lemmas may use; raises ShapeError where the heads do not fit.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).facts(2).convex_step
        True
        """

    @property
    def domain(self) -> Domain[Any]:
        """The domain of all numbers that state the system.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[2]]).domain.name
        'the rationals'
        """
        return RATIONALS

    def carried(self, into: Embedding) -> System:
        """Return this system with its numbers in a larger field.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[2]]).carried(lambda x: x) == Hardmax([[2]])
        True
        """
        return self

    def growth(self, layer: int) -> tuple[Fraction, int]:
        """Return base and exponent of what the states shown at a layer are larger by than normalised ones.

        Source: arXiv 2407.01602, equations (1.1) to (1.3).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1, form="unnormalised").growth(3)
        (Fraction(2, 1), 3)
        """
        return Fraction(1), layer

    def as_one(self, dimension: int) -> tuple[System, tuple[int, ...] | None]:
        """Return the same dynamics with one head in place of those that attend alike.

        And which head of this system stands for each of that one; None where it is this system.
        Source: lemma ``heads-as-one`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax().as_one(1)[1] is None
        True
        """
        return self, None

    def matrix(self, dimension: int) -> Rows:
        """Return the one matrix of scores of all heads and layers.

        Raises :class:`~exactdyn.errors.InputError` where there are several.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[2]]).matrix(1)
        ((Fraction(2, 1),),)
        """
        found = self.facts(dimension).matrix
        if found is None:
            raise InputError("system: requires one matrix of scores for all heads and layers, got several")
        return found

    def attention(self, layer: int, state: Points) -> tuple[AttentionSets, ...]:
        """Return the attention sets of a state at a layer, those of each head.

        Source: arXiv 2407.01602, equation (1.2), for one head.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax().attention(0, Points.from_rows([[1], ["1/2"]]))
        ((frozenset({0}), frozenset({0})),)
        """
        return tuple(head.attention(state) for head in self.heads(layer, state.dimension))

    def record(self, source: Source, layers: int) -> Recorded:
        """Run from a source through this many layers; here on the plain kernel, exactly.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> System.record(Hardmax(), Source([[1], ["1/2"]]), 3).leaders
        {0: 0}
        """
        return record_plainly(lambda k: self.heads(k, source.dimension), self.step, source.points, layers)

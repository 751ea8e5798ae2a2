"""The run of a system, computed layer after layer from nothing but the system itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from typing import cast

from proofs_checks import work
from proofs_checks.format.field_number import Integer, Matrix, Number, Rows, Vector, sign
from proofs_checks.hardmax.facts import Facts
from proofs_checks.hardmax.largest import Vectors, largest_scores
from proofs_checks.hardmax.moves import LinearStep, step
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.vectors import over_one_denominator, quotient, widest

KEPT_BITS = 2**28
"""How many bits of states are kept of a run, from layer 0 on: about 100 MB with what Python needs besides."""

KEPT_OVERHEAD = 1024
"""What keeping one token of one layer is counted as, in bits, beside the bits of its coordinates."""

KEPT_MEMBER = 512
"""What keeping one token of an attention set is counted as, in bits, and four more of every set."""

KEPT_RECENT = 64
"""How many of the states beyond these are kept, those that were asked for last."""

FOLLOWED_FROM = 16
"""From so many dimensions on A z is followed like z, where that is the same as to multiply by A."""


@dataclass(frozen=True)
class Layer:
    """One state: integer vectors over one positive denominator, and the attention sets of every head.

    ``images``: where they are followed, c A z for every token z as integer vectors over a positive
    denominator, with one c > 0 for all layers of a run; FORMAT.md, section "Work".
    """

    numerators: Rows
    denominator: int
    by_head: tuple[list[frozenset[int]], ...]
    images: tuple[Rows, int] | None = None

    @cached_property
    def attended(self) -> list[frozenset[int]]:
        """Whom each token attends, in whatever head; a leader attends itself alone in every head.

        >>> [sorted(own) for own in Layer([[0], [1]], 1, ([{0}, {1}], [{1}, {1}])).attended]
        [[0, 1], [1]]
        """
        first, *others = self.by_head
        return [own.union(*more) for own, *more in zip(first, *others, strict=True)] if others else first

    @property
    def bits(self) -> int:
        """The bits of the longest integer."""
        return widest(self.numerators, self.denominator)

    def point(self, token: int) -> Vector:
        """Return a token's place.

        >>> from fractions import Fraction
        >>> system = System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> Run(system, 2)[0].point(1)
        (Fraction(-1, 1),)
        """
        numerators = self.numerators[token]
        work.count_fractions(len(numerators), widest([numerators], self.denominator))
        return tuple(quotient(x, self.denominator) for x in numerators)

    def points(self) -> Matrix:
        """Return the places of all tokens.

        >>> from fractions import Fraction
        >>> system = System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> Run(system, 2)[0].points()
        ((Fraction(1, 1),), (Fraction(-1, 1),))
        """
        return tuple(map(self.point, range(len(self.numerators))))


class Run:
    """The layers of a system, each computed when it is asked for.

    The first layers are kept as long as there is room, and those asked for last; what was only walked through
    is forgotten. From the layer on at which nothing moves any more, all are that layer. ``repeats`` and
    ``limits`` are what was accepted of it so far, the layer and the period of an itinerary and the limits
    along it, by the text of the evidence: a claim that states the same again need not be checked again.
    """

    def __init__(self, system: System, layers: int, known: list[Layer] | None = None) -> None:
        """Prepare layers 0..layers, or take them from ``known``, where they are all."""
        self.system, self.layers = system, layers
        self.facts = Facts(system)
        self._integers: dict[tuple[int, int], tuple[Rows, int]] = {}
        self._steps: dict[int, LinearStep] = {}
        self._recent: dict[int, Layer] = {}
        self._rest: int | None = None
        self.repeats: dict[str, tuple[int, int]] = {}
        self.limits: dict[str, Matrix] = {}
        self._first = list(known or [])
        self._room = KEPT_BITS

    def __getitem__(self, layer: int) -> Layer:
        """Return a layer; negative ones do not exist."""
        work.count_products(4, 0)
        at, state = self._reach(layer)
        if at >= len(self._first):
            self._recent.pop(at, None)
            self._recent[at] = state  # now the last one of those asked for
            if len(self._recent) > KEPT_RECENT:
                self._recent.pop(next(iter(self._recent)))
        return state

    def walk(self, first: int, last: int) -> Iterator[tuple[int, Layer]]:
        """Go through the layers first..last, but no further than to one that all later ones are like."""
        _, state = self._reach(first)
        yield first, state
        while first < last and not self.rests(first):
            first, state = first + 1, self._after(first, state)
            if not self.rests(first - 1):
                yield first, state

    def rests(self, layer: int) -> bool:
        """Tell whether all later layers are known to be as this one.

        >>> from fractions import Fraction
        >>> system = System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> run = Run(system, 2)
        >>> run.rests(0), run[2] is run[0], run.rests(0)
        (False, True, True)
        """
        return self._rest is not None and layer >= self._rest

    def leaders(self) -> dict[int, int]:
        """Return every token that is a leader at some layer 0..layers, with the first such layer.

        >>> from fractions import Fraction
        >>> system = System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> Run(system, 2).leaders()
        {0: 0, 1: 0}
        """
        first: dict[int, int] = {}
        for k, layer in self.walk(0, self.layers):
            for i, attended in enumerate(layer.attended):
                if attended == {i}:
                    first.setdefault(i, k)
        return first

    def scores(self, numerators: Rows) -> Iterator[list[Integer]]:
        """Go through <A x, y> for all pairs of integer vectors, times a positive number that clears A.

        Raises RejectedError where there are several matrices A.
        """
        _ = self.system.A
        return self.products(0, 0, numerators)

    def products(self, head: int, layer: int, numerators: Rows) -> Iterator[list[Integer]]:
        """Go through the same for the matrix A of a head at a layer.

        >>> from fractions import Fraction
        >>> run = Run(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),))), 2)
        >>> list(run.products(0, 7, [[3], [1]]))
        [[18, 6], [6, 2]]
        """
        directions = self.directions(head, layer, numerators, len(numerators))
        return ([sum(map(mul, direction, y)) for y in numerators] for direction in directions)

    def directions(self, head: int, layer: int, numerators: Rows, count: int) -> Rows:
        """Return c A x for every x, with one c > 0; what scores with so many places cost is counted."""
        matrix, bits = self._matrix(head, layer)
        each = self.system.dimension * (count + len(matrix))
        work.count_products(len(numerators) * each, bits + (widest(numerators) if numerators else 0))
        if not matrix:  # it stands for the identity
            return numerators
        return [[sum(map(mul, row, x)) for row in matrix] for x in numerators]

    def squares(self, layer: Layer) -> list[Number]:
        """Return <Az, z> for all tokens of a layer, times a positive number that is the same at all layers.

        Raises RejectedError where there are several matrices A.

        >>> from fractions import Fraction
        >>> run = Run(System.of(((Fraction(2),),), Fraction(1), ((Fraction(3),), (Fraction(-1),))), 2)
        >>> run.squares(run[0])
        [Fraction(18, 1), Fraction(2, 1)]
        """
        if layer.images is None:
            return [self.system.form(point, point) for point in layer.points()]
        rows, below = layer.images
        bits = layer.bits + widest(rows, below)
        work.count_products(len(rows) * self.system.dimension, bits)
        work.count_fractions(len(rows), bits)
        return [
            quotient(sum(map(mul, image, x)), below * layer.denominator)
            for image, x in zip(rows, layer.numerators, strict=True)
        ]

    def _matrix(self, head: int, layer: int) -> tuple[Rows, int]:
        # The matrix A of a head at a layer as integers, none for the identity, and the bits of the longest.
        entry = self.system.entry(len(self.system.heads[head].matrices), layer)
        if (head, entry) not in self._integers:
            rows, _ = over_one_denominator(self.system.heads[head].matrices[entry])
            identity = all(x == (i == j) for i, row in enumerate(rows) for j, x in enumerate(row))
            self._integers[head, entry] = [] if identity else rows, widest(rows)
        return self._integers[head, entry]

    def _reach(self, layer: int) -> tuple[int, Layer]:
        # A layer, from the nearest earlier one that is kept; or an earlier one that it is like.
        if not self._first:
            numerators, denominator = over_one_denominator(self.system.tokens)
            images = self._first_images(numerators, denominator)
            by_head = self._attended(0, numerators, images, {})
            self._first.append(Layer(numerators, denominator, by_head, images))
        if layer < len(self._first):
            return layer, self._first[layer]
        at = max((k for k in self._recent if k <= layer), default=len(self._first) - 1)
        state = self._recent.get(at) or self._first[-1]
        while at < layer and not self.rests(at):
            state = self._after(at, state)
            at += not self.rests(at)
        return at, state

    @cached_property
    def _each_layer(self) -> int:
        # What a layer costs however small its numbers are; more where steps multiply by matrices.
        system, count = self.system, len(self.system.tokens)
        general = len(system.heads) > 1 or bool(system.heads[0].values) or bool(system.relu)
        return 96 + 40 * count + general * (96 + 32 * len(system.heads) * count)

    def _after(self, at: int, layer: Layer) -> Layer:
        if at + 1 < len(self._first):
            return self._first[at + 1]
        work.count_products(self._each_layer, 0)
        numerators, denominator = self.moved(at, layer)
        still = denominator == layer.denominator and numerators == layer.numerators
        if still and self.facts.rests_for_ever(at):
            self._rest = at
            return layer
        images = self._moved_images(at, layer)
        by_head = self._attended(at + 1, numerators, images, self._staying(at, layer))
        if by_head == layer.by_head:
            by_head = layer.by_head  # one list in memory for as long as the sets stay
        else:
            self._room -= KEPT_MEMBER * sum(4 + len(own) for sets in by_head for own in sets)
        following = Layer(numerators, denominator, by_head, images)
        bits = following.bits + (0 if images is None else widest(*images))
        each = KEPT_OVERHEAD + self.system.dimension * bits
        self._room -= len(numerators) * self.system.degree * each
        if at + 1 == len(self._first) and self._room > 0:
            self._first.append(following)
        return following

    def moved(self, at: int, layer: Layer) -> tuple[Rows, int]:
        """Return what the step of a layer makes of points that attend what this layer says.

        Source: FORMAT.md, section "System".

        >>> from fractions import Fraction
        >>> run = Run(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),))), 2)
        >>> run.moved(0, run[0])
        ([[1], [-1]], 1)
        """
        system = self.system
        relu = system.relu_at(at)
        values, tau = [head.value(system.period, at) for head in system.heads], system.schedule.at(at)
        if values == [None] and relu is None:
            return step(layer.numerators, layer.denominator, layer.by_head[0], tau)
        alike = system.alike(at)
        linear = None if alike is None else self._steps.get(alike)
        if linear is None:
            linear = LinearStep.of(values, tau, system.dimension, at)
            if alike is not None:
                self._steps[alike] = linear
        return linear.moved(layer.numerators, layer.denominator, layer.by_head, relu)

    def _first_images(self, numerators: Rows, denominator: int) -> tuple[Rows, int] | None:
        # A (z + tau (c - z)) = Az + tau (Ac - Az): then images move as tokens do.
        system = self.system
        if system.dimension < FOLLOWED_FROM or len(system.heads) > 1 or system.relu:
            return None
        (head,) = system.heads
        if len(head.matrices) > 1 or head.values:
            return None
        if not self._matrix(0, 0)[0]:
            return None  # the identity: images are the tokens themselves
        return self.directions(0, 0, numerators, 0), denominator

    def _moved_images(self, at: int, layer: Layer) -> tuple[Rows, int] | None:
        if layer.images is None:
            return None
        return step(*layer.images, layer.by_head[0], self.system.schedule.at(at))

    def _staying(self, at: int, layer: Layer) -> dict[int, frozenset[int]]:
        """Return whom tokens attend that follow one leader at this layer, and so at the next one.

        Source: FORMAT.md, lemma ``lock-in``.
        """
        since = self.facts.followed_from
        if since is None or at < since:
            return {}
        sets = layer.by_head[0]
        return {i: own for i, own in enumerate(sets) if len(own) == 1 and all(sets[p] == own for p in own)}

    def _attended(
        self, at: int, numerators: Rows, images: tuple[Rows, int] | None, known: dict[int, frozenset[int]]
    ) -> tuple[list[frozenset[int]], ...]:
        # A positive factor common to all tokens, or to A, changes no comparison: integers will do.
        system, everybody = self.system, range(len(numerators))
        found = []
        for h, head in enumerate(system.heads):
            plain = head.mask is None and head.ties == "mean"
            quick = plain and system.field is None
            left = known if quick else {}
            places = [numerators[i] for i in everybody if i not in left]
            if images is None:
                directions = self.directions(h, at, places, len(numerators))
            else:
                directions = [images[0][i] for i in everybody if i not in left]
                bits = widest(images[0]) + widest(numerators)
                work.count_products(len(directions) * len(numerators) * system.dimension, bits)
            if quick:  # over the rationals all are integers
                others = iter(largest_scores(cast("Vectors", directions), cast("Vectors", numerators)))
                found.append([left[i] if i in left else next(others) for i in everybody])
                continue
            work.count_products(len(directions) * len(numerators), 0)  # one by one they take twice as long
            rows = ([sum(map(mul, direction, y)) for y in numerators] for direction in directions)
            if plain:
                found.append([*map(_largest_by_signs, rows)])
            else:
                found.append([head.chosen(i, row) for i, row in enumerate(rows)])
        return tuple(found)


def _largest_by_signs(row: Sequence[Integer]) -> frozenset[int]:
    # With one sign for each number, which is what costs in a field.
    best = [0]
    for j, score in enumerate(row[1:], start=1):
        order = sign(score - row[best[0]])
        if order >= 0:
            best = [*best, j] if order == 0 else [j]
    return frozenset(best)

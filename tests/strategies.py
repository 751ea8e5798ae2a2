"""Shared Hypothesis strategies: rational systems rich in ties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product as grid

import numpy as np
from hypothesis import strategies as st

from exactdyn.layer.relu import Relu
from exactdyn.sentiment.model.model import Decoder, Model
from exactdyn.sentiment.model.review import Review, make_review
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from exactdyn.systems.run import Run
from tests.judges.hard_attention import JudgedHead, JudgedRelu, JudgedSystem
from tests.judges.reference import Matrix, System, product, scaled, transpose
from tests.random_systems import meeting_system

SMALL = st.integers(-3, 3).map(Fraction)
RATIONALS = st.one_of(SMALL, st.fractions(-3, 3, max_denominator=6))

# tau = alpha/(1+alpha): of both signs, near 0, near 1, beyond 1, and large.
SPECIAL_ALPHA = ["3", "0", "1/1000", "1000000", "-1/1000", "-1/2", "-999/1000", "-1001/1000", "-2"]
ALPHAS = st.one_of(
    st.sampled_from([Fraction(1, 2), Fraction(1)]),  # with these, tokens of a lattice meet
    st.sampled_from([Fraction(text) for text in SPECIAL_ALPHA]),
    st.fractions(-4, 4, max_denominator=5).filter(lambda alpha: alpha != -1),
)
NONNEGATIVE_ALPHAS = ALPHAS.filter(lambda alpha: alpha >= 0)
NEGATIVE_ALPHAS = ALPHAS.filter(lambda alpha: alpha < 0)


def vectors(dimension: int, numbers: st.SearchStrategy[Fraction] = SMALL) -> st.SearchStrategy[tuple]:
    return st.tuples(*[numbers] * dimension)


def square_matrices(size: int, numbers: st.SearchStrategy[Fraction] = SMALL) -> st.SearchStrategy[Matrix]:
    return st.tuples(*[vectors(size, numbers)] * size)


@st.composite
def invertible_matrices(draw: st.DrawFn, size: int) -> Matrix:
    """A product of a lower and an upper triangular matrix, the diagonals nonzero."""
    entries = draw(square_matrices(size))
    nonzero = draw(vectors(size, RATIONALS.filter(bool)))
    lower = tuple(
        tuple(entries[i][j] if j < i else Fraction(int(i == j)) for j in range(size)) for i in range(size)
    )
    upper = tuple(
        tuple(entries[i][j] if j > i else nonzero[i] * (i == j) for j in range(size)) for i in range(size)
    )
    return product(lower, upper)


@st.composite
def matrices(draw: st.DrawFn, size: int) -> Matrix:
    """General, symmetric, skew, semidefinite, definite of either sign, diagonal, often singular, or zero."""
    general = draw(square_matrices(size, RATIONALS))
    kinds = "general symmetric skew semidefinite positive negative diagonal unit zero"
    kind = draw(st.sampled_from(kinds.split()))
    if kind == "semidefinite":
        return product(transpose(general), general)
    if kind in ("positive", "negative"):
        M = draw(invertible_matrices(size))
        return scaled(Fraction(1 if kind == "positive" else -1), product(transpose(M), M))
    entry = {
        "general": lambda i, j: general[i][j],
        "symmetric": lambda i, j: general[i][j] + general[j][i],
        "skew": lambda i, j: general[i][j] - general[j][i],
        "diagonal": lambda i, j: general[i][j] * (i == j),
        "unit": lambda i, j: Fraction(int(i == j)),
        "zero": lambda i, j: Fraction(0),
    }[kind]
    return tuple(tuple(entry(i, j) for j in range(size)) for i in range(size))


@st.composite
def token_sets(draw: st.DrawFn, dimension: int, largest: int = 6) -> Matrix:
    """Small integers or rationals, repeated, collinear, symmetric about 0, or part of a lattice."""
    count = draw(st.sampled_from(range(1, largest + 1)))
    small = st.tuples(*[vectors(dimension)] * count)
    kind = draw(st.sampled_from(["small", "rational", "repeated", "collinear", "symmetric", "lattice"]))
    if kind == "small":
        return draw(small)
    if kind == "repeated":
        places = draw(st.lists(vectors(dimension), min_size=1, max_size=3))
        return draw(st.tuples(*[st.sampled_from(places)] * count))
    if kind == "collinear":
        base, direction = draw(vectors(dimension)), draw(vectors(dimension))
        steps = draw(vectors(count, RATIONALS))
        return tuple(tuple(a + s * b for a, b in zip(base, direction, strict=True)) for s in steps)
    if kind == "symmetric":
        half = draw(small)[: max(1, count // 2)]
        return half + scaled(Fraction(-1), half)
    if kind == "lattice":
        points = list(grid([Fraction(-1), Fraction(0), Fraction(1)], repeat=dimension))
        return tuple(draw(st.permutations(points)))[:count]
    return draw(st.tuples(*[vectors(dimension, RATIONALS)] * count))


@st.composite
def systems(
    draw: st.DrawFn, alphas: st.SearchStrategy[Fraction] = ALPHAS, dimensions: int = 3, largest: int = 6
) -> System:
    """Any A, any tokens, in dimension 1 to ``dimensions``; at most ``largest`` tokens, some of which meet."""
    dimension = draw(st.integers(1, dimensions))
    if dimension > 1 and largest >= 4 and draw(st.integers(0, 5)) == 5:
        return draw(meeting_systems(alphas, dimension, largest))
    return System(draw(matrices(dimension)), draw(alphas), draw(token_sets(dimension, largest)))


@st.composite
def meeting_systems(
    draw: st.DrawFn, alphas: st.SearchStrategy[Fraction], dimension: int, largest: int
) -> System:
    """Tokens 0 and 1 meet in the first step; alpha is not 0."""
    alpha, rest = draw(alphas.filter(bool)), draw(square_matrices(dimension - 2))
    below = st.tuples(st.integers(-3, 3), st.just(-2), *[st.integers(-2, 2)] * (dimension - 2))
    more = draw(st.lists(below, max_size=largest - 4))
    return meeting_system(alpha, more, rest)


@st.composite
def runs(draw: st.DrawFn, layers: int = 3) -> Run:
    """A run of such a system, in either form."""
    given = draw(systems())
    form = draw(st.sampled_from(["normalised", "unnormalised"]))
    return Hardmax(given.A, given.alpha, form).run(given.tokens, draw(st.integers(0, layers)))


def token_labels(count: int) -> st.SearchStrategy[list[str]]:
    """Labels of so many tokens, in characters that XML can carry."""
    characters = st.characters(
        exclude_categories=["Cs", "Cc"], include_characters="\t\n", exclude_characters="\ufffe\uffff"
    )
    return st.lists(st.text(characters, max_size=8), min_size=count, max_size=count)


DYADIC = st.integers(-40, 40).map(lambda n: n / 16)


@st.composite
def models_and_reviews(draw: st.DrawFn) -> tuple[Model, Review]:
    """A model of a few words, some of them at the same place, and a review of them."""
    dimension = draw(st.integers(1, 3))
    count = draw(st.integers(1, 7))
    point = st.lists(DYADIC, min_size=dimension, max_size=dimension)
    vectors = np.array(draw(st.lists(point, min_size=count, max_size=count)))
    v, b = draw(point), draw(DYADIC)
    alpha = Fraction(draw(st.sampled_from([0.25, 1.0, 2.5, 100.0])))
    model = Model(
        np.arange(count),
        vectors,
        alpha,
        Decoder(tuple(map(Fraction, v)), Fraction(b)),
        {row: chr(ord("a") + row) for row in range(count)},
        depth=draw(st.integers(1, 5)),
    )
    rows = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=12))
    return model, make_review("drawn", 1, rows)


TAU_FORMULAS: dict[str, Callable[[int], Fraction]] = {
    "2/(k+2)": lambda k: Fraction(2, k + 2),
    "1/(k+1)^2": lambda k: Fraction(1, (k + 1) ** 2),
    "2^-(k+1)": lambda k: Fraction(1, 2 ** (k + 1)),
    "(k-1)/(k+3)": lambda k: Fraction(k - 1, k + 3),
    "3/(2*k+1)": lambda k: Fraction(3, 2 * k + 1),
}
"""Steps that are 1, 0, negative or beyond 1 at a layer, summable or not, and what they are there."""

FORMULA_LAYERS = 8
"""For so many layers the judges are told the values of a formula."""


@dataclass(frozen=True)
class HardCase:
    """A hard-attention system for the judges, its tokens, and the formula of its steps if there is one."""

    judged: JudgedSystem
    tokens: Matrix
    formula: str | None = None

    def system(self) -> HardAttention:
        """The same for the library."""
        everybody = range(len(self.tokens))
        heads = [
            Head(
                list(head.A),
                None if head.V is None else list(head.V),
                None if head.seen is None else [[int(j in own) for j in everybody] for own in head.seen],
                head.ties,
            )
            for head in self.judged.heads
        ]
        blocks = self.judged.relu and [
            Relu(block.W1, block.b1, block.W2, block.b2, block.eta) for block in self.judged.relu
        ]
        tau = self.formula or list(self.judged.taus)
        return HardAttention(heads, tau=tau, relu=blocks, period=self.judged.period)


def masks(count: int) -> st.SearchStrategy[tuple[frozenset[int], ...] | None]:
    """Everybody, causal, strict, or any sets of tokens seen."""
    causal = tuple(frozenset(range(i + 1)) for i in range(count))
    strict = tuple(frozenset(range(max(1, i))) for i in range(count))
    seen = st.frozensets(st.integers(0, count - 1), min_size=1)
    return st.one_of(st.none(), st.sampled_from([causal, strict]), st.tuples(*[seen] * count))


@st.composite
def value_matrices(draw: st.DrawFn, dimension: int) -> Matrix:
    """Multiples of the identity, diagonal matrices, and any."""
    if draw(st.booleans()):
        factor = draw(RATIONALS)
        return tuple(tuple(factor * (i == j) for j in range(dimension)) for i in range(dimension))
    return draw(matrices(dimension))


@st.composite
def hard_attention_systems(draw: st.DrawFn) -> HardCase:
    """All kinds: heads, value matrices, masks, tie rules, schedules, ReLU blocks, and lists of them.

    Some have no normalised step at some layer.
    """
    d = draw(st.integers(1, 2))
    tokens = draw(token_sets(d, 5))
    period = draw(st.sampled_from([1, 1, 2]))
    sizes = st.sampled_from([1, 1, 3] if period == 2 else [1, 1, 2])

    def listed(entries):
        size = draw(sizes)
        return draw(st.tuples(*[entries] * size))

    heads = tuple(
        JudgedHead(
            listed(matrices(d)),
            listed(value_matrices(d)) if draw(st.booleans()) else None,
            draw(masks(len(tokens))),
            draw(st.sampled_from(["mean", "mean", "first", "last"])),
        )
        for _ in range(draw(st.sampled_from([1, 1, 2, 3])))
    )
    relu = listed(relu_blocks(d)) if draw(st.integers(0, 3)) == 3 else None
    formula = draw(st.sampled_from([None, None, *TAU_FORMULAS]))
    if formula is None:
        taus = listed(st.one_of(ALPHAS.map(lambda alpha: alpha / (1 + alpha)), st.just(Fraction(1))))
    else:
        taus = tuple(map(TAU_FORMULAS[formula], range(FORMULA_LAYERS)))
    return HardCase(JudgedSystem(heads, taus, relu, period), tokens, formula)


@st.composite
def relu_blocks(draw: st.DrawFn, dimension: int) -> JudgedRelu:
    """Blocks of one to three units."""
    units = draw(st.integers(1, 3))
    return JudgedRelu(
        draw(st.tuples(*[vectors(dimension)] * units)),
        draw(vectors(units)),
        draw(st.tuples(*[vectors(units)] * dimension)),
        draw(vectors(dimension)),
        draw(st.sampled_from([Fraction(1), Fraction(0), Fraction(1, 2)])),
    )

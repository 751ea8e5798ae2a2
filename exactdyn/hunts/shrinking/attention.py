"""Another matrix with which tokens attend what they are to: one linear program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from operator import mul

from exactdyn.families.classes.matrix_class import MatrixClass, matrix_class
from exactdyn.families.setting import Around, Setting
from exactdyn.families.tree.branch import Goal, Sets
from exactdyn.families.tree.search import Search
from exactdyn.hunts.shrinking.counterexample import Trial, violated
from exactdyn.hunts.shrinking.parts import has_values, independent
from exactdyn.hunts.tokens.wanted import plus
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row, Rows

LOWEST, HIGHEST, MOST_TOKENS = 3, 5, 10
"""Dimensions, and numbers of tokens, from which a projection is tried: below the simplest systems are."""

_CLASSES = {
    frozenset[str](): "positive-definite",
    frozenset({"positive-definite"}): "symmetric",
    frozenset({"symmetric"}): "positive-definite-part",
}
# By the hypotheses that do not hold.


def attending(
    around: Around, tokens: Rows, matrices: MatrixClass, sets: tuple[Sets, ...]
) -> tuple[list[Rows], int]:
    """Return matrices with which tokens attend these sets, simple if possible, and the programs solved.

    ``around``: all of the system but A. ``sets``: those of the layers 0, 1, ..., by token.

    >>> from fractions import Fraction
    >>> one = Fraction(1)
    >>> found, _ = attending(one, ((one,), (-one,)), matrix_class("general", 1), ({0: frozenset({1})},))
    >>> found
    [((Fraction(-1, 1),),)]
    """
    search = Search(Setting.of(around), Points.from_rows(tokens), matrices, Goal(sets, listed=True))
    search.run()
    found = [matrices.member(matrices.at(branch.member.coordinates)) for branch in search.found.values()]
    return found, search.progress.programs


def projected(trial: Trial) -> Iterator[Trial]:
    """Project the tokens along a simple direction, with a matrix for which they attend what they attended.

    What attends the same has the same steps: the states are those of before, projected. So a token that
    goes round stays one, and leaders that were in general position need fewer dimensions.

    >>> from exactdyn.documents.load import load_example
    >>> example = load_example("alternating-invertible")
    >>> trial = Trial(example.system.A, example.system.alpha, tuple(map(tuple, example.tokens)), 2)
    >>> {len(smaller.A) for smaller in projected(trial)} <= {2}
    True
    """
    dimension = len(trial.A)
    if not (LOWEST <= dimension <= HIGHEST and len(trial.tokens) <= MOST_TOKENS) or has_values(trial):
        return
    run = trial.run()
    sets: tuple[Sets, ...] = tuple(dict(enumerate(run.attention(k))) for k in range(trial.layers + 1))
    kind = _CLASSES.get(violated(run) & {"positive-definite", "symmetric"}, "general")
    matrices = matrix_class(kind, dimension - 1)
    for direction in _directions(trial.tokens):
        tokens = tuple(_along(direction, token) for token in trial.tokens)
        if all(map(any, tokens)) and len(set(tokens)) == len(tokens):
            for A in attending(trial.around, tokens, matrices, sets)[0]:
                yield replace(trial, A=A, tokens=tokens)


def _directions(tokens: Rows) -> Iterator[Row]:
    # Sums of tokens, some with the opposite sign; first those of most tokens.
    basis = [tokens[i] for i in independent(tokens)]
    ways = sorted(product((1, 0, -1), repeat=len(basis)), key=lambda signs: (signs.count(0), signs.count(-1)))
    for signs in ways:
        if next(filter(None, signs), 0) > 0:  # else its opposite is taken
            yield tuple(sum(map(mul, signs, column), Fraction(0)) for column in zip(*basis, strict=True))


def _along(direction: Row, token: Row) -> Row:
    # To where a coordinate is 0, which is then left out.
    r = next(r for r, x in enumerate(direction) if x)
    moved = plus(token, direction, -token[r] / direction[r])
    return moved[:r] + moved[r + 1 :]

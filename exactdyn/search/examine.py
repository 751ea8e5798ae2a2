"""One task of a hunt: a configuration, searched over the matrices of a class from a place on."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from exactdyn.certificate import encode
from exactdyn.families.goal import Goal
from exactdyn.families.matrices import MatrixClass, matrix_class
from exactdyn.families.search import Search
from exactdyn.families.statements import FINITE, StatementQuestion, explore
from exactdyn.hardmax import Hardmax
from exactdyn.numbers import Rows
from exactdyn.points import Points
from exactdyn.search.configurations import Configuration, configuration
from exactdyn.search.counterexample import Counterexample, Trial, failing
from exactdyn.search.matrices import belongs, drawn_matrices, small_matrices
from exactdyn.search.request import Request, Result, Task
from exactdyn.search.shrink import shrink

GIVEN_MATRICES, GENERATED_MATRICES, WITH_SETS_MATRICES = (4000, 2000), (150, 50), (8, 0)
"""For a statement on the limit: how many of the simplest matrices, and how many drawn beyond them, are tried
for one configuration that is given, generated, or generated with sets that a linear program answers."""


def examine(request: Request, task: Task, limit: int) -> Result:
    """Search a configuration for a counterexample; a function of its arguments alone.

    ``limit``: about so much work is done (branches of the tree of cases, limits looked at) before the rest is
    handed back as places of their own.

    >>> request = Request("convergence", "symmetric", (), 5, 3, 20)
    >>> examine(request, Task(1), 10).below[:2]
    ((1,), (2,))
    """
    asked = configuration(request, task.index)
    matrices = matrix_class(request.kind, request.dimension, request.pattern)
    if request.statement in FINITE:
        return _by_cases(request, task, asked, matrices, limit)
    return _by_matrices(request, task, asked, matrices, limit)


def shrunk(request: Request, found: Counterexample) -> Counterexample:
    """Shrink a counterexample within what was asked: the class, and alpha and the pattern if they are given.

    >>> from fractions import Fraction
    >>> one = Fraction(1)
    >>> found = failing("leader-vertex", Trial(((one,),), one, ((one * 3,), (one * 3,)), 5))
    >>> shrunk(Request("leader-vertex", "symmetric", (), 2, 1, 5), found).document["tokens"]
    [['1'], ['1']]
    """
    keep = () if request.alpha is None else ("alpha",)
    return shrink(found, request.layers, _allowed(request), keep)


def _by_cases(
    request: Request, task: Task, asked: Configuration, matrices: MatrixClass, limit: int
) -> Result:
    start = Points.from_rows(asked.tokens)
    question = StatementQuestion(
        request.statement, asked.alpha, start, matrices, request.layers, request.ties
    )
    explored = explore(question, task.place, limit)
    if explored.found is not None:
        found = failing(request.statement, Trial(explored.found, asked.alpha, asked.tokens, request.layers))
        if found is None:
            raise RuntimeError(f"{request.statement} was to fail for {explored.found}, and does not")
        return _found(request, found, explored.programs, 0)
    node = cast("dict[str, object] | None", encode(explored.node))
    reason = "; ".join(explored.reasons) or None
    return Result(node=node, below=explored.below, reason=reason, programs=explored.programs)


def _by_matrices(
    request: Request, task: Task, asked: Configuration, matrices: MatrixClass, limit: int
) -> Result:
    # The place (b,) is the block b of matrices; the root is the first, after the linear program.
    amounts = WITH_SETS_MATRICES if asked.sets else GENERATED_MATRICES
    amounts = GIVEN_MATRICES if request.complete else amounts
    tried = _candidates(request, matrices, amounts, task.index)
    block = task.place[0] if task.place else 0
    below = () if task.place else tuple((b,) for b in range(1, -(-len(tried) // limit)))
    proposed: Rows | None = None
    programs = 0
    if not task.place and asked.sets:
        proposed, programs = _with_sets(asked, matrices)
    candidates = [*([] if proposed is None else [proposed]), *tried[block * limit : (block + 1) * limit]]
    for runs, A in enumerate(candidates, start=1):
        found = failing(request.statement, Trial(A, asked.alpha, asked.tokens, request.layers))
        if found is not None:
            return _found(request, found, programs, runs)
    reason = f"only {len(tried)} matrices with entries up to {request.bound} were tried"
    return Result(below=below, reason=reason, programs=programs, runs=len(candidates))


def _found(request: Request, found: Counterexample, programs: int, runs: int) -> Result:
    small = shrunk(request, found)
    return Result(small.document, small.size, found.document, programs=programs, runs=runs)


def _with_sets(asked: Configuration, matrices: MatrixClass) -> tuple[Rows | None, int]:
    # A matrix, simple if possible, with which the tokens attend what they are wanted to.
    goal = Goal(asked.sets, listed=True)
    search = Search(Hardmax(alpha=asked.alpha), Points.from_rows(asked.tokens), matrices, goal)
    search.run()
    branch = next(iter(search.found.values()), None)
    A = None if branch is None else matrices.member(matrices.at(branch.member.coordinates))
    return A, search.progress.programs


def _candidates(request: Request, matrices: MatrixClass, amounts: tuple[int, int], index: int) -> list[Rows]:
    simplest, drawn = amounts
    first = _simplest(matrices, request.bound, simplest)
    # Where these are all there are, nothing is drawn beyond them.
    further = drawn if len(first) == simplest else 0
    return [*first, *drawn_matrices(matrices, request.bound, further, f"{request.seed}:{index}")]


@lru_cache(maxsize=4)  # every configuration and every block asks for them
def _simplest(matrices: MatrixClass, bound: int, cap: int) -> tuple[Rows, ...]:
    return tuple(small_matrices(matrices, bound, cap))


def _allowed(request: Request) -> Callable[[Rows], bool]:
    def allowed(A: Rows) -> bool:
        if request.pattern is not None and len(A) != request.dimension:
            return False
        return belongs(matrix_class(request.kind, len(A), request.pattern), A)

    return allowed

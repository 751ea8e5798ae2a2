"""One task of a hunt: a configuration, searched over the matrices of a class from a place on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from itertools import islice
from typing import cast

from exactdyn.certificates.envelope import encode
from exactdyn.families.classes.matrix_class import MatrixClass, matrix_class
from exactdyn.families.classes.small_matrices import belongs, hunted_matrices
from exactdyn.families.questions.statement import StatementQuestion, explore
from exactdyn.families.spanning import has_avoidable_ties
from exactdyn.families.tree.assembly import Piece
from exactdyn.hunts.request import Place, Request, Result, Task
from exactdyn.hunts.shrinking.attention import attending
from exactdyn.hunts.shrinking.counterexample import Counterexample, Trial, failing
from exactdyn.hunts.shrinking.shrink import shrink
from exactdyn.hunts.tokens.configurations import Configuration, configuration
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.statements.catalogue import BY_CASES

GIVEN_MATRICES, GENERATED_MATRICES = (4000, 2000), (150, 50)
"""For a statement on the limit: how many of the simplest matrices, and how many drawn beyond them, are tried
for one configuration that is given or generated. One with sets has its linear program instead."""

GIVEN_FIRST, GENERATED_FIRST = 100, 20
"""For a statement about consecutive layers: how many of the simplest matrices are tried before the tree of
cases, where the way to a plain counterexample may be long."""


def examine(request: Request, task: Task, limit: int) -> Result:
    """Search a configuration for a counterexample; a function of its arguments alone.

    ``limit``: about so much work is done (branches of the tree of cases, limits looked at) before the rest is
    handed back as places of their own.

    >>> request = Request("convergence", "symmetric", (), 5, 3, 20)
    >>> examine(request, Task(5), 10).below[:2]
    ((1,), (2,))
    """
    asked = configuration(request, task.index)
    matrices = matrix_class(request.kind, request.dimension, request.pattern)
    if request.statement in BY_CASES:
        result = _by_cases(request, task, asked, matrices, limit)
    elif asked.sets:
        result = _by_sets(request, asked, matrices)
    else:
        result = _by_matrices(request, task, asked, matrices, limit)
    return replace(result, origin=asked.origin)


def shrunk(request: Request, found: Counterexample) -> Counterexample:
    """Shrink a counterexample within what was asked: the class, and what is given of system and pattern.

    >>> from fractions import Fraction
    >>> one = Fraction(1)
    >>> found = failing("leader-vertex", Trial(((one,),), one, ((one * 3,), (one * 3,)), 5))
    >>> shrunk(Request("leader-vertex", "symmetric", (), 2, 1, 5), found).document["tokens"]
    [['1'], ['1']]
    """
    keep = () if request.around is None else ("alpha",)
    return shrink(found, request.layers, _allowed(request), keep)


def _by_cases(
    request: Request, task: Task, asked: Configuration, matrices: MatrixClass, limit: int
) -> Result:
    found = None if task.place else _simple_failing(request, asked, matrices)
    if found is not None:
        return _found(request, found, 0)
    start = Points.from_rows(asked.tokens)
    question = StatementQuestion(
        request.statement, asked.around, start, matrices, request.layers, request.ties
    )
    explored = explore(question, task.place, limit)
    if explored.found is not None:
        found = failing(request.statement, Trial(explored.found, asked.around, asked.tokens, request.layers))
        if found is None:
            raise RuntimeError(f"{request.statement} was to fail for {explored.found}, and does not")
        return replace(_found(request, found, explored.programs), below=explored.below)
    # Only of a question about given tokens is the tree itself the answer; of thousands it would fill memory.
    piece = cast("Piece", encode(explored.piece)) if request.complete else None
    reason = "; ".join(explored.reasons) or None
    return Result(piece=piece, below=explored.below, reason=reason, programs=explored.programs)


def _by_sets(request: Request, asked: Configuration, matrices: MatrixClass) -> Result:
    # One linear program: a matrix, simple if possible, with which the tokens attend what they are to.
    proposed, programs = attending(asked.around, asked.tokens, matrices, asked.sets)
    return _first_failing(request, asked, proposed, programs) or Result(
        reason="only matrices with the attention sets of this configuration were looked for",
        programs=programs,
        runs=len(proposed),
    )


def _by_matrices(
    request: Request, task: Task, asked: Configuration, matrices: MatrixClass, limit: int
) -> Result:
    # The place (b,) is the block b of the matrices, the root stands for the first.
    simplest, drawn = GIVEN_MATRICES if request.complete else GENERATED_MATRICES
    stream = _stream(matrices, request.bound, simplest, drawn, f"{request.seed}:{task.index}")
    block, blocks = task.place[0] if task.place else 0, -(-(simplest + drawn) // limit)
    own = stream.part(block * limit, (block + 1) * limit)
    whole = task.place or not stream.part(limit, limit + 1)  # how many there are is not known beforehand
    below = () if whole else tuple((later,) for later in range(1, blocks))
    reason = f"only the simplest matrices with entries up to {request.bound} and some others were tried"
    return _first_failing(request, asked, own, 0, below) or Result(below=below, reason=reason, runs=len(own))


def _first_failing(
    request: Request,
    asked: Configuration,
    tried: Sequence[Rows],
    programs: int,
    below: tuple[Place, ...] = (),
) -> Result | None:
    # With the first matrix for which the statement fails the rest is left; what is below stays to be done.
    for runs, A in enumerate(tried, start=1):
        found = failing(request.statement, Trial(A, asked.around, asked.tokens, request.layers))
        if found is not None:
            return replace(_found(request, found, programs), below=below, runs=runs)
    return None


def _found(request: Request, found: Counterexample, programs: int) -> Result:
    small = shrunk(request, found)
    return Result(small.document, small.size, found.document, programs=programs)


def _simple_failing(request: Request, asked: Configuration, matrices: MatrixClass) -> Counterexample | None:
    count = GIVEN_FIRST if request.complete else GENERATED_FIRST
    for A in _stream(matrices, request.bound, count, 0, "").whole():
        trial = Trial(A, asked.around, asked.tokens, request.layers)
        found = failing(request.statement, trial)
        if found is not None and (request.ties or not has_avoidable_ties(matrices, trial.run())):
            return found
    return None


class _Stream:
    """Matrices that are made when they are first asked for, and kept."""

    def __init__(self, begin: Callable[[], Iterator[Rows]]) -> None:
        self._begin, self._known, self._rest = begin, list[Rows](), begin()

    def part(self, start: int, end: int) -> list[Rows]:
        """Return those from ``start`` on and before ``end``, as far as they exist."""
        try:
            self._known += islice(self._rest, max(0, end - len(self._known)))
        except BaseException:  # a hunt may be broken off anywhere: what an iterator lost then is made again
            self._known, self._rest = [], self._begin()
            raise
        return self._known[start:end]

    def whole(self) -> Iterator[Rows]:
        """Go through all of them."""
        place = 0
        while own := self.part(place, place + 1):
            yield from own
            place += 1


@lru_cache(maxsize=4)  # every configuration, and every block of one, asks for the same
def _stream(matrices: MatrixClass, bound: int, simple: int, drawn: int, seed: str) -> _Stream:
    return _Stream(lambda: hunted_matrices(matrices, bound, simple, drawn, seed))


@lru_cache(maxsize=4)
def _allowed(request: Request) -> Callable[[Rows], bool]:
    matrices = cache(partial(matrix_class, request.kind, pattern=request.pattern))

    @cache  # of one counterexample after the other many of the same matrices are asked for
    def allowed(A: Rows) -> bool:
        if request.pattern is not None and len(A) != request.dimension:
            return False
        return belongs(matrices(len(A)), A)

    return allowed

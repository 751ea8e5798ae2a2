"""What a user asks a hunt for, read and refused where it cannot be meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.cli.reading import read_example
from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.lead import LAYERS_LIMIT
from exactdyn.families.tree.failing import FINITE
from exactdyn.hunts.request import Request
from exactdyn.numbers.reading import Rows, exact, exact_rows, integer
from exactdyn.statements.theorem import QUESTIONS, STATEMENTS

DROPPED = ("positive-alpha", "nonzero-tokens", "distinct-tokens")
"""The hypotheses that tokens and alpha need not satisfy on request; for those on A there are classes."""

TOKENS_LIMIT, DIMENSION_LIMIT, BOUND_LIMIT = 1000, 50, 1000
"""Largest numbers of tokens and dimensions and largest entry that are accepted."""


@dataclass(frozen=True)
class Asked:
    """The options of ``exactdyn hunt`` that say what is looked for, as they were given."""

    statement: str
    kind: str
    pattern: str | None
    example: str | None
    tokens: int | None
    dimension: int | None
    layers: int
    alpha: str | None
    seed: int | None
    dropped: Sequence[str]
    bound: int | None
    ties: bool
    header: str | None = None


def read_request(asked: Asked) -> Request:
    """Return the request that options make.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the option.

    >>> asked = Asked("norm-growth", "general", None, "cyclic", None, None, 3, None, None, [], None, True)
    >>> request = read_request(asked)
    >>> request.count, request.dimension, request.complete
    (3, 2, True)
    """
    _require_one_of("STATEMENT", asked.statement, STATEMENTS | QUESTIONS)
    for hypothesis in asked.dropped:
        _require_one_of("--drop", hypothesis, DROPPED)
    integer(asked.layers, "--layers", 1, LAYERS_LIMIT)
    if asked.bound is not None:
        integer(asked.bound, "--bound", 1, BOUND_LIMIT)
    given, alpha = _given(asked)
    dimension = len(given[0]) if given else asked.dimension
    count = len(given) if asked.tokens is None else asked.tokens
    if dimension is None or not count:
        if asked.tokens is not None:
            integer(asked.tokens, "--tokens", 1, TOKENS_LIMIT)
        raise InputError("--example: requires an EXAMPLE, or --tokens N and --dim D instead")
    integer(count, "--tokens", max(1, len(given)), TOKENS_LIMIT)
    integer(dimension, "--dim", 1, DIMENSION_LIMIT)
    if asked.dimension not in (None, dimension):
        raise InputError(f"--dim: requires {dimension}, as EXAMPLE has it, got {asked.dimension}")
    matrix_class(asked.kind, dimension, asked.pattern)
    request = Request(
        asked.statement,
        asked.kind,
        given,
        count,
        dimension,
        asked.layers,
        alpha,
        asked.pattern,
        0 if asked.seed is None else asked.seed,
        frozenset(asked.dropped),
        asked.ties,
        3 if asked.bound is None else asked.bound,
    )
    _require_used(asked, request)
    return request


def _require_used(asked: Asked, request: Request) -> None:
    # An option that would change nothing is refused, as a field of a document is.
    finite = request.statement in FINITE
    generated = len(request.given) < request.count
    if finite and asked.bound is not None:
        raise InputError(f"--bound: requires a statement about the limit, got {request.statement}")
    if not finite and not asked.ties:
        raise InputError(f"--no-ties: requires a statement about layers, got {request.statement}")
    if finite and request.complete and asked.seed is not None:
        raise InputError("--seed: requires tokens or an alpha to be generated, got all of them")
    for hypothesis in asked.dropped:
        if request.alpha is not None if hypothesis == "positive-alpha" else not generated:
            what = "an alpha" if hypothesis == "positive-alpha" else "tokens"
            raise InputError(f"--drop: {hypothesis} requires {what} to be generated, got all that is given")


def _given(asked: Asked) -> tuple[Rows, Fraction | None]:
    if asked.example is not None:
        loaded = read_example("hunt", asked.example, asked.alpha, header=asked.header)
        alpha = None if loaded.hardmax is None else loaded.hardmax.alpha
        return exact_rows(loaded.tokens, "tokens"), alpha
    if asked.header is not None:
        raise InputError("--header: requires --example, got no table")
    if asked.alpha is None:
        return (), None
    alpha = exact(asked.alpha, "--alpha")
    if alpha == -1:
        raise InputError("--alpha: requires a number other than -1, got -1")
    return (), alpha


def _require_one_of(option: str, value: str, names: Collection[str]) -> None:
    if value not in names:
        raise InputError(f"{option}: requires one of {', '.join(names)}, got {value!r}")

"""What a user asks a hunt for, read and refused where it cannot be meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.completion import examples, statements
from exactdyn.cli.terminal.options import (
    ClassOption,
    ColumnsOption,
    HeaderOption,
    LabelColumnOption,
    PatternOption,
)
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from fractions import Fraction

    from exactdyn.hunts.request import Request
    from exactdyn.numbers.reading import Rows
    from exactdyn.systems.hardmax import Hardmax

DROPPED = ("positive-alpha", "nonzero-tokens", "distinct-tokens")
"""The hypotheses that tokens and alpha need not satisfy on request; for those on A there are classes."""

TOKENS_LIMIT, DIMENSION_LIMIT, BOUND_LIMIT = 1000, 50, 1000
"""Largest numbers of tokens and dimensions and largest entry that are accepted."""

Statement: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="STATEMENT", autocompletion=statements, help="Its name, such as norm-growth or convergence."
    ),
]
Layers: TypeAlias = Annotated[
    int,
    typer.Option("--layers", metavar="K", help="It is to fail within K layers; limits are decided there."),
]
Given: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--example",
        metavar="EXAMPLE",
        autocompletion=examples,
        help="Its tokens, and all of its system but A.",
    ),
]
Count: TypeAlias = Annotated[
    int | None,
    typer.Option("--tokens", metavar="N", help="Number of tokens; those that EXAMPLE lacks are generated."),
]
Dimension: TypeAlias = Annotated[int | None, typer.Option("--dim", metavar="D", help="Their dimension.")]
Alpha: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--alpha",
        metavar="NUMBER",
        help="Or a formula; where EXAMPLE states none. Else various positive ones.",
    ),
]
Tau: TypeAlias = Annotated[
    str | None, typer.Option("--tau", metavar="NUMBER", help='In place of alpha, such as "2/(k+2)".')
]
NamedMask: TypeAlias = Annotated[
    str | None, typer.Option("--mask", metavar="causal|strict", help="Whom a token may see; else everybody.")
]
TieRule: TypeAlias = Annotated[
    str | None,
    typer.Option("--ties", metavar="first|last", help="Of a tie one is attended; else the mean of all."),
]
Seed: TypeAlias = Annotated[
    int | None, typer.Option("--seed", metavar="S", help="Of what is generated; else 0.")
]
Drop: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--drop",
        metavar="HYPOTHESIS",
        help="Generate without it: positive-alpha, nonzero-tokens, distinct-tokens. May be repeated.",
    ),
]
Bound: TypeAlias = Annotated[
    int | None,
    typer.Option("--bound", metavar="B", help="Largest entry of the integer matrices tried for limits (3)."),
]
NoTies: TypeAlias = Annotated[bool, typer.Option("--no-ties", help="Skip matrices with avoidable ties.")]


@dataclass(frozen=True)
class Asked:
    """The options of ``exactdyn hunt`` that say what is looked for, as they were given."""

    statement: Statement
    layers: Layers
    kind: ClassOption = "general"
    pattern: PatternOption = None
    example: Given = None
    tokens: Count = None
    dimension: Dimension = None
    alpha: Alpha = None
    tau: Tau = None
    mask: NamedMask = None
    ties: TieRule = None
    header: HeaderOption = None
    columns: ColumnsOption = None
    label_column: LabelColumnOption = None
    seed: Seed = None
    dropped: Drop = None
    bound: Bound = None
    no_ties: NoTies = False

    @property
    def table(self) -> dict[str, str | None]:
        """What is said of an EXAMPLE that is a table, by the name of the parameter.

        >>> Asked("norm-growth", layers=3, header="yes").table["header"]
        'yes'
        """
        return {"header": self.header, "columns": self.columns, "label_column": self.label_column}


def read_request(asked: Asked) -> Request:
    """Return the request that options make.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the option.

    >>> request = read_request(Asked("norm-growth", layers=3, example="cyclic"))
    >>> request.count, request.dimension, request.complete
    (3, 2, True)
    """
    require_meant(asked)
    return make_request(asked, *_given(asked))


def require_meant(asked: Asked) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for options that can be no hunt, whatever is given.

    >>> require_meant(Asked("norm-growth", layers=0))
    Traceback (most recent call last):
    exactdyn.errors.InputError: --layers: requires an integer from 1 to 1000, got 0
    """
    from exactdyn.families.questions.lead import LAYERS_LIMIT
    from exactdyn.numbers.reading import integer
    from exactdyn.statements.catalogue import CATALOGUE

    _require_one_of("STATEMENT", asked.statement, CATALOGUE)
    for hypothesis in asked.dropped or ():
        _require_one_of("--drop", hypothesis, DROPPED)
    integer(asked.layers, "--layers", 1, LAYERS_LIMIT)
    if asked.bound is not None:
        integer(asked.bound, "--bound", 1, BOUND_LIMIT)


def make_request(asked: Asked, given: Rows, around: Hardmax | Fraction | None) -> Request:
    """Return the request of options with these tokens and this system but A.

    The options have passed :func:`require_meant`; raises as :func:`read_request`.

    >>> make_request(Asked("norm-growth", layers=3, tokens=4, dimension=2), (), None).complete
    False
    """
    from fractions import Fraction

    from exactdyn.families.classes.matrix_class import matrix_class
    from exactdyn.hunts.request import Request

    count, dimension = _shape(asked, given)
    with named_as_options():
        matrix_class(asked.kind, dimension, asked.pattern)
    request = Request(
        asked.statement,
        asked.kind,
        given,
        count,
        dimension,
        asked.layers,
        around if isinstance(around, Fraction) else None,
        asked.pattern,
        0 if asked.seed is None else asked.seed,
        frozenset(asked.dropped or ()),
        not asked.no_ties,
        3 if asked.bound is None else asked.bound,
        None if isinstance(around, Fraction) else around,
    )
    _require_about(request)
    _require_used(asked, request)
    return request


@contextmanager
def named_as_options() -> Iterator[None]:
    """Within, what the library refuses by the name of a parameter is refused by that of the option.

    >>> with named_as_options():
    ...     raise InputError("workers: requires at least 1, got 0")
    Traceback (most recent call last):
    exactdyn.errors.InputError: --workers: requires at least 1, got 0
    """
    try:
        yield
    except InputError as error:
        raise InputError(f"--{error}") from None


def _shape(asked: Asked, given: Rows) -> tuple[int, int]:
    # Number and dimension of all tokens, of which some may be given.
    from exactdyn.numbers.reading import integer

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
    return count, dimension


def _require_used(asked: Asked, request: Request) -> None:
    # An option that would change nothing is refused, as a field of a document is.
    from exactdyn.statements.catalogue import BY_CASES, OF_KINDS

    finite, kind = request.statement in BY_CASES, request.statement in OF_KINDS
    generated = len(request.given) < request.count
    if finite and asked.bound is not None:
        raise InputError(f"--bound: requires a statement about the limit, got {request.statement}")
    if not finite and asked.no_ties:
        what = "any system" if kind else "layers"
        raise InputError(f"--no-ties: requires a statement about {what}, got {request.statement}")
    if finite and request.complete and asked.seed is not None:
        raise InputError("--seed: requires tokens or an alpha to be generated, got all of them")
    for hypothesis in asked.dropped or ():
        if request.around is not None if hypothesis == "positive-alpha" else not generated:
            what = "an alpha" if hypothesis == "positive-alpha" else "tokens"
            raise InputError(f"--drop: {hypothesis} requires {what} to be generated, got all that is given")


def _given(asked: Asked) -> tuple[Rows, Hardmax | Fraction | None]:
    # The tokens that are given, and all of the system but A, if it is: by an EXAMPLE, or by the options.
    if asked.example is not None:
        return _of_example(asked, asked.example)
    for option, said in asked.table.items():
        if said is not None:
            raise InputError(f"--{option.replace('_', '-')}: requires --example, got no table")
    return (), _of_options(asked)


def _of_example(asked: Asked, example: str) -> tuple[Rows, Hardmax | Fraction | None]:
    # Tokens, and the system about them if the document states one; its A plays no part.
    from exactdyn.documents.files import naming
    from exactdyn.families.setting import Setting
    from exactdyn.numbers.reading import exact_rows

    for name in ("tau", "mask", "ties"):
        if getattr(asked, name) is not None:
            raise InputError(f"--{name}: requires that --example is absent, which states it")
    loaded = read_example("hunt", example, asked.alpha, None, **asked.table)
    with naming(loaded.source):
        tokens = exact_rows(loaded.tokens, "tokens")
    if loaded.hardmax is None and not loaded.settings & {"V", "mask", "ties", "heads", "period"}:
        return tokens, None
    system = loaded.system
    with naming(loaded.source):
        setting = Setting.of(system)
        if setting.system.mask is not None and asked.tokens is not None:
            setting.system.mask.require_count(asked.tokens)
    return tokens, setting.around


def _of_options(asked: Asked) -> Hardmax | Fraction | None:
    # The system that --alpha or --tau states with what stands beside it; None: alphas are generated.
    from exactdyn.documents.files import naming
    from exactdyn.families.setting import Setting
    from exactdyn.systems.hardmax import Hardmax

    beside = {"mask": asked.mask, "ties": asked.ties}
    given = {name: value for name, value in beside.items() if value is not None}
    if asked.alpha is None and asked.tau is None:
        for name in given:
            raise InputError(f"--{name}: requires --alpha or --tau beside it, got neither")
        return None
    if asked.alpha is not None and asked.tau is not None:
        raise InputError("--tau: requires that --alpha is absent, got both")
    if asked.mask is not None:
        _require_one_of("--mask", asked.mask, ("causal", "strict"))
    step = {"alpha": asked.alpha} if asked.tau is None else {"tau": asked.tau}
    with named_as_options():
        system = Hardmax(None, **step, **given)
    with naming(f"--{next(iter(step))}"):
        return Setting.of(system).around


def _require_about(request: Request) -> None:
    # A statement about a kind of systems is hunted among systems of that kind.
    from exactdyn.families.setting import Setting
    from exactdyn.statements.catalogue import CATALOGUE

    about = CATALOGUE[request.statement].about
    if about is None:
        return
    if request.around is None or not about.test(Setting.of(request.around).system.facts(request.dimension)):
        raise InputError(f"STATEMENT: {request.statement} requires {about.kind}, got another kind of system")


def _require_one_of(option: str, value: str, names: Collection[str]) -> None:
    if value not in names:
        raise InputError(f"{option}: requires one of {', '.join(names)}, got {value!r}")

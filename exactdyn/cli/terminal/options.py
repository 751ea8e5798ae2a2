"""The options that commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from exactdyn.cli.terminal.completion import classes, examples
from exactdyn.errors import InputError

ExampleArgument: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="EXAMPLE",
        autocompletion=examples,
        help="Built-in name, document (.toml, .json, .npz) or table of tokens (.csv, .tsv, .txt, .vec, "
        ".json, .npy, .npz; text also packed, .gz); - is standard input.",
    ),
]
AlphaOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--alpha", metavar="NUMBER", help="The coefficient, such as 1/2, beside a table of tokens."),
]
MatrixOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--matrix", metavar="FILE", help="The matrix A, a table as well; else the identity."),
]
HeaderOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--header",
        metavar="yes|no",
        help="Whether the first row of a table names the columns; else it does if it holds names.",
    ),
]
ColumnsOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAMES",
        help="The columns of a table that are coordinates: names or numbers from 0, such as x,y or 1-3.",
    ),
]
LabelColumnOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--label-column", metavar="NAME", help="The column of a table with the labels; else one of texts."
    ),
]
LayersOption: TypeAlias = Annotated[
    int | None, typer.Option("--layers", metavar="N", help="Number of layers; else what EXAMPLE says, or 30.")
]
DecimalOption: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--decimal",
        metavar="N",
        help="Show numbers as decimals of N digits, correctly rounded, with a mark if rounded at all.",
    ),
]
BriefAnswerOption: TypeAlias = Annotated[
    bool, typer.Option("--brief", help="Print the answer alone, in few lines.")
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
CoqOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--coq", metavar="FILE", help="Write the claims as a theorem, for coqc to check (.v)."),
]
LeanOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--lean", metavar="FILE", help="Write what fails as theorems of Lean 4, not compiled here."),
]
Smt2Option: TypeAlias = Annotated[
    Path | None,
    typer.Option("--smt2", metavar="FILE", help="Write the finite claims for SMT solvers (Z3, cvc5)."),
]
ModelOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--model", metavar="FILE", help="Trained model (.json, .json.gz, .npz, .safetensors), or handmade."
    ),
]
VocabularyOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--vocabulary", metavar="FILE", help="The model's table of rows and words (.tsv, .tsv.gz)."),
]
TextColumnOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--text-column", metavar="NAME", help="Of a table of reviews; else text, or review."),
]
ReviewLabelOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--label-column", metavar="NAME", help="Of a table of reviews; else label, or sentiment."),
]
ClassOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--class",
        metavar="CLASS",
        autocompletion=classes,
        help="general, symmetric, positive- or negative-semidefinite, positive- or negative-definite "
        "matrices; with -part after one of the last four, they need not be symmetric.",
    ),
]
PatternOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--pattern",
        metavar="ROWS",
        help='Only matrices of this form, such as "a, 0; 0, b" or "1, b; -b, 1".',
    ),
]
EachLayerOption: TypeAlias = Annotated[
    bool,
    typer.Option("--each-layer", help="A matrix for every layer, rather than one for all of them."),
]
CertificateOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="FILE", help="Write a certificate for `exactdyn verify`."),
]
BriefOption: TypeAlias = Annotated[
    bool | None,
    typer.Option(
        "--brief/--whole",
        help="Print the most important alone, or all; else in brief beyond 2,000 numbers.",
        show_default=False,
    ),
]


def require_alone(option: str, *others: tuple[bool, str]) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for an option that is given beside one of the others.

    >>> require_alone("--latex", (False, "--statements"), (True, "--json"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: --latex: requires that --json is absent, got both
    """
    for given, name in others:
        if given:
            raise InputError(f"{option}: requires that {name} is absent, got both")


def refuse_brief(brief: bool | None, *others: tuple[bool, str]) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for --brief or --whole beside another form of answer.

    >>> refuse_brief(True, (True, "--json"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: --brief: requires that --json is absent, got both
    """
    if brief is not None:
        require_alone("--brief" if brief else "--whole", *others)


@dataclass(frozen=True)
class TableOptions:
    """What may be said of an EXAMPLE that is a table."""

    header: HeaderOption = None
    columns: ColumnsOption = None
    label_column: LabelColumnOption = None


NO_TABLE_OPTIONS = TableOptions()
"""Nothing is said."""


@dataclass(frozen=True)
class ExampleOptions:
    """The EXAMPLE of a command that runs it, and what may stand beside a table of tokens."""

    example: ExampleArgument
    alpha: AlphaOption = None
    matrix: MatrixOption = None
    header: HeaderOption = None
    columns: ColumnsOption = None
    label_column: LabelColumnOption = None

    @property
    def files(self) -> tuple[str | Path | None, ...]:
        """What is read, as far as it is a file.

        >>> ExampleOptions("cyclic").files
        ('cyclic', None)
        """
        return self.example, self.matrix

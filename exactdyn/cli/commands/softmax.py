"""``exactdyn softmax``: softmax attention in continuous time, enclosed, and what that proves for all time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import UNDECIDED, complain
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import NO_TABLE_OPTIONS, ExampleArgument, JsonOption, TableOptions
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from exactdyn.documents import Example
    from exactdyn.softmax import Flow, Proof


@grouped
def command(
    example: ExampleArgument,
    until: Annotated[str, typer.Option("--until", metavar="T", help="The time to go to, such as 2 or 1/2.")],
    prove: Annotated[
        bool,
        typer.Option("--prove", help="Prove statements about all later time; stop when they hold."),
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", metavar="FILE", help="With --prove: write a certificate."),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw the run: a name in .png, .svg or .pdf."),
    ] = None,
    table: TableOptions = NO_TABLE_OPTIONS,
    as_json: JsonOption = False,
) -> int:
    """Enclose softmax attention in continuous time, x_i' = sum_j P_ij V x_j, rigorously.

    V, Q and K are fields of the EXAMPLE, the identity where it has none; it states no A and no alpha. Printed
    are the tokens at the last time that is proved, each number with the radius within which the true one
    lies, and the rescaled tokens z = exp(-tV) x.
    With --prove the run goes on until all that can be is proved about every later time, at most to T.

    Exit status: 0 done, 3 a statement is undecided or T was not reached.

    Example: exactdyn softmax softmax-line --until 4 --prove
    """
    from exactdyn.certificates.envelope import accepted
    from exactdyn.cli.words.softmax import proof_data, proof_text
    from exactdyn.documents.files import naming
    from exactdyn.numbers.reading import exact
    from exactdyn.softmax import certificate_data, certificate_text
    from exactdyn.softmax.system import read_time

    if certificate is not None and not prove:
        raise InputError("--certificate: requires --prove, got no statement to certify")
    format = None if plot is None else _format(plot)
    for file in (certificate, plot):
        if file is not None:
            require_writable(file)
    end = read_time(exact(until, "--until"), "--until")
    loaded = read_example("softmax", example, **vars(table))
    if plot is not None:
        _require_drawable(loaded)
    with waiting(f"enclosing {loaded.name}") as tell:
        with naming(loaded.source):
            proof = enclose(loaded, end, prove, lambda reached: tell(_progress(loaded, reached)))
        complete = proof.flow.reason is None
        proved = any(conclusion.evidence is not None for conclusion in proof.statements.values())
        if certificate is not None and proved:
            write_file(certificate, accepted(certificate_text(certificate_data(proof))).encode())
    if certificate is not None and not proved:
        complain(f"{certificate}: not written: nothing is proved")
    if as_json:
        print_json(proof_data(proof))
    else:
        print_text(proof_text(loaded, proof))
    if plot is not None and format is not None:
        # Last: where a picture turns out to be impossible, the numbers are there all the same.
        write_file(plot, _picture(loaded, proof.flow, format))
    outcomes = [conclusion.verdict.outcome for conclusion in proof.statements.values()]
    return 0 if complete and "undecided" not in outcomes else UNDECIDED


def enclose(example: Example, until: Fraction, prove: bool, progress: Callable[[Flow], None]) -> Proof:
    """Enclose an example up to a time, with the statements about later time if ``prove``.

    >>> from fractions import Fraction
    >>> from exactdyn.documents import load_example
    >>> enclose(load_example("collision-on-a-line"), Fraction(1, 4), False, lambda reached: None).flow
    Flow(2 tokens in dimension 1, proved to time 0.25)
    """
    from exactdyn.softmax import Proof, Softmax, flow
    from exactdyn.softmax import prove as conclude

    system = Softmax(example.V, example.Q, example.K)
    if prove:
        return conclude(system, example.tokens, until, progress=progress)

    def going_on(reached: Flow) -> bool:
        progress(reached)
        return False

    return Proof(flow(system, example.tokens, until, progress=going_on), {})


def _progress(example: Example, reached: Flow) -> str:
    steps = len(reached.pieces)
    return f"enclosing {example.name}: time {float(reached.time):.4g}, {steps} steps, {reached.bits} bits"


def _format(plot: Path) -> str:
    from exactdyn.pictures import format_of

    return format_of(plot)


def _picture(example: Example, flow: Flow, format: str) -> bytes:
    from exactdyn.pictures import render
    from exactdyn.pictures.flow import draw_flow

    return render(draw_flow(flow, example.labels), format)


def _require_drawable(example: Example) -> None:
    from exactdyn.documents.files import naming
    from exactdyn.pictures.flow import require_drawable
    from exactdyn.softmax import Softmax

    with naming(example.source):
        count, dimension = example.shape
        require_drawable(Softmax(example.V, example.Q, example.K).model((1,) * count, dimension))

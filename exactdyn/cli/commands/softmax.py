"""``exactdyn softmax``: softmax attention in continuous time, enclosed, and what that proves for all time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.ending import UNDECIDED, complain
from exactdyn.cli.options import AlphaOption, ExampleArgument, JsonOption
from exactdyn.cli.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from exactdyn.example import Example
    from exactdyn.softmax import Flow, Proof


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
    alpha: AlphaOption = None,
    as_json: JsonOption = False,
) -> int:
    """Enclose softmax attention in continuous time, x_i' = sum_j P_ij V x_j, rigorously.

    V, Q and K are fields of the EXAMPLE, the identity where it has none; alpha and A play no part. Printed
    are the tokens at the last time that is proved, each number with the radius within which the true one
    lies, and the rescaled tokens z = exp(-tV) x.
    With --prove the run goes on until all that can be is proved about every later time, at most to T.

    Exit status: 0 done, 3 a statement is undecided or T was not reached.

    Example: exactdyn softmax softmax-line --until 4 --prove
    """
    from exactdyn.certificate import accepted
    from exactdyn.cli.enclosures import proof_data, proof_text
    from exactdyn.example import load_example
    from exactdyn.numbers import exact
    from exactdyn.softmax import certificate_data, certificate_text
    from exactdyn.softmax.system import read_time

    if certificate is not None and not prove:
        raise InputError("--certificate: requires --prove, got no statement to certify")
    for file in (certificate, plot):
        if file is not None:
            require_writable(file)
    end = read_time(exact(until, "--until"), "--until")
    loaded = load_example(example, alpha)
    with waiting(f"enclosing {loaded.name}") as tell:
        proof = enclose(loaded, str(end), prove, lambda reached: tell(_progress(loaded, reached)))
        complete = proof.flow.reason is None
        proved = any(conclusion.evidence is not None for conclusion in proof.statements.values())
        if certificate is not None and proved:
            write_file(certificate, accepted(certificate_text(certificate_data(proof))).encode())
        if plot is not None:
            _draw(loaded, proof.flow, plot)
    if certificate is not None and not proved:
        complain(f"{certificate}: not written: nothing is proved")
    if as_json:
        print_json(proof_data(proof))
    else:
        print_text(proof_text(loaded, proof))
    outcomes = [conclusion.verdict.outcome for conclusion in proof.statements.values()]
    return 0 if complete and "undecided" not in outcomes else UNDECIDED


def enclose(example: Example, until: str, prove: bool, progress: Callable[[Flow], None]) -> Proof:
    """Enclose an example up to a time, with the statements about later time if ``prove``.

    >>> from exactdyn.example import load_example
    >>> enclose(load_example("collision-on-a-line"), "1/4", False, lambda reached: None).flow
    Flow(2 tokens in dimension 1, proved to time 0.25)
    """
    from exactdyn import softmax
    from exactdyn.numbers import exact

    system = softmax.Softmax(example.V, example.Q, example.K)
    end = exact(until, "--until")
    if prove:
        return softmax.prove(system, example.tokens, end, progress=progress)

    def going_on(reached: Flow) -> bool:
        progress(reached)
        return False

    return softmax.Proof(softmax.flow(system, example.tokens, end, progress=going_on), {})


def _progress(example: Example, reached: Flow) -> str:
    steps = len(reached.pieces)
    return f"enclosing {example.name}: time {float(reached.time):.4g}, {steps} steps, {reached.bits} bits"


def _draw(example: Example, flow: Flow, file: Path) -> None:
    from exactdyn.plot import FORMATS, render
    from exactdyn.softmax.draw import draw_flow

    format = file.suffix.lower().removeprefix(".")
    if format not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise InputError(f"{file}: requires a name that ends in one of {known}")
    write_file(file, render(draw_flow(flow, example.labels), format))

"""``exactdyn softmax``: softmax attention in continuous time, enclosed, and what that proves for all time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import INTERRUPTED, UNDECIDED, complain, say_unwritten
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    ExampleArgument,
    JsonOption,
    TableOptions,
    refuse_brief,
)
from exactdyn.cli.terminal.output import (
    FilesRead,
    print_json,
    print_text,
    require_picture_name,
    require_writable,
    write_file,
)
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from exactdyn.documents import Example
    from exactdyn.softmax import Proof
    from exactdyn.softmax.flow.state import Enclosed
    from exactdyn.softmax.spectrum import AttentionSpectrum


INTERRUPTION = "interrupted"
"""The reason of a run that Ctrl-C ended."""

SLOW_BITS = 160
"""From so many bits on it is said what raised precision means."""


@dataclass(frozen=True)
class SoftmaxOutputs:
    """Where the answer goes, and what is printed how."""

    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="Write a certificate: of where the tokens are, or, with --prove, of what holds.",
        ),
    ] = None
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw the run, or with --spectrum that: a name in .png, .svg or .pdf.",
        ),
    ] = None
    brief: BriefAnswerOption = False
    as_json: JsonOption = False

    def require(self, read: FilesRead = ()) -> None:
        """Refuse what makes no sense together or cannot be written, before any work.

        >>> SoftmaxOutputs(brief=True, as_json=True).require()
        Traceback (most recent call last):
        exactdyn.errors.InputError: --brief: requires that --json is absent, got both
        """
        refuse_brief(self.brief or None, (self.as_json, "--json"))
        require_picture_name(self.plot)
        require_writable(self.certificate, self.plot, read=read)


@grouped
def command(
    example: ExampleArgument,
    until: Annotated[str, typer.Option("--until", metavar="T", help="The time to go to, such as 2 or 1/2.")],
    prove: Annotated[
        bool,
        typer.Option("--prove", help="Prove statements about all later time; stop when they hold."),
    ] = False,
    spectrum: Annotated[
        str | None,
        typer.Option(
            "--spectrum",
            metavar="TIMES",
            help="Enclose eigenvalues, singular values and ranks of the attention matrix at times such as "
            "0,1/2,2 or 0,1/10,...,2.",
        ),
    ] = None,
    *,
    table: TableOptions,
    outputs: SoftmaxOutputs,
) -> int:
    """Enclose softmax attention in continuous time, x_i' = sum_j P_ij V x_j, rigorously.

    V, Q and K are fields of the EXAMPLE, the identity where it has none; it states no A and no alpha. With a
    field step = h it is Euler's method, x_i <- x_i + h sum_j P_ij V x_j. It may have a mask, and heads.
    Printed are the tokens at the last time that is proved, each number with the radius within which the true
    one lies, and the rescaled tokens z = exp(-tV) x, or (I + hV)^-k x after k steps.
    With --prove the run goes on until all that can be is proved about every later time, at most to T.
    With --spectrum the spectrum of the attention matrix is enclosed, too, head by head; of it there is no
    certificate.

    Ctrl-C ends the run early: what is proved until then is printed and certified.

    Exit status: 0 done, 3 a statement is undecided, T was not reached or a spectrum not enclosed.

    Example: exactdyn softmax softmax-line --until 4 --prove
    """
    from exactdyn.documents.files import naming
    from exactdyn.numbers.reading import exact
    from exactdyn.softmax.for_ever.certificate import claimed
    from exactdyn.softmax.system import read_time

    outputs.require([example])
    if spectrum is not None and prove:
        raise InputError("--spectrum: requires that --prove is absent, as it may end the run early, got both")
    end = read_time(exact(until, "--until"), "--until")
    loaded = read_example("softmax", example, **vars(table))
    times = None if spectrum is None else _times(loaded, spectrum, end)
    if outputs.plot is not None:
        _require_drawable(loaded, times is not None)
    with waiting(f"enclosing {loaded.name}") as tell:
        with naming(loaded.source):
            proof = _up_to_interruption(loaded, end, prove, tell)
        found = None if times is None else _spectrum(loaded, proof.flow, times, tell)
        proved = claimed(proof)
        if outputs.certificate is not None and proved:
            _certify(proof, outputs.certificate)
    if not proved:
        say_unwritten("nothing is proved", outputs.certificate)
    _print(loaded, proof, found, outputs)
    if outputs.plot is not None:
        # Last: where a picture turns out to be impossible, the numbers are there all the same.
        write_file(outputs.plot, _picture(loaded, proof.flow, found, outputs.plot))
    if proof.flow.reason == INTERRUPTION:
        return INTERRUPTED
    outcomes = [conclusion.verdict.outcome for conclusion in proof.statements.values()]
    decided = "undecided" not in outcomes and (found is None or found.complete)
    return 0 if proof.flow.reason is None and decided else UNDECIDED


def _certify(proof: Proof, certificate: Path) -> None:
    from exactdyn.certificates.envelope import accepted
    from exactdyn.softmax import certificate_data, certificate_text

    write_file(certificate, accepted(certificate_text(certificate_data(proof))).encode())


def _print(loaded: Example, proof: Proof, found: AttentionSpectrum | None, outputs: SoftmaxOutputs) -> None:
    from exactdyn.cli.words.softmax import proof_data, proof_text
    from exactdyn.cli.words.spectrum import spectrum_data, spectrum_text

    if outputs.as_json:
        print_json(proof_data(proof) | ({} if found is None else spectrum_data(found)))
    else:
        told = "" if found is None else spectrum_text(found, outputs.brief)
        print_text(proof_text(loaded, proof, outputs.brief) + told)


def enclose(example: Example, until: Fraction, prove: bool, progress: Callable[[Enclosed], None]) -> Proof:
    """Enclose an example up to a time, with the statements about later time if ``prove``.

    >>> from fractions import Fraction
    >>> from exactdyn.documents import load_example
    >>> enclose(load_example("softmax-line"), Fraction(1, 4), False, lambda reached: None).flow
    Flow(10 tokens in dimension 1, proved to time 0.25)
    """
    from exactdyn.softmax import Proof
    from exactdyn.softmax import prove as conclude
    from exactdyn.softmax.for_ever.conclude import enclosed

    system = example.soft_attention
    if prove:
        return conclude(system, example.tokens, until, progress=progress)
    return Proof(enclosed(system, example.tokens, until, progress=progress), {})


class Furthest:
    """Says how an integration goes on, and remembers the furthest time to which it is proved.

    ``tell``: what takes a line about where it is; that precision is raised where that takes long is said on
    stderr, once.

    >>> Furthest("softmax-line", print).reached is None
    True
    """

    def __init__(self, name: str, tell: Callable[[str], None]) -> None:
        """Begin where nothing is proved."""
        self._name, self._tell, self._warned = name, tell, False
        self.reached: Enclosed | None = None

    def __call__(self, now: Enclosed) -> None:
        """Take note of a step."""
        best = self.reached
        if best is None or now.time >= best.time:
            self.reached = now
        elif not self._warned and now.bits >= SLOW_BITS:
            self._warned = True
            complain(
                f"exactdyn: {self._name}: known to time {float(best.time):.4g} with {best.bits} bits; to go "
                f"further it begins again with {now.bits}, where each step takes several times as long. "
                "Ctrl-C prints what is proved until then"
            )
        ahead = "" if self.reached is now or best is None else f"; proved to time {float(best.time):.4g}"
        self._tell(
            f"enclosing {self._name}: time {float(now.time):.4g}, {now.steps} steps, {now.bits} bits{ahead}"
        )


def _up_to_interruption(example: Example, until: Fraction, prove: bool, tell: Callable[[str], None]) -> Proof:
    """Enclose an example up to a time, or as far as it is proved when Ctrl-C comes."""
    from exactdyn.softmax import Proof
    from exactdyn.softmax.for_ever.conclude import conclude

    furthest = Furthest(example.name, tell)
    try:
        return enclose(example, until, prove, furthest)
    except KeyboardInterrupt:
        if furthest.reached is None:
            raise
        ended = replace(furthest.reached, reason=INTERRUPTION)  # type: ignore[type-var]
    return conclude(ended) if prove else Proof(ended, {})


def _times(example: Example, text: str, end: Fraction) -> tuple[Fraction, ...]:
    from exactdyn.cli.progression import read_times
    from exactdyn.documents.files import naming
    from exactdyn.softmax.spectrum import require_size, require_times
    from exactdyn.softmax.system import driven

    times = read_times(text, "--spectrum")
    with naming(example.source):
        system = example.soft_attention
        require_size(driven(system, example.tokens)[1])
    require_times(times, end, system.step, "--spectrum")
    return times


def _spectrum(
    example: Example, flow: Enclosed, times: Sequence[Fraction], tell: Callable[[str], None]
) -> AttentionSpectrum:
    from exactdyn.softmax.spectrum import spectrum_of

    return spectrum_of(flow, times, lambda time: tell(f"spectrum of {example.name}: time {float(time):.4g}"))


def _picture(example: Example, flow: Enclosed, found: AttentionSpectrum | None, plot: Path) -> bytes:
    from exactdyn.pictures import format_of, render
    from exactdyn.pictures.attention_spectrum import draw_attention_spectrum
    from exactdyn.pictures.flow import draw_flow

    drawn = draw_flow(flow, example.labels) if found is None else draw_attention_spectrum(found)
    return render(drawn, format_of(plot))


def _require_drawable(example: Example, spectrum: bool) -> None:
    from exactdyn.documents.files import naming
    from exactdyn.pictures.attention_spectrum import require_heads
    from exactdyn.pictures.flow import require_drawable
    from exactdyn.softmax.system import driven

    with naming(example.source):
        system = example.soft_attention
        if spectrum:
            require_heads(len(system.parts))
        else:
            require_drawable(driven(system, example.tokens)[1], system.step)

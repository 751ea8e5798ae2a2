"""``exactdyn hunt``: a counterexample to a statement, or the proof that a class of matrices has none."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from exactdyn.cli.asked import Asked, named_as_options, read_request
from exactdyn.cli.terminal.ending import FAILS, INTERRUPTED, UNDECIDED, complain, say_unwritten
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    CertificateOption,
    DecimalOption,
    JsonOption,
    refuse_brief,
    require_alone,
)
from exactdyn.cli.terminal.output import FilesRead, print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import hunting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.hunts.answer import Answer
    from exactdyn.hunts.effort import Effort
    from exactdyn.hunts.request import Request, Result, Task

STATUS = {"found": 0, "none": FAILS, "budget": UNDECIDED}

BUDGET = 60.0
"""Seconds that a hunt takes if nothing says how long it may take."""

Configurations: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--configurations", metavar="N", help="Go through N, keep the smallest; else up to the first found."
    ),
]
Budget: TypeAlias = Annotated[
    float | None,
    typer.Option("--budget", metavar="SECONDS", help="Else 60, or no end with --store or --configurations."),
]
Keep: TypeAlias = Annotated[
    Path | None,
    typer.Option("--store", metavar="FILE", help="Keep every result at once; the same command goes on."),
]
Summary: TypeAlias = Annotated[
    bool,
    typer.Option("--summary", help="Only say what --store holds so far, also while a hunt writes to it."),
]
Workers: TypeAlias = Annotated[
    int | None, typer.Option("--workers", metavar="W", help="Processes; else one a core.")
]
Scheduler: TypeAlias = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="A Dask scheduler whose workers do the work.")
]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write the counterexample (.toml, .json).")
]


@dataclass(frozen=True)
class Terms:
    """How long a hunt may take, who does the work, and where results are kept."""

    configurations: Configurations = None
    budget: Budget = None
    store: Keep = None
    summary: Summary = False
    workers: Workers = None
    dask: Scheduler = None

    def effort(self) -> Effort:
        """Return what a hunt is told of it; raises :class:`~exactdyn.errors.InputError` for what cannot be.

        >>> Terms().effort().budget, Terms(configurations=5).effort().budget
        (60.0, None)
        """
        from exactdyn.hunts.effort import Effort

        if self.summary:
            self._require_summary()
        if self.workers is not None and self.dask is not None:
            raise InputError("--workers: requires that --dask is absent: the cluster has its own")
        endless = self.store is not None or self.configurations is not None
        seconds = BUDGET if self.budget is None and not endless else self.budget
        with named_as_options():
            return Effort(self.configurations, seconds, self.workers, self.dask)

    def _require_summary(self) -> None:
        if self.store is None:
            raise InputError("--summary: requires --store FILE, got none")
        work = {"--budget": self.budget, "--workers": self.workers, "--dask": self.dask}
        for option, given in work.items():
            if given is not None:
                raise InputError(f"{option}: requires that --summary is absent, which does no work")


@dataclass(frozen=True)
class Outputs:
    """Where the answer goes: files for the certificate and the counterexample, and what is printed how."""

    certificate: CertificateOption = None
    output: Output = None
    latex: Annotated[bool, typer.Option("--latex", help="Print the counterexample as LaTeX.")] = False
    decimal: DecimalOption = None
    brief: BriefAnswerOption = False
    as_json: JsonOption = False

    def require(self, read: FilesRead = ()) -> None:
        """Raise before work is put into what cannot be written.

        >>> Outputs(output=Path("found.txt")).require()
        Traceback (most recent call last):
        exactdyn.errors.InputError: found.txt: requires a name that ends in .toml or .json
        """
        from exactdyn.cli.words.sentences import plain_as_asked
        from exactdyn.documents.write import written_format

        if self.latex:
            require_alone("--latex", (self.as_json, "--json"))
        if self.decimal is not None:
            require_alone("--decimal", (self.latex, "--latex"))
        plain_as_asked(self.decimal, self.as_json)
        refuse_brief(self.brief or None, (self.latex, "--latex"), (self.as_json, "--json"))
        if self.output is not None:
            written_format(self.output)
        require_writable(self.certificate, self.output, read=read)


@grouped
def command(asked: Asked, terms: Terms, outputs: Outputs) -> int:
    """Hunt for a counterexample to a statement, or prove that no matrix of a class has one.

    With all tokens given every matrix of the class is searched (for statements on the limit: small integer
    ones); otherwise tokens are generated, and each configuration is searched so. What EXAMPLE says of A plays
    no part. A counterexample is shrunk. The answer depends neither on the workers nor on interruptions.
    Exit status: 0 found, 1 proved that there is none, 3 neither: the budget is spent, ties were skipped or
    cases stay open.

    Example: exactdyn hunt norm-growth --example cyclic --layers 2
    """
    outputs.require([asked.example])
    request = read_request(asked)
    if terms.configurations is not None and request.complete:
        raise InputError("--configurations: requires tokens or an alpha to be generated, got all of them")
    effort = terms.effort()
    if terms.summary and terms.store is not None:
        return _summarise(request, effort, terms.store, outputs)
    return _hunt(request, effort, terms.store, outputs)


def _summarise(request: Request, effort: Effort, store: Path, outputs: Outputs) -> int:
    """Put out what a store holds so far, and return the exit status."""
    from importlib.metadata import version

    from exactdyn.hunts.answer import gathered
    from exactdyn.hunts.store import stored_results

    answer = gathered(request, stored_results(store, request, version("exactdyn")), effort.configurations)
    _put_out(request, answer, outputs)
    return STATUS[answer.status]


def _hunt(request: Request, effort: Effort, store: Path | None, outputs: Outputs) -> int:
    """Hunt, put out what was found, also after Ctrl-C, and return the exit status."""
    from importlib.metadata import version

    from exactdyn.hunts.answer import gathered
    from exactdyn.hunts.effort import pursue
    from exactdyn.hunts.store import open_store
    from exactdyn.work.cluster import ClusterError

    results: dict[Task, Result] = {}
    interrupted = False
    with ExitStack() as stack:
        kept = None
        if store is not None:
            kept = stack.enter_context(open_store(store, request, version("exactdyn")))
            results = kept.results()
        report = stack.enter_context(hunting(f"hunting {request.statement}", effort.configurations))
        try:
            answer = pursue(request, effort, results, kept.add if kept else _forget, report)
        except ClusterError as error:
            raise InputError(f"--dask: {error}") from None
        except KeyboardInterrupt:
            interrupted = True
            results = kept.results() if kept else results  # the last one may be in the store alone
            answer = gathered(request, results, effort.configurations)
    _put_out(request, answer, outputs)
    if not interrupted:
        return STATUS[answer.status]
    where = f"all in {store}: the same command goes on" if store else "none kept, for want of --store FILE"
    complain(f"exactdyn: interrupted; {len(results)} tasks are done, {where}")
    return INTERRUPTED


def _forget(task: Task, result: Result) -> None:
    """Keep a result nowhere but in memory."""


def proof(request: Request, answer: Answer) -> str | None:
    """Return the text of the certificate, if there is something to certify; the checker has accepted it."""
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.hunts.proof import certificate_data

    data = certificate_data(request, answer)
    return None if data is None else accepted(certificate_text(data))


def _put_out(request: Request, answer: Answer, outputs: Outputs) -> None:
    """Write the files that are asked for, and print the answer; the checker has accepted it by then."""
    from exactdyn.cli.words.hunt import hunt_data, hunt_latex, hunt_text
    from exactdyn.cli.words.sentences import PLAIN
    from exactdyn.documents import write_example
    from exactdyn.documents.write import written_format
    from exactdyn.hunts.proof import counterexample

    written = None
    if (text := proof(request, answer)) is not None:
        if outputs.certificate is not None:
            written = outputs.certificate
            write_file(written, text.encode())
    else:
        say_unwritten("nothing is proved", outputs.certificate)
    document = None if answer.counterexample is None else answer.counterexample.counterexample
    found = None if document is None else counterexample(request, document)
    if found is not None and document is not None and outputs.output is not None:
        about = f"{found.statement} fails: {PLAIN.why(found.statement, found.verdict)}."
        write_file(outputs.output, write_example(document, written_format(outputs.output), about).encode())
    else:
        say_unwritten("no counterexample is found", outputs.output)
    if outputs.as_json:
        print_json(hunt_data(request, answer, written))
    elif outputs.latex and found is not None:
        print_text(hunt_latex(found))
    else:
        print_text(hunt_text(request, answer, found, PLAIN.with_decimals(outputs.decimal), outputs.brief))

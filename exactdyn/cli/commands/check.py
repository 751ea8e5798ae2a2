"""``exactdyn check``: every hypothesis and statement of the clustering theorem on a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import FAILS, UNDECIDED
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefOption,
    CoqOption,
    DecimalOption,
    ExampleOptions,
    JsonOption,
    LayersOption,
    refuse_brief,
    require_alone,
)
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.theorems import require_theorem_name, write_theorem
from exactdyn.cli.terminal.waiting import waiting

if TYPE_CHECKING:
    from exactdyn.statements.theorem import Check


@grouped
def command(
    given: ExampleOptions,
    layers: LayersOption = None,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", metavar="FILE", help="Write a certificate for `exactdyn verify`."),
    ] = None,
    coq: CoqOption = None,
    latex: Annotated[bool, typer.Option("--latex", help="Print the table as LaTeX.")] = False,
    brief: BriefOption = None,
    decimal: DecimalOption = None,
    as_json: JsonOption = False,
) -> int:
    """Check the hypotheses and statements of the clustering theorem.

    Exit status: 0 no statement fails, 1 a statement fails, 3 none fails and one is undecided.

    With --coq the verdicts are written as a theorem as well, which whoever has Coq checks in one line: it
    stands at the head of the file.

    Example: exactdyn check emerging-leader --certificate certificate.json
    """
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.cli.words.sentences import plain_as_asked
    from exactdyn.statements.theorem import check

    if latex:
        require_alone("--latex", (as_json, "--json"))
    refuse_brief(brief, (latex, "--latex"), (as_json, "--json"))
    notation = plain_as_asked(decimal, as_json)
    require_theorem_name(coq)
    require_writable(certificate, coq, read=given.files)
    loaded = read_example("check", **vars(given))
    with waiting(f"checking {loaded.name}"):
        looked_at = None if layers is None else max(layers, 1)  # for the limit, too
        result = check(loaded.run(layers), looked_at)
        if certificate is not None or coq is not None:
            text = accepted(certificate_text(result.certificate))
        if coq is not None:
            write_theorem(coq, text)
        if certificate is not None:
            write_file(certificate, text.encode())
    if as_json:
        print_json(check_data(result))
    elif latex:
        from exactdyn.cli.words.latex import latex_table

        print_text(latex_table(loaded.name, result, decimal))
    else:
        from exactdyn.cli.words.check import verdict_table

        print_text(verdict_table(loaded, result, notation, brief))
    return exit_status(result)


def check_data(result: Check) -> dict[str, object]:
    """Return what ``check --json`` prints.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.statements.theorem import check
    >>> data = check_data(check(Hardmax(alpha=-2).run([[1]], 0)))
    >>> data["applies"], data["hypotheses"]["positive-alpha"]
    (False, {'verdict': 'fails', 'witness': {'alpha': '-2'}})
    """
    from exactdyn.certificates.envelope import encode, field_data

    return {
        "applies": result.applies,
        "hypotheses": {
            name: {"verdict": verdict.outcome, "witness": encode(verdict.witness)}
            for name, verdict in result.hypotheses.items()
        },
        "statements": {
            name: {
                "verdict": verdict.outcome,
                "scope": verdict.scope,
                "lemma": verdict.lemma,
                "witness": encode(verdict.witness),
                "reason": verdict.reason,
            }
            for name, verdict in result.statements.items()
        },
        "leaders": {str(token): layer for token, layer in result.leaders.items()},
        **field_data(result.run.start.domain),
    }


def exit_status(result: Check) -> int:
    """Return the exit status that says how the statements came out.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.statements.theorem import check
    >>> exit_status(check(Hardmax([[-1]]).run([[1], [-1]], 1)))
    1
    """
    outcomes = {verdict.outcome for verdict in result.statements.values()}
    if "fails" in outcomes:
        return FAILS
    return UNDECIDED if "undecided" in outcomes else 0

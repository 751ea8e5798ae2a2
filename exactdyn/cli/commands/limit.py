"""``exactdyn limit``: where every token ends up, proved, or why that is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import UNDECIDED, say_unwritten
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefOption,
    CertificateOption,
    DecimalOption,
    ExampleOptions,
    JsonOption,
    refuse_brief,
)
from exactdyn.cli.terminal.output import print_json, print_lines, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting

if TYPE_CHECKING:
    from exactdyn.cli.words.sentences import Notation
    from exactdyn.documents import Example
    from exactdyn.limits import Limit
    from exactdyn.limits.result import Box
    from exactdyn.systems.facts import Facts
    from exactdyn.systems.run import Run


@grouped
def command(
    given: ExampleOptions,
    layers: Annotated[
        int | None,
        typer.Option(
            "--layers",
            metavar="N",
            help="How many layers are looked at; else 120 or more, as far as a change of graphs is foreseen.",
        ),
    ] = None,
    certificate: CertificateOption = None,
    brief: BriefOption = None,
    decimal: DecimalOption = None,
    as_json: JsonOption = False,
) -> int:
    """Find the limit of every token for layers without end, with proof.

    The certificate claims what is decided about the limit: convergence, attention-settles, leader-vertex,
    limit-set. Where nothing is, none is written.

    Exit status: 0 the limit is proved, or proved not to exist; 3 undecided.

    Example: exactdyn limit non-leader-clusters
    """
    from exactdyn.cli.words.sentences import plain_as_asked
    from exactdyn.limits import LAYERS, limit

    notation = plain_as_asked(decimal, as_json)
    refuse_brief(brief, (as_json, "--json"))
    require_writable(certificate, read=given.files)
    loaded = read_example("limit", **vars(given))
    with waiting(f"the limit of {loaded.name}"):
        # Of more layers than are looked at anyhow the run knows, and changes after them are foreseen as ever.
        run = loaded.run(loaded.layers if layers is None and loaded.layers > LAYERS else 0)
        found = limit(run, layers)
        if certificate is not None:
            _certify(run, found, certificate)
        spoken = [] if as_json else list(lines(loaded, found, notation, decimal, brief))
    if as_json:
        print_json(limit_data(found))
    else:
        print_lines(spoken)
    return UNDECIDED if found.status == "undecided" else 0


def _certify(run: Run, found: Limit, file: Path) -> None:
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.statements.theorem import limit_certificate

    data = limit_certificate(run, found)
    if data is None:
        say_unwritten("nothing is decided about the limit", file)
    else:
        write_file(file, accepted(certificate_text(data)).encode())


def limit_data(found: Limit) -> dict[str, object]:
    """Return what ``limit --json`` prints.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.limits import limit
    >>> data = limit_data(limit(Hardmax(alpha=1).run([[1], ["1/2"]], 0)))
    >>> data["status"], data["limits"], data["vertices"]
    ('proved', [['1'], ['1']], [0])
    """
    from exactdyn.certificates.envelope import encode, field_data

    points = found.limit_set
    document: dict[str, object] = {
        "status": found.status,
        "layer": found.layer,
        "itinerary": found.itinerary,
        "period": found.period,
        "limits": found.limits,
        "cycle": found.cycle,
        "clusters": found.clusters,
        "vertices": found.vertices,
        "limit_set": points and [{"point": p.point, "face": p.face, "vertex": p.is_vertex} for p in points],
        "bounds": found.bounds,
        "reason": found.reason,
        "rates": [_rate_data(rate, power) for rate, power in found.rates.items()],
    }
    if found.enclosures is not None:
        document["enclosures"] = found.enclosures
    if found.basin is not None:
        document["basin"] = found.basin.data
    if found.mirror is not None:
        document["mirror"] = found.mirror.data
    document |= field_data(found.trajectory.domain)
    return {name: encode(value) for name, value in document.items()}


def _rate_data(rate: Any, multiplicity: int) -> dict[str, object]:
    from exactdyn.limits.rates import AlgebraicRate

    data: dict[str, object] = {"multiplicity": multiplicity}
    if not isinstance(rate, AlgebraicRate):
        return {"rate": rate, **data}
    ball = {"real": rate.real, "imaginary": rate.imaginary, "radius": rate.radius}
    return {"factor": rate.factor, "ball": ball, **data}


def lines(
    example: Example,
    found: Limit,
    notation: Notation,
    digits: int | None = None,
    brief: bool | None = None,
) -> Iterator[str]:
    """Yield the lines that ``limit`` prints.

    ``notation``: how numbers are written. ``digits``: those of its decimals, if it writes such; bounds are
    rounded outward then. ``brief``: whether the largest clusters alone are told; None: if there is much.

    >>> from exactdyn.cli.words.sentences import PLAIN
    >>> from exactdyn.documents import load_example
    >>> from exactdyn.limits import limit
    >>> example = load_example("zero-token")
    >>> list(lines(example, limit(example.run(0)), PLAIN))[2]
    '  token 0  tends to (-1)  a vertex'
    """
    from exactdyn.cli.words.in_brief import is_brief, limit_in_brief, said_of_brief
    from exactdyn.cli.words.sentences import ENCLOSED_DIGITS

    yield notation.head(example, found.layer)
    yield _headline(found)
    if is_brief(example, brief):
        yield from limit_in_brief(found, notation, digits)
        yield from _rate_lines(found, notation, digits)
        if brief is None:
            yield said_of_brief(example)
        return
    yield from _token_lines(example, found, notation, digits or ENCLOSED_DIGITS)
    yield from _rate_lines(found, notation, digits)
    if found.bounds is not None and found.limits is None:
        ends = " and ".join(map(notation.vector, found.bounds))
        yield f"the common limit is {_between(found.bounds, digits) if digits else f'between {ends}'}"
    if found.vertices:
        yield f"vertices of the limit polytope: {_tokens(found.vertices)}"
    yield from _limit_set_lines(example, found, notation)


def _limit_set_lines(example: Example, found: Limit, notation: Notation) -> Iterator[str]:
    if not found.limit_set:
        return
    what = _described(found.trajectory.facts)
    for point in found.limit_set:
        if not point.is_vertex:
            yield f"in S: {notation.vector(point.point)}, {what} the face of {_tokens(point.face)}"


def _described(facts: Facts) -> str:
    # What a point of S, no vertex, is to its face; for a multiple of the identity no norm need be named.
    from exactdyn.numbers.vectors import identity

    A = facts.matrix
    if A is None or not facts.symmetric or facts.definite is None:
        return "where A s is orthogonal to"
    size = range(len(A))
    multiple = (A[i][j] == (A[0][0] if i == j else 0) for i in size for j in size)
    euclidean = identity(len(A)) == A or all(multiple)
    return "the projection of 0 onto" if euclidean else "the projection of 0 in the norm <Ax, x>^(1/2) onto"


def _headline(found: Limit) -> str:
    """Say in one line what is proved, and from which layer on the attention graphs repeat."""
    if found.status == "undecided":
        return f"undecided: {found.reason}"
    if found.itinerary == "unknown":
        if found.status == "diverges":
            return f"proved: {found.reason}, whatever the itinerary"
        if found.enclosures is not None:
            return "proved: every token has a limit, as the steps have a finite sum, whatever the itinerary"
        if found.basin is not None:
            where = f"at layer {found.layer} in the basin of a leading point"
            return f"proved: every token has a limit, being {where}, whatever the itinerary"
        if found.mirror is not None:
            where = "the middle of two places that attend each other for ever"
            return f"proved: all tokens tend to {where}, whatever the itinerary"
        return "proved: all tokens tend to one point, whatever the itinerary"
    last = found.layer + (found.period or 1) - 1
    graphs = (
        f"graph of layer {found.layer} stays"
        if last == found.layer
        else (f"graphs of layers {found.layer}..{last} repeat")
    )
    what = "every token has a limit" if found.status == "proved" else "tokens without a limit"
    if found.status == "diverges":
        what = str(found.reason)
    return f"proved: {what}; the attention {graphs} for ever"


def _token_lines(example: Example, found: Limit, notation: Notation, digits: int) -> Iterator[str]:
    # Copies of a vertex are vertices too, though the limit names the lowest token of each alone.
    if found.limits is None and found.enclosures is None:
        return
    limits = found.limits or (None,) * len(found.enclosures or ())
    vertices = {limits[token] for token in found.vertices}
    for token, place in enumerate(limits):
        label = f" ({notation.text(example.labels[token])})" if example.labels else ""
        if place is not None:
            corner = "  a vertex" if place in vertices else ""
            yield f"  token {token}{label}  tends to {notation.vector(place)}{corner}"
        elif found.enclosures is not None:
            yield f"  token {token}{label}  stops on its way, {_between(found.enclosures[token], digits)}"
        else:
            places = " -> ".join(notation.vector(state[token]) for state in found.cycle or ())
            yield f"  token {token}{label}  has no limit: it tends to the cycle {places} -> ..."


def _between(box: Box, digits: int) -> str:
    from exactdyn.numbers.shown import rounded

    low, high = (
        ", ".join(rounded(x, digits, rounding) for x in end)
        for end, rounding in zip(box, (ROUND_FLOOR, ROUND_CEILING), strict=True)
    )
    return f"between ({low}) and ({high})"


def _rate_lines(found: Limit, notation: Notation, digits: int | None) -> Iterator[str]:
    if found.lock is None or found.status not in ("proved", "periodic"):
        return
    # Where rates of states are outside the numbers' field, those of the scores say how fast tokens go.
    what, rates = "way that is left", found.rates
    if not rates and any(node != 1 for node in found.lock.nodes):
        what, rates = "scores", dict(Counter(found.lock.nodes))
    if not rates:
        return
    from exactdyn.cli.words.rates import shown_rates

    step = "each layer multiplies" if found.lock.period == 1 else f"{found.lock.period} layers multiply"
    shown = ", ".join(shown_rates(rates, notation, digits))
    yield f"from layer {found.layer} on {step} the parts of the {what} by {shown}"


def _tokens(tokens: tuple[int, ...]) -> str:
    return f"token{'s' * (len(tokens) > 1)} {', '.join(map(str, tokens))}"

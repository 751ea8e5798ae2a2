"""``exactdyn compare``: where a floating-point run first leaves the exact one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    DecimalOption,
    ExampleOptions,
    JsonOption,
    LayersOption,
    refuse_brief,
    require_alone,
)
from exactdyn.cli.terminal.output import FilesRead, print_json, print_lines, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from exactdyn.documents import Example
    from exactdyn.floats.comparison import Comparison, FloatType
    from exactdyn.floats.margins import Margin, WrongRow


@dataclass(frozen=True)
class AgainstSoftmax:
    """Softmax in place of floats: its temperature, how near is near enough, and where the proof goes."""

    softmax: Annotated[
        str | None,
        typer.Option(
            "--softmax", metavar="T", help="Compare with softmax of temperature T, not with floats."
        ),
    ] = None
    accuracy: Annotated[
        str | None,
        typer.Option(
            "--accuracy", metavar="NUMBER", help="With --softmax: how near is near enough; else 1/1000."
        ),
    ] = None
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", metavar="FILE", help="With --softmax: write a certificate."),
    ] = None

    def require(self, dtype: str | None, read: FilesRead = ()) -> None:
        """Refuse what makes no sense together or cannot be written beside what is read, before any work.

        >>> AgainstSoftmax(softmax="1/2").require("float32")
        Traceback (most recent call last):
        exactdyn.errors.InputError: --dtype: requires that --softmax is absent, got both
        """
        if self.accuracy is not None and self.softmax is None:
            raise InputError("--accuracy: requires --softmax, got floats, whose first wrong decision is told")
        if dtype is not None:
            require_alone("--dtype", (self.softmax is not None, "--softmax"))
        if self.certificate is not None:
            if self.softmax is None:
                raise InputError("--certificate: requires --softmax, got no temperature to certify")
            require_writable(self.certificate, read=read)


@grouped
def command(
    given: ExampleOptions,
    layers: LayersOption = None,
    dtype: Annotated[
        str | None,
        typer.Option("--dtype", metavar="TYPE", help="The floating-point run: float64 (default) or float32."),
    ] = None,
    *,
    against: AgainstSoftmax,
    decimal: DecimalOption = None,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """Find where and how a floating-point run first differs from the exact one.

    Then the narrowest decision of every layer, in each head, among what a token may see: the token that
    prefers what it attends by the least. With --softmax T: whether softmax of temperature T in place of the
    argmax, in every head, provably stays within the accuracy, layer by layer and token by token, and the
    largest temperature at which it does everywhere. Its certificate bounds how far each token of the softmax
    run is from the hardmax run, at every layer. Softmax has no first or last of what ties.

    Example: exactdyn compare binary-digits --layers 60
    """
    from exactdyn.certificates.envelope import field_data
    from exactdyn.cli.words.sentences import plain_as_asked
    from exactdyn.floats.comparison import compare

    against.require(dtype, given.files)
    refuse_brief(brief or None, (as_json, "--json"))
    notation = plain_as_asked(decimal, as_json)
    number = None if decimal is None else notation.number
    loaded = read_example("compare", **vars(given))
    if against.softmax is not None:
        if decimal is not None:
            raise InputError("--decimal: requires that --softmax is absent, whose bounds are rounded up")
        return _against_softmax(loaded, layers, against.softmax, against, (as_json, brief))
    with waiting(f"comparing {loaded.name}"):
        run = loaded.run(layers)
        found = compare(run, cast("FloatType", dtype or "float64"))
    if as_json:
        print_json(comparison_data(found) | field_data(run.start.domain))
    else:
        print_lines(lines(loaded, found, number, brief))
    return 0


def _against_softmax(
    example: Example, layers: int | None, softmax: str, against: AgainstSoftmax, told: tuple[bool, bool]
) -> int:
    """Print the bounds at a temperature and the largest that does; both have passed the checker by then."""
    from exactdyn.certificates.envelope import certificate_text
    from exactdyn.cli.words.sentences import PLAIN
    from exactdyn.cli.words.temperature import temperature_data, temperature_lines
    from exactdyn.documents.files import naming
    from exactdyn.numbers.reading import exact
    from exactdyn.softmax.temperature.bounds import certificate_data
    from exactdyn.softmax.temperature.comparison import ACCURACY, compare_with_softmax

    as_json, brief = told
    temperature = exact(softmax, "--softmax")
    if temperature <= 0:
        raise InputError(f"--softmax: requires a number greater than 0, got {softmax}")
    accuracy = ACCURACY if against.accuracy is None else exact(against.accuracy, "--accuracy")
    run = example.run(layers)
    with waiting(f"comparing {example.name}"), naming(example.source):
        found = compare_with_softmax(run, temperature, accuracy)
        if against.certificate is not None:
            text = certificate_text(certificate_data(run, temperature, found.distances))
            write_file(against.certificate, text.encode())
    if as_json:
        print_json(temperature_data(found))
    else:
        print_lines((PLAIN.head(example, run.layers), *temperature_lines(found, brief)))
    return 0


def comparison_data(found: Comparison) -> dict[str, object]:
    """Return what ``compare --json`` prints.

    >>> from exactdyn.floats.comparison import compare
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> data = comparison_data(compare(Hardmax(alpha=1).run([[1], ["1/2"]], 1)))
    >>> data["layer"], data["margins"][1]
    (None, {'layer': 1, 'token': 1, 'lead': '3/16'})
    """
    from exactdyn.certificates.envelope import encode

    several = len(found.head_margins[0]) > 1

    def margin_data(margin: Margin, layer: int) -> dict[str, object]:
        own = {"head": margin.head} if several else {}
        return {"layer": layer, "token": margin.token, "lead": encode(margin.lead)} | own

    def row_data(row: WrongRow) -> dict[str, object]:
        sets = {"exact": sorted(row.exact), "floats": sorted(row.floats)}
        own = {"head": row.head} if several else {}
        return {"token": row.token, **sets, "margin": encode(row.margin), "overflow": row.overflow} | own

    margins = [margin and margin_data(margin, k) for k, margin in enumerate(found.margins)]
    data = {"dtype": found.dtype, "layer": found.layer, "tokens": list(map(row_data, found.rows))}
    by_head = [
        [margin and margin_data(margin, k) for margin in own] for k, own in enumerate(found.head_margins)
    ]
    return data | {"margins": margins} | ({"heads": by_head} if several else {})


def lines(
    example: Example,
    found: Comparison,
    number: Callable[[Fraction], str] | None = None,
    brief: bool = False,
) -> Iterator[str]:
    """Yield the lines that ``compare`` prints.

    ``number``: how numbers are written, None: exactly, and about. ``brief``: without the narrowest decisions.

    >>> from exactdyn.floats.comparison import compare
    >>> from exactdyn.documents import load_example
    >>> example = load_example("cyclic")
    >>> list(lines(example, compare(example.run(2))))[1]
    'float64 has every attention set of layers 0..2 right'
    """
    from exactdyn.cli.words.sentences import PLAIN
    from exactdyn.numbers.shown import sized

    number = sized if number is None else number
    last = len(found.head_margins) - 1
    yield PLAIN.head(example, last)
    if found.layer is None:
        yield f"{found.dtype} has every attention set of layers 0..{last} right"
    else:
        yield f"{found.dtype} first leaves the exact run at layer {found.layer}"
        several = len(found.head_margins[0]) > 1
        yield from (_difference(row, found.dtype, example.labels, several, number) for row in found.rows)
    if brief:
        return
    yield ""
    yield "narrowest decision of every layer: by how much a token prefers what it attends"
    for k, margins in enumerate(found.head_margins):
        yield f"  layer {k}: {_decisions(margins, number)}"


def _decisions(margins: Sequence[Margin | None], number: Callable[[Fraction], str]) -> str:
    """Say what the narrowest decision of every head is; a head is named where there are several."""
    said = [
        "for every token all that it sees tie" if own is None else f"token {own.token} by {number(own.lead)}"
        for own in margins
    ]
    return said[0] if len(said) == 1 else "; ".join(f"head {h}, {words}" for h, words in enumerate(said))


def _difference(
    row: WrongRow,
    dtype: FloatType,
    labels: Sequence[str] | None,
    several: bool,
    number: Callable[[Fraction], str],
) -> str:
    from exactdyn.cli.words.sentences import PLAIN

    name = f"token {row.token}" + (f" ({PLAIN.text(labels[row.token])})" if labels else "")
    floats = _tokens(row.floats) if row.floats else "nobody"
    reasons = [f"scores beyond the range of {dtype}"] if row.overflow else []
    if row.margin is not None:
        reasons.append("an exact tie" if row.margin == 0 else f"exact margin {number(row.margin)}")
    head = f" in head {row.head}" if several else ""
    return f"  {name} attends {_tokens(row.exact)}{head}, in floats {floats}: {', '.join(reasons)}"


def _tokens(tokens: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(tokens)))
